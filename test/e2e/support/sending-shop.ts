import { randomUUID } from 'node:crypto';
import { type CallbackOptions, GraphSimulator, type Platform, type SimulatedItem } from '@switchboard/simulator';
import type { Answer } from '../../support/api-client';
import { type Body, openShop, type Shop } from './shop';
import { world } from './world';

const open: GraphSimulator[] = [];

/** Ends the simulators that tests have opened; for `afterEach`. */
export async function closeGraphs(): Promise<void> {
  await Promise.all(open.splice(0).map((graph) => graph.close()));
}

export type GraphAccount<P extends Platform> = ReturnType<
  GraphSimulator[P extends 'whatsapp' ? 'whatsapp' : P extends 'messenger' ? 'page' : 'instagram']
>;

export interface SendingShop<P extends Platform = Platform> {
  shop: Shop<P>;
  graph: GraphSimulator;
  /** The channel's account as the simulator holds it. */
  account: GraphAccount<P>;
  token: string;
  /** Sends in a conversation, as the owner. */
  send: (conversationId: string, content: object, more?: object, headers?: Record<string, string>) => Promise<Answer>;
  /** A customer has written; their conversation. */
  conversation: () => Promise<Body>;
  /** So many customers have written; their conversations. */
  conversations: (count: number) => Promise<Body[]>;
}

export interface SendingOptions {
  callbacks?: Partial<CallbackOptions> | false;
  account?: Record<string, unknown>;
}

/** A shop whose channel is connected to a Graph simulator, which tells the server what became of messages. */
export async function openSendingShop<P extends Platform>(
  platform: P,
  { callbacks = {}, account = {} }: SendingOptions = {},
): Promise<SendingShop<P>> {
  const shop = await openShop(platform);
  const graph = new GraphSimulator({
    app: { id: world.metaAppId, secret: world.metaAppSecret },
    ...(callbacks && {
      callbacks: { url: `${world.apis[0]}/webhooks/meta`, secret: world.metaAppSecret, ...callbacks },
    }),
  });
  open.push(graph);
  await graph.listen();
  const token = `EAA${randomUUID()}`;
  const graphAccount = setUp(graph, shop, token, account) as GraphAccount<P>;
  const path = `/v1/channels/${shop.channel.id}/credentials`;
  const connected = await shop.api.put(path, {
    token,
    graphHost: graph.url,
    ...(platform === 'instagram' ? { login: 'instagram' } : {}),
  });
  if (connected.status !== 200) throw new Error(`PUT ${path}: ${connected.status} ${JSON.stringify(connected.body)}`);
  const hear = async (items: SimulatedItem | SimulatedItem[]) => {
    graph.hears(items);
    await shop.receives(items);
  };
  return {
    shop,
    graph,
    account: graphAccount,
    token,
    send: (conversationId, content, more = {}, headers = {}) =>
      shop.api.postWith(headers, `/v1/conversations/${conversationId}/messages`, { content, ...more }),
    conversation: async () => {
      const known = new Set((await shop.conversations()).map(({ id }) => id));
      await hear(shop.text(shop.chat({ now: Date.now } as never), 'Hello, is anybody there?'));
      return (await shop.conversations()).find(({ id }) => !known.has(id));
    },
    conversations: async (count) => {
      const known = new Set((await shop.conversations()).map(({ id }) => id));
      await hear(Array.from({ length: count }, () => shop.text(shop.chat({ now: Date.now } as never), 'Hello?')));
      return (await shop.conversations()).filter(({ id }) => !known.has(id));
    },
  };
}

function setUp(graph: GraphSimulator, { platform, channel }: Shop, token: string, more: object) {
  const { externalId: id, businessAccountId = '' } = channel;
  const plain = { id, token, windows: 'open' as const };
  if (platform === 'whatsapp') {
    return graph.whatsapp({ businessAccountId, phoneNumberId: id, token, windows: 'open', ...more });
  }
  return platform === 'messenger'
    ? graph.page({ ...plain, ...more })
    : graph.instagram({ ...plain, login: 'instagram', ...more });
}
