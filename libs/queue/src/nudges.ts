import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { metrics } from '@switchboard/observability';
import type { Queue } from 'bullmq';
import type { Jobs, QueueName } from './catalogue';
import { queueNames } from './catalogue';
import { Rounds } from './rounds';

/** Starts of two rounds of a job keep this distance under load. */
const roundMs = 8;
/** Then others of the queue have their turn. */
const longestRunMs = 2000;
/** At 50 webhooks a second and more a job goes on without a way through the queue. */
const lingerMs = 20;
const relayRun = 'relay';
const followRun = 'flows';
/** Timers of one such stretch share a job. */
const timerMs = 250;
/** What is due later the sweeper finds in its time: jobs for a year of waits would fill the store, and most are answered long before. */
const longestTimerMs = 3_600_000;
const keptTimers = 10_000;
const laneRun = (lane: number): string => `lane-${lane}`;

/** Injection token of a function that says whether the queue store can be reached now. */
export const QUEUE_REACHABLE = Symbol('QUEUE_REACHABLE');

/**
 * Wakes workers. A nudge is fire and forget: what it speaks of is in the database already, and where one is lost
 * (Redis down, FLUSHALL, a process killed) the sweeper finds the work within seconds.
 */
@Injectable()
export class Nudges implements OnModuleInit {
  private readonly logger = new Logger(Nudges.name);
  private readonly queues = new Map<QueueName, Queue>();
  private readonly lanes = new Map<number, Pace>();
  private readonly relayDue = new Set<string>();
  private readonly rounds = new Rounds({ distanceMs: roundMs, lingerMs, longestMs: longestRunMs });
  private readonly relayPace = new Pace(() => {
    if (!this.rounds.again(relayRun)) void this.add('domain-events', 'relay', { workspaceIds: this.takeRelayDue() });
  });
  private readonly followDue = new Set<string>();
  private readonly followPace = new Pace(() => {
    if (!this.rounds.again(followRun)) void this.add('flows', 'follow', { workspaceIds: this.takeFollowDue() });
  });
  /** Moments for which there is a job. */
  private readonly timers = new Set<string>();
  private warnedAt = 0;

  constructor(
    private readonly moduleRef: ModuleRef,
    @Inject(QUEUE_REACHABLE) private readonly reachable: () => boolean,
  ) {}

  onModuleInit(): void {
    for (const name of queueNames) this.queues.set(name, this.moduleRef.get(getQueueToken(name), { strict: false }));
  }

  /** At most one waiting and one active job per lane, so a nudge while a lane is being drained is neither lost nor piled up. */
  intake(lane: number): void {
    const id = laneRun(lane);
    if (this.rounds.again(id)) return;
    let pace = this.lanes.get(lane);
    if (!pace) {
      pace = new Pace(() => {
        if (!this.rounds.again(id)) void this.add('webhook-intake', 'drain', { lane }, id);
      });
      this.lanes.set(lane, pace);
    }
    pace.ask();
  }

  /** Workspaces that come while one nudge has just gone travel together in the next. */
  relay(workspaceIds: Iterable<string>): void {
    for (const id of workspaceIds) this.relayDue.add(id);
    if (!this.rounds.again(relayRun)) this.relayPace.ask();
  }

  /** One job a channel, whoever asks: what is sent in which order is decided in the database. */
  sends(channelId: string): void {
    void this.add('message-sends', 'send', { channelId }, channelId);
  }

  /** One job a channel, whatever campaigns it has. */
  campaignSends(channelId: string): void {
    void this.add('campaign-sends', 'feed', { channelId }, channelId);
  }

  /** Flows of these workspaces may have something to hear. */
  flowEvents(workspaceIds: Iterable<string>): void {
    for (const id of workspaceIds) this.followDue.add(id);
    if (!this.rounds.again(followRun)) this.followPace.ask();
  }

  /** What a `follow` job does: follows the job's workspaces, then those that this process is nudged for meanwhile. */
  flowRounds(workspaceIds: readonly string[], follow: (workspaceIds: string[]) => Promise<unknown>): Promise<void> {
    for (const id of workspaceIds) this.followDue.add(id);
    return this.rounds.run(
      followRun,
      () => follow(this.takeFollowDue()),
      () => this.flowEvents([]),
    );
  }

  /** Executions of a lane are due: one job a lane, whoever asks. */
  flowRun(lane: number): void {
    void this.add('flows', 'run', { lane }, `run-${lane}`);
  }

  /** Executions of a lane are due then: one job for all of one moment. */
  flowTimer(lane: number, at: Date, now: Date): void {
    if (at.getTime() - now.getTime() > longestTimerMs) return;
    const moment = Math.ceil(at.getTime() / timerMs) * timerMs;
    const id = `timer-${lane}-${moment}`;
    if (this.timers.has(id)) return;
    if (this.timers.size >= keptTimers) this.timers.clear();
    this.timers.add(id);
    const delay = Math.max(0, moment - now.getTime());
    void this.add('flows', 'run', { lane }, undefined, { delay, jobId: id });
  }

  /** At most one waiting and one active job per import. */
  contactImport(importId: string): void {
    void this.add('contact-imports', 'run', { importId }, `import-${importId}`);
  }

  /** One job a channel: what is to be fetched is in the database. */
  mediaFetches(channelId: string): void {
    void this.add('media-fetches', 'fetch', { channelId }, channelId);
  }

  /** What a `drain` job does: drains, and again for as long as this process is nudged for the lane meanwhile. */
  intakeRounds(lane: number, drain: () => Promise<unknown>): Promise<void> {
    return this.rounds.run(laneRun(lane), drain, () => this.intake(lane));
  }

  /** What a `relay` job does: relays the job's workspaces, then those that this process is nudged for meanwhile. */
  relayRounds(workspaceIds: readonly string[], relay: (workspaceIds: string[]) => Promise<unknown>): Promise<void> {
    for (const id of workspaceIds) this.relayDue.add(id);
    return this.rounds.run(
      relayRun,
      () => relay(this.takeRelayDue()),
      () => this.relay([]),
    );
  }

  private takeFollowDue(): string[] {
    const workspaceIds = [...this.followDue];
    this.followDue.clear();
    return workspaceIds;
  }

  private takeRelayDue(): string[] {
    const workspaceIds = [...this.relayDue];
    this.relayDue.clear();
    return workspaceIds;
  }

  private async add<Q extends QueueName, N extends keyof Jobs[Q] & string>(
    queue: Q,
    name: N,
    payload: Jobs[Q][N],
    lane?: string,
    options: { delay?: number; jobId?: string } = {},
  ): Promise<void> {
    const deduplication = lane ? { deduplication: { id: lane, keepLastIfActive: true } } : {};
    // ioredis would keep it until Redis is back, with all the others of the time between: by then the sweeper has done the work.
    if (!this.reachable()) {
      metrics.nudgesLost.inc({ queue });
      return;
    }
    try {
      await this.queues.get(queue)!.add(name, payload, { ...deduplication, ...options });
    } catch (error) {
      metrics.nudgesLost.inc({ queue });
      if (Date.now() - this.warnedAt < 10_000) return;
      this.warnedAt = Date.now();
      this.logger.warn(
        `Queue ${queue} did not take a nudge (${(error as Error).message}); the sweeper will. Check the queue store.`,
      );
    }
  }
}

/**
 * The first at once, then at most one in this time: under load a job then serves a batch, and one job an event costs twice the CPU
 * (measured).
 */
const spacingMs = 5;

class Pace {
  private sentAt = 0;
  private due?: NodeJS.Timeout;

  constructor(private readonly send: () => void) {}

  ask(): void {
    if (this.due) return;
    const wait = this.sentAt + spacingMs - performance.now();
    if (wait > 0) {
      this.due = setTimeout(() => this.go(), wait);
    } else this.go();
  }

  private go(): void {
    this.due = undefined;
    this.sentAt = performance.now();
    this.send();
  }
}
