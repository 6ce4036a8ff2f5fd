import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { GraphError, mentionRead, readMention } from '@switchboard/meta';
import { Sweeper } from '@switchboard/queue';
import { ChannelAccess, ChannelGraph } from '../channels';
import { mentionReadEvent } from './mention-views';
import { type DueMention, MentionsRepository, type ReadWords, type UnreadMention } from './mentions.repository';

/** Mentions of one channel read in a second. */
const ofEach = 5;
/** Until a mention whose reader is gone is taken again. */
const leaseMs = 120_000;
const timeoutMs = 10_000;
const throttledMs = 300_000;
const mostAttempts = 6;
const hourMs = 3_600_000;

type Outcome = { read: ReadWords } | { unread: UnreadMention; channelId: string; waitMs?: number };

/** Reads what mentions say, beside the inbound lane, each until it is known or known not to be had. */
@Injectable()
export class MentionReading implements OnModuleInit {
  private readonly logger = new Logger(MentionReading.name);

  constructor(
    private readonly database: Database,
    private readonly repository: MentionsRepository,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'mentions', everyMs: 500, run: () => this.sweep() });
  }

  private async sweep(): Promise<number> {
    const due = await this.repository.take(ofEach, leaseMs);
    if (due.length === 0) return 0;
    const outcomes = await Promise.all(due.map((one) => this.read(one)));
    await this.keep(outcomes.flatMap((one) => ('read' in one ? [one.read] : [])));
    const unread = outcomes.filter((one) => 'unread' in one);
    if (unread.length > 0) await this.repository.putOff(unread.map((one) => one.unread));
    const waits = unread.flatMap(({ channelId, waitMs: ms }) => (ms ? [{ channelId, ms }] : []));
    if (waits.length > 0) await this.repository.wait(waits);
    return 0;
  }

  private async keep(read: readonly ReadWords[]): Promise<void> {
    if (read.length === 0) return;
    await this.database.transaction(async () => {
      const kept = await this.repository.keep(read);
      await this.recorder.record(kept.map(mentionReadEvent));
    });
  }

  private async read(due: DueMention): Promise<Outcome> {
    const { id, channelId } = due;
    const account = await this.access.account(channelId);
    if (!account?.target || account.platform === 'whatsapp') return later(due, hourMs);
    const { platform, login, externalId } = account;
    if (platform === 'instagram' && login === 'instagram') {
      return never(due, 'Meta tells what mentions say with Facebook Login only: connect the account through its page.');
    }
    const asked = mentionRead(platform, externalId, due);
    if (!asked) return never(due, 'Its id is none of Meta’s.');
    try {
      const { path, fields } = asked;
      const { body } = await this.graph.call(account, { method: 'GET', path, query: { fields }, timeoutMs });
      const words = readMention(platform, body);
      if (!words) return never(due, 'Meta does not tell it.');
      const { author, writtenAt, ...more } = words;
      const written = writtenAt === null ? null : new Date(writtenAt);
      const by = { authorId: author.id, authorName: author.name, authorUsername: author.username };
      return { read: { id, ...more, ...by, writtenAt: written } };
    } catch (error) {
      if (error instanceof GraphError) return outcomeOf(due, error);
      this.logger.warn(`Mention ${id} of channel ${channelId} could not be read: ${(error as Error).message}`);
      return again(due, (error as Error).message);
    }
  }
}

function outcomeOf(due: DueMention, { errorClass, retryAfterMs, facts }: GraphError): Outcome {
  const reason = `${facts.code ?? errorClass}: ${facts.message ?? 'Meta does not tell it.'}`;
  switch (errorClass) {
    case 'throttled':
    case 'pair_throttled': {
      const waitMs = retryAfterMs ?? throttledMs;
      return { ...later(due, waitMs), waitMs };
    }
    case 'ambiguous':
    case 'not_executed':
      return again(due, reason);
    case 'auth':
    case 'account':
      return later(due, hourMs);
    default:
      // Deleted, private, comments turned off, no permission: it would say the same the next time.
      return never(due, reason);
  }
}

const later = ({ id, channelId }: DueMention, againInMs: number): Outcome => ({
  ...{ channelId, unread: { id, againInMs, reason: null, uncounted: true } },
});

const never = ({ id, channelId }: DueMention, reason: string): Outcome => ({
  ...{
    channelId,
    unread: { id, againInMs: null, reason: reason.replaceAll('\0', '').slice(0, 500), uncounted: false },
  },
});

function again(due: DueMention, reason: string): Outcome {
  if (due.attempts >= mostAttempts) return never(due, reason);
  const { id, channelId, attempts } = due;
  return { channelId, unread: { id, againInMs: 1000 * 4 ** attempts, reason: null, uncounted: false } };
}
