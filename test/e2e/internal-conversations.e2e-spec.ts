import { closeSockets, type SocketClient } from '../support/socket-client';
import { until } from '../support/until';
import { openTwoShops, settle } from './support/shop';
import { type Colleague, colleague } from './support/world';

afterEach(closeSockets);

/** Two colleagues, a third of the same workspace, and somebody of another. */
async function office() {
  const { shop, stranger } = await openTwoShops('messenger');
  const [ann, bob, eve] = await Promise.all([
    colleague(shop.tenant, 'agent'),
    colleague(shop.tenant, 'agent'),
    colleague(shop.tenant, 'admin'),
  ]);
  const sockets = await Promise.all([ann, bob, eve].map((one) => one.sockets('/messages')));
  const [annSocket, bobSocket, eveSocket] = sockets as [SocketClient, SocketClient, SocketClient];
  return { shop, stranger, ann, bob, eve, annSocket, bobSocket, eveSocket };
}

const internalTypes = [
  'message.posted',
  'internal.created',
  'internal.updated',
  'conversation.read',
  'typing.started',
  'typing.stopped',
];

describe('an internal conversation', () => {
  it('of two is one, whoever begins it and how often', async () => {
    const { ann, bob, annSocket, bobSocket } = await office();
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        n % 2
          ? ann.api.post('/v1/conversations', { kind: 'direct', userId: bob.userId })
          : bob.api.post('/v1/conversations', { kind: 'direct', userId: ann.userId.toUpperCase() }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    expect(made[0]!.body).toMatchObject({ platform: 'internal', kind: 'direct', title: null, lastMessage: null });
    expect(made[0]!.body.participants.map(({ userId }: { userId: string }) => userId).sort()).toEqual(
      [ann.userId, bob.userId].sort(),
    );
    await annSocket.ask('message.send', { to: bob.userId, text: 'First' });
    for (const socket of [annSocket, bobSocket]) {
      await socket.waitFor('message.posted');
      expect(socket.of('internal.created')).toHaveLength(1);
    }
  });

  it('is written in over the socket and over REST, read, counted, and told to its participants', async () => {
    const { ann, bob, annSocket, bobSocket } = await office();
    const ack = await annSocket.ask('message.send', { to: bob.userId, text: 'Lunch?', clientId: 'a1' });
    expect(ack).toMatchObject({ ok: true, data: { message: { content: { text: 'Lunch?' }, clientId: 'a1' } } });
    const { message, conversation } = ack.data;
    const path = `/v1/conversations/${conversation.id}`;
    for (const socket of [annSocket, bobSocket]) {
      const [told] = await socket.waitFor('message.posted');
      expect(told!.data).toEqual({ message, conversation });
    }
    await until(() => bobSocket.of('unread.changed').at(-1)?.data.total === 1, 'one is unread for Bob');
    const one = {
      total: 1,
      byPlatform: { internal: 1 },
      byChannel: {},
      byInternalConversation: { [conversation.id]: 1 },
    };
    expect(bobSocket.of('unread.changed').at(-1)!.data).toEqual(one);
    expect((await bob.sockets('/messages')).notice('ready').unread).toEqual(one);
    expect((await ann.sockets('/messages')).notice('ready').unread.total).toBe(0);
    expect((await bob.api.get('/v1/conversations?platform=internal&unread=true')).body.items).toEqual([conversation]);
    expect((await ann.api.get('/v1/conversations?platform=internal&unread=true')).body.items).toEqual([]);

    const read = await bob.api.post(`${path}/read`);
    expect(read.body).toEqual({ messageIds: [message.id], unreadCount: 0 });
    expect((await bob.api.post(`${path}/read`)).body).toEqual({ messageIds: [], unreadCount: 0 });
    const [toldRead] = await annSocket.waitFor('conversation.read');
    expect(toldRead!.data).toEqual({
      conversationId: conversation.id,
      userId: bob.userId,
      messageIds: [message.id],
      unreadCount: 0,
    });
    await until(() => bobSocket.of('unread.changed').at(-1)?.data.total === 0, 'nothing is unread for Bob');

    const answer = await bob.api.made(`${path}/internal-messages`, { text: 'Sure' });
    expect((await annSocket.waitFor('message.posted', 2))[1]!.data).toEqual(answer);
    await until(() => annSocket.of('unread.changed').at(-1)?.data.total === 1, 'one is unread for Ann');
    expect(await annSocket.ask('message.mark_read', { conversationId: conversation.id })).toEqual({
      ok: true,
      data: { messageIds: [answer.message.id], unreadCount: 0 },
    });
    expect((await ann.api.all(`${path}/messages`)).map(({ id }) => id)).toEqual([answer.message.id, message.id]);
    const now = (await ann.api.get(path)).body;
    expect(now.lastMessage).toMatchObject({ id: answer.message.id, preview: 'Sure', direction: 'internal' });
    expect(now.participants.every(({ unreadCount }: { unreadCount: number }) => unreadCount === 0)).toBe(true);

    await annSocket.ask('typing.start', { conversationId: conversation.id });
    await annSocket.ask('typing.stop', { conversationId: conversation.id });
    const [typing] = await bobSocket.waitFor('typing.started');
    expect(typing!.data).toEqual({ conversationId: conversation.id, userId: ann.userId });
    await bobSocket.waitFor('typing.stopped');
  });

  it('is seen by nobody else: not in lists, by its id, in the log, in rooms or in a search', async () => {
    const { shop, stranger, ann, bob, eve, annSocket, eveSocket } = await office();
    const group = await ann.api.made('/v1/conversations', { kind: 'group', title: 'Secret', userIds: [bob.userId] });
    const { message } = await ann.api.made(`/v1/conversations/${group.id}/internal-messages`, { text: 'Xylophone' });
    await annSocket.ask('typing.start', { conversationId: group.id });
    await bob.api.post(`/v1/conversations/${group.id}/read`);
    await annSocket.waitFor('conversation.read');
    await settle(shop, stranger);

    const outsiders: [string, Pick<Colleague, 'api'>, SocketClient][] = [
      ['eve', eve, eveSocket],
      ['owner', shop.tenant, shop.messages],
      ['stranger', stranger.tenant, stranger.messages],
    ];
    for (const [who, { api }, socket] of outsiders) {
      const path = `/v1/conversations/${group.id}`;
      const answers = await Promise.all([
        api.get(path),
        api.get(`${path}/messages`),
        api.post(`${path}/internal-messages`, { text: 'Me too' }),
        api.post(`${path}/read`),
        api.post(`${path}/notes`, { text: 'x' }),
        api.patch(path, { version: 1, status: 'closed' }),
        api
          .post(`${path}/participants`, { userIds: [bob.userId] })
          .then((one) => (who === 'stranger' ? { ...one, status: 404 } : one)),
        api.delete(`${path}/participants/${bob.userId}`),
      ]);
      expect([who, answers.map(({ status }) => status)]).toEqual([who, answers.map(() => 404)]);
      expect((await api.get('/v1/conversations?platform=internal')).body.items).toEqual([]);
      for (const list of [
        '/v1/conversations?limit=200',
        '/v1/events?limit=1000',
        '/v1/search?q=xylophone',
        '/v1/search?q=xylophone&in=internal',
      ]) {
        expect([list, JSON.stringify((await api.get(list)).body).includes(group.id)]).toEqual([list, false]);
      }
      const room = { kind: 'conversation', id: group.id };
      expect(await socket.ask('subscribe', { rooms: [room] })).toMatchObject({
        ok: false,
        error: { code: 'forbidden' },
      });
      for (const [name, argument] of [
        ['typing.start', { conversationId: group.id }],
        ['message.mark_read', { conversationId: group.id }],
        ['message.send', { to: group.id, text: 'Me too' }],
      ] as const) {
        expect(await socket.ask(name, argument)).toMatchObject({ ok: false, error: { code: 'not_found' } });
      }
      expect(socket.of(...internalTypes)).toEqual([]);
      const counts = socket.of('unread.changed').map(({ data }) => data.byPlatform.internal);
      expect(counts.every((count) => count === undefined)).toBe(true);
    }
    const found = await bob.api.get('/v1/search?q=xylophone&in=internal');
    expect(found.body.items).toEqual([{ message, contact: null, conversationId: group.id }]);
    expect((await bob.api.get('/v1/search?q=xylophone')).body.items).toEqual([]);
    expect((await annSocket.ask('subscribe', { rooms: [{ kind: 'conversation', id: group.id }] })).ok).toBe(true);
    expect((await ann.api.get('/v1/events?limit=1000')).body.items.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['internal.created', 'message.posted', 'conversation.read']),
    );
  });

  it('keeps a message once, however often it is sent', async () => {
    const { ann, bob, annSocket, bobSocket } = await office();
    const send = (text: string) => annSocket.ask('message.send', { to: bob.userId, text, clientId: 'same' });
    const acks = await Promise.all(['Hi', 'Hi', 'Hi', 'Hi'].map(send));
    const ids = new Set(acks.map(({ data }) => data.message.id));
    expect(ids.size).toBe(1);
    const id = acks[0].data.conversation.id;
    const again = await ann.api.made(`/v1/conversations/${id}/internal-messages`, { text: 'Hi', clientId: 'same' });
    expect(again.message.id).toBe(acks[0].data.message.id);
    const bobs = await bob.api.made(`/v1/conversations/${id}/internal-messages`, { text: 'Mine', clientId: 'same' });
    expect(ids).not.toContain(bobs.message.id);
    await bobSocket.waitFor('message.posted', 2);
    expect(await bob.api.all(`/v1/conversations/${id}/messages`)).toHaveLength(2);
    expect(bobSocket.of('message.posted')).toHaveLength(2);
  });

  it('keeps every message of two who write at once, in one order for both', async () => {
    const { ann, bob, annSocket, bobSocket } = await office();
    const { id } = await ann.api.made('/v1/conversations', { kind: 'direct', userId: bob.userId });
    const path = `/v1/conversations/${id}/internal-messages`;
    await Promise.all(
      [ann, bob].flatMap(({ api }) => Array.from({ length: 10 }, (_, n) => api.made(path, { text: `${n}` }))),
    );
    const order = async (socket: SocketClient) =>
      (await socket.waitFor('message.posted', 20)).map(({ data }) => data.message.id);
    const listed = (await ann.api.all(`/v1/conversations/${id}/messages`)).map((one) => one.id);
    expect(new Set(listed).size).toBe(20);
    expect(await order(annSocket)).toEqual(await order(bobSocket));
    expect(listed.toSorted()).toEqual((await order(annSocket)).toSorted());
  });

  it('takes in colleagues and lets them go', async () => {
    const { shop, stranger, ann, bob, eve, annSocket, eveSocket } = await office();
    const group = await ann.api.made('/v1/conversations', { kind: 'group', title: 'Team', userIds: [bob.userId] });
    const path = `/v1/conversations/${group.id}`;
    await ann.api.made(`${path}/internal-messages`, { text: 'Before' });
    const added = await bob.api.post(`${path}/participants`, { userIds: [eve.userId] });
    expect([added.status, added.body.participants.length]).toEqual([200, 3]);
    expect((await eveSocket.waitFor('internal.updated'))[0]!.data.conversation).toEqual(added.body);
    expect((await eve.sockets('/messages')).notice('ready').unread.total).toBe(0);
    expect(await eve.api.all(`${path}/messages`)).toHaveLength(1);
    await ann.api.made(`${path}/internal-messages`, { text: 'Welcome' });
    await until(() => eveSocket.of('unread.changed').at(-1)?.data.total === 1, 'one is unread for Eve');

    expect((await bob.api.delete(`${path}/participants/${eve.userId}`)).status).toBe(403);
    expect((await ann.api.delete(`${path}/participants/${eve.userId}`)).status).toBe(204);
    await eveSocket.waitFor('internal.updated', 2);
    await until(() => eveSocket.of('unread.changed').at(-1)?.data.total === 0, 'nothing is unread for Eve');
    await ann.api.made(`${path}/internal-messages`, { text: 'Without Eve' });
    await annSocket.waitFor('message.posted', 3);
    await settle(shop, stranger);
    expect(eveSocket.of('message.posted')).toHaveLength(1);
    expect((await eve.api.get(path)).status).toBe(404);
    expect((await bob.api.delete(`${path}/participants/${bob.userId}`)).status).toBe(204);
    expect((await bob.api.get(path)).status).toBe(404);
  });

  it('is begun and written in by agents, with members of the workspace, with something to say', async () => {
    const { stranger, ann, bob, shop, annSocket } = await office();
    const viewer = await colleague(shop.tenant, 'viewer');
    const direct = await ann.api.made('/v1/conversations', { kind: 'direct', userId: viewer.userId });
    const path = `/v1/conversations/${direct.id}`;
    for (const [body, problem] of [
      [{ kind: 'direct' }, /^userId/],
      [{ kind: 'direct', userId: ann.userId }, /^userId: a direct conversation is with somebody else/],
      [{ kind: 'direct', userId: stranger.tenant.userId }, /^userId: there is no user/],
      [{ kind: 'group', title: 'x' }, /^userIds/],
      [{ kind: 'group', title: 'x', userIds: [] }, /^userIds/],
      [{ kind: 'group', title: 'x', userIds: [stranger.tenant.userId] }, /^userIds:? there is no user/],
      [{ kind: 'group', userIds: [bob.userId] }, /^title/],
      [{ kind: 'party', userIds: [bob.userId] }, /^kind/],
    ] as const) {
      const answer = await ann.api.post('/v1/conversations', body);
      expect([body, answer.status, answer.body.detail]).toEqual([body, 400, expect.stringMatching(problem)]);
    }
    for (const body of [{ text: '' }, { text: 'a\0b' }, { text: 'x'.repeat(10_001) }, { text: 'x', clientId: ' ' }]) {
      expect((await ann.api.post(`${path}/internal-messages`, body)).status).toBe(400);
      expect(await annSocket.ask('message.send', { to: viewer.userId, ...body })).toMatchObject({
        ok: false,
        error: { code: 'invalid' },
      });
    }
    expect((await ann.api.post(`${path}/participants`, { userIds: [bob.userId] })).status).toBe(400);
    for (const to of [ann.userId, stranger.tenant.userId]) {
      expect(await annSocket.ask('message.send', { to, text: 'x' })).toMatchObject({
        ok: false,
        error: { code: 'not_found' },
      });
    }

    await ann.api.made(`${path}/internal-messages`, { text: 'For your eyes' });
    expect((await viewer.api.all(`${path}/messages`)).map(({ content }) => content.text)).toEqual(['For your eyes']);
    const viewerSocket = await viewer.sockets('/messages');
    expect(viewerSocket.notice('ready').unread.total).toBe(1);
    for (const answer of [
      await viewer.api.post(`${path}/internal-messages`, { text: 'x' }),
      await viewer.api.post('/v1/conversations', { kind: 'direct', userId: bob.userId }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
    expect(await viewerSocket.ask('message.send', { to: ann.userId, text: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
  });
});
