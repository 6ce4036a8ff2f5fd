import { WebSocketGateway } from '@nestjs/websockets';
import { RealtimeGateway } from '@switchboard/realtime';

/** Flows: who has begun one, how far they are, and how it ended. */
@WebSocketGateway({ namespace: '/flows' })
export class FlowsGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/flow-executions'];
}
