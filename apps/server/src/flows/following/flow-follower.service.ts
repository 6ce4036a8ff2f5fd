import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database, isRace, isTransient } from '@switchboard/database';
import { EventLogRepository, EventRecorder, LogFollowers, type NewEvent } from '@switchboard/events';
import type { Arrival, Happening } from '@switchboard/flows';
import { Nudges, Sweeper } from '@switchboard/queue';
import { ChannelAccess } from '../../channels';
import { Clock } from '../../clock';
import type { ScopeMessage } from '../execution-row';
import { Endings } from '../running/endings.service';
import { ExecutionsRepository } from '../running/executions.repository';
import { HoldsRepository } from '../running/holds.repository';
import { Starts } from '../running/starts.service';
import { StepsRepository } from '../running/steps.repository';
import { answerOf, eventFor, questionFor } from './answers';
import { type Candidate, FlowTriggers, mostPatternWork, patternWorkOf } from './flow-triggers.service';
import { FollowerRepository, type Waiting } from './follower.repository';
import { type Heard, heard, heardFields, heardTypes } from './happenings';

/** Of a log, in one transaction. */
const atOnce = 1000;
const races = 5;
const sweepMs = 1000;
const forgetMs = 60_000;

interface Woken {
  id: string;
  arrival: Arrival;
  message?: ScopeMessage;
}

/**
 * Hears what happens, for flows: a consumer of the log with a position of its own in each workspace that has flows, and none in the
 * others. What an event starts or wakes, and the position behind it, are one transaction, so that each is heard exactly once.
 */
@Injectable()
export class FlowFollower implements OnModuleInit {
  private readonly logger = new Logger(FlowFollower.name);
  private following = new Set<string>();
  private seenBehind = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly repository: FollowerRepository,
    private readonly log: EventLogRepository,
    private readonly followers: LogFollowers,
    private readonly triggers: FlowTriggers,
    private readonly starts: Starts,
    private readonly endings: Endings,
    private readonly executions: ExecutionsRepository,
    private readonly steps: StepsRepository,
    private readonly holds: HoldsRepository,
    private readonly access: ChannelAccess,
    private readonly recorder: EventRecorder,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.followers.add((batches) => {
      const ours = batches.filter(
        ({ workspaceId, events }) =>
          this.following.has(workspaceId) &&
          events.some(({ type }) => (heardTypes as readonly string[]).includes(type)),
      );
      if (ours.length > 0) this.nudges.flowEvents(ours.map(({ workspaceId }) => workspaceId));
    });
    this.sweeper.register({ name: 'flow-events', everyMs: sweepMs, run: () => this.sweep() });
    this.sweeper.register({ name: 'flow-idle', everyMs: forgetMs, run: () => this.repository.forgetIdle() });
  }

  /** Hears all that these workspaces' logs hold. */
  async follow(workspaceIds: Iterable<string>): Promise<number> {
    let events = 0;
    for (const id of workspaceIds) {
      // Until nothing is left: whoever was nudged meanwhile found the position taken.
      for (let passed = 1; passed > 0; ) {
        passed = await this.pass(id);
        events += passed;
      }
    }
    return events;
  }

  /** @returns how far it has come */
  private async pass(workspaceId: string): Promise<number> {
    try {
      return await this.retried(() => this.database.transaction(() => this.followSome(workspaceId, atOnce)));
    } catch (error) {
      if (isTransient(error)) throw error;
      this.logger.warn(`Flows of workspace ${workspaceId} hear one by one (${(error as Error).message}).`);
      return this.passCarefully(workspaceId);
    }
  }

  /** One of them cannot be heard: it is passed over, and the others are not to wait for it. */
  private async passCarefully(workspaceId: string): Promise<number> {
    for (let passed = 0; passed < atOnce; passed += 1) {
      try {
        const some = await this.retried(() => this.database.transaction(() => this.followSome(workspaceId, 1)));
        if (some === 0) return passed;
      } catch (error) {
        if (isTransient(error)) throw error;
        this.logger.error(`Flows of workspace ${workspaceId} pass over an event: ${(error as Error).stack}`);
        await this.database.transaction(() => this.skip(workspaceId));
      }
    }
    return atOnce;
  }

  private async skip(workspaceId: string): Promise<void> {
    const at = await this.repository.lock(workspaceId);
    if (at && at.head > at.position) await this.repository.advance(workspaceId, at.position + 1);
  }

  /** Finds workspaces that began to listen, and hears what nobody was nudged to. */
  private async sweep(): Promise<number> {
    const before = this.following;
    this.following = new Set(await this.repository.following());
    if (this.following.size === 0) return 0;
    const behind = await this.repository.behind();
    // Where the position has moved since, somebody is at it; of those who have just begun to listen, nobody was nudged.
    const standing = behind.filter(({ id, position }) => !before.has(id) || this.seenBehind.get(id) === position);
    this.seenBehind = new Map(behind.map(({ id, position }) => [id, position]));
    return standing.length === 0 ? 0 : this.follow(standing.map(({ id }) => id));
  }

  private async followSome(workspaceId: string, most: number): Promise<number> {
    const at = await this.repository.lock(workspaceId);
    if (!at || at.head <= at.position) return 0;
    const upTo = Math.min(at.head, at.position + most);
    const events = await this.log.readOf(workspaceId, { after: at.position, upTo }, heardTypes, heardFields);
    const candidates = await this.triggers.of(workspaceId);
    const all = events.flatMap((event) => heard(event) ?? []);
    const told = atATime(all, candidates);
    const reached = told.length < all.length ? told.at(-1)!.sequence : upTo;
    const recorded = told.length === 0 ? [] : await this.hear(workspaceId, told, candidates);
    await this.repository.advance(workspaceId, reached);
    await this.recorder.record(recorded);
    return reached - at.position;
  }

  private async hear(workspaceId: string, told: Heard[], candidates: readonly Candidate[]): Promise<NewEvent[]> {
    const now = this.clock.now();
    const events: NewEvent[] = [];
    for (const { merged } of told) {
      if (merged) events.push(...(await this.merge(workspaceId, merged, now)));
      if (merged) readdress(told, merged);
    }
    await this.addressed(told);
    const waiting = await this.waitingFor(told);
    const held = await this.holds.held([...new Set(told.flatMap(({ conversationId }) => conversationId ?? []))], now);
    const until = new Date(now.getTime() + this.config.flowHandover);
    const woken = new Map<string, Woken>();
    const asked: { candidate: Candidate; heard: Heard; happening: Happening }[] = [];
    const [taken, closed] = [new Set<string>(), new Set<string>()];
    for (const one of told) {
      const { conversationId } = one;
      if (conversationId && one.closed) {
        held.delete(conversationId);
        taken.delete(conversationId);
        closed.add(conversationId);
      }
      if (conversationId && one.taken && (await this.byPerson(one))) {
        held.add(conversationId);
        taken.add(conversationId);
        closed.delete(conversationId);
      }
      const resting = conversationId !== null && held.has(conversationId);
      const isAnswer = this.wake(one, waiting.get(one.contactId ?? '') ?? [], woken, resting);
      if (!isAnswer && !resting) asked.push(...this.triggers.matching(candidates, one));
    }
    await this.holds.release([...closed]);
    const lanes = closed.size === 0 ? [] : await this.executions.release([...closed]);
    await this.holds.hold([...taken].map((conversationId) => ({ conversationId, workspaceId, until })));
    await this.steps.follow(
      told.flatMap(
        ({ messages }) =>
          messages?.ids.map((messageId) => ({ messageId, state: messages.state, error: messages.error })) ?? [],
      ),
    );
    await this.executions.wake([...woken.values()], now);
    this.nudgeAfter([...lanes, ...lanesOf(waiting, woken)]);
    const starts = await this.triggers.startsOf(workspaceId, asked);
    events.push(...(await this.starts.begin(starts, now)).events);
    return events;
  }

  /** @returns whether a question has taken the message */
  private wake(one: Heard, waiting: readonly Waiting[], woken: Map<string, Woken>, resting: boolean): boolean {
    const open = waiting.filter(({ id, waitsAfter }) => !woken.has(id) && waitsAfter < one.sequence);
    for (const { id, wait } of open) {
      const arrival = eventFor(wait, one.happenings);
      if (arrival) woken.set(id, { id, arrival, ...(one.message ? { message: one.message } : {}) });
    }
    if (!one.message || resting) return false;
    const question = questionFor(open, one);
    if (!question) return false;
    woken.set(question.id, { id: question.id, arrival: answerOf(one.message), message: one.message });
    return true;
  }

  private async waitingFor(told: readonly Heard[]): Promise<Map<string, Waiting[]>> {
    const ids = new Set(
      told.flatMap(({ contactId, happenings }) => (contactId && happenings.length > 0 ? [contactId] : [])),
    );
    const byContact = new Map<string, Waiting[]>();
    for (const one of await this.repository.waiting([...ids])) {
      const others = byContact.get(one.contactId);
      if (others) others.push(one);
      else byContact.set(one.contactId, [one]);
    }
    return byContact;
  }

  /** Completes what events do not say: who commented, and whether a campaign was answered in time. */
  private async addressed(told: readonly Heard[]): Promise<void> {
    const comments = told.filter(({ author, channelId }) => author !== undefined && channelId !== null);
    for (const one of comments) {
      const account = await this.access.account(one.channelId!);
      // What the page or account writes itself.
      if (!account || account.externalId === one.author) one.happenings = [];
    }
    const authors = comments.filter(({ happenings }) => happenings.length > 0);
    const known = await this.repository.authors(
      authors.map(({ channelId, author }) => ({ channelId: channelId!, value: author! })),
    );
    for (const one of authors) {
      const found = known.find(({ channelId, value }) => channelId === one.channelId && value === one.author);
      one.contactId = found?.contactId ?? null;
    }
    const answering = told.filter(({ campaign, contactId }) => campaign && contactId);
    const answers = await this.repository.answers(
      answering.map(({ campaign, contactId }) => ({
        campaignId: campaign!.id,
        contactId: contactId!,
        at: campaign!.at,
      })),
    );
    for (const one of answering) {
      const { id } = one.campaign!;
      if (answers.some(({ campaignId, contactId }) => campaignId === id && contactId === one.contactId)) {
        one.happenings.unshift({ on: 'campaign_replied', campaign: id });
      }
    }
  }

  /** An echo of what the channel's own app has sent is no person's. */
  private async byPerson({ taken, channelId }: Heard): Promise<boolean> {
    if (taken === true) return true;
    const account = channelId ? await this.access.account(channelId) : undefined;
    return taken !== undefined && account !== undefined && account.appId !== taken.appId;
  }

  private async merge(workspaceId: string, merged: NonNullable<Heard['merged']>, now: Date): Promise<NewEvent[]> {
    const twice = await this.repository.follow(merged);
    return this.endings.cancel(workspaceId, twice, 'merged', now);
  }

  private nudgeAfter(lanes: Iterable<number>): void {
    const distinct = new Set(lanes);
    this.database.afterCommit(() => {
      for (const lane of distinct) this.nudges.flowRun(lane);
    });
  }

  private async retried<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt >= races || !isRace(error)) throw error;
        this.logger.debug(`Flows hear again: ${(error as Error).message}`);
      }
    }
  }
}

/** What was told of somebody who is somebody else by now is told of that one: so are the questions that it may answer. */
function readdress(told: readonly Heard[], { from, into, conversations }: NonNullable<Heard['merged']>): void {
  for (const one of told) {
    if (one.contactId !== from) continue;
    one.contactId = into;
    one.conversationId = conversations.find(({ id }) => id === one.conversationId)?.into ?? one.conversationId;
  }
}

/** As many as can be looked through in one transaction; one at least. */
function atATime(told: Heard[], candidates: readonly Candidate[]): Heard[] {
  let left = mostPatternWork;
  const most = told.findIndex((one) => {
    left -= patternWorkOf(candidates, one);
    return left < 0;
  });
  return most === -1 ? told : told.slice(0, Math.max(1, most));
}

function lanesOf(waiting: ReadonlyMap<string, readonly Waiting[]>, woken: ReadonlyMap<string, Woken>): number[] {
  return [...waiting.values()].flatMap((all) => all.flatMap(({ id, lane }) => (woken.has(id) ? [lane] : [])));
}
