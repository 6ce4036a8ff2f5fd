import { randomUUID } from 'node:crypto';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import {
  accountAtMeta,
  closeGraphs,
  firstConversation,
  logOf,
  openConnecting,
  openGraph,
  ways,
} from './support/connecting';
import { deliver } from './support/deliver';
import type { Body } from './support/shop';
import { anotherMetaApp, colleague, operator, tenant, world } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const channels = '/v1/channels';
const statusesOf = async (owner: Parameters<typeof logOf>[0], channelId: string): Promise<string[]> =>
  (await logOf(owner))
    .filter(({ type, data }) => type === 'channel.status_changed' && data.channelId === channelId)
    .map(({ data }) => data.status);

describe.each(ways)('an administrator connects an account of %s', (way) => {
  it('by its token alone: webhooks are subscribed, what waited is taken in, and an answer goes out', async () => {
    const { owner, stranger, graph, account } = await openConnecting(way);
    const waiting = account.hears('Is anybody there yet?');
    await deliver(waiting);
    const admin = await colleague(owner, 'admin');
    const { status, body } = await admin.api.post(channels, account.registration);
    expect([status, body.status, body.statusReason]).toEqual([201, 'connected', null]);
    expect(body).toMatchObject({ hasToken: true, metaAppId: world.metaAppId, workspaceId: owner.workspaceId });
    expect(account.subscribed()).toBeDefined();
    expect(await statusesOf(owner, body.id)).toEqual(['connecting', 'connected']);

    const conversation = await firstConversation(owner);
    expect(conversation.lastMessage.preview).toBe('Is anybody there yet?');
    const sent = await owner.api.post(`/v1/conversations/${conversation.id}/messages`, {
      content: { type: 'text', text: 'We are now' },
    });
    expect(sent.status).toBe(201);
    await until(() => graph.messages.count === 1, 'the answer is sent');

    expect(await stranger.api.all(channels)).toEqual([]);
    expect((await stranger.api.get(`${channels}/${body.id}`)).status).toBe(404);
    expect(await logOf(stranger)).toEqual([]);
    const seen = JSON.stringify([body, await owner.api.all(channels), await logOf(owner)]);
    expect(seen).not.toContain(account.token);
  });

  it('not with a token of another account, whatever that may read', async () => {
    const { owner, graph, account } = await openConnecting(way);
    const other = await accountAtMeta(way, graph);
    const refused = await owner.api.post(channels, { ...account.registration, token: other.token });
    expect([refused.status, refused.body.code]).toEqual([400, 'token_refused']);
    expect(JSON.stringify(refused.body)).not.toContain(other.token);
    expect(await owner.api.all(channels)).toEqual([]);
    expect(account.subscribed()).toBeUndefined();
  });

  it('not while another workspace has it, though the token is right; and is told what to do', async () => {
    const { owner, stranger, account } = await openConnecting(way);
    const theirs = await stranger.api.made(channels, account.registration);
    const refused = await owner.api.post(channels, account.registration);
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    expect(refused.body.detail).toContain('DELETE /v1/channels/:id');
    expect(refused.body.detail).not.toContain(theirs.id);
    const again = await stranger.api.post(channels, account.registration);
    expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining(`PUT /v1/channels/${theirs.id}`)]);
    expect(await owner.api.all(channels)).toEqual([]);
    expect((await stranger.api.get(`${channels}/${theirs.id}`)).body.status).toBe('connected');
  });

  it('once, when asked twice at the same moment', async () => {
    const { owner, stranger, account } = await openConnecting(way);
    const answers = await Promise.all(
      [owner, stranger, owner, stranger].map(({ api }) => api.post(channels, account.registration)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    const all = [...(await owner.api.all(channels)), ...(await stranger.api.all(channels))];
    expect(all).toHaveLength(1);
  });
});

describe('who may connect', () => {
  it('is the administrator of the workspace, and nobody without a token but the operator', async () => {
    const { owner, stranger, account } = await openConnecting('messenger');
    for (const role of ['viewer', 'agent'] as const) {
      const { api } = await colleague(owner, role);
      expect((await api.post(channels, account.registration)).status).toBe(403);
    }
    const { token: _, graphHost: __, ...bare } = account.registration;
    const refused = await owner.api.post(channels, bare);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect(refused.body.detail).toContain('token');
    const foreign = await owner.api.post(channels, { ...account.registration, workspaceId: stranger.workspaceId });
    expect([foreign.status, foreign.body.detail]).toEqual([403, expect.stringContaining('workspaceId')]);
    const made = await (await operator()).post(channels, { ...bare, workspaceId: owner.workspaceId });
    expect([made.status, made.body.status, made.body.hasToken]).toEqual([201, 'connected', false]);
  });

  it('names a business account that the number is in, else templates of others would come', async () => {
    const { owner, graph, account } = await openConnecting('whatsapp');
    const { businessAccountId: _, ...without } = account.registration;
    const missing = await owner.api.post(channels, without);
    expect([missing.status, missing.body.details[0].field]).toEqual([400, 'businessAccountId']);
    const other = await accountAtMeta('whatsapp', graph, { token: account.token });
    const wrong = { ...account.registration, businessAccountId: other.registration.businessAccountId };
    const refused = await owner.api.post(channels, wrong);
    expect([refused.status, refused.body.details[0].field]).toEqual([400, 'businessAccountId']);
    expect(await owner.api.all(channels)).toEqual([]);
  });

  it('does not call any address, and is told when Meta cannot be asked', async () => {
    const { owner, graph, account } = await openConnecting('messenger');
    const elsewhere = await owner.api.post(channels, { ...account.registration, graphHost: 'http://169.254.169.254' });
    expect([elsewhere.status, elsewhere.body.details[0].field]).toEqual([400, 'graphHost']);
    graph.next(1, { method: 'GET' }).fail(2);
    const away = await owner.api.post(channels, account.registration);
    expect([away.status, away.body.code]).toEqual([503, 'graph_unavailable']);
    expect(await owner.api.all(channels)).toEqual([]);
    for (const wrong of [
      { token: 'x' },
      { token: 'a b c d e f g' },
      { login: 'x' },
      { graphVersion: '26' },
      { more: 1 },
    ]) {
      const answer = await owner.api.post(channels, { ...account.registration, ...wrong });
      expect([answer.status, answer.body.details[0].field]).toEqual([400, Object.keys(wrong)[0]]);
    }
  });
});

describe('what Meta says of a number', () => {
  it('is on the channel: limits and quality', async () => {
    const { owner, account } = await openConnecting('whatsapp', {
      account: { messagesPerSecond: 1000, qualityRating: 'YELLOW', displayPhoneNumber: '15550100' },
    });
    const made = await owner.api.made(channels, account.registration);
    expect(made.details).toEqual({
      displayPhone: '+15550100',
      verifiedName: 'Clay & Table',
      quality: 'YELLOW',
      tier: 'TIER_10K',
      throughput: 'HIGH',
      coexistence: false,
      phoneStatus: 'CONNECTED',
    });
  });
});

describe('a webhook subscription', () => {
  it('that Meta puts off is made later, and each attempt is told', async () => {
    const { owner, graph, account } = await openConnecting('messenger');
    graph.next(1, { method: 'POST', path: /subscribed_apps/ }).fail(2);
    const made = await owner.api.made(channels, account.registration);
    expect(made).toMatchObject({ status: 'reconnecting', statusReason: expect.stringContaining('subscription') });
    await until(
      async () => (await owner.api.get(`${channels}/${made.id}`)).body.status === 'connected',
      'it is connected at the next attempt',
    );
    expect(account.subscribed()).toContain('messages');
    expect(await statusesOf(owner, made.id)).toEqual(['connecting', 'reconnecting', 'connected']);
  });

  it('that Meta puts off keeps nobody from answering comments and reacting to messages', async () => {
    const { owner, graph, account } = await openConnecting('messenger');
    graph.always({ method: 'POST', path: /subscribed_apps/ }).fail(2);
    const made = await owner.api.made(channels, account.registration);
    expect(made.status).toBe('reconnecting');
    graph.comment(account.inbox!, {
      id: 'c1',
      text: 'How much?',
      from: { id: 'psid-1' },
      at: Date.now(),
      objectId: 'p1',
    });
    const answer = { commentId: 'c1', text: 'Ten euros' };
    expect((await owner.api.post(`${channels}/${made.id}/comment-answers`, answer)).status).toBe(201);
    await deliver(account.hears('Hello?'));
    const conversation = await firstConversation(owner);
    const { items } = (await owner.api.get(`/v1/conversations/${conversation.id}/messages`)).body;
    expect((await owner.api.put(`/v1/messages/${items[0].id}/reaction`, { emoji: '❤️' })).status).toBe(204);
  });

  it('that Meta refuses stops the channel with Meta’s words, until it is connected with another token', async () => {
    const { owner, graph, account } = await openConnecting('instagram by itself');
    const scenario = graph.always({ method: 'POST', path: /subscribed_apps/ });
    scenario.fail(200);
    const made = await owner.api.made(channels, account.registration);
    expect(made).toMatchObject({ status: 'failed', statusReason: expect.stringContaining('200') });
    graph.calm();
    const { token, graphHost, login } = account.registration;
    const again = await owner.api.put(`${channels}/${made.id}/credentials`, { token, graphHost, login });
    expect([again.status, again.body.status]).toEqual([200, 'connected']);
  });

  it('does without comments where the token may not have them, and keeps fields that another use of the app needs', async () => {
    const { owner, graph, account } = await openConnecting('messenger');
    account.inbox!.subscribedApps.set(world.metaAppId, ['inbox_labels']);
    graph.next(1, { method: 'POST', path: /subscribed_apps/ }).fail(200);
    await owner.api.made(channels, account.registration);
    expect(account.subscribed()).toEqual(expect.arrayContaining(['inbox_labels', 'messages', 'message_echoes']));
    expect(account.subscribed()).not.toContain('feed');
  });
});

describe('a token of Instagram Login', () => {
  const hour = 3_600_000;
  const exchanges = { method: 'GET', path: '/access_token' };

  /** An account whose token lives so long, and the exchanges that Meta is asked for. */
  async function openWithToken(livesMs: number) {
    const opened = await openConnecting('instagram by itself');
    const { externalId, token } = opened.account;
    const expiresAt = Date.now() + livesMs;
    opened.graph.token({ value: token, kind: 'instagram', profileId: externalId, assets: [externalId], expiresAt });
    return { ...opened, expiresAt: Math.floor(expiresAt / 1000) * 1000 };
  }

  it('that ends within the hour is exchanged for one that lasts, when connecting and when it is replaced', async () => {
    const { owner, graph, account } = await openWithToken(hour);
    const made = await owner.api.made(channels, account.registration);
    expect(made.status).toBe('connected');
    expect(Date.parse(made.tokenExpiresAt)).toBeGreaterThan(Date.now() + 59 * 24 * hour);
    const { externalId, registration } = account;
    const token = `IGAA${randomUUID()}`;
    const another = { value: token, profileId: externalId, assets: [externalId], expiresAt: Date.now() + hour };
    graph.token({ ...another, kind: 'instagram' });
    const { graphHost, login } = registration;
    const replaced = await owner.api.put(`${channels}/${made.id}/credentials`, { token, graphHost, login });
    expect(Date.parse(replaced.body.tokenExpiresAt)).toBeGreaterThan(Date.now() + 59 * 24 * hour);

    graph.kill(account.token, 463);
    graph.kill(token, 463);
    const { body } = await owner.api.post(`${channels}/${made.id}/check`);
    expect([body.status, body.statusReason]).toEqual(['connected', null]);
    const seen = JSON.stringify([made, replaced.body, await logOf(owner)]);
    expect(seen).not.toMatch(new RegExp(`${account.token}|${token}|${world.metaAppSecret}`));
  });

  it('that lasts already is kept: Meta’s refusal to exchange it is no refusal of the account', async () => {
    const { owner, graph, account, expiresAt } = await openWithToken(50 * 24 * hour);
    const asked = graph.always(exchanges).delay(0);
    const made = await owner.api.made(channels, account.registration);
    expect([made.status, Date.parse(made.tokenExpiresAt)]).toEqual(['connected', expiresAt]);
    expect(asked.hits).toBe(1);
  });

  it('is kept where Meta cannot be asked', async () => {
    const { owner, graph, account, expiresAt } = await openWithToken(hour);
    const failing = graph.always(exchanges).fail(2);
    // Nor is it renewed meanwhile.
    graph.always({ method: 'GET', path: /refresh_access_token/ }).fail(2);
    const made = await owner.api.made(channels, account.registration);
    expect([made.status, Date.parse(made.tokenExpiresAt)]).toEqual(['connected', expiresAt]);
    expect(failing.hits).toBe(1);
  });

  it('is exchanged with the secret of the Instagram app, which is another than the app’s', async () => {
    const { owner, graph, account } = await openWithToken(hour);
    const app = await anotherMetaApp();
    const own = app.secret();
    await app.save([app.secret(), own]);
    graph.app({ id: app.appId, secret: own });
    const { externalId, token, registration } = account;
    const expiresAt = Date.now() + hour;
    graph.token({
      ...{ value: token, kind: 'instagram', appId: app.appId, profileId: externalId, assets: [externalId], expiresAt },
    });
    const made = await owner.api.made(channels, { ...registration, metaAppId: app.appId });
    expect(Date.parse(made.tokenExpiresAt)).toBeGreaterThan(Date.now() + 59 * 24 * hour);
  });

  it('of Facebook Login is exchanged for nothing', async () => {
    const { owner, graph, account } = await openConnecting('instagram behind a page');
    const asked = graph.always(exchanges).delay(0);
    expect((await owner.api.made(channels, account.registration)).status).toBe('connected');
    expect(asked.hits).toBe(0);
  });
});

describe('disconnecting', () => {
  it('ends the subscription, deletes the token, and refuses or holds what is sent; a token brings all back', async () => {
    const { owner, stranger, graph, account } = await openConnecting('whatsapp');
    const made = await owner.api.made(channels, account.registration);
    await deliver(account.hears('Hello?'));
    const conversation = await firstConversation(owner);
    const agent = await colleague(owner, 'agent');
    expect((await agent.api.post(`${channels}/${made.id}/disconnect`)).status).toBe(403);
    expect((await stranger.api.post(`${channels}/${made.id}/disconnect`)).status).toBe(404);

    const ended = await owner.api.post(`${channels}/${made.id}/disconnect`);
    expect([ended.status, ended.body.status, ended.body.hasToken]).toEqual([200, 'disconnected', false]);
    expect(account.subscribed()).toBeUndefined();
    const path = `/v1/conversations/${conversation.id}/messages`;
    const content = { type: 'text', text: 'Later' };
    const refused = await owner.api.post(path, { content });
    expect([refused.status, refused.body.code]).toEqual([409, 'channel_disconnected']);
    expect((await owner.api.post(path, { content, whenDisconnected: 'hold' })).status).toBe(201);

    const { token, graphHost } = account.registration;
    const back = await owner.api.put(`${channels}/${made.id}/credentials`, { token, graphHost });
    expect(back.body.status).toBe('connected');
    expect(account.subscribed()).toBeDefined();
    await until(() => graph.messages.count === 1, 'what was held is sent');
    expect(await statusesOf(owner, made.id)).toEqual([
      ...['connecting', 'connected', 'disconnected', 'connecting', 'connected'],
    ]);
  });

  it('leaves the subscription that another number of the business account lives by', async () => {
    const { owner, graph, account } = await openConnecting('whatsapp');
    const { businessAccountId } = account.registration;
    const second = await accountAtMeta('whatsapp', graph, { businessAccountId });
    const made = await owner.api.made(channels, account.registration);
    const other = await owner.api.made(channels, second.registration);
    await owner.api.made(`${channels}/${made.id}/disconnect`);
    expect(account.subscribed()).toBeDefined();
    await owner.api.made(`${channels}/${other.id}/disconnect`);
    expect(account.subscribed()).toBeUndefined();
  });

  it('goes through when Meta does not answer, and says what is left to do there', async () => {
    const { owner, graph, account } = await openConnecting('messenger');
    const made = await owner.api.made(channels, account.registration);
    graph.next(1, { method: 'DELETE' }).fail(2);
    const { body } = await owner.api.post(`${channels}/${made.id}/disconnect`);
    expect(body).toMatchObject({ status: 'disconnected', hasToken: false });
    expect(body.statusReason).toContain('subscription could not be removed');
  });
});

describe('deleting a channel', () => {
  it('frees its account where nobody has written', async () => {
    const { owner, stranger, account } = await openConnecting('instagram by itself');
    const made = await owner.api.made(channels, account.registration);
    const admin = await colleague(owner, 'admin');
    expect((await admin.api.delete(`${channels}/${made.id}`)).status).toBe(403);
    expect((await stranger.api.delete(`${channels}/${made.id}`)).status).toBe(404);
    expect((await owner.api.delete(`${channels}/${made.id}`)).status).toBe(204);
    expect(await owner.api.all(channels)).toEqual([]);
    expect(account.subscribed()).toBeUndefined();
    expect((await stranger.api.post(channels, account.registration)).body.status).toBe('connected');
    expect((await logOf(owner)).at(-1)!.data).toMatchObject({ status: 'disconnected', channelId: made.id });
  });

  it('is refused while it has conversations, unless they are kept: then they stay to be read, and the account is free', async () => {
    const { owner, stranger, account } = await openConnecting('messenger');
    const made = await owner.api.made(channels, account.registration);
    await deliver(account.hears('Remember me'));
    await until(async () => (await owner.api.all('/v1/conversations')).length === 1, 'somebody has written');
    const refused = await owner.api.delete(`${channels}/${made.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'channel_has_history']);
    expect((await owner.api.get(`${channels}/${made.id}`)).body.status).toBe('connected');

    expect((await owner.api.delete(`${channels}/${made.id}?withHistory=keep`)).status).toBe(204);
    const kept = (await owner.api.get(`${channels}/${made.id}`)).body;
    expect(kept).toMatchObject({ status: 'disconnected', hasToken: false, releasedAt: expect.any(String) });
    const { token, graphHost } = account.registration;
    const dead = await owner.api.put(`${channels}/${made.id}/credentials`, { token, graphHost });
    expect([dead.status, dead.body.code]).toEqual([409, 'channel_released']);

    await stranger.api.made(channels, account.registration);
    await deliver(account.hears('To the new ones'));
    const theirs = await firstConversation(stranger);
    expect(theirs.lastMessage.preview).toBe('To the new ones');
    const [ours] = await owner.api.all('/v1/conversations');
    expect(ours.lastMessage.preview).toBe('Remember me');
  });

  it('fails what is held to be sent, and tells so; nothing more is taken', async () => {
    const { owner, account } = await openConnecting('messenger');
    const made = await owner.api.made(channels, account.registration);
    await deliver(account.hears('Hello?'));
    const conversation = await firstConversation(owner);
    expect((await owner.api.post(`${channels}/${made.id}/disconnect`)).status).toBe(200);
    const path = `/v1/conversations/${conversation.id}/messages`;
    const message = { content: { type: 'text', text: 'Later' }, whenDisconnected: 'hold' };
    const held = await owner.api.made(path, message);

    expect((await owner.api.delete(`${channels}/${made.id}?withHistory=keep`)).status).toBe(204);
    const told = await until(
      async () => (await logOf(owner)).find(({ type }) => type === 'message.failed'),
      'it is told as failed',
    );
    expect(told.data).toMatchObject({ messageIds: [held.id], errors: [{ reason: 'channel_disconnected' }] });
    const { items } = (await owner.api.get(path)).body;
    const shown = items.find(({ id }: { id: string }) => id === held.id);
    expect([shown.status, shown.error.mayRetry]).toEqual(['failed', false]);
    const refused = await owner.api.post(path, message);
    expect([refused.status, refused.body.code]).toEqual([409, 'channel_disconnected']);
  });

  it('may the operator, in any workspace, who is told where an account is', async () => {
    const { owner, stranger, account } = await openConnecting('messenger');
    const made = await owner.api.made(channels, account.registration);
    const { token: _, graphHost: __, ...bare } = account.registration;
    const refused = await (await operator()).post(channels, { ...bare, workspaceId: stranger.workspaceId });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining(made.id)]);
    expect((await (await operator()).delete(`${channels}/${made.id}`)).status).toBe(204);
    const moved = await (await operator()).post(channels, { ...bare, workspaceId: stranger.workspaceId });
    expect(moved.status).toBe(201);
  });
});

describe('changing a channel', () => {
  it('renames it, for administrators of its workspace', async () => {
    const { owner, stranger, account } = await openConnecting('messenger');
    const { id } = await owner.api.made(channels, account.registration);
    expect((await owner.api.patch(`${channels}/${id}`, { name: 'Shop' })).body.name).toBe('Shop');
    expect((await stranger.api.patch(`${channels}/${id}`, { name: 'Mine' })).status).toBe(404);
    const agent = await colleague(owner, 'agent');
    expect((await agent.api.patch(`${channels}/${id}`, { name: 'No' })).status).toBe(403);
    expect((await owner.api.patch(`${channels}/${id}`, { name: '' })).status).toBe(400);
    expect((await owner.api.patch(`${channels}/${id}`, { metaAppId: world.metaAppId })).status).toBe(403);
    expect((await owner.api.get(`${channels}/${id}`)).body.name).toBe('Shop');
  });

  it('names another business account only where the number is in it', async () => {
    const { owner, graph, account } = await openConnecting('whatsapp');
    const { id } = await owner.api.made(channels, account.registration);
    const other = await accountAtMeta('whatsapp', graph, { token: account.token });
    const { businessAccountId } = other.registration;
    const refused = await owner.api.patch(`${channels}/${id}`, { businessAccountId });
    expect([refused.status, refused.body.details[0].field]).toEqual([400, 'businessAccountId']);
    graph.whatsapp({ businessAccountId, phoneNumberId: account.externalId, token: account.token, windows: 'open' });
    const moved = await owner.api.patch(`${channels}/${id}`, { businessAccountId });
    expect([moved.status, moved.body.businessAccountId]).toEqual([200, businessAccountId]);
    expect(other.subscribed()).toBeDefined();
  });
});

describe('Meta apps', () => {
  it('are listed in pages, and removed only when no channel names them', async () => {
    const app = await anotherMetaApp();
    const api = await operator();
    const listed = await api.all('/v1/meta-apps');
    const { id } = listed.find(({ appId }: Body) => appId === app.appId);
    const first = await api.get('/v1/meta-apps?limit=1');
    expect(first.body).toMatchObject({ next: expect.any(String), head: expect.any(String) });
    const owner = await tenant();
    const channel = await owner.channel('messenger', { metaAppId: app.appId });
    const refused = await api.delete(`/v1/meta-apps/${id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'meta_app_in_use']);
    expect((await owner.api.delete(`/v1/meta-apps/${id}`)).status).toBe(403);
    const moved = await api.patch(`${channels}/${channel.id}`, { metaAppId: world.metaAppId });
    expect(moved.body.metaAppId).toBe(world.metaAppId);
    expect((await api.delete(`/v1/meta-apps/${id}`)).status).toBe(204);
    expect((await api.delete(`/v1/meta-apps/${id}`)).status).toBe(404);
    expect((await api.delete(`/v1/meta-apps/${randomUUID()}`)).status).toBe(404);
    expect((await api.all('/v1/meta-apps')).map(({ appId }: Body) => appId)).not.toContain(app.appId);
  });

  it('cannot be named before they are set up', async () => {
    const owner = await tenant();
    const account = await accountAtMeta('messenger', await openGraph());
    const refused = await owner.api.post(channels, { ...account.registration, metaAppId: 'nobody' });
    expect([refused.status, refused.body.detail]).toEqual([404, expect.stringContaining('metaAppId')]);
  });
});
