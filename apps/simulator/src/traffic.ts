import { envelope, type Packing, packings, serialise } from './envelope';
import type { Platform, SimulatedItem } from './item';
import { Random } from './random';
import { sign } from './signature';

/** One POST, ready to go. Sent again it is the same object: Meta resends the same bytes. */
export interface Posting {
  platform: Platform;
  body: Buffer;
  /** `X-Hub-Signature-256`; absent when the header is left out. */
  signature?: string;
  items: readonly SimulatedItem[];
  nature: 'genuine' | 'forged' | 'malformed';
  /** How many of it go out at the same moment. */
  copies: number;
}

export interface TrafficOptions {
  seed: number;
  /** The app secret, or one for each platform: an Instagram app has its own. */
  secret: string | Record<Platform, string>;
  /** Items in a POST, 1 … 1,000. A body speaks of one platform, so items wait until their platform has as many. */
  batch?: number;
  /** How items share a body; drawn anew for each body unless given. */
  packing?: Packing;
  /** How far an item may move from its place in the order. */
  reorder?: number;
  /** Probability that a body goes out twice, half of them at the same moment, half up to 50 bodies later. */
  duplicates?: number;
  /** Probability that a body is followed by a forged one: wrong secret, no signature, or a byte changed after signing. */
  badSignatures?: number;
  /** Probability that a body is followed by rightly signed bytes that are no JSON. */
  malformed?: number;
  /** Makes an item that no genuine body holds, for forged bodies. */
  invent: (random: Random) => SimulatedItem;
  /** Probability that a body is followed by one of nearly 3 MB, made of items from `inventHuge`. */
  huge?: number;
  inventHuge: (random: Random) => SimulatedItem[];
}

/** The postings that tell `items`, with the disturbances asked for. Depends on nothing but its arguments. */
export function* traffic(items: Iterable<SimulatedItem>, options: TrafficOptions): Generator<Posting> {
  const random = new Random(options.seed).fork();
  const later: { due: number; posting: Posting }[] = [];
  const ordered = options.reorder ? reordered(items, options.reorder, random.fork()) : items;
  let position = 0;
  for (const batch of batches(ordered, options.batch ?? 1)) {
    const posting = genuine(batch, options, random);
    if (random.chance(options.duplicates ?? 0)) {
      if (random.chance(0.5)) posting.copies = 2;
      else later.push({ due: position + 1 + random.below(50), posting: { ...posting } });
    }
    yield posting;
    position++;
    if (random.chance(options.badSignatures ?? 0)) yield forged(options, random);
    if (random.chance(options.malformed ?? 0)) yield malformed(posting, options, random);
    if (random.chance(options.huge ?? 0)) yield genuine(options.inventHuge(random), options, random);
    for (let index = later.length - 1; index >= 0; index--) {
      if ((later[index]?.due ?? 0) <= position) yield (later.splice(index, 1)[0] as { posting: Posting }).posting;
    }
  }
  for (const { posting } of later) yield posting;
}

/** Items in an order in which each left the window of the next `window` at random. */
export function* reordered<T>(items: Iterable<T>, window: number, random: Random): Generator<T> {
  const waiting: T[] = [];
  for (const item of items) {
    waiting.push(item);
    if (waiting.length > window) yield waiting.splice(random.below(waiting.length), 1)[0] as T;
  }
  while (waiting.length > 0) yield waiting.splice(random.below(waiting.length), 1)[0] as T;
}

function* batches(items: Iterable<SimulatedItem>, size: number): Generator<SimulatedItem[]> {
  const open = new Map<Platform, SimulatedItem[]>();
  for (const item of items) {
    const batch = open.get(item.platform) ?? [];
    batch.push(item);
    open.set(item.platform, batch);
    if (batch.length >= size) {
      open.delete(item.platform);
      yield batch;
    }
  }
  yield* open.values();
}

function genuine(items: SimulatedItem[], { secret, packing }: TrafficOptions, random: Random): Posting {
  const [packed] = envelope(items, packing ?? random.pick(packings));
  if (packed === undefined) throw new RangeError('A body needs an item');
  const body = serialise(packed.body);
  const { platform } = packed;
  return { platform, body, signature: sign(body, secretOf(secret, platform)), items, nature: 'genuine', copies: 1 };
}

function forged(options: TrafficOptions, random: Random): Posting {
  const posting: Posting = { ...genuine([options.invent(random)], options, random), nature: 'forged' };
  switch (random.below(3)) {
    case 0:
      return { ...posting, signature: sign(posting.body, 'not the app secret') };
    case 1:
      return { ...posting, signature: undefined };
    default: {
      const body = Buffer.from(posting.body);
      // Any digit of the body will do: it stays JSON, and only the signature tells.
      const at = body.findLastIndex((byte) => byte >= 0x30 && byte <= 0x39);
      body[at] = body[at] === 0x30 ? 0x31 : 0x30;
      return { ...posting, body };
    }
  }
}

function malformed({ platform, body }: Posting, { secret }: TrafficOptions, random: Random): Posting {
  const cut = body.subarray(0, 1 + random.below(body.length - 1));
  const signature = sign(cut, secretOf(secret, platform));
  return { platform, body: cut, signature, items: [], nature: 'malformed', copies: 1 };
}

export const secretOf = (secret: TrafficOptions['secret'], platform: Platform): string =>
  typeof secret === 'string' ? secret : secret[platform];
