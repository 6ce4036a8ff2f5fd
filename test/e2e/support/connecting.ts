import { randomInt, randomUUID } from 'node:crypto';
import {
  GraphSimulator,
  type Inbox,
  instagram,
  instagramChat,
  messenger,
  messengerChat,
  type SimulatedItem,
  type WhatsAppNumber,
  type WhatsAppSetup,
  whatsapp,
  whatsappChat,
} from '@switchboard/simulator';
import type { Tenant } from '../../support/api-client';
import { until } from '../../support/until';
import type { Body } from './shop';
import { tenant, world } from './world';

const open: GraphSimulator[] = [];

/** Ends the simulators that tests have opened; for `afterEach`. */
export async function closeGraphs(): Promise<void> {
  await Promise.all(open.splice(0).map((graph) => graph.close()));
}

const digits = () => String(randomInt(1e14, 2.8e14));

/** A Graph simulator that posts its webhooks to the server. */
export async function openGraph(options: { callbacks?: boolean } = {}): Promise<GraphSimulator> {
  const secret = world.metaAppSecret;
  const graph = new GraphSimulator({
    app: { id: world.metaAppId, secret },
    ...(options.callbacks === false ? {} : { callbacks: { url: `${world.apis[0]}/webhooks/meta`, secret } }),
  });
  open.push(graph);
  await graph.listen();
  return graph;
}

/** The ways into Meta's platforms. */
export const ways = ['whatsapp', 'messenger', 'instagram by itself', 'instagram behind a page'] as const;
export type Way = (typeof ways)[number];

/** An account at Meta that nobody has registered yet. */
export interface AccountAtMeta {
  graph: GraphSimulator;
  platform: 'whatsapp' | 'messenger' | 'instagram';
  externalId: string;
  token: string;
  number?: WhatsAppNumber;
  inbox?: Inbox;
  /** Fields that the app is subscribed to; `undefined` where it is not. */
  subscribed: () => string[] | undefined;
  /** Body of `POST /v1/channels`. */
  registration: Body;
  /** A text of a customer, known to Meta. */
  hears: (words: string) => SimulatedItem;
}

export async function accountAtMeta(
  way: Way,
  graph: GraphSimulator,
  setup: Partial<WhatsAppSetup> = {},
): Promise<AccountAtMeta> {
  const externalId = setup.phoneNumberId ?? digits();
  const token = setup.token ?? `EAA${randomUUID()}`;
  const platform = way.split(' ')[0] as AccountAtMeta['platform'];
  const made = { graph, platform, externalId, token };
  const named = { platform, externalId, metaAppId: world.metaAppId, name: `Our ${way}`, token, graphHost: graph.url };
  const hearing = (write: (words: string) => SimulatedItem) => (words: string) => {
    const item = write(words);
    graph.hears(item);
    return item;
  };
  if (way === 'whatsapp') {
    const businessAccountId = setup.businessAccountId ?? digits();
    const number = graph.whatsapp({
      ...{ businessAccountId, phoneNumberId: externalId, token, windows: 'open', tier: 'TIER_10K' },
      ...setup,
    });
    const chat = whatsappChat({ now: Date.now, account: { id: externalId, businessAccountId } });
    return {
      ...made,
      number,
      subscribed: () => (number.businessAccount.subscribedApps.has(world.metaAppId) ? [] : undefined),
      registration: { ...named, businessAccountId },
      hears: hearing((words) => whatsapp.text(chat, words)),
    };
  }
  const account = { id: externalId, token, name: 'Clay & Table', windows: 'open' as const };
  if (way === 'messenger') {
    const inbox = graph.page(account);
    const chat = messengerChat({ now: Date.now, account: { id: externalId } });
    return {
      ...{ ...made, inbox, registration: named },
      subscribed: () => inbox.subscribedApps.get(world.metaAppId),
      hears: hearing((words) => messenger.text(chat, words)),
    };
  }
  const behind =
    way === 'instagram behind a page' ? graph.page({ id: digits(), token: `EAA${randomUUID()}` }) : undefined;
  const inbox = graph.instagram({
    ...account,
    ...(behind ? { login: 'facebook', pageId: behind.id } : { login: 'instagram' }),
  });
  const chat = instagramChat({ now: Date.now, account: { id: externalId } });
  return {
    ...{ ...made, inbox },
    registration: behind ? named : { ...named, login: 'instagram' },
    subscribed: () => (behind ?? inbox).subscribedApps.get(world.metaAppId),
    hears: hearing((words) => instagram.text(chat, words)),
  };
}

/** A workspace, a stranger to it, and an account of the first at Meta. */
export async function openConnecting(
  way: Way,
  options: { callbacks?: boolean; account?: Partial<WhatsAppSetup> } = {},
): Promise<{ owner: Tenant; stranger: Tenant; graph: GraphSimulator; account: AccountAtMeta }> {
  const [owner, stranger, graph] = await Promise.all([tenant(), tenant(), openGraph(options)]);
  return { owner, stranger, graph, account: await accountAtMeta(way, graph, options.account) };
}

/** Every event of a workspace but what is told of its team, in order. */
export async function logOf({ api }: Tenant): Promise<Body[]> {
  const events: Body[] = [];
  for (let after = ''; ; ) {
    const { body } = await api.get(`/v1/events?limit=1000${after}`);
    events.push(...body.items.filter(({ type }: Body) => type !== 'team.activity'));
    if (body.next === body.head) return events;
    after = `&after=${body.next}`;
  }
}

/** The first conversation of a workspace, once there is one. */
export function firstConversation({ api }: Tenant): Promise<Body> {
  return until(async () => (await api.all('/v1/conversations')).at(-1), 'somebody has written');
}
