import { randomUUID } from 'node:crypto';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, openSendingShop, type SendingShop } from './support/sending-shop';
import type { Body } from './support/shop';
import { colleague, tenant } from './support/world';

afterAll(closeSockets);
afterAll(closeGraphs);

const text = (words: string) => ({ type: 'text', text: words });

describe('who sends', () => {
  let desk: SendingShop;
  let strangers: SendingShop;
  let conversation: Body;
  let elsewhere: Body;
  const path = () => `/v1/conversations/${conversation.id}/messages`;

  beforeAll(async () => {
    [desk, strangers] = await Promise.all([
      openSendingShop<'whatsapp' | 'messenger'>('whatsapp', { callbacks: false }),
      openSendingShop<'whatsapp' | 'messenger'>('messenger', { callbacks: false }),
    ]);
    [conversation, elsewhere] = await Promise.all([desk.conversation(), strangers.conversation()]);
  });

  const received = (words: string) =>
    desk.graph.messages.all().filter(({ body }) => JSON.stringify(body).includes(words)).length;

  it('answers messages of this conversation only', async () => {
    const another = await desk.conversation();
    const foreign = [another, elsewhere].map(async ({ id }, at) => {
      const [message] = await (at === 0 ? desk : strangers).shop.messagesOf(id);
      return desk.send(conversation.id, text('Answer'), { replyToMessageId: message.id });
    });
    for (const { status, body } of await Promise.all(foreign)) {
      expect([status, body.details?.[0].field]).toEqual([400, 'replyToMessageId']);
    }
    expect((await desk.send(conversation.id, text('Answer'), { replyToMessageId: randomUUID() })).status).toBe(400);
    expect(received('Answer')).toBe(0);
  });

  it('cannot touch what is another workspace’s, however it is named', async () => {
    const { api } = strangers.shop;
    const mine = await desk.send(conversation.id, text('Mine'));
    const key = { 'idempotency-key': randomUUID() };
    const answers = [
      await api.post(path(), { content: text('Stolen') }),
      await api.postWith(key, path(), { content: text('Stolen') }),
      await api.post(`/v1/messages/${mine.body.id}/retry`),
      await api.post('/v1/messages', {
        channelId: desk.shop.channel.id,
        to: { contactId: conversation.contact.id },
        content: text('Stolen'),
      }),
      await api.post('/v1/messages', {
        channelId: strangers.shop.channel.id,
        to: { contactId: conversation.contact.id },
        content: text('Stolen'),
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(received('Stolen')).toBe(0);
    expect(strangers.graph.messages.count).toBe(0);
  });

  it('may be an agent, and not a viewer', async () => {
    const [agent, viewer] = await Promise.all([
      colleague(desk.shop.tenant, 'agent'),
      colleague(desk.shop.tenant, 'viewer'),
    ]);
    const sent = await agent.api.post(path(), { content: text('From an agent') });
    expect([sent.status, sent.body.author]).toEqual([201, { kind: 'user', id: agent.userId }]);
    const refused = [
      await viewer.api.post(path(), { content: text('From a viewer') }),
      await viewer.api.post('/v1/messages', {
        channelId: desk.shop.channel.id,
        to: { contactId: conversation.contact.id },
        content: text('From a viewer'),
      }),
      await viewer.api.post(`/v1/messages/${sent.body.id}/retry`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(received('From a viewer')).toBe(0);
  });

  it('may be a program whose key has the scope, and is named as its author', async () => {
    const keyOf = (given: object) => desk.shop.api.made('/v1/api-keys', { name: 'Shop', role: 'agent', ...given });
    const [writes, reads, watches] = await Promise.all([
      keyOf({ scopes: ['messages:write'] }),
      keyOf({ scopes: ['messages:read'] }),
      keyOf({ role: 'viewer', scopes: ['messages:write'] }),
    ]);
    const { status, body } = await desk.shop.api.as(writes.key).post(path(), { content: text('From a program') });
    expect([status, body.author]).toEqual([201, { kind: 'api_key', id: writes.id }]);
    for (const { key } of [reads, watches]) {
      expect((await desk.shop.api.as(key).post(path(), { content: text('From a reader') })).status).toBe(403);
    }
    await until(() => received('From a program') === 1, 'it is sent');
    const history = await desk.shop.messagesOf(conversation.id);
    expect(history.find(({ id }) => id === body.id).author).toEqual({ kind: 'api_key', id: writes.id });
    expect(received('From a reader')).toBe(0);
    expect(JSON.stringify(desk.shop.messages.events)).not.toContain(writes.key);
  });

  it('has idempotency keys of their own: neither a colleague, a program nor another workspace meets them', async () => {
    const headers = { 'idempotency-key': `key-${randomUUID()}` };
    const [agent, program] = await Promise.all([
      colleague(desk.shop.tenant, 'agent'),
      desk.shop.api.made('/v1/api-keys', { name: 'Shop', role: 'agent' }),
    ]);
    const senders = [desk.shop.api, agent.api, desk.shop.api.as(program.key)];
    const mine = await Promise.all(
      senders.map((api, at) => api.postWith(headers, path(), { content: text(`Under one key ${at}`) })),
    );
    const theirs = await strangers.send(elsewhere.id, text('Under one key'), {}, headers);
    expect([...mine, theirs].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set([...mine, theirs].map(({ body }) => body.id)).size).toBe(4);
    const again = await desk.send(conversation.id, text('Under one key 0'), {}, headers);
    expect([again.status, again.body.id]).toEqual([200, mine[0]!.body.id]);
    // The same key for another conversation is another request.
    const other = await desk.conversation();
    expect((await desk.send(other.id, text('Under one key 0'), {}, headers)).body.code).toBe('idempotency_key_reused');
  });

  it('does not spend a key on what was refused', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    expect((await desk.send(conversation.id, text('x'.repeat(5000)), {}, headers)).status).toBe(400);
    expect((await desk.send(conversation.id, text('Short enough'), {}, headers)).status).toBe(201);
    for (const key of [' ', 'x'.repeat(256), 'with space', 'ключ'.replace(/[^ -~]/g, '\u00e9')]) {
      const { status, body } = await desk.send(conversation.id, text('No'), {}, { 'idempotency-key': key });
      expect([status, body.detail?.includes('Idempotency-Key')]).toEqual([400, true]);
    }
  });
});

describe('content made to harm', () => {
  let desk: SendingShop;
  let conversation: Body;
  let unharmed = 0;

  beforeAll(async () => {
    desk = await openSendingShop<'whatsapp'>('whatsapp', { callbacks: false });
    conversation = await desk.conversation();
  });

  /** Posts a body as it stands, as no client of ours would write it. */
  async function posts(body: string): Promise<{ status: number; body: string }> {
    const { api } = desk.shop;
    const response = await fetch(`${api.url}/v1/conversations/${conversation.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const flow = (data: string) =>
    `{"content":{"type":"flow","text":"x","button":"b","flowId":"1","screen":"S","data":${data}}}`;

  it.each([
    ['a prototype beside the content', '{"__proto__":{"content":{}},"content":{"type":"text","text":"x"}}'],
    ['a prototype in the content', '{"content":{"type":"text","text":"x","__proto__":{"admin":true}}}'],
    ['a prototype for the content', '{"content":{"__proto__":{"type":"text","text":"x"}}}'],
    ['a constructor in the content', '{"content":{"type":"text","text":"x","constructor":{"prototype":{"a":1}}}}'],
    [
      'a constructor in what a flow is given',
      flow('{"constructor":{"prototype":{"admin":true}}}').replace('}}}}', '}}}'),
    ],
    ['a kind that every object has', '{"content":{"type":"constructor"}}'],
    ['the kind __proto__', '{"content":{"type":"__proto__"}}'],
    ['the kind toString', '{"content":{"type":"toString","text":"x"}}'],
    ['a kind that is no text', '{"content":{"type":["text"],"text":"x"}}'],
    ['a list for the content', '{"content":[{"type":"text","text":"x"}]}'],
    ['an object for a text', '{"content":{"type":"text","text":{"toString":"x"}}}'],
    ['an unknown member', '{"content":{"type":"text","text":"x","to":"34600"}}'],
    ['an unknown option', '{"content":{"type":"text","text":"x"},"priority":0}'],
    ['a sender', '{"content":{"type":"text","text":"x"},"author":{"kind":"user","id":"x"}}'],
    ['20,000 levels', `{"content":${nested(20_000)}}`],
    ['20,000 levels in what a flow is given', flow(nested(20_000))],
    ['300 KB of text', `{"content":{"type":"text","text":"${'x'.repeat(300_000)}"}}`],
    [
      '300 KB of members',
      `{"content":{"type":"text","text":"x",${Array.from({ length: 20_000 }, (_, n) => `"m${n}":1`)}}}`,
    ],
    ['NUL in the text', '{"content":{"type":"text","text":"a\\u0000b"}}'],
    ['half a character in the text', '{"content":{"type":"text","text":"a\\ud800b"}}'],
    ['NUL in the client’s id', '{"content":{"type":"text","text":"x"},"clientId":"a\\u0000b"}'],
    ['half a character in the client’s id', '{"content":{"type":"text","text":"x"},"clientId":"a\\ud800b"}'],
    ['no JSON', '{"content":{"type":"text","text":"x"'],
    ['null', 'null'],
  ])('(%s) is refused, in few words', async (_, body) => {
    const answer = await posts(body);
    expect(answer.status).toBe(400);
    expect(answer.body.length).toBeLessThan(20_000);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('beyond a megabyte is not even read', async () => {
    expect((await posts(`{"content":{"type":"text","text":"${'x'.repeat(1_200_000)}"}}`)).status).toBe(413);
  });

  it('has sent nothing, and the channel sends on', async () => {
    const words = `<script>alert(1)</script> '; drop table messages; -- ${'🙂'.repeat(50)}`;
    const { status, body } = await desk.send(conversation.id, text(words), { clientId: `"'\\; --` });
    unharmed += 1;
    expect([status, body.clientId]).toEqual([201, `"'\\; --`]);
    await until(() => desk.graph.messages.count === unharmed, 'it is sent');
    expect(desk.graph.messages.all()[0]!.body).toMatchObject({ text: { body: words } });
    const [, kept] = (await desk.shop.onlyConversation()).messages;
    expect(kept.content).toEqual({ text: words });
  });
});

it('a stranger’s list holds nothing of what was sent', async () => {
  const [desk, stranger] = [await openSendingShop('instagram', { callbacks: false }), await tenant()];
  const conversation = await desk.conversation();
  const { body } = await desk.send(conversation.id, text('For you alone'));
  await until(() => desk.graph.messages.count === 1, 'it is sent');
  for (const path of ['/v1/conversations', '/v1/events?limit=1000', '/v1/search/messages?q=alone']) {
    expect(JSON.stringify((await stranger.api.get(path)).body)).not.toMatch(new RegExp(`For you alone|${body.id}`));
  }
});
