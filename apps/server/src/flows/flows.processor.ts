import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, Nudges, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { FlowFollower } from './following/flow-follower.service';
import { FlowRunner } from './running/runner.service';

const queue = 'flows';
/** Then the queue hands the lane to whoever is free. */
const longestRunMs = 5000;

type FlowJobs = Jobs[typeof queue];

@Processor(queue, queueSettings[queue].worker)
export class FlowsProcessor extends WorkerHost {
  constructor(
    private readonly follower: FlowFollower,
    private readonly runner: FlowRunner,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  async process(job: Job<FlowJobs[keyof FlowJobs]>): Promise<void> {
    const { data } = job;
    if ('workspaceIds' in data) {
      await this.nudges.flowRounds(data.workspaceIds, (workspaceIds) => this.follower.follow(workspaceIds));
      return;
    }
    const until = performance.now() + longestRunMs;
    await this.runner.run(data.lane, until);
    if (performance.now() >= until) this.nudges.flowRun(data.lane);
  }
}
