import { closeSockets } from '../support/socket-client';
import { openTwoShops, type Shop, settle } from './support/shop';
import { colleague, operator } from './support/world';

afterEach(closeSockets);

/** A shop with one of everything. */
async function busy(shop: Shop) {
  await shop.receives(shop.text(shop.chat(), `Secret of ${shop.channel.externalId}`));
  const { conversation, messages } = await shop.onlyConversation();
  const [delivery] = await shop.deliveries();
  return {
    conversation: conversation.id,
    message: messages[0].id,
    delivery: delivery.id,
    contact: conversation.contact.id,
  };
}

describe('two workspaces', () => {
  it('find each nothing of the other in any list', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    await Promise.all([busy(shop), busy(stranger)]);
    const lists = [
      '/v1/channels',
      '/v1/conversations',
      '/v1/webhook-deliveries',
      '/v1/users',
      '/v1/workspaces',
      '/v1/events',
    ];
    for (const list of lists) {
      const [mine, theirs] = await Promise.all([shop.api.get(list), stranger.api.get(list)]);
      expect([list, mine.status, theirs.status]).toEqual([list, 200, 200]);
      expect(mine.body.items.length).toBeGreaterThan(0);
      const idsOf = ({ body }: typeof mine): string[] => body.items.map(({ id }: { id: string }) => id);
      expect(idsOf(mine).filter((id) => idsOf(theirs).includes(id))).toEqual([]);
      expect(JSON.stringify(mine.body)).not.toContain(stranger.channel.externalId);
      expect(JSON.stringify(theirs.body)).not.toContain(shop.channel.externalId);
    }
  });

  it('are answered 404 for what is the other’s, as for what does not exist', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const theirs = await busy(stranger);
    const nobodys = '01900000-0000-7000-8000-000000000000';
    for (const id of [theirs, { conversation: nobodys, delivery: nobodys, message: nobodys, contact: nobodys }]) {
      const channel = id === theirs ? stranger.channel.id : nobodys;
      const answers = await Promise.all([
        shop.api.get(`/v1/channels/${channel}`),
        shop.api.get(`/v1/conversations/${id.conversation}`),
        shop.api.get(`/v1/conversations/${id.conversation}/messages`),
        shop.api.post(`/v1/conversations/${id.conversation}/read`),
        shop.api.get(`/v1/webhook-deliveries/${id.delivery}`),
        shop.api.post(`/v1/webhook-deliveries/${id.delivery}/replay`),
      ]);
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 'not_found']));
    }
    expect((await stranger.onlyConversation()).conversation.unreadCount).toBe(1);
  });

  it('cannot page through the other’s lists by the id of something of theirs', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const [mine, theirs] = [await busy(shop), await busy(stranger)];
    for (const path of [
      `/v1/conversations?before=${theirs.conversation}`,
      `/v1/conversations/${mine.conversation}/messages?before=${theirs.message}`,
      `/v1/conversations?channelId=${stranger.channel.id}`,
      `/v1/webhook-deliveries?channelId=${stranger.channel.id}`,
    ]) {
      const { status, body } = await shop.api.get(path);
      expect([path, status, JSON.stringify(body).includes(stranger.channel.externalId)]).toEqual([path, 200, false]);
    }
    const upTo = await shop.api.post(`/v1/conversations/${mine.conversation}/read`, { messageId: theirs.message });
    expect([upTo.status, upTo.body.code]).toEqual([404, 'not_found']);
  });

  it('cannot listen in the other’s rooms', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const { conversation, contact } = await busy(stranger);
    for (const room of [
      { kind: 'channel', id: stranger.channel.id },
      { kind: 'conversation', id: conversation },
      { kind: 'contact', id: contact },
    ]) {
      const ack = await shop.messages.ask('subscribe', { rooms: [room] });
      expect(ack).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
    const typing = await shop.messages.ask('typing.start', { conversationId: conversation });
    expect(typing).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await stranger.receives(stranger.text(stranger.chat(), 'Still private'));
    await settle(shop, stranger);
    expect(shop.told('messages')).toEqual([]);
    expect(stranger.messages.of('typing.started')).toEqual([]);
  });

  it('have each their own position in their own log', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await busy(stranger);
    const { body } = await shop.api.get('/v1/events');
    const theirs = (await stranger.api.get('/v1/events')).body;
    expect(theirs.head > body.head).toBe(true);
    const beyond = await shop.api.get(`/v1/events?after=${theirs.head}`);
    expect([beyond.status, beyond.body.code]).toEqual([410, 'resync']);
  });
});

describe('the operator of the instance', () => {
  it('sees no conversation of a workspace they are not in', async () => {
    const { shop } = await openTwoShops('messenger');
    const { conversation, delivery } = await busy(shop);
    const api = await operator();
    expect((await api.get(`/v1/conversations/${conversation}`)).status).toBe(404);
    expect((await api.get(`/v1/webhook-deliveries/${delivery}`)).status).toBe(404);
    const listed = await api.all('/v1/webhook-deliveries?scope=operator');
    expect(JSON.stringify(listed)).not.toContain(shop.channel.externalId);
  });
});

describe('nobody', () => {
  it.each([
    ['GET', '/v1/channels'],
    ['POST', '/v1/channels'],
    ['GET', '/v1/meta-apps'],
    ['GET', '/v1/conversations'],
    ['GET', '/v1/conversations/01900000-0000-7000-8000-000000000000'],
    ['GET', '/v1/conversations/01900000-0000-7000-8000-000000000000/messages'],
    ['POST', '/v1/conversations/01900000-0000-7000-8000-000000000000/read'],
    ['GET', '/v1/webhook-deliveries'],
    ['GET', '/v1/webhook-deliveries/01900000-0000-7000-8000-000000000000'],
    ['POST', '/v1/webhook-deliveries/01900000-0000-7000-8000-000000000000/replay'],
    ['GET', '/v1/events'],
    ['POST', '/v1/events/prune'],
    ['GET', '/v1/realtime/stats'],
  ])('without a token gets anything from %s %s', async (method, path) => {
    const anonymous = (await operator()).as('');
    const answer = method === 'GET' ? await anonymous.get(path) : await anonymous.post(path);
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
  });
});

it('a viewer may look and change nothing', async () => {
  const { shop } = await openTwoShops('messenger');
  const { conversation, delivery } = await busy(shop);
  const viewer = await colleague(shop.tenant, 'viewer');
  for (const path of [
    '/v1/channels',
    '/v1/conversations',
    `/v1/conversations/${conversation}/messages`,
    '/v1/webhook-deliveries',
    '/v1/events',
  ]) {
    expect([path, (await viewer.api.get(path)).status]).toEqual([path, 200]);
  }
  for (const path of [
    '/v1/channels',
    '/v1/meta-apps',
    `/v1/conversations/${conversation}/read`,
    `/v1/webhook-deliveries/${delivery}/replay`,
    '/v1/events/prune',
    '/v1/workspaces',
  ]) {
    const answer = await viewer.api.post(path);
    expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'forbidden']);
  }
});
