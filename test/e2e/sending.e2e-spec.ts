import { randomUUID } from 'node:crypto';
import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, openSendingShop, type SendingShop } from './support/sending-shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const text = (words: string) => ({ type: 'text', text: words });

/** The states a message was told in, in order, each once. */
function statesOf({ shop }: SendingShop, messageId: string): string[] {
  return shop.messages.events
    .filter(({ data }) => data.message?.id === messageId || data.messageIds?.includes(messageId))
    .map(({ type }) => type);
}

const platforms = ['whatsapp', 'messenger', 'instagram'] as const;
const lastState = { whatsapp: 'message.read', messenger: 'message.read', instagram: 'message.read' };

describe.each(platforms)('a message sent through %s', (platform) => {
  it('reaches the customer once, and its life is told in order', async () => {
    const desk = await openSendingShop(platform);
    const conversation = await desk.conversation();
    const { status, body } = await desk.send(conversation.id, text('We are!'), { clientId: 'draft-7' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ direction: 'outbound', status: 'queued', clientId: 'draft-7', type: 'text' });
    expect(body.author).toEqual({ kind: 'user', id: desk.shop.tenant.userId });

    await until(() => statesOf(desk, body.id).includes(lastState[platform]), 'the customer has read it');
    const states = statesOf(desk, body.id);
    expect(states.slice(0, 2)).toEqual(['message.queued', 'message.sent']);
    expect(states.filter((one) => one === 'message.queued')).toHaveLength(1);
    expect(desk.graph.messages.count).toBe(1);
    expect(desk.graph.messages.repeated()).toEqual([]);

    const { messages } = await desk.shop.onlyConversation();
    expect(messages.map(({ content, status: state }) => [content.text, state])).toEqual([
      ['Hello, is anybody there?', 'received'],
      ['We are!', 'read'],
    ]);
    const sent = desk.shop.messages.of('message.sent').find(({ data }) => data.message?.id === body.id)!;
    expect(sent.data.message).toMatchObject({ clientId: 'draft-7', content: { text: 'We are!' } });
    expect(sent.data.conversation).toMatchObject({ id: conversation.id, lastMessage: { preview: 'We are!' } });
  });

  it('keeps its place: what agents send at the same time into a conversation leaves one by one, in the order taken', async () => {
    const desk = await openSendingShop(platform, { callbacks: false });
    const conversation = await desk.conversation();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => desk.send(conversation.id, text(`agent ${n}`))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    await until(() => desk.graph.messages.count === 20, 'all are sent');
    const queued = desk.shop.messages.of('message.queued').map(({ data }) => data.message.content.text);
    const received = desk.graph.messages.all().map(({ body }) => JSON.stringify(body));
    expect(received.map((body) => body.match(/agent \d+/)![0])).toEqual(queued);
  });

  it('is taken once however often it is posted under one idempotency key', async () => {
    const desk = await openSendingShop(platform, { callbacks: false });
    const conversation = await desk.conversation();
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => desk.send(conversation.id, text('Once'), {}, headers)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await desk.send(conversation.id, text('Something else'), {}, headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    await until(() => desk.graph.messages.count === 1, 'it is sent');
    await desk.send(conversation.id, text('Something else'));
    await until(() => desk.graph.messages.count === 2, 'the next is sent');
    expect(desk.graph.messages.all().map(({ body }) => JSON.stringify(body).includes('Once'))).toEqual([true, false]);
  });

  it.each(['hang', 'reset', 'break', 'garble'] as const)(
    'that Meta took and did not answer (%s) is sent once, and becomes known by what Meta tells later',
    async (course) => {
      const desk = await openSendingShop(platform, { callbacks: { sentAfterMs: 1500, deliveredAfterMs: 2000 } });
      const conversation = await desk.conversation();
      if (course === 'hang') desk.graph.next(1, sends).hang();
      else if (course === 'reset') desk.graph.next(1, sends).reset();
      else if (course === 'break') desk.graph.next(1, sends).break();
      else desk.graph.next(1, sends).garble();
      const { body } = await desk.send(conversation.id, text('Are you sure?'));
      await until(async () => {
        const { messages } = await desk.shop.onlyConversation();
        return ['sent', 'delivered', 'read'].includes(messages.at(-1).status);
      }, 'it is known to be sent');
      const { messages } = await desk.shop.onlyConversation();
      expect(messages).toHaveLength(2);
      expect(messages[1].id).toBe(body.id);
      expect(desk.graph.messages.count).toBe(1);
    },
  );

  it('is refused with the limit named, and nothing is kept of it', async () => {
    const desk = await openSendingShop(platform, { callbacks: false });
    const conversation = await desk.conversation();
    const { status, body } = await desk.send(conversation.id, text('x'.repeat(5000)));
    expect(status).toBe(400);
    expect(body.details[0].field).toBe('content.text');
    expect(body.detail).toMatch(/4,?096|2,?000|1,?000/);
    expect((await desk.shop.onlyConversation()).messages).toHaveLength(1);
  });

  it('that Meta refuses fails with Meta’s words, and can be sent again by hand, once', async () => {
    const desk = await openSendingShop(platform, { callbacks: false });
    const conversation = await desk.conversation();
    desk.graph.next(1, sends).fail(131009, { details: 'Parameter value is not valid' });
    const { body } = await desk.send(conversation.id, text('Try'));
    const failed = await desk.shop.messages.waitFor('message.failed', 1);
    expect(failed[0]!.data).toMatchObject({ messageIds: [body.id], errors: [{ reason: 'invalid', code: 131009 }] });
    expect((await desk.shop.onlyConversation()).messages[1]).toMatchObject({
      status: 'failed',
      error: { code: 131009 },
    });

    const again = await desk.shop.api.post(`/v1/messages/${body.id}/retry`);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(body.id);
    expect((await desk.shop.api.post(`/v1/messages/${body.id}/retry`)).status).toBe(409);
    await until(() => desk.graph.messages.count === 1, 'it is sent');
  });

  it('waits while Meta throttles the channel, and is sent once', async () => {
    const desk = await openSendingShop(platform, { callbacks: false });
    const conversation = await desk.conversation();
    desk.graph.next(2, sends).fail(platform === 'whatsapp' ? 130429 : 613);
    const { body } = await desk.send(conversation.id, text('Patience'));
    await until(() => desk.graph.messages.count === 1, 'it is sent');
    await until(() => statesOf(desk, body.id).includes('message.sent'), 'it is told');
    expect(statesOf(desk, body.id)).toEqual(['message.queued', 'message.sent']);
  });

  it('stops the channel when the token is dead; what is held goes once it is connected again', async () => {
    const desk = await openSendingShop(platform, { callbacks: false });
    const channels = await desk.shop.tenant.sockets('/channels');
    const conversation = await desk.conversation();
    desk.graph.kill(desk.token);
    const failing = await desk.send(conversation.id, text('Refused'));
    const held = await desk.send(conversation.id, text('Held'), { whenDisconnected: 'hold' });
    expect([failing.status, held.status]).toEqual([201, 201]);
    const [stopped] = await channels.waitFor('channel.status_changed', 1);
    expect(stopped!.data).toMatchObject({ channelId: desk.shop.channel.id, status: 'failed' });
    await until(() => statesOf(desk, failing.body.id).includes('message.failed'), 'it failed');
    // A process may still believe in the channel for two seconds.
    await until(
      async () => (await desk.send(conversation.id, text('No'))).body.code === 'channel_disconnected',
      'refused',
    );
    const later = await desk.send(conversation.id, text('Held too'), { whenDisconnected: 'hold' });
    expect(later.status).toBe(201);
    expect(desk.graph.messages.count).toBe(0);

    desk.graph.revive(desk.token);
    const path = `/v1/channels/${desk.shop.channel.id}/credentials`;
    const login = platform === 'instagram' ? { login: 'instagram' } : {};
    expect((await desk.shop.api.put(path, { token: desk.token, graphHost: desk.graph.url, ...login })).status).toBe(
      200,
    );
    await until(() => statesOf(desk, later.body.id).includes('message.sent'), 'the held ones are sent');
    expect(statesOf(desk, held.body.id)).toContain('message.sent');
    expect(desk.graph.messages.repeated()).toEqual([]);
    expect(JSON.stringify(channels.events)).not.toContain(desk.token);
  });
});

describe('who may send', () => {
  it('not a viewer, not another workspace, not through a channel of another workspace', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const conversation = await desk.conversation();
    const viewer = await colleague(desk.shop.tenant, 'viewer');
    const stranger = await tenant();
    const path = `/v1/conversations/${conversation.id}/messages`;
    expect((await viewer.api.post(path, { content: text('No') })).status).toBe(403);
    expect((await stranger.api.post(path, { content: text('No') })).status).toBe(404);
    const through = { channelId: desk.shop.channel.id, to: { phone: '34600111222' }, content: text('No') };
    expect((await stranger.api.post('/v1/messages', through)).status).toBe(404);
    const credentials = `/v1/channels/${desk.shop.channel.id}/credentials`;
    expect((await stranger.api.put(credentials, { token: 'EAAsomething' })).status).toBe(404);
    const own = await stranger.channel('whatsapp');
    const foreign = { channelId: own.id, to: { contactId: conversation.contact.id }, content: text('No') };
    expect([404, 409]).toContain((await stranger.api.post('/v1/messages', foreign)).status);
    expect(desk.graph.messages.count).toBe(0);
  });
});

describe('a message to an address', () => {
  it('outside the service window is refused with what would be allowed, before Meta is asked', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const to = { channelId: desk.shop.channel.id, to: { phone: '+34 600 111 222' } };
    const { status, body } = await desk.shop.api.post('/v1/messages', { ...to, content: text('Hello') });
    expect([status, body.code]).toEqual([422, 'never_wrote']);
    expect(body.detail).toContain('template');
    expect(await desk.shop.conversations()).toEqual([]);
  });
});

describe('a token', () => {
  it('that is not the account’s is refused, and not told', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const path = `/v1/channels/${desk.shop.channel.id}/credentials`;
    const { status, body } = await desk.shop.api.put(path, { token: 'EAAnobodysToken', graphHost: desk.graph.url });
    expect([status, body.code]).toEqual([400, 'token_refused']);
    expect(JSON.stringify(body)).not.toContain('EAAnobodysToken');
    const elsewhere = await desk.shop.api.put(path, { token: 'EAAsomething', graphHost: 'http://169.254.169.254' });
    expect([elsewhere.status, elsewhere.body.details[0].field]).toEqual([400, 'graphHost']);
    expect(JSON.stringify(await desk.shop.api.get('/v1/channels'))).not.toContain(desk.token);
  });
});
