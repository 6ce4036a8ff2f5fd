import { Injectable, Logger } from '@nestjs/common';
import { GraphError, type SendContent } from '@switchboard/meta';
import { Nudges } from '@switchboard/queue';
import { ChannelAccess, type ChannelAccount } from '../../channels';
import { MediaForSending, MediaNotSendable } from '../../media';
import { OutboundRepository, type TakenMessage } from './outbound.repository';
import { Outcomes } from './outcomes.service';
import { outcomeOf, type SendOutcome, stopsChannel } from './send-outcome';

/** A message waits so long for its file; if the process that uploads it is gone, another takes the message up then. */
const waitMs = 120_000;

/**
 * Messages whose files have to be uploaded to Meta first. Such a message goes back into the queue until its file is there: whatever
 * happens to the upload, the message itself has not left.
 */
@Injectable()
export class MediaSends {
  private readonly logger = new Logger(MediaSends.name);

  constructor(
    private readonly media: MediaForSending,
    private readonly outbound: OutboundRepository,
    private readonly outcomes: Outcomes,
    private readonly access: ChannelAccess,
    private readonly nudges: Nudges,
  ) {}

  /** What to send of a message that was taken; `undefined` where it was put back, or has failed. */
  async ready(account: ChannelAccount, message: TakenMessage): Promise<SendContent | undefined> {
    try {
      const ready = await this.media.resolve(account, message.request.content);
      if ('content' in ready) return ready.content;
      // Looked at below; while the row is written nobody would, and that ends the process.
      ready.upload.catch(() => undefined);
      await this.outbound.putBack([{ messageId: message.messageId, delayMs: waitMs }]);
      void ready.upload
        .then(
          () => this.goOn(account, message),
          (error: unknown) => this.failed(account, message, error),
        )
        .catch((error: Error) => this.logger.warn(`Message ${message.messageId} waits on: ${error.message}`));
    } catch (error) {
      if (!(error instanceof MediaNotSendable)) throw error;
      await this.settle(account, message, notSendable(error), ['sending']);
    }
    return undefined;
  }

  /** Meta refuses the message: it may be for a copy that it has forgotten. Sent again, its files are uploaded again. */
  distrust(account: ChannelAccount, { request }: TakenMessage): Promise<void> {
    return this.media.distrust(account, request.content);
  }

  private async goOn(account: ChannelAccount, { messageId }: TakenMessage): Promise<void> {
    await this.outbound.dueIn([{ messageId, delayMs: 0 }]);
    this.nudges.sends(account.id);
  }

  private async failed(account: ChannelAccount, message: TakenMessage, error: unknown): Promise<void> {
    const outcome = uploadOutcome(error, message.attempts);
    if (outcome.kind === 'later') {
      await this.outbound.dueIn([{ messageId: message.messageId, delayMs: outcome.delayMs }]);
      return;
    }
    if (outcome.kind === 'failed' && stopsChannel(outcome.errorClass)) {
      await this.access.stop(account, outcome.errorClass === 'account' ? 'account' : 'token', outcome.error.message!);
      if (message.request.hold) return this.outbound.hold([message.messageId]);
    }
    await this.settle(account, message, outcome, ['queued']);
  }

  private settle(
    account: ChannelAccount,
    { messageId, contactId, rate }: TakenMessage,
    outcome: SendOutcome,
    from: readonly ('queued' | 'sending')[],
  ): Promise<void> {
    return this.outcomes.settle({ messageId, contactId, rate, channelId: account.id, from, outcome });
  }
}

/** An upload may be repeated whatever became of it: Meta then has the file twice, and the customer the message once. */
function uploadOutcome(error: unknown, attempts: number): SendOutcome {
  if (error instanceof MediaNotSendable) return notSendable(error);
  const { errorClass, facts, retryAfterMs } =
    error instanceof GraphError ? error : new GraphError('not_executed', { message: (error as Error).message });
  const again = errorClass === 'ambiguous' ? 'not_executed' : errorClass;
  return outcomeOf(new GraphError(again, facts, retryAfterMs), attempts, attempts);
}

function notSendable({ message }: MediaNotSendable): SendOutcome {
  return { kind: 'failed', errorClass: 'ours', error: { reason: 'invalid', message, mayRetry: false } };
}
