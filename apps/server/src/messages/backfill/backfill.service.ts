import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { rooms } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import {
  conversationFields,
  GraphError,
  type PastThread,
  pastMessageFields,
  readConversations,
  readPastMessages,
} from '@switchboard/meta';
import { Sweeper } from '@switchboard/queue';
import {
  ChannelAccess,
  type ChannelAccount,
  ChannelGraph,
  ChannelRegistry,
  inboxNode,
  WebhookSubscription,
} from '../../channels';
import { type BackfillPosition, BackfillRepository, type BackfillRow } from './backfill.repository';
import { type Merged, PastMessages, webhookGraceMs } from './past-messages.service';

/** Meta allows two reads of conversations a second. */
const stepMs = 550;
const watchMs = 300_000;
const pollMs = 10_000;
const leaseMs = 60_000;
const mostChannels = 10;
const conversationsAPage = 10;
const messagesAPage = 50;
const timeoutMs = 20_000;
const longestWaitMs = 600_000;
const refusedMs = 3_600_000;
/** Outbound messages are taken late; see PastMessages. */
const overlapMs = 20 * 60_000;

interface Read {
  threads: PastThread[];
  position: BackfillPosition;
  done: boolean;
}

/**
 * Reads the conversations of pages and Instagram accounts through the Graph API: when one is connected, and a look every 5 minutes at
 * whether webhooks bring everything. Where they do not, it is told, the subscription is made anew, and the account is polled until they do.
 */
@Injectable()
export class Backfill implements OnModuleInit {
  private readonly logger = new Logger(Backfill.name);
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly repository: BackfillRepository,
    private readonly past: PastMessages,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly registry: ChannelRegistry,
    private readonly subscription: WebhookSubscription,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.access.onConnected((channelId) => this.begin(channelId, false));
    this.sweeper.register({ name: 'backfills', everyMs: () => this.pause(), run: () => this.sweep() });
  }

  /** Begins a run; over the whole period where `whole`, else back to where everything is known. */
  begin(channelId: string, whole: boolean): Promise<void> {
    return this.repository.begin(channelId, this.config.backfillPeriod, whole);
  }

  /** While something is read its next page is not far; else a second more matters to nobody. */
  private pause(): number {
    return performance.now() - this.readAt < 5 * stepMs ? 250 : 1000;
  }

  private async sweep(): Promise<number> {
    const due = await this.repository.take(mostChannels, leaseMs);
    if (due.some(({ state }) => state !== 'idle')) this.readAt = performance.now();
    await Promise.all(
      due.map((row) =>
        this.step(row.state === 'idle' ? watch(row, this.config.backfillPeriod) : row).catch((error: Error) =>
          this.logger.warn(
            `Conversations of channel ${row.channelId} could not be read (${error.message}); later again.`,
          ),
        ),
      ),
    );
    return 0;
  }

  private async step(row: BackfillRow): Promise<void> {
    const account = await this.access.account(row.channelId);
    if (!account?.target || account.platform === 'whatsapp') return;
    let read: Read;
    try {
      read = await this.read(row, account);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      await this.failed(row, error);
      return;
    }
    if (await this.keep(row, account, read)) await this.subscribeAgain(account);
  }

  /** One call of the Graph API. @throws GraphError */
  private async read({ position, since }: BackfillRow, account: ChannelAccount): Promise<Read> {
    const { platform, externalId } = account;
    const ours = new Set([externalId, inboxNode(account)]);
    const { deep: [next, ...deep] = [], after } = position;
    if (next) {
      const path = `${encodeURIComponent(next.id)}/messages`;
      const query = { fields: pastMessageFields, limit: messagesAPage, after: next.after };
      const { body } = await this.graph.call(account, { method: 'GET', path, query, timeoutMs });
      const thread = { id: next.id, updatedAt: 0, ...readPastMessages(body, ours) };
      const further = [...deep, ...olderOf([thread], since)];
      // The last page of conversations was read before: without `after` nothing is left but these.
      return { threads: [thread], position: { ...position, deep: further }, done: further.length === 0 && !after };
    }
    const { body } = await this.graph.call(account, {
      method: 'GET',
      path: `${encodeURIComponent(inboxNode(account))}/conversations`,
      query: { platform, fields: conversationFields, limit: conversationsAPage, after },
      timeoutMs,
    });
    const page = readConversations(body, ours);
    const threads = page.threads.filter(({ updatedAt }) => updatedAt >= since.getTime());
    const older = olderOf(threads, since);
    const more = page.after !== undefined && threads.length === page.threads.length;
    return {
      threads,
      position: { ...(more ? { after: page.after! } : {}), deep: older },
      done: !more && older.length === 0,
    };
  }

  /** @returns whether webhooks have just been found to be missing */
  private keep(row: BackfillRow, account: ChannelAccount, { threads, position, done }: Read): Promise<boolean> {
    const messages = threads.flatMap((thread) => thread.messages).filter(({ sentAt }) => sentAt >= row.since.getTime());
    return this.database.transaction(async () => {
      const { platform, externalId: accountId } = account;
      const owners = await this.registry.lockOwners([{ platform, accountId, businessAccountId: null }]);
      // Given up meanwhile.
      if (!owners.some(({ id }) => id === account.id)) return false;
      const merged = await this.past.merge(row, account, messages);
      const silence = silenceAfter(row, merged);
      const found = threads.filter(({ updatedAt }) => updatedAt > 0).length;
      const newest = Math.max(row.position.newest ?? 0, ...messages.map(({ sentAt }) => sentAt));
      const next: BackfillRow = {
        ...row,
        ...(done
          ? { state: 'idle', position: {}, finishedAt: new Date() }
          : { state: 'running', position: { ...position, newest } }),
        ...(done ? { coveredUntil: new Date(row.startedAt.getTime() - webhookGraceMs) } : {}),
        ...(done && newest > 0 ? { newestSeen: new Date(newest) } : {}),
        silentSince: silence.since,
        conversations: row.conversations + found,
        messages: row.messages + merged.brought,
        attempts: 0,
        problem: null,
      };
      const watchAgainMs = silence.since ? pollMs : watchMs;
      await this.repository.save(next, done ? watchAgainMs : stepMs);
      await this.recorder.record([...merged.events, ...silence.alerts.map((alert) => alertEvent(account, alert))]);
      return silence.alerts.some(({ kind }) => kind === 'webhooks_silent');
    });
  }

  private async subscribeAgain(account: ChannelAccount): Promise<void> {
    this.logger.warn(
      `Webhooks of channel ${account.id} are missing; it is subscribed anew and polled until they return.`,
    );
    await this.subscription
      .make(account)
      .catch((error: Error) =>
        this.logger.warn(`Channel ${account.id} could not be subscribed anew: ${error.message}`),
      );
  }

  private async failed(row: BackfillRow, { errorClass, retryAfterMs, message }: GraphError): Promise<void> {
    const attempts = row.attempts + 1;
    const waitMs = Math.min(longestWaitMs, 2000 * 2 ** Math.min(attempts, 20));
    const problem = message.slice(0, 500);
    if (['throttled', 'pair_throttled', 'ambiguous', 'not_executed'].includes(errorClass)) {
      await this.repository.save({ ...row, attempts, problem }, retryAfterMs ?? waitMs);
    } else if (errorClass === 'auth' || errorClass === 'account') {
      // The channel is stopped; this goes on when it is connected again.
      await this.repository.save({ ...row, attempts, problem }, waitMs);
    } else if (row.position.after !== undefined || row.position.deep?.length) {
      // A cursor does not live for ever: the run begins anew, and what it has read is known by then.
      await this.repository.save({ ...row, attempts, problem, position: {} }, waitMs);
    } else {
      await this.repository.save({ ...row, state: 'idle', position: {}, attempts, problem }, refusedMs);
    }
  }
}

/** A short run: back to where everything is known. */
function watch(row: BackfillRow, periodMs: number): BackfillRow {
  const startedAt = new Date();
  const since = new Date((row.coveredUntil?.getTime() ?? startedAt.getTime() - periodMs) - overlapMs);
  return { ...row, state: 'running', since, startedAt, position: {}, conversations: 0, messages: 0 };
}

/** Conversations of which more is to be read. */
function olderOf(threads: readonly PastThread[], since: Date): { id: string; after: string }[] {
  return threads.flatMap(({ id, after, messages }) => {
    const oldest = messages.at(-1);
    // Where only ids are told, older ones tell no more.
    const worth = oldest?.effect !== undefined && oldest.sentAt >= since.getTime();
    return after !== undefined && worth ? [{ id, after }] : [];
  });
}

type Silence = { kind: 'webhooks_silent' | 'webhooks_back'; severity: 'critical' | 'info'; detail: string; at: string };

function silenceAfter(
  { silentSince }: BackfillRow,
  { missedSince, webhooksWork }: Merged,
): { since: Date | null; alerts: Silence[] } {
  if (!silentSince && missedSince !== undefined) {
    const since = new Date(missedSince);
    const at = since.toISOString();
    const detail = `Messages have come since ${at} that no webhook told of. The subscription is made anew, and messages are read from Meta every ${pollMs / 1000} s until webhooks return; check the app’s webhook settings at Meta, and that this server can be reached.`;
    return { since, alerts: [{ kind: 'webhooks_silent', severity: 'critical', detail, at }] };
  }
  if (silentSince && missedSince === undefined && webhooksWork) {
    const at = silentSince.toISOString();
    const detail = `Webhooks bring messages again; they were missing since ${at}.`;
    return { since: null, alerts: [{ kind: 'webhooks_back', severity: 'info', detail, at }] };
  }
  return { since: silentSince, alerts: [] };
}

function alertEvent({ id: channelId, workspaceId, platform }: ChannelAccount, alert: Silence): NewEvent {
  return {
    type: 'channel.alert',
    workspaceId,
    audience: [rooms.workspace(workspaceId), rooms.channel(channelId)],
    data: { channelId, platform, ...alert },
  };
}
