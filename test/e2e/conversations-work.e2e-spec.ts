import type { Platform } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { openShop, openTwoShops, type Shop, settle } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);

const nobodys = '01900000-0000-7000-8000-000000000000';

/** A conversation with a message of its customer. */
async function conversationIn<P extends Platform>(shop: Shop<P>) {
  const chat = shop.chat();
  await shop.receives(shop.text(chat, 'Hello'));
  const { conversation } = await shop.onlyConversation();
  return { chat, id: conversation.id as string, path: `/v1/conversations/${conversation.id}` };
}

describe('a conversation', () => {
  it('is given to an agent, put aside, closed and labelled, and every dashboard is told', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { id, path } = await conversationIn(shop);
    const agent = await colleague(shop.tenant, 'agent');
    const label = await shop.api.made('/v1/labels', { name: 'VIP', color: '#ff0000' });
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const steps = [
      [{ assigneeId: agent.userId }, { assigneeId: agent.userId }],
      [{ status: 'pending' }, { status: 'pending' }],
      [{ labels: [label.id.toUpperCase(), label.id] }, { labels: [label.id] }],
      [
        { status: 'snoozed', snoozedUntil: inAnHour },
        { status: 'snoozed', snoozedUntil: inAnHour },
      ],
      [{ status: 'closed' }, { status: 'closed', snoozedUntil: null }],
      [
        { status: 'open', assigneeId: null, labels: [] },
        { status: 'open', assigneeId: null, labels: [] },
      ],
    ];
    for (const [position, [change, after]] of steps.entries()) {
      const answer = await agent.api.patch(path, { version: position + 1, ...change });
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ ...after, version: position + 2 })]);
      expect((await shop.api.get(path)).body).toEqual(answer.body);
    }
    await settle(shop, stranger);
    const told = shop.messages.of('conversation.updated');
    expect(told.map(({ data }) => [data.conversation.id, data.conversation.version, data.changedBy])).toEqual(
      steps.map((_, position) => [id, position + 2, agent.userId]),
    );
    expect(told.map(({ data }) => data.conversation)).toEqual(steps.map(([, after]) => expect.objectContaining(after)));
    expect(stranger.told('messages')).toEqual([]);
  });

  it('that two agents change at once is changed by one; the other is told how it stands', async () => {
    const shop = await openShop('messenger');
    const { path } = await conversationIn(shop);
    const agents = await Promise.all([colleague(shop.tenant, 'agent'), colleague(shop.tenant, 'agent')]);
    const answers = await Promise.all(
      agents.map(({ api, userId }) => api.patch(path, { assigneeId: userId }, { 'if-match': '"1"' })),
    );
    const winner = answers.find(({ status }) => status === 200)!;
    const loser = answers.find(({ status }) => status === 409)!;
    expect(loser.body).toMatchObject({ code: 'version_conflict', details: { conversation: winner.body } });
    expect(agents.map(({ userId }) => userId)).toContain(winner.body.assigneeId);
    await settle(shop);
    expect(shop.toldTypes('messages').filter((type) => type === 'conversation.updated')).toHaveLength(1);
  });

  it('is told nothing of where nothing changes', async () => {
    const shop = await openShop('messenger');
    const { path } = await conversationIn(shop);
    const same = await shop.api.patch(path, { version: 1, status: 'open', assigneeId: null, labels: [] });
    expect([same.status, same.body.version]).toEqual([200, 1]);
    await settle(shop);
    expect(shop.toldTypes('messages')).not.toContain('conversation.updated');
  });

  it('that is snoozed wakes by itself', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const { id, path } = await conversationIn(shop);
    const { path: other } = await conversationIn(stranger);
    const soon = new Date(Date.now() + 700).toISOString();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const snooze = (snoozedUntil: string) => ({ version: 1, status: 'snoozed', snoozedUntil });
    expect((await stranger.api.patch(other, snooze(later))).status).toBe(200);
    expect((await shop.api.patch(path, snooze(soon))).body).toMatchObject({ status: 'snoozed', snoozedUntil: soon });
    const told = await shop.messages.waitFor('conversation.updated', 2);
    expect(told[1]!.data).toMatchObject({
      changedBy: null,
      conversation: { id, status: 'open', snoozedUntil: null, version: 3 },
    });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(soon));
    expect((await shop.api.get(path)).body).toEqual(told[1]!.data.conversation);
    expect((await stranger.api.get(other)).body).toMatchObject({ status: 'snoozed', version: 2 });
  });

  it.each(['snoozed', 'closed'])('that is %s opens when the customer writes', async (status) => {
    const shop = await openShop('whatsapp');
    const { chat, id, path } = await conversationIn(shop);
    const snoozedUntil = status === 'snoozed' ? new Date(Date.now() + 3_600_000).toISOString() : undefined;
    expect((await shop.api.patch(path, { version: 1, status, snoozedUntil })).status).toBe(200);
    await shop.receives(shop.text(chat, 'One more thing'));
    const told = await shop.messages.waitFor('message.received', 2);
    expect(told[1]!.data.conversation).toMatchObject({ id, status: 'open', snoozedUntil: null, version: 3 });
    const stale = await shop.api.patch(path, { version: 2, status: 'closed' });
    expect([stale.status, stale.body.details.conversation.status]).toEqual([409, 'open']);
  });

  it('keeps what it is when ours answer', async () => {
    const shop = await openShop('whatsapp');
    const { chat, path } = await conversationIn(shop);
    await shop.api.patch(path, { version: 1, status: 'closed' });
    await shop.receives(shop.echo(chat, 'Thank you'));
    expect((await shop.api.get(path)).body).toMatchObject({ status: 'closed', version: 2 });
  });

  it('is not changed by what makes no sense, and the error says why', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { path } = await conversationIn(shop);
    const viewer = await colleague(shop.tenant, 'viewer');
    const theirLabel = await stranger.api.made('/v1/labels', { name: 'Theirs', color: '#00ff00' });
    const future = new Date(Date.now() + 60_000).toISOString();
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ status: 'closed', version: undefined }, /^version:? say which/],
      [{ status: 'done' }, /^status:? /],
      [{ status: 'snoozed' }, /^snoozedUntil:? say until when/],
      [{ status: 'snoozed', snoozedUntil: '2020-01-01T00:00:00Z' }, /^snoozedUntil:? must be in the future/],
      [{ status: 'snoozed', snoozedUntil: 'tomorrow' }, /^snoozedUntil:? /],
      [{ status: 'open', snoozedUntil: future }, /^snoozedUntil:? only with/],
      [{ assigneeId: stranger.tenant.userId }, /^assigneeId:? there is no such user/],
      [{ assigneeId: viewer.userId }, /^assigneeId:? there is no such user/],
      [{ assigneeId: 'me' }, /^assigneeId:? /],
      [{ labels: [theirLabel.id] }, /^labels:? there is no label/],
      [{ labels: [nobodys] }, /^labels:? there is no label/],
      [{ labels: 'VIP' }, /^labels:? /],
      [
        { labels: Array.from({ length: 51 }, (_, n) => nobodys.slice(0, -2) + String(n).padStart(2, '0')) },
        /^labels:? /,
      ],
      [{ version: 0 }, /^version:? /],
      [{ version: '1; drop table conversations' }, /^version:? /],
      [{ contactId: nobodys }, /contactId/],
    ];
    for (const [body, problem] of cases) {
      const answer = await shop.api.patch(path, { version: 1, ...body });
      expect([body, answer.status, answer.body.code]).toEqual([body, 400, 'invalid']);
      expect(answer.body.detail).toMatch(problem);
    }
    expect((await shop.api.get(path)).body.version).toBe(1);
  });

  it('is changed by nobody of another workspace, and by no viewer', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { path } = await conversationIn(shop);
    const viewer = await colleague(shop.tenant, 'viewer');
    for (const [api, status] of [
      [stranger.api, 404],
      [viewer.api, 403],
    ] as const) {
      expect((await api.patch(path, { version: 1, status: 'closed' })).status).toBe(status);
      expect((await api.post(`${path}/notes`, { text: 'Psst' })).status).toBe(status);
    }
    expect((await shop.api.get(path)).body).toMatchObject({ version: 1, status: 'open' });
    expect(await shop.messagesOf(path.split('/').at(-1)!)).toHaveLength(1);
  });
});

describe('a note', () => {
  it('is read by colleagues in the history and never counted, nor shown as the last message', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { id, path } = await conversationIn(shop);
    const agent = await colleague(shop.tenant, 'agent');
    const before = (await shop.api.get(path)).body;
    const { status, body: note } = await agent.api.post(`${path}/notes`, {
      text: 'Is this @owner’s?',
      mentions: [shop.tenant.userId],
    });
    expect([status, note]).toEqual([
      201,
      expect.objectContaining({
        conversationId: id,
        direction: 'internal',
        type: 'note',
        platformMessageId: null,
        author: { kind: 'user', id: agent.userId },
        content: { text: 'Is this @owner’s?', mentions: [shop.tenant.userId] },
      }),
    ]);
    const [told] = await shop.messages.waitFor('message.noted');
    expect(told!.data).toEqual({ message: note, conversation: before, mentions: [shop.tenant.userId] });
    expect((await shop.messagesOf(id)).at(-1)).toEqual(note);
    expect((await shop.api.get(path)).body).toEqual(before);
    expect((await agent.sockets('/messages')).notice('ready').unread.total).toBe(0);
    await settle(shop, stranger);
    expect(stranger.told('messages')).toEqual([]);
  });

  it('mentions members of the workspace only, and has something to say', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { id, path } = await conversationIn(shop);
    for (const [body, problem] of [
      [{ text: 'Hi', mentions: [stranger.tenant.userId] }, /^mentions:? there is no user/],
      [{ text: ' \n ' }, /^text:? /],
      [{ text: '' }, /^text:? /],
      [{ text: 'a\0b' }, /NUL/],
      [{ text: 'x'.repeat(10_001) }, /^text:? /],
      [{ mentions: [] }, /^text:? /],
    ] as const) {
      const answer = await shop.api.post(`${path}/notes`, body);
      expect([answer.status, answer.body.detail]).toEqual([400, expect.stringMatching(problem)]);
    }
    expect(await shop.messagesOf(id)).toHaveLength(1);
  });
});

describe('the labels of a workspace', () => {
  it('are its own, have names of their own, and are taken off conversations when they are deleted', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { path } = await conversationIn(shop);
    const made = await shop.api.made('/v1/labels', { name: ' VIP ', color: '#ABCDEF' });
    expect(made).toEqual({ id: expect.any(String), name: 'VIP', color: '#ABCDEF' });
    const other = await shop.api.made('/v1/labels', { name: 'Late', color: '#000000' });
    expect((await stranger.api.post('/v1/labels', { name: 'vip', color: '#000000' })).status).toBe(201);
    expect((await shop.api.post('/v1/labels', { name: 'vip', color: '#000000' })).body.code).toBe('name_taken');
    expect((await shop.api.patch(`/v1/labels/${other.id}`, { name: 'Vip' })).body.code).toBe('name_taken');
    expect((await shop.api.patch(`/v1/labels/${other.id}`, { color: '#111111' })).body).toEqual({
      ...other,
      color: '#111111',
    });
    expect((await stranger.api.patch(`/v1/labels/${other.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await stranger.api.delete(`/v1/labels/${other.id}`)).status).toBe(404);
    expect((await shop.api.all('/v1/labels')).map(({ id }) => id)).toEqual([other.id, made.id]);

    await shop.api.patch(path, { version: 1, labels: [made.id, other.id] });
    expect((await shop.api.delete(`/v1/labels/${made.id}`)).status).toBe(204);
    expect((await shop.api.all('/v1/labels')).map(({ id }) => id)).toEqual([other.id]);
    await until(async () => (await shop.api.get(path)).body.labels.length === 1, 'the label is off the conversation');
    expect((await shop.api.get(path)).body).toMatchObject({ labels: [other.id], version: 2 });
    expect((await shop.api.patch(path, { version: 2, labels: [made.id] })).status).toBe(400);
    expect((await shop.api.made('/v1/labels', { name: 'VIP', color: '#000000' })).id).not.toBe(made.id);
    await settle(shop, stranger);
    expect(shop.toldTypes('messages').filter((type) => type.startsWith('label.'))).toEqual([
      'label.created',
      'label.created',
      'label.updated',
      'label.deleted',
      'label.created',
    ]);
    expect(stranger.toldTypes('messages')).toEqual(['label.created']);
  });

  it('are made by admins', async () => {
    const shop = await openShop('messenger');
    const [admin, agent, viewer] = await Promise.all([
      colleague(shop.tenant, 'admin'),
      colleague(shop.tenant, 'agent'),
      colleague(shop.tenant, 'viewer'),
    ]);
    const label = await admin.api.made('/v1/labels', { name: 'VIP', color: '#ff0000' });
    for (const { api } of [agent, viewer]) {
      expect((await api.get('/v1/labels')).body.items).toEqual([label]);
      expect((await api.post('/v1/labels', { name: 'x', color: '#ff0000' })).status).toBe(403);
      expect((await api.patch(`/v1/labels/${label.id}`, { name: 'x' })).status).toBe(403);
      expect((await api.delete(`/v1/labels/${label.id}`)).status).toBe(403);
    }
    for (const body of [
      { name: '', color: '#ff0000' },
      { name: 'x', color: 'red' },
      { name: 'a\0', color: '#ff0000' },
    ]) {
      expect((await admin.api.post('/v1/labels', body)).status).toBe(400);
    }
  });
});

describe('a canned reply', () => {
  it('is found by its shortcut and filled in for a conversation', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { id } = await conversationIn(shop);
    const contact = (await shop.onlyConversation()).conversation.contact;
    const agent = await colleague(shop.tenant, 'agent');
    const reply = await agent.api.made('/v1/canned-replies', {
      shortcut: 'hello',
      body: 'Hello {{contact.name}}, {{agent.name|we}} at {{channel.name}} ({{contact.username}})',
    });
    const path = `/v1/canned-replies/${reply.id}`;
    expect((await agent.api.get('/v1/canned-replies?shortcut=HE')).body.items).toEqual([reply]);
    expect((await agent.api.get('/v1/canned-replies?shortcut=x')).body.items).toEqual([]);
    const rendered = await agent.api.post(`${path}/render`, { conversationId: id });
    expect(rendered.body).toEqual({
      text: `Hello ${contact.name}, we at Test whatsapp (${contact.username ?? ''})`,
      missing: contact.username ? [] : ['contact.username'],
    });
    const changed = await agent.api.patch(path, { body: 'Bye' });
    expect(changed.body).toMatchObject({ shortcut: 'hello', body: 'Bye' });
    expect((await agent.api.get(path)).body).toEqual(changed.body);

    for (const answer of [
      await stranger.api.get(path),
      await stranger.api.patch(path, { body: 'Mine' }),
      await stranger.api.delete(path),
      await stranger.api.post(`${path}/render`, { conversationId: id }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
    const theirs = await stranger.api.made('/v1/canned-replies', { shortcut: 'hello', body: 'Hi' });
    expect((await stranger.api.post(`/v1/canned-replies/${theirs.id}/render`, { conversationId: id })).status).toBe(
      404,
    );
    expect((await stranger.api.all('/v1/canned-replies')).map((one) => one.id)).toEqual([theirs.id]);
    expect((await agent.api.delete(path)).status).toBe(204);
    expect((await agent.api.get(path)).status).toBe(404);
  });

  it('has a shortcut of its own, knows its variables, and is no viewer’s to change', async () => {
    const shop = await openShop('messenger');
    const viewer = await colleague(shop.tenant, 'viewer');
    const first = await shop.api.made('/v1/canned-replies', { shortcut: 'Hello', body: 'Hi' });
    const second = await shop.api.made('/v1/canned-replies', { shortcut: 'bye', body: 'Bye' });
    expect((await shop.api.post('/v1/canned-replies', { shortcut: 'HELLO', body: 'x' })).body.code).toBe(
      'shortcut_taken',
    );
    const renamed = await shop.api.patch(`/v1/canned-replies/${second.id}`, { shortcut: 'hello' });
    expect([renamed.status, renamed.body.code]).toEqual([409, 'shortcut_taken']);
    const unknown = await shop.api.post('/v1/canned-replies', { shortcut: 'sum', body: '{{order.total}}' });
    expect([unknown.status, unknown.body.detail]).toEqual([400, expect.stringMatching(/^body:? order\.total is no/)]);
    expect((await shop.api.post('/v1/canned-replies', { shortcut: 'a b', body: 'x' })).status).toBe(400);
    expect((await viewer.api.get('/v1/canned-replies')).body.items).toHaveLength(2);
    expect((await viewer.api.post('/v1/canned-replies', { shortcut: 'v', body: 'x' })).status).toBe(403);
    expect((await viewer.api.patch(`/v1/canned-replies/${first.id}`, { body: 'x' })).status).toBe(403);
    expect((await viewer.api.delete(`/v1/canned-replies/${first.id}`)).status).toBe(403);
  });
});
