import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { laneCount } from '../lane';
import { Intake } from './intake.service';

const queue = 'webhook-intake';

@Processor(queue, queueSettings[queue].worker)
export class IntakeProcessor extends WorkerHost {
  constructor(private readonly intake: Intake) {
    super();
  }

  async process(job: Job<Jobs[typeof queue]['drain']>): Promise<void> {
    const lane = Number(job.data.lane);
    if (!Number.isInteger(lane) || lane < 0 || lane >= laneCount) return;
    await this.intake.drain(lane);
  }
}
