import {
  type AckErrorCode,
  type ClientMessages,
  type ConversationMessages,
  clientMessages,
  namespaces as told,
} from '@switchboard/contracts';
import { closeSockets, connect } from '../support/socket-client';
import { anonymous, elsewhere, gateways, refusal, untilGone } from './support/realtime';
import { openTwoShops, type Shop } from './support/shop';
import { type Colleague, colleague, limitedColleague } from './support/world';

type Message = keyof (ClientMessages & ConversationMessages);

/** A workspace, as far as messages name something of one. */
interface Place {
  conversationId: string;
  campaignId: string;
  userId: string;
}

interface Asker extends Place {
  token: string;
  cursor: string;
}

interface Use {
  /** What is asked by somebody who may. */
  asked: (asker: Asker, namespace: string) => unknown;
  /** What names something of a workspace, and how it is refused to those of others. */
  named?: {
    asked: (place: Place & { token: string }, namespace: string) => unknown;
    refused: AckErrorCode;
    ofChannel?: true;
  };
  /** It is shown to others: agents and above, and API keys that may write. */
  writes?: true;
}

/** A room of the kind that the namespace is about. */
const rooms = ({ conversationId, campaignId }: Place, namespace: string) => ({
  rooms: [
    namespace === '/campaigns' ? { kind: 'campaign', id: campaignId } : { kind: 'conversation', id: conversationId },
  ],
});
const conversation = ({ conversationId }: Place) => ({ conversationId });
const ofConversation = {
  asked: conversation,
  named: { asked: conversation, refused: 'not_found', ofChannel: true },
} as const;
const nothing = () => undefined;

/** How each message is used. One that is missing here does not compile. */
const uses: Record<Message, Use> = {
  authenticate: {
    asked: ({ token }) => ({ token }),
    named: { asked: ({ token }) => ({ token }), refused: 'forbidden' },
  },
  subscribe: { asked: rooms, named: { asked: rooms, refused: 'forbidden', ofChannel: true } },
  unsubscribe: { asked: () => ({ all: true }), named: { asked: rooms, refused: 'invalid', ofChannel: true } },
  subscriptions: { asked: nothing },
  resume: { asked: ({ cursor }) => ({ cursor }) },
  heartbeat: { asked: nothing },
  test_connection: { asked: nothing },
  'message.mark_read': { ...ofConversation, writes: true },
  'typing.start': { ...ofConversation, writes: true },
  'typing.stop': { ...ofConversation, writes: true },
  'message.send': {
    asked: ({ userId }) => ({ to: userId, text: 'Lunch?' }),
    named: { asked: ({ userId }) => ({ to: userId, text: 'Lunch?' }), refused: 'not_found' },
    writes: true,
  },
  'presence.set': { asked: () => ({ status: 'away' }) },
  'presence.list': { asked: nothing },
  'viewing.start': ofConversation,
  'viewing.stop': { asked: nothing },
};

const namespaces = ['/', ...told];
const messagesOf = (namespace: string): Message[] => [
  ...clientMessages.everywhere,
  ...(namespace === '/messages' ? clientMessages['/messages'] : []),
];
/** Each message in each namespace that takes it. */
const all = namespaces.flatMap((namespace) => messagesOf(namespace).map((message) => ({ namespace, message })));

let shop: Shop;
let agent: Colleague;
let viewer: Colleague;
/** Sees none of the shop's conversations. */
let limited: Colleague;
let ours: Place;
let theirs: Place & { token: string };

beforeAll(async () => {
  const shops = await openTwoShops('messenger');
  shop = shops.shop;
  const [own, foreign] = await Promise.all(
    [shop, shops.stranger].map(async (one): Promise<Place> => {
      await one.receives(one.text(one.chat(), 'Hello'));
      const { id: conversationId } = (await one.onlyConversation()).conversation;
      const { id: campaignId } = await one.api.made('/v1/campaigns', {
        ...{ name: 'Spring', channelId: one.channel.id, audience: { all: true } },
        content: { type: 'text', text: 'Spring is here' },
      });
      return { conversationId, campaignId, userId: one.tenant.userId };
    }),
  );
  ours = own!;
  theirs = { ...foreign!, token: shops.stranger.tenant.accessToken };
  const branch = await shop.tenant.channel('messenger');
  [agent, viewer, limited] = await Promise.all([
    colleague(shop.tenant, 'agent'),
    colleague(shop.tenant, 'viewer'),
    limitedColleague(shop.tenant, [branch.id]),
  ]);
});
afterEach(closeSockets);

/** The answer to one message on a socket of its own: `ok`, or the code of the error. */
async function answer(
  gateway: string,
  namespace: string,
  token: string,
  message: Message,
  argument: (asker: Asker, namespace: string) => unknown,
): Promise<string> {
  const client = await connect(gateway, namespace, { token });
  const { cursor } = client.notice('ready');
  const { ok, error } = await client.ask(message, argument({ ...ours, token, cursor }, namespace));
  client.close();
  return ok ? 'ok' : error.code;
}

/** What is answered otherwise than expected, a sentence each. Answers are held to the AsyncAPI document as well. */
async function findings(
  tries: readonly (typeof all)[number][],
  expected: (use: Use) => string,
  answered: (namespace: string, message: Message, use: Use) => Promise<string>,
): Promise<string[]> {
  const found = await Promise.all(
    tries.map(async ({ namespace, message }) => {
      const use = uses[message];
      const [due, actual] = [expected(use), await answered(namespace, message, use)];
      return actual === due ? [] : [`${message} on ${namespace} is answered ${actual}, expected ${due}`];
    }),
  );
  return found.flat();
}

const makeKey = async (scopes: string[]): Promise<string> =>
  (await shop.api.made('/v1/api-keys', { name: 'Key', role: 'agent', scopes })).key;

describe('every message of a client', () => {
  it('has a use here', () => {
    const missing = new Set(all.map(({ message }) => message).filter((message) => !Object.hasOwn(uses, message)));
    expect([...missing]).toEqual([]);
  });

  it('is answered to those who may, on every namespace and gateway', async () => {
    for (const gateway of gateways) {
      const ask = (namespace: string, message: Message, { asked }: Use) =>
        answer(gateway, namespace, agent.accessToken, message, asked);
      expect(await findings(all, () => 'ok', ask)).toEqual([]);
    }
  });

  it('is refused to a socket that has not authenticated, and to a token that is not good', async () => {
    const ask = async (namespace: string, message: Message, { asked }: Use) => {
      const client = await anonymous(elsewhere, namespace);
      const { ok, error } = await client.ask(message, asked({ ...ours, token: 'made up', cursor: '' }, namespace));
      if (message === 'authenticate') await untilGone(client);
      expect([client.events, client.notice('ready')]).toEqual([[], undefined]);
      client.close();
      return ok ? 'ok' : error.code;
    };
    expect(await findings(all, () => 'unauthenticated', ask)).toEqual([]);
  });

  it('that is shown to others is refused to a viewer, the rest is not', async () => {
    const ask = (namespace: string, message: Message, { asked }: Use) =>
      answer(gateways[0]!, namespace, viewer.accessToken, message, asked);
    expect(await findings(all, ({ writes }) => (writes ? 'forbidden' : 'ok'), ask)).toEqual([]);
  });

  it('that is shown to others is refused to an API key that may only read, and all to one of another area', async () => {
    const key = await makeKey(told.map((namespace) => `${namespace.slice(1)}:read`));
    const ask = (namespace: string, message: Message, { asked }: Use) =>
      answer(elsewhere, namespace, key, message, asked);
    expect(await findings(all, ({ writes }) => (writes ? 'forbidden' : 'ok'), ask)).toEqual([]);
    const none = await makeKey([]);
    for (const namespace of told)
      expect(await refusal(elsewhere, namespace, { token: none })).toMatchObject({ code: 'forbidden' });
  });

  it('that names something of another workspace is refused, and so is what a member may not see', async () => {
    const naming = all.filter(({ message }) => uses[message].named);
    expect(new Set(naming.map(({ message }) => message)).size).toBeGreaterThan(5);
    const foreign = (namespace: string, message: Message, { named }: Use) =>
      answer(elsewhere, namespace, agent.accessToken, message, () => named!.asked(theirs, namespace));
    expect(await findings(naming, ({ named }) => named!.refused, foreign)).toEqual([]);
    const hidden = (namespace: string, message: Message, { named }: Use) =>
      answer(elsewhere, namespace, limited.accessToken, message, named!.asked);
    const ofChannel = naming.filter(({ message }) => uses[message].named!.ofChannel);
    expect(await findings(ofChannel, ({ named }) => named!.refused, hidden)).toEqual([]);
  });
});
