import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { Importer } from './importer.service';

const queue = 'contact-imports';

@Processor(queue, queueSettings[queue].worker)
export class ImportProcessor extends WorkerHost {
  constructor(private readonly importer: Importer) {
    super();
  }

  process(job: Job<Jobs[typeof queue]['run']>): Promise<void> {
    return this.importer.run(job.data.importId);
  }
}
