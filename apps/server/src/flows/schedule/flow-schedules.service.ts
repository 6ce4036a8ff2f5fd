import { HttpException, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database, isTransient } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { nextTime, type Trigger } from '@switchboard/flows';
import { Sweeper } from '@switchboard/queue';
import { Clock } from '../../clock';
import { type ContactCondition, ContactConsents, ContactSegments } from '../../contacts';
import { FlowsRepository } from '../flows.repository';
import { FlowTriggers } from '../following/flow-triggers.service';
import { type Start, Starts } from '../running/starts.service';
import { FlowVersions } from '../running/versions.service';
import { SchedulesRepository, type Tick } from './schedules.repository';

type Schedule = Extract<Trigger, { on: 'schedule' }>;

/** Contacts that begin in one transaction. */
const atOnce = 500;
const sweepMs = 1000;
/** A time that nobody was there for is made up for so long, and no longer: at noon nobody wants what was meant for the morning. */
const lateMs = 3_600_000;
const keptMs = 30 * 24 * 3_600_000;

/** Begins flows by the clock: each time once, whatever processes there are, for everybody whom it is for, in batches. */
@Injectable()
export class FlowSchedules implements OnModuleInit {
  private readonly logger = new Logger(FlowSchedules.name);

  constructor(
    private readonly database: Database,
    private readonly repository: SchedulesRepository,
    private readonly flows: FlowsRepository,
    private readonly versions: FlowVersions,
    private readonly triggers: FlowTriggers,
    private readonly segments: ContactSegments,
    private readonly consents: ContactConsents,
    private readonly starts: Starts,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'flow-schedules', everyMs: sweepMs, run: () => this.sweep() });
    this.sweeper.register({
      name: 'flow-ticks',
      everyMs: 3_600_000,
      run: () => this.repository.prune(new Date(this.clock.now().getTime() - keptMs)),
    });
  }

  private async sweep(): Promise<number> {
    await this.repository.add(await this.due());
    const failed: Tick[] = [];
    for (let begun = 0; ; ) {
      const found: { tick?: Tick } = {};
      try {
        const some = await this.database.transaction(() => this.beginSome(failed, found));
        if (some === undefined) return begun;
        begun += some;
      } catch (error) {
        if (isTransient(error) || !found.tick) throw error;
        // The others are not to wait for it. It is tried again, as long as it makes sense to be late.
        failed.push(found.tick);
        this.logger.error(`The schedule of flow ${found.tick.flowId} cannot be begun: ${(error as Error).stack}`);
        if (this.clock.now().getTime() - found.tick.at.getTime() > lateMs)
          await this.repository.advance(found.tick, null, this.clock.now());
      }
    }
  }

  /** Times that have come and may not have been begun. */
  private async due(): Promise<Omit<Tick, 'after'>[]> {
    const now = this.clock.now().getTime();
    const published = await this.flows.scheduled();
    if (published.length === 0) return [];
    const versions = await this.versions.of(published.map(({ versionId }) => versionId));
    return published.flatMap(({ id: flowId, workspaceId, versionId, publishedAt }) => {
      const { triggers } = versions.get(versionId)!.definition;
      return triggers.flatMap((trigger, place) => {
        if (trigger.on !== 'schedule') return [];
        const at = lastOf(trigger, Math.max(publishedAt.getTime(), now - lateMs), now);
        return at === undefined ? [] : [{ flowId, trigger: place, at: new Date(at), workspaceId, versionId }];
      });
    });
  }

  /** @returns how many have begun; undefined where nothing is left to begin */
  private async beginSome(passed: readonly Tick[], found: { tick?: Tick }): Promise<number | undefined> {
    const tick = await this.repository.open(passed);
    if (!tick) return undefined;
    found.tick = tick;
    const { workspaceId, flowId, versionId } = tick;
    const now = this.clock.now();
    const [version, flow] = await Promise.all([
      this.versions.of([versionId]).then((found) => found.get(versionId)),
      this.flows.find(workspaceId, flowId),
    ]);
    const trigger = version?.definition.triggers[tick.trigger];
    if (!version || flow?.state !== 'published' || trigger?.on !== 'schedule') {
      await this.repository.advance(tick, null, now);
      return 0;
    }
    const ids = await this.audience(workspaceId, trigger, tick.after);
    const starts = await this.triggers.startsOf(
      workspaceId,
      ids.map((contactId) => ({
        candidate: { id: flow.id, name: flow.name, version },
        heard: { sequence: 0, contactId, conversationId: null, channelId: null, happenings: [] },
        happening: { on: 'schedule' },
      })),
    );
    const { begun, events } = await this.starts.begin(await this.welcome(workspaceId, starts), now);
    await this.repository.advance(tick, ids.at(-1) ?? null, ids.length < atOnce ? now : null);
    await this.recorder.record(events);
    return begun.size;
  }

  /** Nobody has asked for what comes by the clock: whoever has opted out is left out. */
  private async welcome(workspaceId: string, starts: readonly Start[]): Promise<Start[]> {
    const allowed = new Map<string, Set<string>>();
    for (const channelId of new Set(starts.flatMap((one) => one.channelId ?? []))) {
      const ids = starts.filter((one) => one.channelId === channelId).map(({ contactId }) => contactId!);
      allowed.set(channelId, await this.consents.allowed(workspaceId, channelId, ids));
    }
    return starts.filter(({ channelId, contactId }) => !channelId || allowed.get(channelId)!.has(contactId!));
  }

  private async audience(workspaceId: string, { segments = [], tags = [] }: Schedule, after: string | null) {
    const conditions: ContactCondition[] = [];
    for (const id of segments) {
      try {
        conditions.push(await this.segments.condition(workspaceId, id));
      } catch (error) {
        // Deleted since the flow was published: nobody is in it any more.
        if (!(error instanceof HttpException)) throw error;
        this.logger.warn(`A flow's schedule names the segment ${id}, which is not there any more.`);
      }
    }
    return this.repository.audience(workspaceId, { segments: conditions, tags }, after, atOnce);
  }
}

/** The last time of a schedule after `from` and up to `now`. */
function lastOf({ at, timeZone, days }: Schedule, from: number, now: number): number | undefined {
  let last: number | undefined;
  for (let next = from; ; ) {
    next = nextTime({ at, timeZone, ...(days ? { days } : {}) }, next);
    if (next > now) return last;
    last = next;
  }
}
