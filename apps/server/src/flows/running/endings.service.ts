import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import { Nudges } from '@switchboard/queue';
import { ExecutionsRepository, type Held, type NewExecution } from './executions.repository';
import { Progress } from './progress';
import { StepsRepository } from './steps.repository';
import { FlowVersions } from './versions.service';

/** Writes down what became of executions, and brings live ones to an end. Inside a transaction; what is to be told is returned. */
@Injectable()
export class Endings {
  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionsRepository,
    private readonly steps: StepsRepository,
    private readonly versions: FlowVersions,
    private readonly nudges: Nudges,
  ) {}

  /** Writes it all; whoever waits for one that has ended goes on. */
  async keep(progress: readonly Progress[], now: Date): Promise<NewEvent[]> {
    if (progress.length === 0) return [];
    await this.executions.save(
      progress.map(({ execution }) => execution),
      now,
    );
    await this.steps.write(
      progress.flatMap(({ steps }) => steps),
      progress.flatMap(({ moves }) => moves),
    );
    const calls = progress.flatMap(({ execution: { id, parentId }, answer }) =>
      parentId && answer ? [{ parentId, childId: id, arrival: answer }] : [],
    );
    const woken = await this.executions.answerCalls(calls, now);
    this.database.afterCommit(() => {
      for (const lane of woken) this.nudges.flowRun(lane);
    });
    return progress.flatMap(({ events }) => events);
  }

  /** Ends these, and what they have called. What is not live any more is left as it is. */
  async cancel(workspaceId: string, ids: readonly string[], outcome: string, now: Date): Promise<NewEvent[]> {
    if (ids.length === 0) return [];
    const called = await this.executions.calledBy(ids);
    return this.end(await this.executions.hold(workspaceId, [...ids, ...called], now), outcome, now);
  }

  /** Ends those of the flows that these contacts are in, where they may begin anew; where not, they go on. */
  async restarted(starts: readonly NewExecution[], now: Date): Promise<NewEvent[]> {
    return this.cancel(starts[0]!.workspaceId, await this.executions.replacedBy(starts, now), 'restarted', now);
  }

  private async end(held: readonly Held[], outcome: string, now: Date): Promise<NewEvent[]> {
    const versions = await this.versions.of(held.map(({ versionId }) => versionId));
    const ended = held.map((execution) => {
      const progress = new Progress(execution, versions.get(execution.versionId)!.definition, now);
      progress.cancel(outcome);
      return progress;
    });
    return this.keep(ended, now);
  }
}
