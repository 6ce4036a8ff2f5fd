import { WebSocketGateway } from '@nestjs/websockets';
import { RealtimeGateway } from '@switchboard/realtime';

/** The connected accounts: their state, and what Meta says of them. */
@WebSocketGateway({ namespace: '/channels' })
export class ChannelsGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/channels'];
}
