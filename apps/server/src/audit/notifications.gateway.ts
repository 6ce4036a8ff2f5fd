import { WebSocketGateway } from '@nestjs/websockets';
import { RealtimeGateway } from '@switchboard/realtime';

/** What people are to be told beside their work: today, what the team does, to its admins and owners. */
@WebSocketGateway({ namespace: '/notifications' })
export class NotificationsGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/audit-log'];
}
