import { type Kind, kindNumber, messagesEach, type Share, type Shop } from './shop';

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
export function conversations(
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

export function messageSearch(what: string, text: string, share: Share | undefined, deep = false): Question {
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

export function contactSearch(what: string, path: (text: string) => string, text: string, share?: Share): Question {
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

export function count(what: string, filter: (shop: Shop) => unknown, holds: (contact: number) => boolean): Question {
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

export const history: Question = {
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

export const longHistory: Question = {
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

export const contactList: Question = {
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
