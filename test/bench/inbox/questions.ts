import {
  assigneeOf,
  channelOf,
  channelPlatforms,
  isUnread,
  type Kind,
  kindNumber,
  labels,
  messagesEach,
  names,
  type Share,
  type Shop,
  statusOf,
  usersEach,
  words,
} from './shop';

/** One request, and what its answer has to be. */
export interface Request {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** @throws an error that says what is wrong. */
  check: (answer: never) => void;
}

export interface Question {
  what: string;
  /** p95 at the large size, in milliseconds. */
  bound: number;
  /** p50 at the large size in units of that at the small one, at most; none where everything has to be looked at. */
  flat?: number;
  /** The request of the n-th time it is asked. */
  request: (shop: Shop, n: number) => Request;
}

/** A page as a list shows it first. */
const page = 50;
const listBound = 30;
const flat = 2;
/** Where what is found grows with the size and has to be sorted: a hundred times as much may cost so much more. */
const nearlyFlat = 4;
/** A count reads every contact of the workspace: the figure beside a segment, not a page somebody waits for. */
const countBound = 500;

interface Listed {
  items: { id: string }[];
  next: string | null;
}

const of = (shop: Shop) => shop.size.contacts;
/** Spreads the times a question is asked over all of a workspace. */
const spread = (n: number, over: number): number => (n * 611_953 + 17) % over;

/** Numbers from `from` down for which it holds. */
function latest(holds: (n: number) => boolean, from: number, limit = page): number[] {
  const found: number[] = [];
  for (let n = from; n >= 0 && found.length < limit; n -= 1) if (holds(n)) found.push(n);
  return found;
}

function isExactly(shop: Shop, kind: Kind, expected: readonly number[], ids: readonly string[]): void {
  const wanted = expected.map((n) => shop.id(kind, n));
  if (wanted.length === ids.length && wanted.every((id, index) => id === ids[index])) return;
  const foreign = ids.filter((id) => Number.parseInt(id.slice(20, 23), 16) !== kindNumber(shop.workspace, kind));
  throw new Error(
    `${wanted.length} ${kind}s from ${wanted[0]} were to be found, and ${ids.length} from ${ids[0]} were; ${foreign.length} of another workspace`,
  );
}

const get = (path: string, check: (answer: Listed) => void): Request => ({
  method: 'GET',
  path,
  check: check as never,
});

/** A list of conversations: those for which it holds, by their last message. `from`: the number of that message where the page begins. */
function conversations(
  what: string,
  query: (shop: Shop, n: number) => string,
  holds: (conversation: number, n: number) => boolean = () => true,
  deep = false,
): Question {
  return {
    what: `conversations: ${what}`,
    bound: listBound,
    flat,
    request: (shop, n) => {
      const lastPass = (messagesEach - 1) * of(shop);
      const newest = shop.size.messages - 1;
      const from = deep ? newest - 1 - spread(n, of(shop) / 2) : newest;
      const before = shop.id('conversation', shop.conversationOf(from + 1));
      const position = deep ? `&before=${shop.sentAt(from + 1)}_${before}` : '';
      return get(`/v1/conversations?limit=${page}${query(shop, n)}${position}`, ({ items }) => {
        const found = latest((j) => j >= lastPass && holds(shop.conversationOf(j), n), from);
        isExactly(
          shop,
          'conversation',
          found.map((j) => shop.conversationOf(j)),
          items.map(({ id }) => id),
        );
      });
    },
  };
}

function messageSearch(what: string, text: string, share: Share | undefined, deep = false): Question {
  return {
    what: `messages: ${what}`,
    bound: listBound,
    flat,
    request: (shop, n) => {
      const holds = (j: number) => share?.holds(j, of(shop)) ?? false;
      const begin = deep ? latest(holds, shop.size.messages - 1 - spread(n, shop.size.messages / 2), 1)[0]! : undefined;
      const before = begin === undefined ? '' : `&before=${shop.id('message', begin)}`;
      return {
        method: 'GET',
        path: `/v1/search?in=messages&q=${encodeURIComponent(text)}&limit=${page}${before}`,
        check: ((answer: { items: { message: { id: string } }[] }) =>
          isExactly(
            shop,
            'message',
            latest(holds, (begin ?? shop.size.messages) - 1),
            answer.items.map(({ message }) => message.id),
          )) as never,
      };
    },
  };
}

function contactSearch(what: string, path: (text: string) => string, text: string, share?: Share): Question {
  return {
    what: `contacts: ${what}`,
    bound: listBound,
    flat,
    request: (shop) =>
      get(`${path(text)}&limit=${page}`, (answer) => {
        const found = latest((k) => share?.holds(k, of(shop)) ?? false, of(shop) - 1);
        const ids = answer.items.map((item) => item.id ?? (item as unknown as { contact: { id: string } }).contact.id);
        isExactly(shop, 'contact', found, ids);
      }),
  };
}

function count(what: string, filter: (shop: Shop) => unknown, holds: (contact: number) => boolean): Question {
  return {
    what: `count: ${what}`,
    bound: countBound,
    request: (shop) => ({
      method: 'POST',
      path: '/v1/segments/count',
      body: { filter: filter(shop) },
      check: ((answer: { count: number }) => {
        const expected = latest(holds, of(shop) - 1, of(shop)).length;
        if (answer.count !== expected)
          throw new Error(`${expected} contacts were to be counted, and ${answer.count} were`);
      }) as never,
    }),
  };
}

const history: Question = {
  what: 'history of a conversation',
  bound: listBound,
  flat,
  request: (shop, n) => {
    const conversation = spread(n, of(shop));
    return get(`/v1/conversations/${shop.id('conversation', conversation)}/messages?limit=${page}`, ({ items }) => {
      const all = latest((j) => shop.conversationOf(j) === conversation, shop.size.messages - 1, messagesEach);
      isExactly(
        shop,
        'message',
        all,
        items.map(({ id }) => id),
      );
    });
  },
};

const longHistory: Question = {
  what: 'history of the long conversation, a page of the middle',
  bound: listBound,
  flat,
  request: (shop, n) => {
    const from = shop.size.longConversation / 4 + spread(n, shop.size.longConversation / 2);
    const path = `/v1/conversations/${shop.id('longMessage', longConversationNumber(shop))}/messages?limit=${page}&before=${shop.id('longMessage', from)}`;
    return get(path, ({ items }) =>
      isExactly(
        shop,
        'longMessage',
        latest(() => true, from - 1),
        items.map(({ id }) => id),
      ),
    );
  },
};
const longConversationNumber = (shop: Shop): number => shop.size.longConversation + 1;

const contactList: Question = {
  what: 'contacts: all, a page of the middle',
  bound: listBound,
  flat,
  request: (shop, n) => {
    const from = of(shop) / 4 + spread(n, of(shop) / 2);
    return get(`/v1/contacts?limit=${page}&before=${shop.id('contact', from)}`, ({ items }) =>
      isExactly(
        shop,
        'contact',
        latest(() => true, from - 1),
        items.map(({ id }) => id),
      ),
    );
  },
};

const inList = (text: string) => `/v1/contacts?search=${encodeURIComponent(text)}`;
const inSearch = (text: string) => `/v1/search?in=contacts&q=${encodeURIComponent(text)}`;

const all: Question[] = [
  conversations('all', () => ''),
  conversations('all, any page of the latest half', () => '', undefined, true),
  conversations(
    'open',
    () => '&status=open',
    (k) => statusOf(k) === 'open',
  ),
  conversations(
    'of an assignee',
    (shop, n) => `&assignee=${shop.id('user', n % usersEach)}`,
    (k, n) => assigneeOf(k) === n % usersEach,
  ),
  conversations(
    'unassigned',
    () => '&assignee=none',
    (k) => assigneeOf(k) === undefined,
  ),
  conversations('unread', () => '&unread=true', isUnread),
  conversations(
    'of an assignee, open and unread',
    (shop, n) => `&status=open&unread=true&assignee=${shop.id('user', n % usersEach)}`,
    (k, n) => isUnread(k) && statusOf(k) === 'open' && assigneeOf(k) === n % usersEach,
  ),
  conversations(
    'of a channel',
    (shop, n) => `&channelId=${shop.id('channel', n % channelPlatforms.length)}`,
    (k, n) => channelOf(k) === n % channelPlatforms.length,
  ),
  conversations(
    'of a platform',
    () => '&platform=whatsapp',
    (k) => channelPlatforms[channelOf(k)] === 'whatsapp',
  ),
  ...Object.entries({ third: '1 in 3', fiftieth: '1 in 50', thousandth: '1 in 1,000' }).map(
    ([label, share], position) =>
      conversations(
        `with a label worn by ${share}`,
        (shop) => `&label=${shop.id('label', position)}`,
        (k) => labels[label as keyof typeof labels].holds(k),
      ),
  ),
  history,
  longHistory,
  messageSearch('a word of 3 in 4', 'order', words.order),
  messageSearch('a word of 1 in 50', 'refund', words.refund),
  messageSearch('a word of 1 in 250', 'invoice', words.invoice),
  messageSearch('a word of 1 in 250, any page', 'invoice', words.invoice, true),
  messageSearch('a word of 1 in 2,000', 'voucher', words.voucher),
  messageSearch('a word of 1 in 400,000', 'zeppelin', words.zeppelin),
  messageSearch('a word of none', 'nowhere', undefined),
  messageSearch('two words, each of 1 in 50 or more, together in 1 in 100', 'order refund', {
    sql: '',
    holds: (j) => words.order.holds(j) && words.refund.holds(j),
  }),
  messageSearch('a word of 1 in 5, in none of the latest fifth', 'promo', words.promo),
  contactList,
  contactSearch('search, a name all have', inSearch, 'guest', { sql: '', holds: () => true }),
  contactSearch('search, a name all have, begun', inList, 'gue', { sql: '', holds: () => true }),
  contactSearch('search, a name of 1 in 250', inList, 'zephyr', names.zephyr),
  contactSearch('search, a name of the oldest tenth', inList, 'legacy', names.legacy),
  contactSearch('search, a name of 1 in 40,000', inList, 'quetzal', names.quetzal),
  contactSearch('search, a name of none', inList, 'nowhere'),
  count(
    'by an attribute',
    () => ({ field: 'attribute', key: 'plan', op: 'equals', value: 'gold' }),
    (k) => k % 10 === 3,
  ),
  count(
    'by a tag',
    (shop) => ({ field: 'tag', op: 'any_of', value: [shop.id('tag', 0)] }),
    (k) => k % 20 === 1,
  ),
  count(
    'by consent',
    () => ({ field: 'consent', op: 'is', value: 'opted_in' }),
    (k) => k % 2 === 0 && k % 10 !== 0,
  ),
  count(
    'by platform',
    () => ({ field: 'platform', op: 'any_of', value: ['instagram'] }),
    (k) => channelPlatforms[channelOf(k)] === 'instagram',
  ),
  count(
    'by when they last wrote',
    () => ({ field: 'last_seen', op: 'within_days', value: 3650 }),
    () => true,
  ),
];

const sorted = [
  'label worn by 1 in 50',
  'label worn by 1 in 1,000',
  'none of the latest fifth',
  'name of 1 in 250',
  'oldest tenth',
];

export const questions: readonly Question[] = all.map((question) =>
  sorted.some((what) => question.what.includes(what)) ? { ...question, flat: nearlyFlat } : question,
);
