import { WebSocketGateway } from '@nestjs/websockets';
import { RealtimeGateway } from '@switchboard/realtime';

/** Namespaces whose features record no event yet: a dashboard may connect to them and keep its cursor from the first day on. */
@WebSocketGateway({ namespace: '/posts' })
export class PostsGateway extends RealtimeGateway {}

@WebSocketGateway({ namespace: '/orders' })
export class OrdersGateway extends RealtimeGateway {}

export const quietGateways = [PostsGateway, OrdersGateway];
