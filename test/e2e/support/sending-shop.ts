import { randomUUID } from 'node:crypto';
import { type CallbackOptions, GraphSimulator, type Platform } from '@switchboard/simulator';
import type { Answer } from '../../support/api-client';
import { type Body, openShop, type Shop } from './shop';
import { world } from './world';

const open: GraphSimulator[] = [];

/** Ends the simulators that tests have opened; for `afterEach`. */
export async function closeGraphs(): Promise<void> {
  await Promise.all(open.splice(0).map((graph) => graph.close()));
}

export interface SendingShop<P extends Platform = Platform> {
  shop: Shop<P>;
  graph: GraphSimulator;
  /** The shop's number, where it is one of WhatsApp. */
  number: Parameters<GraphSimulator['inboundMedia']>[0] | undefined;
  token: string;
  /** Sends in a conversation, as the owner. */
  send: (conversationId: string, content: object, more?: object, headers?: Record<string, string>) => Promise<Answer>;
  /** A customer has written; their conversation. */
  conversation: () => Promise<Body>;
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
  const number = setUp(graph, shop, token, account);
  const path = `/v1/channels/${shop.channel.id}/credentials`;
  const connected = await shop.api.put(path, {
    token,
    graphHost: graph.url,
    ...(platform === 'instagram' ? { login: 'instagram' } : {}),
  });
  if (connected.status !== 200) throw new Error(`PUT ${path}: ${connected.status} ${JSON.stringify(connected.body)}`);
  return {
    shop,
    graph,
    number,
    token,
    send: (conversationId, content, more = {}, headers = {}) =>
      shop.api.postWith(headers, `/v1/conversations/${conversationId}/messages`, { content, ...more }),
    conversation: async () => {
      const known = new Set((await shop.conversations()).map(({ id }) => id));
      const item = shop.text(shop.chat({ now: Date.now } as never), 'Hello, is anybody there?');
      graph.hears(item);
      await shop.receives(item);
      return (await shop.conversations()).find(({ id }) => !known.has(id));
    },
  };
}

function setUp(graph: GraphSimulator, { platform, channel }: Shop, token: string, more: object): SendingShop['number'] {
  const { externalId: id, businessAccountId = '' } = channel;
  const plain = { id, token, windows: 'open' as const };
  if (platform === 'whatsapp') {
    return graph.whatsapp({ businessAccountId, phoneNumberId: id, token, windows: 'open', ...more });
  }
  if (platform === 'messenger') graph.page({ ...plain, ...more });
  else graph.instagram({ ...plain, login: 'instagram', ...more });
  return undefined;
}
