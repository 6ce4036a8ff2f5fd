import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, Nudges, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { isLane } from '../lane';
import { Intake } from './intake.service';

const queue = 'webhook-intake';

@Processor(queue, queueSettings[queue].worker)
export class IntakeProcessor extends WorkerHost {
  constructor(
    private readonly intake: Intake,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  async process(job: Job<Jobs[typeof queue]['drain']>): Promise<void> {
    const { lane } = job.data;
    if (!isLane(lane)) return;
    await this.nudges.intakeRounds(lane, () => this.intake.drain(lane));
  }
}
