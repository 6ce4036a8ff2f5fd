import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { GraphError, profileFields, readProfile } from '@switchboard/meta';
import { Sweeper } from '@switchboard/queue';
import { ChannelAccess, ChannelGraph } from '../../channels';
import { contactAudience } from '../contact-views';
import { type DueProfile, ProfilesRepository, type ReadProfile, type UnreadProfile } from './profiles.repository';

/** Profiles of one channel read in a second. */
const ofEach = 5;
/** Until a profile whose reader is gone is taken again. */
const leaseMs = 120_000;
const timeoutMs = 10_000;
const throttledMs = 300_000;
const mostAttempts = 6;
const hourMs = 3_600_000;

type Outcome = { read: ReadProfile } | { unread: UnreadProfile; waitMs?: number };

/** Reads the profiles of those who have written, beside the inbound lane: a message never waits for a name. */
@Injectable()
export class ProfileReading implements OnModuleInit {
  private readonly logger = new Logger(ProfileReading.name);

  constructor(
    private readonly database: Database,
    private readonly repository: ProfilesRepository,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'contact-profiles', everyMs: 500, run: () => this.sweep() });
  }

  private async sweep(): Promise<number> {
    const due = await this.repository.take(ofEach, leaseMs);
    if (due.length === 0) return 0;
    const outcomes = await Promise.all(due.map((one) => this.read(one)));
    await this.keep(outcomes.flatMap((one) => ('read' in one ? [one.read] : [])));
    const unread = outcomes.filter((one) => 'unread' in one);
    if (unread.length > 0) await this.repository.putOff(unread.map((one) => one.unread));
    const waits = unread.flatMap(({ unread: { channelId }, waitMs: ms }) => (ms ? [{ channelId, ms }] : []));
    if (waits.length > 0) await this.repository.wait(waits);
    return 0;
  }

  private async keep(read: readonly ReadProfile[]): Promise<void> {
    if (read.length === 0) return;
    await this.database.transaction(async () => {
      const named = await this.repository.name(read);
      await this.repository.keep(read);
      await this.recorder.record(
        named.map(({ workspaceId, ...contact }): NewEvent => {
          const audience = contactAudience({ workspaceId, id: contact.id });
          return { type: 'contact.updated', workspaceId, audience, data: { contact } };
        }),
      );
    });
  }

  private async read(due: DueProfile): Promise<Outcome> {
    const { channelId, customer, attempts } = due;
    const putOff = (againInMs: number | null, hiddenReason: string | null = null) => ({
      unread: { channelId, customer, againInMs, hiddenReason },
    });
    const account = await this.access.account(channelId);
    if (!account?.target || account.platform === 'whatsapp') return putOff(hourMs);
    try {
      const { body } = await this.graph.call(account, {
        method: 'GET',
        path: encodeURIComponent(customer),
        query: { fields: profileFields(account.platform) },
        timeoutMs,
      });
      return { read: { channelId, customer, ...readProfile(body) } };
    } catch (error) {
      if (error instanceof GraphError) return outcomeOf(error, attempts, putOff);
      this.logger.warn(`Profile ${customer} of channel ${channelId} could not be read: ${(error as Error).message}`);
      return putOff(again(attempts));
    }
  }
}

function outcomeOf(
  { errorClass, retryAfterMs, facts }: GraphError,
  attempts: number,
  putOff: (againInMs: number | null, hidden?: string | null) => Extract<Outcome, { unread: unknown }>,
): Outcome {
  switch (errorClass) {
    case 'throttled':
    case 'pair_throttled': {
      const waitMs = retryAfterMs ?? throttledMs;
      return { ...putOff(waitMs), waitMs };
    }
    case 'ambiguous':
    case 'not_executed':
      return putOff(again(attempts));
    case 'auth':
    case 'account':
      return putOff(hourMs);
    default:
      // No profile, no consent, no permission: not asked again before they write another time, a week later.
      return putOff(null, `${facts.code ?? errorClass}: ${facts.message ?? 'Meta does not tell it.'}`.slice(0, 500));
  }
}

const again = (attempts: number): number | null => (attempts >= mostAttempts ? null : 1000 * 4 ** attempts);
