import { Courier, type RetryOptions } from '../courier';
import { Endpoint } from '../delivery';
import { envelope, serialise } from '../envelope';
import type { Platform, SimulatedItem } from '../item';
import { Ledger } from '../ledger';
import { Random } from '../random';
import { sign } from '../signature';
import { Agenda } from './agenda';
import type { SentMessage } from './sent-messages';
import { type Failure, itemOf, type Told } from './told';
import type { World } from './world';

/** One webhook about a message: what it says, when, and how often. */
export interface PlannedCallback {
  tells: Told;
  /** After the send; milliseconds. */
  afterMs: number;
  /** How often the same item is posted; 1 unless told otherwise. */
  copies?: number;
  /** With `failed`: why. */
  error?: Failure;
}

export interface CallbackOptions extends RetryOptions {
  /** The receiver's webhook address. */
  url: string | URL;
  /** The app secret, or one for each platform: an Instagram app has its own. */
  secret: string | Record<Platform, string>;
  /** Milliseconds after the send; false: never. 20, 60 and 150 unless told otherwise. `sent` is the echo on Messenger and Instagram. */
  sentAfterMs?: number | false;
  deliveredAfterMs?: number | false;
  readAfterMs?: number | false;
  /** How much later than that, drawn for each from 0 to this; 0 unless told otherwise. */
  lateMs?: number;
  /** Probability that an item is posted twice. */
  twice?: number;
  /** Probability that a message's items are posted in reverse order. */
  disorder?: number;
  /** Probability that an item is never posted. */
  never?: number;
  /** Replaces what would be told of a message. */
  plan?: (sent: SentMessage, usual: PlannedCallback[]) => PlannedCallback[];
  /** Items that fall due together share a POST, up to so many; 1 unless told otherwise. */
  batch?: number;
  connections?: number;
  seed?: number;
}

/** Tells the receiver what became of messages, signed, again after anything but a 200. */
export class Callbacks {
  /** What was told, and what the receiver has answered for. */
  readonly told: Ledger;
  readonly #courier: Courier;
  readonly #agenda: Agenda<{ item: SimulatedItem; copies: number }>;
  readonly #random: Random;

  constructor(
    private readonly world: World,
    private readonly options: CallbackOptions,
  ) {
    this.told = new Ledger(world.now);
    this.#random = new Random(options.seed ?? 1);
    const endpoint = new Endpoint(options.url, { connections: options.connections ?? 16 });
    this.#courier = new Courier(endpoint, this.told, options);
    this.#agenda = new Agenda((due) => this.#post(due));
  }

  /** Plans what is told of a message that went out. */
  follow(sent: SentMessage): void {
    const usual = this.#usual(sent);
    for (const planned of this.options.plan?.(sent, usual) ?? usual) this.tell(sent, planned);
  }

  /** Plans one webhook. */
  tell(message: Parameters<typeof itemOf>[1], { tells, afterMs, copies = 1, error }: PlannedCallback): void {
    const make = () => {
      const item = itemOf(this.world, message, tells, error);
      return item && { item, copies };
    };
    this.#agenda.add(make, afterMs);
  }

  /** Posts items that tell of something else, at once. */
  post(items: readonly SimulatedItem[]): void {
    this.#post(items.map((item) => ({ item, copies: 1 })));
  }

  /** Resolves when everything due has been told and acknowledged, or given up. */
  async settled(): Promise<void> {
    await this.#agenda.empty();
    await this.#courier.settled();
  }

  close(): void {
    this.#agenda.close();
    this.#courier.close();
  }

  #usual({ platform }: SentMessage): PlannedCallback[] {
    const {
      sentAfterMs = 20,
      deliveredAfterMs = 60,
      readAfterMs = 150,
      lateMs = 0,
      twice = 0,
      disorder = 0,
      never = 0,
    } = this.options;
    const times: [Told, number | false][] = [
      [platform === 'whatsapp' ? 'sent' : 'echo', sentAfterMs],
      // Instagram tells no delivery.
      ['delivered', platform === 'instagram' ? false : deliveredAfterMs],
      ['read', readAfterMs],
    ];
    const random = this.#random;
    const due = times.filter((time): time is [Told, number] => time[1] !== false);
    const waits = due.map(([, afterMs]) => afterMs + random.fraction() * lateMs);
    if (random.chance(disorder)) waits.reverse();
    return due
      .map(([tells], index) => ({ tells, afterMs: waits[index] as number, copies: random.chance(twice) ? 2 : 1 }))
      .filter(() => !random.chance(never));
  }

  #post(due: { item: SimulatedItem; copies: number }[]): void {
    const { batch = 1, secret } = this.options;
    for (let from = 0; from < due.length; from += batch) {
      const share = due.slice(from, from + batch);
      const copies = Math.max(...share.map((one) => one.copies));
      for (const { platform, body, items } of envelope(share.map(({ item }) => item))) {
        const bytes = serialise(body);
        const signature = sign(bytes, typeof secret === 'string' ? secret : secret[platform]);
        void this.#courier.take(
          { platform, body: bytes, signature, items, nature: 'genuine', copies },
          performance.now(),
        );
      }
    }
  }
}
