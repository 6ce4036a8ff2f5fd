import { Injectable, Logger } from '@nestjs/common';
import { type GraphCall, GraphError } from '@switchboard/meta';
import { Sweeper } from '@switchboard/queue';
import { BackgroundReadsRepository, type ReadQueue } from './background-reads.repository';
import { ChannelAccess, type ChannelAccount } from './channel-access.service';
import { ChannelGraph } from './channel-graph.service';

/** A page or an Instagram account: WhatsApp tells with the webhook what the others have to be asked for. */
export type ReadableAccount = ChannelAccount & { platform: 'messenger' | 'instagram' };

/** A row of the queue that was taken. */
export interface DueRead {
  channelId: string;
  /** Which attempt this is, from 1. */
  attempts: number;
}

/** What a read did not bring. */
export interface Unread<D> {
  due: D;
  /** Milliseconds until it is tried again; `null`: it cannot be had. */
  againInMs: number | null;
  /** Why it cannot be had, up to 500 characters. */
  reason: string | null;
  /** The attempt was none: Meta was not asked, or said no more than to wait. */
  uncounted: boolean;
}

export interface BackgroundReading<D extends DueRead, R> {
  queue: ReadQueue;
  /** What is asked for, as a log names it. */
  describe: (due: D) => string;
  /** The call to make. @throws NotToBeHad */
  ask: (due: D, account: ReadableAccount) => Pick<GraphCall, 'path' | 'query'>;
  /** What Meta's answer says. @throws NotToBeHad */
  understand: (due: D, body: unknown, account: ReadableAccount) => R;
  keep: (read: readonly R[]) => Promise<void>;
  putOff: (unread: readonly Unread<D>[]) => Promise<void>;
}

/** It would be the same the next time. */
export class NotToBeHad extends Error {}

/** Reads of one channel and queue in a second. */
const ofEach = 5;
/** Until what was taken by a process that is gone is taken again. */
const leaseMs = 120_000;
const timeoutMs = 10_000;
const throttledMs = 300_000;
const mostAttempts = 6;
const hourMs = 3_600_000;

type Outcome<D, R> = { read: R } | { unread: Unread<D>; waitMs?: number };

/**
 * Reads of the Graph API that nothing waits for: a message is there before the name of who wrote it. Each is tried until it is known, or
 * known not to be had.
 */
@Injectable()
export class BackgroundReads {
  private readonly logger = new Logger(BackgroundReads.name);

  constructor(
    private readonly repository: BackgroundReadsRepository,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly sweeper: Sweeper,
  ) {}

  register<D extends DueRead, R>(reading: BackgroundReading<D, R>): void {
    this.sweeper.register({ name: reading.queue.name, everyMs: 500, run: () => this.sweep(reading) });
  }

  private async sweep<D extends DueRead, R>(reading: BackgroundReading<D, R>): Promise<number> {
    const due = await this.repository.take<D>(reading.queue, ofEach, leaseMs);
    if (due.length === 0) return 0;
    const outcomes = await Promise.all(due.map((one) => this.read(reading, one)));
    const read = outcomes.flatMap((one) => ('read' in one ? [one.read] : []));
    if (read.length > 0) await reading.keep(read);
    const others = outcomes.filter((one) => 'unread' in one);
    if (others.length > 0) await reading.putOff(others.map(({ unread }) => unread));
    const waits = others.flatMap(({ unread, waitMs: ms }) => (ms ? [{ channelId: unread.due.channelId, ms }] : []));
    if (waits.length > 0) await this.repository.wait(reading.queue, waits);
    return 0;
  }

  private async read<D extends DueRead, R>(reading: BackgroundReading<D, R>, due: D): Promise<Outcome<D, R>> {
    const { channelId } = due;
    try {
      const account = await this.access.account(channelId);
      if (!account?.target || !isReadable(account)) return later(due, hourMs);
      const call = reading.ask(due, account);
      const { body } = await this.graph.call(account, { method: 'GET', ...call, timeoutMs });
      return { read: reading.understand(due, body, account) };
    } catch (error) {
      if (error instanceof GraphError) return outcomeOf(due, error);
      const { message } = error as Error;
      if (error instanceof NotToBeHad) return never(due, message);
      this.logger.warn(`${reading.describe(due)} of channel ${channelId} could not be read: ${message}`);
      return again(due, message);
    }
  }
}

const isReadable = (account: ChannelAccount): account is ReadableAccount => account.platform !== 'whatsapp';

function outcomeOf<D extends DueRead, R>(due: D, { errorClass, retryAfterMs, facts }: GraphError): Outcome<D, R> {
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
      // Deleted, private, no consent, no permission.
      return never(due, reason);
  }
}

const later = <D>(due: D, againInMs: number) => ({ unread: { due, againInMs, reason: null, uncounted: true } });

const never = <D>(due: D, reason: string) => ({
  unread: { due, againInMs: null, reason: reason.replaceAll('\0', '').slice(0, 500), uncounted: false },
});

function again<D extends DueRead>(due: D, reason: string): { unread: Unread<D> } {
  if (due.attempts >= mostAttempts) return never(due, reason);
  return { unread: { due, againInMs: 1000 * 4 ** due.attempts, reason: null, uncounted: false } };
}
