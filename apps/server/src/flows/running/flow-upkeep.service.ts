import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Nudges, Sweeper } from '@switchboard/queue';
import { Clock } from '../../clock';
import { lanes } from '../execution-row';
import { BudgetsRepository } from './budgets.repository';
import { ExecutionsRepository } from './executions.repository';
import { HoldsRepository } from './holds.repository';
import { FlowRunner } from './runner.service';
import { StepsRepository } from './steps.repository';

/** Whoever was nudged has begun by then: what is due for longer is done here. */
const standingMs = 2000;
const runMs = 2000;
const foldedAtOnce = 5000;
const prunedAtOnce = 500;

/** Brings back executions that lost their nudge or their timer, and keeps what is kept of flows small. */
@Injectable()
export class FlowUpkeep implements OnModuleInit {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly runner: FlowRunner,
    private readonly steps: StepsRepository,
    private readonly holds: HoldsRepository,
    private readonly budgets: BudgetsRepository,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'flows-due', everyMs: 500, run: () => this.runDue() });
    this.sweeper.register({ name: 'flow-counts', everyMs: 2000, run: () => this.fold() });
    this.sweeper.register({ name: 'flow-history', everyMs: 60_000, run: () => this.prune() });
  }

  private async runDue(): Promise<number> {
    const now = this.clock.now();
    let done = 0;
    for (const { lane, since } of await this.executions.lanesDue(lanes, now)) {
      if (now.getTime() - since.getTime() < standingMs) this.nudges.flowRun(lane);
      else done += await this.runner.run(lane, performance.now() + runMs);
    }
    return done;
  }

  private async fold(): Promise<number> {
    let more = foldedAtOnce;
    while (more === foldedAtOnce) more = await this.steps.fold(foldedAtOnce);
    return 0;
  }

  private async prune(): Promise<number> {
    const now = this.clock.now();
    let pruned = (await this.holds.prune(now)) + (await this.budgets.prune(now));
    const before = new Date(now.getTime() - this.config.flowHistory);
    for (let more = prunedAtOnce; more === prunedAtOnce; ) {
      more = await this.executions.prune(before, prunedAtOnce);
      pruned += more;
    }
    return pruned;
  }
}
