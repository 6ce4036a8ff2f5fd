import { randomUUID } from 'node:crypto';
import {
  type CallbackOptions,
  GraphSimulator,
  instagram,
  instagramChat,
  messenger,
  messengerChat,
  type Platform,
  type SentMessage,
  type SimulatedItem,
  whatsapp,
  whatsappChat,
} from '@switchboard/simulator';
import { type Answer, ApiClient, makeTenant, type Tenant } from './api-client';
import type { Topology } from './topology';
import { until } from './until';

/** What the server needs to be told so that it may call simulators. */
export const simulatedGraph = { GRAPH_HOSTS: 'http://127.0.0.1:*' };

export interface DeskOptions {
  callbacks?: Partial<CallbackOptions>;
  account?: Record<string, unknown>;
  /** Whether the channel can send from the start; true unless told otherwise. */
  connected?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
type Body = any;

const texts = {
  whatsapp: (account: object, seed: number) =>
    whatsapp.text(whatsappChat({ account, seed, now: Date.now } as never), 'Is anybody there?'),
  messenger: (account: object, seed: number) =>
    messenger.text(messengerChat({ account, seed, now: Date.now } as never), 'Is anybody there?'),
  instagram: (account: object, seed: number) =>
    instagram.text(instagramChat({ account, seed, now: Date.now } as never), 'Is anybody there?'),
} satisfies Record<Platform, (account: object, seed: number) => SimulatedItem>;

/** A workspace of a given installation whose one channel sends through a Graph simulator. */
export class Desk {
  private customersMade = 0;

  private constructor(
    readonly platform: Platform,
    readonly tenant: Tenant,
    readonly channel: { id: string; externalId: string; businessAccountId?: string },
    readonly graph: GraphSimulator,
    private readonly account: Record<string, unknown>,
  ) {}

  static async open({ apis, gateways, owner, metaApp }: Topology, platform: Platform, options: DeskOptions = {}) {
    const anonymous = new ApiClient(apis[0]!.url);
    const { accessToken } = await anonymous.signIn(owner.email, owner.password);
    const tenant = await makeTenant(anonymous.as(accessToken), gateways[0]!.url, metaApp.id);
    const channel = await tenant.channel(platform);
    const graph = new GraphSimulator({
      app: metaApp,
      callbacks: { url: `${apis[0]!.url}/webhooks/meta`, secret: metaApp.secret, ...options.callbacks },
    });
    const desk = new Desk(platform, tenant, channel, graph, options.account ?? {});
    await graph.listen();
    if (options.connected ?? true) await desk.connect();
    return desk;
  }

  /** Gives the channel its token: what was held leaves. */
  async connect(): Promise<void> {
    const { externalId: id, businessAccountId = '' } = this.channel;
    const token = `EAA${randomUUID()}`;
    const open = { token, windows: 'open' as const, ...this.account };
    if (this.platform === 'whatsapp') this.graph.whatsapp({ businessAccountId, phoneNumberId: id, ...open });
    else if (this.platform === 'messenger') this.graph.page({ id, ...open });
    else this.graph.instagram({ id, login: 'instagram', ...open });
    const login = this.platform === 'instagram' ? { login: 'instagram' } : {};
    const path = `/v1/channels/${this.channel.id}/credentials`;
    const { status, body } = await this.tenant.api.put(path, { token, graphHost: this.graph.url, ...login });
    if (status !== 200) throw new Error(`PUT ${path}: ${status} ${JSON.stringify(body)}`);
  }

  /** So many customers have written; the ids of their conversations. */
  async customers(count: number): Promise<string[]> {
    const { externalId: id, businessAccountId } = this.channel;
    const account = businessAccountId === undefined ? { id } : { id, businessAccountId };
    const before = await this.conversationIds();
    const items = Array.from({ length: count }, () => texts[this.platform](account, ++this.customersMade));
    this.graph.says(items);
    const now = await until(async () => {
      const ids = await this.conversationIds();
      return ids.length === before.length + count ? ids : undefined;
    }, `${count} customers are known`);
    return now.filter((one) => !before.includes(one));
  }

  send(conversationId: string, text: string, more: object = {}): Promise<Answer> {
    return this.tenant.api.post(`/v1/conversations/${conversationId}/messages`, {
      content: { type: 'text', text },
      ...more,
    });
  }

  /** Sends, and fails unless all of it is taken. The texts, with who is to receive them. */
  async sends(messages: readonly { conversationId: string; text: string }[], more: object = {}): Promise<void> {
    // As many at once as clients have connections.
    const waiting = [...messages];
    const next = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const { status, body } = await this.send(one.conversationId, one.text, more);
        if (status !== 201) throw new Error(`POST messages: ${status} ${JSON.stringify(body)}`);
      }
    };
    await Promise.all(Array.from({ length: 10 }, next));
  }

  /** What the desk shows of the messages it has sent. */
  async sent(): Promise<Body[]> {
    const ids = await this.conversationIds();
    const histories = await Promise.all(ids.map((id) => this.tenant.api.all(`/v1/conversations/${id}/messages`)));
    return histories.flat().filter(({ direction }) => direction === 'outbound');
  }

  /** What the customers received, in order. */
  get received(): { text: string; recipient: string }[] {
    return this.graph.messages.all().map((message) => ({ text: textOf(message), recipient: message.recipient }));
  }

  async close(): Promise<void> {
    await this.graph.close();
  }

  private async conversationIds(): Promise<string[]> {
    return (await this.tenant.api.all('/v1/conversations')).map(({ id }) => id);
  }
}

function textOf({ body }: SentMessage): string {
  const { text, message } = body as { text?: { body: string }; message?: { text: string } };
  return text?.body ?? message?.text ?? '';
}
