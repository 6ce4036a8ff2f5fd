import { type AnyChat, cast } from './cast';
import type { Account, SimulatedItem } from './item';
import { Random } from './random';
import { instagramVisit } from './visits/instagram';
import { messengerVisit } from './visits/messenger';
import { whatsappVisit } from './visits/whatsapp';

export interface ShopDayOptions {
  accounts: readonly Account[];
  /** How many different customers there are. */
  customers: number;
  seed: number;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * What a shop's channels bring in a day: customers of all accounts talk at the same time, each conversation in its own order.
 * Endless: who has finished comes back with another wish.
 */
export function* shopDay({ accounts, customers, seed, now }: ShopDayOptions): Generator<SimulatedItem, never> {
  if (accounts.length === 0 || customers < 1) throw new RangeError('A shop day needs an account and a customer');
  const random = new Random(seed);
  const seats = cast(accounts, customers, random, now).map((chat) => ({ chat, visit: visitOf(chat) }));
  for (;;) {
    const seat = random.pick(seats);
    const next = seat.visit.next();
    if (next.done) seat.visit = visitOf(seat.chat);
    else yield next.value;
  }
}

function visitOf(chat: AnyChat): Generator<SimulatedItem> {
  switch (chat.platform) {
    case 'whatsapp':
      return whatsappVisit(chat);
    case 'messenger':
      return messengerVisit(chat);
    case 'instagram':
      return instagramVisit(chat);
  }
}
