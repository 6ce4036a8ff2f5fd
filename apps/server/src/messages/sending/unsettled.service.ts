import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Nudges, Sweeper } from '@switchboard/queue';
import { ChannelAccess } from '../../channels';
import { OutboundRepository } from './outbound.repository';
import { Outcomes } from './outcomes.service';
import { SendingChannels } from './sending-channels.service';
import { UnknownLookup } from './unknown-lookup.service';
import { UnsettledRepository } from './unsettled.repository';

/** Longer than any call takes, its wait for a connection and the writing of its outcome included: whoever made it is gone. */
const abandonedMs = 40_000;
const most = 500;

/** Brings back sends that lost their nudge, and ends those that lost whoever made them. */
@Injectable()
export class UnsettledSends implements OnModuleInit {
  private readonly logger = new Logger(UnsettledSends.name);

  constructor(
    private readonly outbound: OutboundRepository,
    private readonly unsettled: UnsettledRepository,
    private readonly outcomes: Outcomes,
    private readonly access: ChannelAccess,
    private readonly channels: SendingChannels,
    private readonly lookup: UnknownLookup,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'sends', everyMs: 500, run: () => this.nudgeDue() });
    this.sweeper.register({ name: 'sends-abandoned', everyMs: 2000, run: () => this.endAbandoned() });
    this.sweeper.register({ name: 'sends-unknown', everyMs: 2000, run: () => this.lookup.run() });
    this.sweeper.register({ name: 'sends-undecided', everyMs: 5000, run: () => this.endUndecided() });
    this.sweeper.register({ name: 'send-keys', everyMs: 600_000, run: () => this.outbound.prune() });
    this.sweeper.register({ name: 'sends-held', everyMs: 2000, run: () => this.endHolding() });
    this.access.onConnected((channelId) => this.release(channelId));
  }

  private async release(channelId: string): Promise<number> {
    const released = await this.unsettled.release(channelId);
    if (released > 0) this.nudges.sends(channelId);
    return released;
  }

  /** Held while the channel was being connected or given up, or by a process that did not know yet that it is. */
  private async endHolding(): Promise<number> {
    let ended = 0;
    for (const channelId of await this.unsettled.channelsHeld()) {
      try {
        ended += await this.endHoldingOf(channelId);
      } catch (error) {
        this.logger.error(
          `What is held for channel ${channelId} could not be looked after (${(error as Error).message}); in 2 s again.`,
        );
      }
    }
    return ended;
  }

  private async endHoldingOf(channelId: string): Promise<number> {
    // As it is now: they were held because it cannot send, and what is kept of it may be from just before.
    this.access.forget(channelId);
    const { account, canSend } = await this.channels.ofId(channelId);
    if (canSend) return this.release(channelId);
    return !account || account.released ? this.giveUp(channelId, account?.statusReason) : 0;
  }

  private async giveUp(channelId: string, why: string | null | undefined): Promise<number> {
    const held = await this.unsettled.held(channelId, most);
    await this.outcomes.apply(
      held.map((messageId) => ({
        messageId,
        channelId,
        contactId: '',
        rate: 'message',
        from: ['held'],
        outcome: {
          kind: 'failed',
          errorClass: 'ours',
          error: { reason: 'channel_disconnected', message: why ?? 'The channel was deleted.', mayRetry: false },
        },
      })),
    );
    return held.length;
  }

  private async nudgeDue(): Promise<number> {
    for (const channelId of await this.outbound.channelsDue()) this.nudges.sends(channelId);
    return 0;
  }

  private async endAbandoned(): Promise<number> {
    await this.unsettled.forgetTold(abandonedMs);
    const abandoned = await this.unsettled.abandoned(abandonedMs, most);
    if (abandoned.length === 0) return 0;
    this.logger.warn(
      `${abandoned.length} messages were being sent by a process that is gone; whether Meta has them is unknown until a status or echo tells.`,
    );
    await this.outcomes.apply(
      abandoned.map((one) => ({
        ...one,
        contactId: '',
        rate: 'message',
        from: ['sending'],
        outcome: {
          kind: 'unknown',
          error: {
            reason: 'ambiguous',
            message: 'The process that sent it ended before Meta answered.',
            mayRetry: true,
          },
        },
      })),
    );
    return abandoned.length;
  }

  /** Nothing was heard of them in all this time. */
  private async endUndecided(): Promise<number> {
    const undecided = await this.unsettled.undecided(this.config.unknownSendTimeout, most);
    if (undecided.length === 0) return 0;
    await this.outcomes.apply(
      undecided.map((one) => ({
        ...one,
        contactId: '',
        rate: 'message',
        from: ['unknown'],
        outcome: {
          kind: 'failed',
          errorClass: 'ours',
          error: {
            reason: 'outcome_unknown',
            message:
              'Meta gave no answer when it was sent and has told nothing of it since; it was most likely not delivered. Look before you send it again.',
            mayRetry: true,
          },
        },
      })),
    );
    return undecided.length;
  }
}
