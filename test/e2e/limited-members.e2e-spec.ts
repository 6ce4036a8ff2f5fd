import { randomBytes } from 'node:crypto';
import { closeSockets, type SocketClient } from '../support/socket-client';
import { closeGraphs } from './support/connecting';
import { OpenApi, type Operation, type RequestId } from './support/operations';
import { kindOfMember, Possessions } from './support/possessions';
import { passed, untilGone } from './support/realtime';
import { openShop, Shop } from './support/shop';
import { type Colleague, colleague, limitedColleague, world } from './support/world';

afterEach(closeSockets);
afterAll(closeGraphs);

/** What belongs to a channel. */
const ofChannels = ['channels', 'conversations', 'messages', 'webhook-deliveries'];

/** Another account of the same workspace, watched by the same dashboards. */
async function branchOf(shop: Shop): Promise<Shop> {
  const channel = await shop.tenant.channel('instagram');
  return new Shop('instagram', shop.tenant, channel, shop.webhooks, shop.messages);
}

const refreshed = async ({ api }: Shop, { refreshToken }: Colleague) =>
  (await api.post('/v1/auth/refresh', { refreshToken })).body;

const channelsOf = (client: SocketClient): string[] => [
  ...new Set(client.events.flatMap(({ data }) => data.message?.channelId ?? data.channelId ?? [])),
];

describe('an agent limited to some channels', () => {
  let api: OpenApi;
  let theirs: Possessions;
  let agent: Colleague;
  /** Operations that an agent may call. */
  let open: Operation[];
  let named: { operation: Operation; place: RequestId; kind: string }[];

  beforeAll(async () => {
    api = await OpenApi.read(world.apis[0]!);
    // Contacts, and segments of them, are the workspace's, whatever channel they write on.
    open = api.operations.filter(
      ({ role, path }) => (role === 'viewer' || role === 'agent') && !/^\/v1\/(contacts|segments)/.test(path),
    );
    named = open.flatMap((operation) =>
      api.requestIds(operation).flatMap((place) => {
        const kind = kindOfMember(place);
        return kind !== undefined && ofChannels.includes(kind) ? [{ operation, place, kind }] : [];
      }),
    );
    const kinds = [...open.flatMap(({ ids }) => ids.map(({ kind }) => kind)), ...ofChannels];
    theirs = await Possessions.of([...new Set([...kinds, 'contacts', 'labels', 'media', 'users'])]);
    const branch = await branchOf(theirs.shop);
    agent = await limitedColleague(theirs.shop.tenant, [branch.channel.id]);
  });

  it('is answered 404 for every id of another channel', async () => {
    const tries = open.filter(({ ids }) => ids.some(({ kind }) => ofChannels.includes(kind)));
    const wrong: string[] = [];
    for (const operation of tries) {
      const ids = operation.ids.map(({ kind }) => theirs.id(kind));
      const { status, text } = await api.call(operation, agent.accessToken, ids);
      if (status !== 404) wrong.push(`${operation.name} answers ${status}: ${text}`);
    }
    expect(wrong).toEqual([]);
    expect(tries.length).toBeGreaterThan(8);
  });

  it('is refused every such id in a query or a body, or finds nothing by it', async () => {
    const idOf = (member: string) => theirs.id(kindOfMember({ member, declared: true })!);
    const wrong: string[] = [];
    for (const { operation, place, kind } of named) {
      if (place.member === 'before') continue;
      const ids = operation.ids.map((one) => theirs.id(one.kind));
      const naming = { named: { place, id: theirs.id(kind) }, idOf };
      const { status, text } = await api.callNaming(operation, agent.accessToken, ids, naming);
      const nothing = status === 200 && JSON.parse(text).items?.length === 0;
      if (!nothing && ![400, 403, 404, 422].includes(status)) {
        wrong.push(`${operation.name} answers ${status} to ${place.steps.join('.')}: ${text}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });

  it('finds none of it in any list, by no search and not in the log', async () => {
    const { shop } = theirs;
    const secrets = [...ofChannels.map((kind) => theirs.id(kind)), `Secret of ${shop.channel.externalId}`];
    const lists = open.filter(({ method, ids }) => method === 'get' && ids.length === 0);
    const wrong: string[] = [];
    const look = (what: string, text: string) => {
      const told = secrets.find((secret) => text.includes(secret));
      if (told) wrong.push(`${what} tells ${told}`);
    };
    for (const operation of lists) look(operation.name, (await api.call(operation, agent.accessToken, [])).text);
    for (const query of [
      '/v1/search?in=messages&q=secret',
      '/v1/search?in=contacts&q=secret',
      '/v1/events?limit=1000',
      `/v1/conversations?channelId=${shop.channel.id}`,
      '/v1/conversations?unread=true',
    ]) {
      const answer = await agent.api.get(query);
      expect([query, answer.status < 500]).toEqual([query, true]);
      look(query, JSON.stringify(answer.body));
    }
    expect(wrong).toEqual([]);
    expect((await shop.api.get('/v1/search?in=messages&q=secret')).body.items).toHaveLength(1);
  });
});

describe('the sockets of an agent limited to some channels', () => {
  it('are told of these alone, live and after a break, in every namespace, and count these alone', async () => {
    const shop = await openShop('whatsapp');
    const branch = await branchOf(shop);
    const agent = await limitedColleague(shop.tenant, [branch.channel.id]);
    const before = await Promise.all(['/messages', '/webhooks'].map((namespace) => agent.sockets(namespace)));
    const cursors = before.map((socket) => socket.notice('ready').cursor);
    await shop.receives(shop.text(shop.chat(), 'for the others'));
    await branch.receives(branch.text(branch.chat(), 'for the agent'));
    await passed([shop, branch], ...before);
    const again = await Promise.all(
      ['/messages', '/webhooks'].map((namespace, at) => agent.sockets(namespace, { cursor: cursors[at] })),
    );
    for (const socket of [...before, ...again]) {
      expect(socket.events.length).toBeGreaterThan(0);
      expect(channelsOf(socket)).toEqual([branch.channel.id]);
    }
    const counts = again[0]!.notice('ready').unread;
    expect(Object.keys(counts.byChannel)).toEqual([branch.channel.id]);
    expect(counts.total).toBe(counts.byChannel[branch.channel.id]);
    const told = (await before[0]!.waitFor('unread.changed')).at(-1)!.data;
    expect(Object.keys(told.byChannel)).toEqual([branch.channel.id]);
    expect(Object.keys((await shop.tenant.sockets('/messages')).notice('ready').unread.byChannel)).toHaveLength(2);
  });

  it('may join no other room, nor type, look at or read there', async () => {
    const shop = await openShop('messenger');
    const branch = await branchOf(shop);
    const agent = await limitedColleague(shop.tenant, [branch.channel.id]);
    await shop.receives(shop.text(shop.chat(), 'private'));
    const conversationId = (await shop.messages.waitFor('message.received'))[0]!.data.conversation.id;
    const socket = await agent.sockets('/messages');
    for (const room of [
      { kind: 'channel', id: shop.channel.id },
      { kind: 'conversation', id: conversationId },
    ]) {
      expect(await socket.ask('subscribe', { rooms: [room] })).toMatchObject({ error: { code: 'forbidden' } });
    }
    const own = { kind: 'channel', id: branch.channel.id };
    expect(await socket.ask('subscribe', { rooms: [own] })).toMatchObject({ ok: true });
    for (const message of ['typing.start', 'typing.stop', 'viewing.start', 'message.mark_read']) {
      expect([message, await socket.ask(message, { conversationId })]).toMatchObject([
        message,
        { ok: false, error: { code: 'not_found' } },
      ]);
    }
    await shop.messages.ask('typing.start', { conversationId });
    await shop.messages.ask('viewing.start', { conversationId });
    await passed([shop, branch], socket);
    expect(socket.of('typing.started', 'viewing.changed')).toEqual([]);
    expect((await shop.api.get(`/v1/conversations/${conversationId}`)).body.unreadCount).toBe(1);
  });

  it('end when the channels change, and what they come back with holds at once', async () => {
    const shop = await openShop('instagram');
    const agent = await limitedColleague(shop.tenant, []);
    await shop.receives(shop.text(shop.chat(), 'not yet'));
    await shop.messages.waitFor('message.received');
    expect((await agent.api.get('/v1/conversations')).body.items).toEqual([]);
    const socket = await agent.sockets('/messages');
    await shop.api.patch(`/v1/users/${agent.userId}`, { channelIds: [shop.channel.id] });
    expect(await socket.waitForNotice('session.ended')).toEqual({ reason: 'channels_changed' });
    await untilGone(socket);
    const entries = (await shop.api.get('/v1/audit-log?action=member.channels_changed')).body.items;
    expect(entries.map(({ details }: { details: object }) => details)).toEqual([
      { from: [], to: [shop.channel.id] },
      { from: null, to: [] },
    ]);
    const { accessToken } = await refreshed(shop, agent);
    expect((await shop.api.as(accessToken).get('/v1/conversations')).body.items).toHaveLength(1);
    const admin = await shop.api.patch(`/v1/users/${agent.userId}`, { role: 'admin' });
    expect(admin.body).toMatchObject({ role: 'admin', channelIds: null });
  });
});

describe('who may be limited', () => {
  it('is an agent or viewer, an API key and whoever is invited, to channels of the own workspace', async () => {
    const [shop, stranger] = [await openShop('whatsapp'), await openShop('whatsapp')];
    const channelIds = [shop.channel.id];
    const key = await shop.api.made('/v1/api-keys', { name: 'Bridge', role: 'agent', channelIds: [] });
    expect(key.channelIds).toEqual([]);
    expect((await shop.api.as(key.key).get('/v1/channels')).body.items).toEqual([]);
    expect((await shop.api.as(key.key).get(`/v1/channels/${shop.channel.id}`)).status).toBe(404);
    const email = `${randomBytes(8).toString('hex')}@example.com`;
    const invitation = await shop.api.made('/v1/invitations', { email, role: 'viewer', channelIds });
    expect(invitation.channelIds).toEqual(channelIds);
    const password = randomBytes(12).toString('hex');
    await shop.api.as('').made('/v1/invitations/accept', { token: invitation.token, password });
    const members = (await shop.api.get('/v1/users')).body.items;
    expect(members.find((one: { email: string }) => one.email === email)).toMatchObject({ role: 'viewer', channelIds });
    for (const [given, status] of [
      [{ channelIds: [stranger.channel.id] }, 404],
      [{ channelIds: 'all' }, 400],
      [{ channelIds: ['x'] }, 400],
      [{ role: 'admin', channelIds }, 400],
    ] as const) {
      const { userId } = await colleague(shop.tenant, 'agent');
      const answer = await shop.api.patch(`/v1/users/${userId}`, given);
      expect([given, answer.status, answer.body.details?.[0]?.field]).toEqual([given, status, 'channelIds']);
    }
  });
});
