import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, Nudges, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { Relay } from './relay';

const queue = 'domain-events';

@Processor(queue, queueSettings[queue].worker)
export class RelayProcessor extends WorkerHost {
  constructor(
    private readonly relay: Relay,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  async process(job: Job<Jobs[typeof queue]['relay']>): Promise<void> {
    await this.nudges.relayRounds(job.data.workspaceIds, (workspaceIds) => this.relay.run(workspaceIds));
  }
}
