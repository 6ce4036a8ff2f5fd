import { messenger } from '@switchboard/simulator';
import { decodeJwt } from 'jose';
import { accountAtMeta, openGraph } from './connecting';
import { openShop, type Shop } from './shop';
import { colleague } from './world';

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

type Maker = (shop: Shop) => string | Promise<string>;

const madeBy =
  (path: string, body: () => object): Maker =>
  async ({ api }) =>
    (await api.made(path, body())).id;

const waits = {
  ...{ format: 1, triggers: [{ on: 'api' }], start: 'wait' },
  steps: { wait: { do: 'wait', for: '1h' } },
};

/** How a workspace comes by one of its own, by the part of the path that stands before its id. */
const makers: Record<string, Maker> = {
  'api-keys': madeBy('/v1/api-keys', () => ({ name: 'Till', role: 'viewer' })),
  'canned-replies': madeBy('/v1/canned-replies', () => ({ shortcut: 'hours', body: 'We open at nine.' })),
  campaigns: async ({ api, channel }) => {
    const content = { type: 'text', text: 'Hello!' };
    const order = { name: 'Spring', channelId: channel.id, audience: { all: true }, content };
    return (await api.made('/v1/campaigns', order)).id;
  },
  channels: ({ channel }) => channel.id,
  'contact-attributes': madeBy('/v1/contact-attributes', () => ({ key: 'plan', label: 'Plan', type: 'text' })),
  'contact-imports': async ({ api }) => {
    const form = new FormData();
    form.set('file', new Blob(['Name,Phone\nAna,34600000001\n'], { type: 'text/csv' }), 'people.csv');
    const headers = { authorization: `Bearer ${api.token}` };
    const answer = await fetch(`${api.url}/v1/contact-imports`, { method: 'POST', headers, body: form });
    return ((await answer.json()) as { id: string }).id;
  },
  'contact-tags': madeBy('/v1/contact-tags', () => ({ name: 'VIP' })),
  contacts: async (shop) => (await shop.onlyConversation()).conversation.contact.id,
  conversations: async (shop) => (await shop.onlyConversation()).conversation.id,
  'flow-executions': async (shop) => {
    const { id: flowId } = await shop.api.made('/v1/flows', { name: 'Waits', definition: waits });
    const contactId = (await shop.onlyConversation()).conversation.contact.id;
    const order = { contactId, channelId: shop.channel.id, draft: true };
    return (await shop.api.made(`/v1/flows/${flowId}/executions`, order)).id;
  },
  flows: madeBy('/v1/flows', () => ({ name: 'Waits', definition: waits })),
  'flow-secrets': async ({ api }) => (await api.post('/v1/flow-secrets', { name: 'TOKEN', value: 'hush' })).body.id,
  'internal-conversations': async ({ api, tenant }) => {
    const { userId } = await colleague(tenant, 'agent');
    return (await api.made('/v1/conversations', { kind: 'group', title: 'Team', userIds: [userId] })).id;
  },
  invitations: madeBy('/v1/invitations', () => ({ email: 'invited@example.com', role: 'viewer' })),
  labels: madeBy('/v1/labels', () => ({ name: 'VIP', color: '#ff0000' })),
  media: async ({ api }) => {
    const form = new FormData();
    form.set('file', new Blob([onePixel], { type: 'image/png' }), 'dot.png');
    const headers = { authorization: `Bearer ${api.token}` };
    const answer = await fetch(`${api.url}/v1/media`, { method: 'POST', headers, body: form });
    return ((await answer.json()) as { id: string }).id;
  },
  merges: async ({ api }) => {
    const [kept, given] = await Promise.all([1, 2].map((n) => api.made('/v1/contacts', { name: `Twin ${n}` })));
    await api.made(`/v1/contacts/${kept.id}/merge`, { contactId: given.id });
    return (await api.all(`/v1/contacts/${kept.id}/merges`))[0].id;
  },
  messages: async (shop) => (await shop.onlyConversation()).messages[0].id,
  participants: ({ tenant }) => tenant.userId,
  segments: madeBy('/v1/segments', () => ({ name: 'All', filter: { field: 'name', op: 'exists', value: true } })),
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
  workspaces: ({ tenant }) => tenant.workspaceId,
};

/** What the id in a member of a query or a body is of, by the member's name. Every list takes a position in `before`. */
const kindsOfMembers: Record<string, string> = {
  actorId: 'users',
  assignee: 'users',
  assigneeId: 'users',
  before: 'conversations',
  channel: 'channels',
  channelId: 'channels',
  channelIds: 'channels',
  contactId: 'contacts',
  contactIds: 'contacts',
  conversationId: 'conversations',
  flowId: 'flows',
  label: 'labels',
  labels: 'labels',
  failedOf: 'campaigns',
  importId: 'contact-imports',
  mediaId: 'media',
  mentions: 'users',
  messageId: 'messages',
  replyToMessageId: 'messages',
  segmentId: 'segments',
  segmentIds: 'segments',
  subjectId: 'users',
  tag: 'contact-tags',
  tagId: 'contact-tags',
  tagIds: 'contact-tags',
  userId: 'users',
  userIds: 'users',
  workspaceId: 'workspaces',
};

/** Members named like an id that the document does not declare one of ours: Meta's, a catalogue's or the client's own. */
const notOurs = new Set([
  ...['appId', 'businessAccountId', 'commentId', 'externalId', 'flowId', 'id', 'messageId', 'metaAppId', 'postId'],
  ...['catalogId', 'clientId', 'productRetailerId', 'productRetailerIds', 'thumbnailProductRetailerId'],
  ...['userId', 'waId'],
]);

/**
 * What the id is of that a member of a request takes; `undefined` where it is of nothing of ours.
 * @throws where nobody has said
 */
export function kindOfMember({ member, declared }: { member: string; declared: boolean }): string | undefined {
  if (!declared && notOurs.has(member)) return undefined;
  const kind = kindsOfMembers[member];
  if (kind !== undefined) return kind;
  throw new Error(`of what \`${member}\` is an id is not known: add it to test/e2e/support/possessions.ts`);
}

/** A workspace with one of everything that has an id in a path. */
export class Possessions {
  private constructor(
    readonly shop: Shop,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  static async of(kinds: readonly string[]): Promise<Possessions> {
    const shop = await openShop('messenger');
    const chat = shop.chat();
    const secret = `Secret of ${shop.channel.externalId}`;
    await shop.receives([shop.text(chat, secret), messenger.mention(chat, { text: secret })]);
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
