import type { Database } from '@switchboard/database';
import type { Nudges } from '@switchboard/queue';
import type { ChannelAccess, ChannelAccount, ChannelGraph } from '../../channels';
import type { MediaForSending } from '../../media';
import type { LateSlots } from './late-slots.service';
import { MediaSends } from './media-sends';
import type { OutboundRepository } from './outbound.repository';
import type { Outcomes, Settled } from './outcomes.service';
import { SendLane } from './send-lane';
import type { SendRatesRepository } from './send-rates.repository';
import type { SendingChannels } from './sending-channels.service';

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}

const away = () => Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });

const account = { id: 'channel', platform: 'whatsapp', externalId: '1', messagesPerSecond: 80 } as ChannelAccount;
const message = {
  messageId: 'message',
  conversationId: 'conversation',
  contactId: 'contact',
  rate: 'message',
  attempts: 1,
  pairThrottled: 0,
  request: { to: { waId: '1' }, content: { type: 'image', media: { mediaId: 'file' } } },
};

/** A lane with one message to send; the database goes away once it is taken. */
function laneWith(media: Partial<MediaForSending>, outbound: Partial<OutboundRepository> = {}) {
  let taken = false;
  const rates = {
    lockRates: async () => {
      if (taken) throw away();
      return [{ rate: 'message', nextSlot: 0, blockedUntil: null, throttled: 0, pace: null, now: performance.now() }];
    },
    moveSlots: async () => undefined,
    movePairs: async () => undefined,
  } as unknown as SendRatesRepository;
  const repository = {
    take: async () => {
      taken = true;
      return [message];
    },
    putBack: async () => undefined,
    ...outbound,
  } as unknown as OutboundRepository;
  const outcome = deferred<Settled>();
  const outcomes = { settle: async (settled: Settled) => outcome.resolve(settled) } as unknown as Outcomes;
  const database = { transaction: (work: () => unknown) => work() } as unknown as Database;
  const channels = { ofId: async () => ({ account, canSend: true }) } as unknown as SendingChannels;
  const sends = new MediaSends(
    media as MediaForSending,
    repository,
    outcomes,
    {} as ChannelAccess,
    { sends: () => undefined } as unknown as Nudges,
  );
  const lane = new SendLane(
    database,
    repository,
    rates,
    {} as LateSlots,
    outcomes,
    {} as ChannelGraph,
    sends,
    channels,
  );
  return { lane, outcome: outcome.promise };
}

describe('a message that was taken and whose files cannot be looked up, because the database went away,', () => {
  it('is sent later: it has not left', async () => {
    const { lane, outcome } = laneWith({ resolve: () => Promise.reject(away()) });
    await expect(lane.run(account.id, performance.now() + 5000)).rejects.toThrow('terminating connection');
    expect(await outcome).toMatchObject({ messageId: 'message', outcome: { kind: 'later', waits: 'message' } });
  });

  it('is sent later too where its upload, begun already, fails meanwhile', async () => {
    const upload = deferred<void>();
    const { lane, outcome } = laneWith(
      { resolve: async () => ({ upload: upload.promise }) },
      {
        putBack: async () => {
          upload.reject(new Error('broken pipe'));
          await new Promise((resolve) => setImmediate(resolve));
          throw away();
        },
      },
    );
    await expect(lane.run(account.id, performance.now() + 5000)).rejects.toThrow('terminating connection');
    expect(await outcome).toMatchObject({ messageId: 'message', outcome: { kind: 'later' } });
  });
});
