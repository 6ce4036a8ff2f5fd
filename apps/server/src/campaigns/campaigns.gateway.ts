import { WebSocketGateway } from '@nestjs/websockets';
import { RealtimeGateway } from '@switchboard/realtime';

/** Campaigns: where each stands, and how far it has come. */
@WebSocketGateway({ namespace: '/campaigns' })
export class CampaignsGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/campaigns'];
}
