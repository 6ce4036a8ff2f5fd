import { closeSockets, connect } from '../support/socket-client';
import { until } from '../support/until';
import { elsewhere, refusal, untilGone } from './support/realtime';
import { call } from './support/rest';
import { openShop } from './support/shop';
import { colleague, tenant, world } from './support/world';

afterEach(closeSockets);

const newKey = async (owner: Awaited<ReturnType<typeof tenant>>, given: object = {}) =>
  owner.api.made('/v1/api-keys', { name: 'Shop backend', role: 'agent', ...given });

describe('an API key', () => {
  it('is shown once, and acts in its workspace over REST and sockets', async () => {
    const [shop, stranger] = [await openShop('messenger'), await tenant()];
    const made = await newKey(shop.tenant);
    expect(made.key).toMatch(/^sbk_[\w-]{43}$/);
    const listed = (await shop.api.get('/v1/api-keys')).body.items;
    expect(listed).toEqual([{ ...made, key: undefined, lastUsedAt: null }].map(({ key: _, ...rest }) => rest));
    expect(JSON.stringify(listed)).not.toContain(made.key);
    expect(listed[0].createdBy).toBe(shop.tenant.userId);
    expect((await stranger.api.get('/v1/api-keys')).body.items).toEqual([]);

    const channels = await shop.api.as(made.key).get('/v1/channels');
    expect(channels.body.items.map(({ id }: { id: string }) => id)).toEqual([shop.channel.id]);
    const socket = await connect(elsewhere, '/messages', { token: made.key });
    expect(socket.notice('ready')).toMatchObject({
      userId: made.id,
      email: null,
      workspaceId: shop.tenant.workspaceId,
      role: 'agent',
    });
    await shop.receives(shop.text(shop.chat(), 'For the program'));
    const [told] = await socket.waitFor('message.received');
    const conversationId = told!.data.conversation.id;
    expect((await socket.ask('message.mark_read', { conversationId })).data.unreadCount).toBe(0);
    const [used] = (await shop.api.get('/v1/api-keys')).body.items;
    expect(Date.parse(used.lastUsedAt)).toBeGreaterThan(Date.parse(used.createdAt));
  });

  it('is refused at once, everywhere, once it is revoked', async () => {
    const owner = await tenant();
    const { id, key } = await newKey(owner);
    const sockets = await Promise.all(world.gateways.map((url) => connect(url, '/contacts', { token: key })));
    expect((await owner.api.as(key).get('/v1/channels')).status).toBe(200);
    const url = world.apis.at(-1)!;
    expect((await call(url, 'GET', '/v1/channels', key)).status).toBe(200);

    expect((await call(owner.api.url, 'DELETE', `/v1/api-keys/${id}`, owner.accessToken)).status).toBe(204);
    expect((await owner.api.as(key).get('/v1/channels')).body.code).toBe('token_revoked');
    for (const socket of sockets) {
      await untilGone(socket);
      expect(socket.notice('session.ended')).toEqual({ reason: 'revoked' });
    }
    await until(async () => (await call(url, 'GET', '/v1/channels', key)).status === 401, 'every api refuses it', 3000);
    expect((await refusal(elsewhere, '/messages', { token: key })).code).toBe('token_revoked');
    // Again changes nothing, and is not told again.
    expect((await call(owner.api.url, 'DELETE', `/v1/api-keys/${id}`, owner.accessToken)).status).toBe(204);
    expect((await owner.api.get('/v1/audit-log?action=api_key.revoked')).body.items).toHaveLength(1);
    const [kept] = (await owner.api.get('/v1/api-keys')).body.items;
    expect(kept.revokedAt).toEqual(expect.any(String));
  });

  it('ends when it is to', async () => {
    const owner = await tenant();
    const past = await owner.api.post('/v1/api-keys', { name: 'x', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' });
    expect([past.status, past.body.code]).toEqual([400, 'invalid']);
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const { key } = await newKey(owner, { expiresAt });
    const socket = await connect(elsewhere, '/messages', { token: key });
    expect(socket.notice('ready').expiresAt).toBe(expiresAt);
    await untilGone(socket);
    expect(socket.notice('session.ended')).toEqual({ reason: 'token_expired' });
    expect((await owner.api.as(key).get('/v1/channels')).body.code).toBe('token_expired');
  });

  it('with scopes opens sockets of their namespaces only, and acts only where it may write', async () => {
    const shop = await openShop('messenger');
    await shop.receives(shop.text(shop.chat(), 'Hello'));
    const { conversation } = await shop.onlyConversation();
    const { key } = await newKey(shop.tenant, { scopes: ['messages:read'] });
    expect((await refusal(elsewhere, '/contacts', { token: key })).code).toBe('forbidden');
    const socket = await connect(elsewhere, '/messages', { token: key });
    expect(await socket.ask('heartbeat')).toMatchObject({ ok: true });
    expect(await socket.ask('subscribe', { types: ['message.received'] })).toMatchObject({ ok: true });
    const marking = await socket.ask('message.mark_read', { conversationId: conversation.id });
    expect(marking).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const later = await connect(elsewhere, '/contacts', { token: shop.tenant.accessToken });
    expect(await later.ask('authenticate', { token: key })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it('gives nobody more than they have themselves, and names what it does not know', async () => {
    const owner = await tenant();
    const agent = await colleague(owner, 'agent');
    expect((await agent.api.post('/v1/api-keys', { name: 'x', role: 'viewer' })).status).toBe(403);
    for (const given of [
      { role: 'owner' },
      { scopes: ['everything'] },
      { scopes: ['nothing-like-it:read'] },
      { name: '' },
    ]) {
      const { status, body } = await owner.api.post('/v1/api-keys', { name: 'x', role: 'viewer', ...given });
      expect([status, body.detail.includes(Object.keys(given)[0])]).toEqual([400, true]);
    }
    const { body } = await owner.api.post('/v1/api-keys', {
      name: 'x',
      role: 'viewer',
      scopes: ['nothing-like-it:read'],
    });
    expect(body.detail).toContain('contacts:read');
  });

  it('is in no event, log line or list', async () => {
    const owner = await tenant();
    const { key, hint } = await newKey(owner);
    const told = await Promise.all(['/v1/events', '/v1/audit-log', '/v1/api-keys'].map((path) => owner.api.get(path)));
    expect(JSON.stringify(told)).not.toContain(key.slice(hint.length));
    expect(key.startsWith(hint)).toBe(true);
  });
});
