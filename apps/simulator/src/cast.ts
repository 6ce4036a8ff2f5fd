import type {
  Account,
  Chat,
  InstagramAccount,
  InstagramChat,
  InstagramCustomer,
  MessengerAccount,
  MessengerChat,
  MessengerCustomer,
  WhatsAppAccount,
  WhatsAppChat,
  WhatsAppCustomer,
} from './item';
import { Random } from './random';
import { languages, phrasesOf } from './vocabulary';

/** The accounts a simulator plays for when none are named: register these as channels. */
export const defaultAccounts: readonly Account[] = [
  {
    platform: 'whatsapp',
    id: '105501234567890',
    businessAccountId: '102290129340398',
    displayPhoneNumber: '15550783881',
  },
  { platform: 'messenger', id: '349489628480201' },
  { platform: 'instagram', id: '17841452691600098' },
];

const person = (random: Random) => {
  const language = random.pick(languages);
  return { language, name: random.pick(phrasesOf(language).names) };
};

/** Customers of 2026: most show number and user id, some hide the number behind a username, some come from older webhooks. */
export function whatsappCustomer(random: Random): WhatsAppCustomer {
  const { language, name } = person(random);
  const { country, prefix, digits } = phrasesOf(language).phone;
  const age = random.fraction();
  const customer = { platform: 'whatsapp', name, language, waId: prefix + random.digits(digits) } as const;
  if (age < 0.15) return { ...customer, phone: 'shown' };
  const userId = `${country}.${random.digits(20)}`;
  const parent = random.chance(0.3) ? { parentUserId: `${country}.ENT.${random.digits(20)}` } : {};
  if (age < 0.65) return { ...customer, userId, ...parent, phone: 'shown' };
  const username = usernameOf(random);
  return { ...customer, userId, ...parent, username, phone: age < 0.85 ? 'hidden' : 'sometimes' };
}

export const messengerCustomer = (random: Random): MessengerCustomer => ({
  platform: 'messenger',
  ...person(random),
  id: random.digits(16),
});

export const instagramCustomer = (random: Random): InstagramCustomer => ({
  platform: 'instagram',
  ...person(random),
  id: random.digits(16),
  username: usernameOf(random),
});

function usernameOf(random: Random): string {
  const first = ['clay', 'linen', 'sunny', 'little', 'north', 'casa', 'wild', 'tea', 'studio', 'moon'];
  const second = ['garden', 'table', 'atelier', 'kitchen', 'coast', 'house', 'corner', 'lane', 'bird', 'days'];
  return `${random.pick(first)}.${random.pick(second)}${random.digits(5)}`;
}

/** A clock for one chat: `now`, but at least a millisecond after what it last told. */
export function chatClock(now: () => number): () => number {
  let last = 0;
  return () => {
    last = Math.max(now(), last + 1);
    return last;
  };
}

interface Setting {
  seed?: number;
  /** Milliseconds since the epoch; stands still at 1 October 2026 unless told otherwise. */
  now?: () => number;
}

const autumn2026 = Date.UTC(2026, 9, 1, 9);

function setting({ seed = 1, now = () => autumn2026 }: Setting): { random: Random; now: () => number } {
  return { random: new Random(seed), now: chatClock(now) };
}

type Given<C extends Chat> = Setting & { account?: Partial<C['account']>; customer?: Partial<C['customer']> };

/** A WhatsApp chat for a test, with what is given and the rest made up from the seed. */
export function whatsappChat(given: Given<WhatsAppChat> = {}): WhatsAppChat {
  const { random, now } = setting(given);
  const account = { ...(defaultAccounts[0] as WhatsAppAccount), ...given.account };
  return { random, now, account, customer: { ...whatsappCustomer(random), ...given.customer } };
}

/** A Messenger chat for a test. */
export function messengerChat(given: Given<MessengerChat> = {}): MessengerChat {
  const { random, now } = setting(given);
  const account = { ...(defaultAccounts[1] as MessengerAccount), ...given.account };
  return { random, now, account, customer: { ...messengerCustomer(random), ...given.customer } };
}

/** An Instagram chat for a test. */
export function instagramChat(given: Given<InstagramChat> = {}): InstagramChat {
  const { random, now } = setting(given);
  const account = { ...(defaultAccounts[2] as InstagramAccount), ...given.account };
  return { random, now, account, customer: { ...instagramCustomer(random), ...given.customer } };
}

/** `count` chats with customers of their own, dealt out over the accounts in turn. */
export function cast(accounts: readonly Account[], count: number, random: Random, now: () => number): AnyChat[] {
  return Array.from({ length: count }, (_, index) =>
    chatWith(accounts[index % accounts.length] as Account, random.fork(), chatClock(now)),
  );
}

/** A new customer of the account. */
export function chatWith(account: Account, random: Random, now: () => number): AnyChat {
  const { platform } = account;
  switch (platform) {
    case 'whatsapp':
      return { platform, random, now, account, customer: whatsappCustomer(random) };
    case 'messenger':
      return { platform, random, now, account, customer: messengerCustomer(random) };
    case 'instagram':
      return { platform, random, now, account, customer: instagramCustomer(random) };
  }
}

export type AnyChat =
  | ({ platform: 'whatsapp' } & WhatsAppChat)
  | ({ platform: 'messenger' } & MessengerChat)
  | ({ platform: 'instagram' } & InstagramChat);
