import { decodeJwt } from 'jose';
import { accountAtMeta, openGraph } from './connecting';
import { openShop, type Shop } from './shop';
import { colleague } from './world';

type Maker = (shop: Shop) => string | Promise<string>;

const madeBy =
  (path: string, body: () => object): Maker =>
  async ({ api }) =>
    (await api.made(path, body())).id;

/** How a workspace comes by one of its own, by the part of the path that stands before its id. */
const makers: Record<string, Maker> = {
  'api-keys': madeBy('/v1/api-keys', () => ({ name: 'Till', role: 'viewer' })),
  'canned-replies': madeBy('/v1/canned-replies', () => ({ shortcut: 'hours', body: 'We open at nine.' })),
  channels: ({ channel }) => channel.id,
  contacts: async (shop) => (await shop.onlyConversation()).conversation.contact.id,
  conversations: async (shop) => (await shop.onlyConversation()).conversation.id,
  invitations: madeBy('/v1/invitations', () => ({ email: 'invited@example.com', role: 'viewer' })),
  labels: madeBy('/v1/labels', () => ({ name: 'VIP', color: '#ff0000' })),
  messages: async (shop) => (await shop.onlyConversation()).messages[0].id,
  participants: ({ tenant }) => tenant.userId,
  sessions: ({ tenant }) => decodeJwt(tenant.accessToken).sid as string,
  templates: async ({ api }) => {
    const account = await accountAtMeta('whatsapp', await openGraph());
    const { id: channelId } = await api.made('/v1/channels', account.registration);
    const components = [{ type: 'BODY', text: 'Hello' }];
    const template = { name: 'hello', language: 'en_US', category: 'UTILITY', components };
    return (await api.made('/v1/templates', { channelId, template })).id;
  },
  users: async ({ tenant }) => (await colleague(tenant, 'agent')).userId,
  'webhook-deliveries': async (shop) => (await shop.deliveries())[0].id,
};

/** A workspace with one of everything that has an id in a path. */
export class Possessions {
  private constructor(
    readonly shop: Shop,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  static async of(kinds: readonly string[]): Promise<Possessions> {
    const shop = await openShop('messenger');
    await shop.receives(shop.text(shop.chat(), `Secret of ${shop.channel.externalId}`));
    const ids = new Map<string, string>();
    for (const kind of kinds) {
      const make = makers[kind];
      if (make) ids.set(kind, await make(shop));
    }
    return new Possessions(shop, ids);
  }

  /** @throws where nobody has said how one is made. */
  id(kind: string): string {
    const id = this.ids.get(kind);
    if (id === undefined) {
      throw new Error(`how to make one of \`${kind}\` is not known: add it to test/e2e/support/possessions.ts`);
    }
    return id;
  }

  get all(): string[] {
    return [...this.ids.values()];
  }
}
