import {
  type InstagramChat,
  type ItemOptions,
  instagram,
  instagramChat,
  type MessengerChat,
  messenger,
  messengerChat,
  type Packing,
  type Platform,
  type SimulatedItem,
  type WhatsAppChat,
  whatsapp,
  whatsappChat,
} from '@switchboard/simulator';
import type { Tenant } from '../../support/api-client';
import type { ReceivedEvent, SocketClient } from '../../support/socket-client';
import { until } from '../../support/until';
import { deliver } from './deliver';
import { tenant, world } from './world';

export interface Chats {
  whatsapp: WhatsAppChat;
  messenger: MessengerChat;
  instagram: InstagramChat;
}

interface Forms {
  text: (chat: unknown, body: string, options?: ItemOptions & { replyTo?: string }) => SimulatedItem;
  echo: (chat: unknown, body: string, options?: ItemOptions) => SimulatedItem;
}

const chats = { whatsapp: whatsappChat, messenger: messengerChat, instagram: instagramChat };
const forms = { whatsapp, messenger, instagram } as unknown as Record<Platform, Forms>;
type Given<P extends Platform> = NonNullable<Parameters<(typeof chats)[P]>[0]>;

// biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
export type Body = any;

/** What a marker says: the last thing a shop is sent, so that whatever was to come before it has come. */
export const marker = 'The last customer of the day';

/** A workspace with an account of one platform and a dashboard that watches it. */
export class Shop<P extends Platform = Platform> {
  private chatsMade = 0;

  constructor(
    readonly platform: P,
    readonly tenant: Tenant,
    readonly channel: { id: string; externalId: string; businessAccountId?: string },
    readonly webhooks: SocketClient,
    readonly messages: SocketClient,
  ) {}

  get api() {
    return this.tenant.api;
  }

  /** A new customer of the shop's account. The shop's first, second … customer is the same in every run. */
  chat(given: Given<P> = {} as Given<P>): Chats[P] {
    this.chatsMade += 1;
    const { externalId: id, businessAccountId = '' } = this.channel;
    const account = this.platform === 'whatsapp' ? { id, businessAccountId } : { id };
    const make = chats[this.platform] as unknown as (given: object) => Chats[P];
    return make({ seed: this.chatsMade, ...given, account });
  }

  /** A text that the customer sends. */
  text(chat: Chats[P], body: string, options?: ItemOptions & { replyTo?: string }): SimulatedItem {
    return forms[this.platform].text(chat, body, options);
  }

  /** A text that the shop sends, told back by Meta. */
  echo(chat: Chats[P], body: string, options?: ItemOptions): SimulatedItem {
    return forms[this.platform].echo(chat, body, options);
  }

  /** Receives items, each new, and waits until the dashboard has been told of all of them. */
  async receives(items: SimulatedItem | SimulatedItem[], packing?: Packing): Promise<void> {
    const all = [items].flat();
    const before = this.webhooks.of('webhook.received').length;
    await deliver(all, packing);
    await this.webhooks.waitFor('webhook.received', before + all.length);
  }

  /** The stored events that a socket was told, in order, without those of the marker. Settle the shop before. */
  told(socket: 'webhooks' | 'messages'): ReceivedEvent[] {
    return withoutMarker(this[socket].events.filter(({ cursor }) => cursor !== undefined));
  }

  /** Their types. */
  toldTypes(socket: 'webhooks' | 'messages'): string[] {
    return this.told(socket).map(({ type }) => type);
  }

  /** The workspace's conversations without the marker's, latest message first. */
  async conversations(): Promise<Body[]> {
    const all = await this.api.all('/v1/conversations');
    return all.filter(({ lastMessage }) => lastMessage.preview !== marker);
  }

  /** Oldest first. */
  async messagesOf(conversationId: string): Promise<Body[]> {
    return (await this.api.all(`/v1/conversations/${conversationId}/messages`)).reverse();
  }

  /** The only conversation and its messages, oldest first. */
  async onlyConversation(): Promise<{ conversation: Body; messages: Body[] }> {
    const conversations = await this.conversations();
    expect(conversations).toHaveLength(1);
    return { conversation: conversations[0], messages: await this.messagesOf(conversations[0].id) };
  }

  /** Items of the workspace's channels, newest first. */
  deliveries(query = ''): Promise<Body[]> {
    return this.api.all(`/v1/webhook-deliveries${query}`);
  }

  /** Every event of the workspace, in order, the marker's too. */
  async log(): Promise<ReceivedEvent[]> {
    const events: ReceivedEvent[] = [];
    for (let after = ''; ; ) {
      const { body } = await this.api.get(`/v1/events?limit=1000${after}`);
      events.push(...body.items);
      if (body.next === body.head) return events;
      after = `&after=${body.next}`;
    }
  }
}

/** A shop with its dashboard open, each namespace on another gateway where there are several. */
export async function openShop<P extends Platform>(platform: P): Promise<Shop<P>> {
  const owner = await tenant();
  const channel = await owner.channel(platform);
  const [webhooks, messages] = await Promise.all([
    owner.sockets('/webhooks', {}, world.gateways[0]),
    owner.sockets('/messages', {}, world.gateways.at(-1)),
  ]);
  return new Shop(platform, owner, channel, webhooks, messages);
}

/** The shop a test is about, and one that must see nothing of it. */
export async function openTwoShops<P extends Platform>(platform: P): Promise<{ shop: Shop<P>; stranger: Shop<P> }> {
  const [shop, stranger] = await Promise.all([openShop(platform), openShop(platform)]);
  return { shop, stranger };
}

/** Sends each shop a marker and waits for it: what was delivered before has been taken in then, and what came of it told. */
export async function settle(...shops: Shop[]): Promise<void> {
  // Behind all that this shop was sent, in the same lane.
  await deliver(shops.map((shop) => shop.text(shop.chat({ seed: 9_999 } as never), marker)));
  for (const { messages, webhooks } of shops) {
    await until(() => messages.of('message.received').some(isMarker), 'a marker came on /messages');
    await until(() => webhooks.of('webhook.received').some(isMarker), 'a marker came on /webhooks');
  }
}

/** Settles both, and checks that the stranger has its marker and nothing else: on sockets, in lists, in the log. */
export async function strangerSawNothing(shop: Shop, stranger: Shop): Promise<void> {
  await settle(shop, stranger);
  expect(stranger.told('webhooks')).toEqual([]);
  expect(stranger.told('messages')).toEqual([]);
  expect(await stranger.conversations()).toEqual([]);
  expect(await stranger.deliveries()).toHaveLength(1);
  expect((await stranger.log()).map(({ type }) => type)).toEqual([
    // The owner was added, the channel registered.
    'team.activity',
    'team.activity',
    'channel.status_changed',
    'webhook.received',
    'contact.created',
    'conversation.created',
    'message.received',
  ]);
}

const isMarker = ({ data }: ReceivedEvent): boolean => JSON.stringify(data).includes(marker);

function withoutMarker(events: ReceivedEvent[]): ReceivedEvent[] {
  return events.filter((event) => !isMarker(event));
}
