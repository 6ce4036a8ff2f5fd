import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database, isRace, isTransient } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { type Arrival, type FlowDefinition, machine, type Scope, type Turn } from '@switchboard/flows';
import { Nudges } from '@switchboard/queue';
import { Clock } from '../../clock';
import { Effects } from './effects.service';
import { Endings } from './endings.service';
import { ExecutionsRepository, type Held } from './executions.repository';
import { isOutside, type Outside, OutsideCalls } from './outside-calls.service';
import { outcomeUnknown, Progress, type Settled } from './progress';
import { Scopes } from './scopes.service';
import { FlowVersions } from './versions.service';

/** Executions that share a transaction, where their turns do nothing but move them. */
const atOnce = 100;
const races = 5;
/** Effects of one step: a question that is asked, and asked again, is one each time. */
const mostEffects = 5;
/** Beyond what a call may take: then it is known to have been left by whoever made it. */
const graceMs = 30_000;
/** Where all places for calls are taken. */
const laterMs = 2000;
/** Of one execution, with all its waits: its history is kept until it ends. */
const mostSteps = 10_000;
const chance = { random: () => Math.random() };

/** A step that is to be done outside of the database, once what was written of it is committed. */
interface Leaving {
  execution: Held;
  effect: Outside;
}

/** A place for a call, and the workspace that has it. */
interface Place {
  of?: string;
}

/**
 * Moves executions that are due, a step a transaction: where it stands, its history, what it does in the database and what is told of it
 * commit together or not at all. The row lock is the lease, and `turn` the fence: whoever comes late finds it moved.
 */
@Injectable()
export class FlowRunner implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(FlowRunner.name);
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionsRepository,
    private readonly versions: FlowVersions,
    private readonly scopes: Scopes,
    private readonly effects: Effects,
    private readonly endings: Endings,
    private readonly outside: OutsideCalls,
    private readonly recorder: EventRecorder,
    private readonly nudges: Nudges,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.stopping = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.outside.settled();
  }

  /** Moves what is due in a lane until nothing is, or `until` says stop (milliseconds of performance.now()). @returns steps done */
  async run(lane: number, until: number): Promise<number> {
    for (let done = 0; ; ) {
      if (this.stopping || performance.now() >= until) return done;
      const { claimed, alone } = await this.together(lane);
      if (claimed === 0) return done;
      done += claimed;
      for (const { id, turn } of alone) {
        if (this.stopping) return done;
        await this.step(id, turn);
      }
    }
  }

  /** Moves those whose turns do nothing in the world. @returns how many were due, and those that are to be moved alone */
  private async together(lane: number): Promise<{ claimed: number; alone: { id: string; turn: number }[] }> {
    let seen: readonly Held[] = [];
    try {
      return await this.retried(() =>
        this.database.transaction(async () => {
          const now = this.clock.now();
          seen = await this.executions.claim(lane, now, atOnce);
          if (seen.length === 0) return { claimed: 0, alone: [] };
          const resting = seen.filter(({ heldUntil }) => heldUntil !== null).map(({ id }) => id);
          if (resting.length > 0) await this.executions.defer(resting, now);
          const moving = seen.filter(({ heldUntil }) => heldUntil === null);
          const [versions, scopes] = await Promise.all([
            this.versions.of(moving.map(({ versionId }) => versionId)),
            this.scopes.of(moving, now),
          ]);
          const quiet: Progress[] = [];
          const alone: { id: string; turn: number }[] = [];
          const later: string[] = [];
          for (const execution of moving) {
            const { definition } = versions.get(execution.versionId)!;
            const { turn, arrival, entered } = next(execution, definition, scopes.get(execution.id)!);
            if (turn.turn === 'effect' && isOutside(turn.effect) && !this.outside.hasPlace(execution.workspaceId)) {
              later.push(execution.id);
              continue;
            }
            if (turn.turn === 'effect') {
              alone.push({ id: execution.id, turn: execution.turn });
              continue;
            }
            const progress = new Progress(execution, definition, now);
            if (entered) progress.enters(turn);
            else progress.goesOn(turn);
            progress.settle(turn, arrival);
            quiet.push(progress);
          }
          await this.executions.putOff(later, new Date(now.getTime() + laterMs));
          const events = await this.endings.keep(quiet, now);
          this.remind(quiet, now);
          await this.recorder.record(events);
          return { claimed: seen.length, alone };
        }),
      );
    } catch (error) {
      if (isTransient(error) || seen.length === 0) throw error;
      // One of them cannot be written: the others are not to wait for it.
      this.logger.warn(`Executions are moved one by one (${(error as Error).message}).`);
      return { claimed: seen.length, alone: seen.map(({ id, turn }) => ({ id, turn })) };
    }
  }

  /**
   * Moves one.
   * @param arrived what came of its step, where that was done outside of the database
   */
  private async step(id: string, turn: number, arrived?: Arrival): Promise<void> {
    const place: Place = {};
    try {
      const leaving = await this.retried(() => this.database.transaction(() => this.move(id, turn, arrived, place)));
      if (leaving) {
        delete place.of;
        this.leave(leaving);
      }
    } catch (error) {
      if (isTransient(error)) throw error;
      this.logger.error(`Execution ${id} cannot go on: ${(error as Error).stack}`);
      await this.retried(() => this.database.transaction(() => this.giveUp(id, turn)));
    } finally {
      if (place.of) this.outside.release(place.of);
    }
  }

  private leave({ execution, effect }: Leaving): void {
    this.outside.run(execution.workspaceId, async () => {
      const arrival = await this.outside.call(execution, effect);
      await this.step(execution.id, execution.turn + 1, arrival);
      this.nudges.flowRun(execution.lane);
    });
  }

  /** @param place for a call, kept where the transaction has to be done again */
  private async move(
    id: string,
    turn: number,
    arrived: Arrival | undefined,
    place: Place,
  ): Promise<Leaving | undefined> {
    const now = this.clock.now();
    const execution = await this.executions.take(id, turn, now);
    if (!execution) return undefined;
    if (execution.heldUntil && !arrived) {
      await this.executions.defer([id], now);
      return undefined;
    }
    const { definition } = (await this.versions.of([execution.versionId])).get(execution.versionId)!;
    const scope = (await this.scopes.of([execution], now)).get(id)!;
    const { entered, ...begun } = next(execution, definition, scope, arrived);
    let { turn: told, arrival } = begun;
    const progress = new Progress(execution, definition, now);
    if (entered) progress.enters(told);
    else progress.goesOn(told);
    const more: NewEvent[] = [];
    let [handedOver, call]: [boolean, string | undefined] = [false, undefined];
    for (let effects = 0; told.turn === 'effect'; effects += 1) {
      if (effects >= mostEffects) {
        told = failed(told, 'too_many_effects', `A step does at most ${mostEffects} things.`);
        break;
      }
      const { effect } = told;
      if (isOutside(effect)) {
        if (!place.of && this.outside.reserve(execution.workspaceId)) place.of = execution.workspaceId;
        if (!place.of) {
          // As if nothing had happened.
          await this.executions.postpone(id, new Date(now.getTime() + laterMs), arrived ?? null);
          return undefined;
        }
        const refusedBy = effect.kind === 'send' ? await this.effects.afford(execution, now) : undefined;
        if (refusedBy) {
          arrival = { kind: 'error', ...refusedBy };
          told = machine.resume(definition, told.state, scope, arrival);
          continue;
        }
        progress.leaves(told, new Date(now.getTime() + this.outside.longest(effect) + graceMs));
        await this.recorder.record([...more, ...(await this.endings.keep([progress], now))]);
        return { execution, effect };
      }
      const done = await this.effects.perform(execution, effect as never, now);
      ({ arrival } = done);
      if (done.messageId) progress.sent(done.messageId);
      Object.assign(execution, {
        conversationId: done.conversationId ?? execution.conversationId,
        channelId: done.channelId ?? execution.channelId,
      });
      more.push(...(done.events ?? []));
      call = done.call ?? call;
      handedOver ||= effect.kind === 'handover' && arrival.kind === 'done';
      told =
        told.thenWait && arrival.kind === 'done'
          ? { ...told, turn: 'wait', wait: told.thenWait }
          : machine.resume(definition, told.state, scope, arrival);
    }
    progress.settle(told as Settled, arrival, { handedOver, ...(call ? { call } : {}) });
    const events = await this.endings.keep([progress], now);
    this.remind([progress], now);
    await this.recorder.record([...more, ...events]);
    return undefined;
  }

  /** What cannot be moved ends, instead of being tried for ever. */
  private async giveUp(id: string, turn: number): Promise<void> {
    const now = this.clock.now();
    const execution = await this.executions.take(id, turn, now);
    if (!execution) return;
    const { definition } = (await this.versions.of([execution.versionId])).get(execution.versionId)!;
    const progress = new Progress(execution, definition, now);
    progress.breaks('engine_error', 'The step could not be done; the log of the server says why.');
    await this.recorder.record(await this.endings.keep([progress], now));
  }

  /** Wakes what has gone on, and sees to it that what waits is woken in time. */
  private remind(progress: readonly Progress[], now: Date): void {
    const due = progress.flatMap(({ execution: { state, lane, dueAt } }) =>
      state === 'waiting' && dueAt ? [{ lane, dueAt }] : [],
    );
    this.database.afterCommit(() => {
      for (const { lane, dueAt } of due) this.nudges.flowTimer(lane, dueAt, now);
    });
  }

  private async retried<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt >= races || !isRace(error)) throw error;
      }
    }
  }
}

/** The turn that it is an execution's to take. `entered`: it comes to a step; otherwise it goes on with the one that it was at. */
export function next(
  execution: Held,
  flow: FlowDefinition,
  scope: Scope,
  arrived?: Arrival,
): { turn: Turn; arrival: Arrival | undefined; entered: boolean } {
  const arrival = arrived ?? (execution.outside ? leftAlone : (execution.arrival ?? undefined));
  const ended = arrival ?? (execution.state === 'waiting' ? ({ kind: 'timeout' } as const) : undefined);
  if (!ended && execution.n >= mostSteps) {
    const { machine: state } = execution;
    const message = `Step "${state.at}": the execution has done ${mostSteps} steps, and goes round for ever.`;
    return {
      turn: { state, step: state.at, turn: 'fail', code: 'too_many_steps', message },
      arrival: undefined,
      entered: true,
    };
  }
  return ended
    ? { turn: machine.resume(flow, execution.machine, scope, ended), arrival: ended, entered: false }
    : { turn: machine.advance(flow, execution.machine, scope, chance), arrival: undefined, entered: true };
}

const leftAlone: Arrival = {
  kind: 'error',
  code: outcomeUnknown,
  message: 'The process that did it ended meanwhile: it may have been done, and is not done again.',
};

const failed = ({ state, step, input }: Turn, code: string, message: string): Settled => ({
  ...{ state, step, input, turn: 'fail', code, message },
});
