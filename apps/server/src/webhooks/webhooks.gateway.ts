import { WebSocketGateway } from '@nestjs/websockets';
import { RealtimeGateway } from '@switchboard/realtime';

/** Everything Meta sends, as it came, and what mentions say. */
@WebSocketGateway({ namespace: '/webhooks' })
export class WebhooksGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/webhook-deliveries', '/v1/mentions'];
}
