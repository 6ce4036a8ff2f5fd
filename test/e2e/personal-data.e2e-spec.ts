import { messenger, messengerChat, sends, type WhatsAppChat, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, firstConversation, openConnecting } from './support/connecting';
import { bodyOf, deliver, deliverBody } from './support/deliver';
import { bodiesOf, eraseWhole, everything } from './support/erasing';
import { closeGraphs as closeSendingGraphs, openSendingShop } from './support/sending-shop';
import { type Body, openShop, openTwoShops, type Shop, settle } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);
afterEach(closeSendingGraphs);

const ana = { name: 'Ana Secretname', waId: '34600777888', userId: 'ES.90000000000000007777', phone: 'shown' as const };
const secrets = ['Secretname', ana.waId, ana.userId, 'secret words', 'ana.secret@example.com'];

/** Ana and Ben wrote in one webhook; Ana was known under a second contact, too, and reacted and read. */
async function told(shop: Shop<'whatsapp'>) {
  const byAna = shop.chat({ customer: ana });
  const byBen = shop.chat({ customer: { waId: '4915111111', userId: undefined, phone: 'shown', name: 'Ben' } });
  const before = shop.webhooks.of('webhook.received').length;
  await deliverBody(bodyOf([whatsapp.text(byAna, 'secret words'), whatsapp.text(byBen, 'Ben is here')], 'merged'));
  await shop.webhooks.waitFor('webhook.received', before + 2);
  const conversations = await shop.conversations();
  const [hers, his] = ['Ana Secretname', 'Ben'].map((name) =>
    conversations.find(({ contact }) => contact.name === name),
  );
  const { id: twin } = await shop.api.made('/v1/contacts', {
    name: 'Twin Secretname',
    email: 'ana.secret@example.com',
  });
  await shop.api.made(`/v1/contacts/${hers.contact.id}/merge`, { contactId: twin });
  await shop.api.made(`/v1/contacts/${hers.contact.id}/consents`, {
    state: 'opted_in',
    detail: 'secret words on a form',
  });
  const [message] = await shop.messagesOf(hers.id);
  await shop.receives([whatsapp.reaction(byAna, message.platformMessageId, '❤️'), whatsapp.text(byBen, 'Ben again')]);
  return { hers, his, twin, byAna };
}

describe("one person's data", () => {
  it('is handed out whole, theirs alone, and that is told', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { hers, twin } = await told(shop);
    const contacts = await shop.tenant.sockets('/contacts');
    const { status, body } = await shop.api.get(`/v1/contacts/${hers.contact.id}/personal-data`);
    expect(status).toBe(200);
    expect(body.contactIds.toSorted()).toEqual([hers.contact.id, twin].toSorted());
    expect(body.contact).toMatchObject({ name: 'Ana Secretname', phone: ana.waId, email: 'ana.secret@example.com' });
    expect(body.identities).toHaveLength(3);
    expect(body.consents).toMatchObject([{ detail: 'secret words on a form' }]);
    expect(body.messages).toMatchObject([{ content: { text: 'secret words' }, reactions: [{ emoji: '❤️' }] }]);
    expect(body.webhookItems.map(({ kind }: { kind: string }) => kind)).toEqual(['message', 'reaction']);
    expect(JSON.stringify(body.webhookItems)).toContain('secret words');
    const types = body.events.map(({ type }: { type: string }) => type);
    for (const type of [
      'contact.created',
      'contact.merged',
      'message.received',
      'message.reacted',
      'webhook.received',
      'contact.opted_in',
    ])
      expect(types).toContain(type);
    expect(JSON.stringify(body)).not.toContain('Ben');
    const [exported] = await contacts.waitFor('contact.exported');
    expect(exported!.data).toEqual({ contactId: hers.contact.id, userId: shop.tenant.userId });
    for (const id of [hers.contact.id, '01900000-0000-7000-8000-000000000000'])
      expect((await stranger.api.get(`/v1/contacts/${id}/personal-data`)).status).toBe(404);
  });

  it('is erased from every place, theirs alone, and that is told', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { hers, his, byAna } = await told(shop);
    await stranger.receives(stranger.text(stranger.chat({ customer: ana }), 'secret words'));
    const contacts = await shop.tenant.sockets('/contacts');
    const erase = (api = shop.api) => api.post(`/v1/contacts/${hers.contact.id}/erase`);
    expect((await erase(stranger.api)).status).toBe(404);
    expect((await erase()).status).toBe(202);
    expect((await erase()).status).toBe(404);
    const [erased] = await contacts.waitFor('contact.erased');
    expect(erased!.data).toMatchObject({ contactId: hers.contact.id, userId: shop.tenant.userId });
    const left = (await everything(shop)) + (await bodiesOf(shop));
    for (const secret of secrets) expect([secret, left.includes(secret)]).toEqual([secret, false]);
    expect(left).toContain('Ben is here');
    expect((await shop.messagesOf(his.id)).map(({ content }) => content.text)).toEqual(['Ben is here', 'Ben again']);
    expect((await shop.api.get(`/v1/contacts/${hers.contact.id}`)).status).toBe(404);
    const conversation = (await shop.api.get(`/v1/conversations/${hers.id}`)).body;
    expect(conversation).toMatchObject({ contact: { name: null, phone: null }, lastMessage: { preview: '' } });
    const erasures = await shop.api.all('/v1/contact-erasures');
    expect(erasures).toMatchObject([{ id: erased!.data.erasureId, state: 'done', requestedBy: shop.tenant.userId }]);
    expect(JSON.stringify(erasures)).not.toContain(ana.waId);

    // The log stays whole: nobody who returns is told of a gap.
    const log = await shop.log();
    expect(log.filter(({ data }) => data.erased).length).toBeGreaterThan(5);
    const late = await shop.tenant.sockets('/messages', { cursor: log[0]!.cursor });
    expect(late.notice('ready').resync).toBeUndefined();

    // Who writes again is somebody new.
    await shop.receives(whatsapp.text(byAna, 'Me again'));
    await until(
      async () => (await shop.api.all(`/v1/contacts?search=${ana.waId}`)).length === 1,
      'a new contact is there',
    );
    expect((await shop.messagesOf(hers.id)).map(({ content }) => content)).toEqual([{}]);
    await settle(shop, stranger);
    expect(await everything(stranger)).toContain('secret words');
    expect(await stranger.api.all('/v1/contact-erasures')).toEqual([]);
  });

  it('is for admins', async () => {
    const { shop } = await openTwoShops('whatsapp');
    const { id } = await shop.api.made('/v1/contacts', { name: 'Ana' });
    const [agent, admin] = await Promise.all([colleague(shop.tenant, 'agent'), colleague(shop.tenant, 'admin')]);
    const paths = [`/v1/contacts/${id}/personal-data`, '/v1/contact-erasures'];
    for (const path of paths) {
      expect([path, (await agent.api.get(path)).status]).toEqual([path, 403]);
      expect([path, (await admin.api.get(path)).status]).toEqual([path, 200]);
      expect([path, (await admin.api.as('').get(path)).status]).toEqual([path, 401]);
    }
    expect((await agent.api.post(`/v1/contacts/${id}/erase`)).status).toBe(403);
    expect((await admin.api.post(`/v1/contacts/${id}/erase`)).status).toBe(202);
  });
});

describe('a person who was erased', () => {
  it('does not come back with a conversation that is still being read, and writes again as somebody new', async () => {
    const { owner, graph, account } = await openConnecting('messenger', { callbacks: false });
    let at = Date.now() - 48 * 3_600_000;
    const chat = messengerChat({ account: { id: account.externalId }, now: () => (at += 60_000) });
    graph.hears(Array.from({ length: 120 }, (_, n) => messenger.text(chat, `secret words ${n}`)));
    const olderPages = graph.always({ method: 'GET', path: /\/messages$/ }).fail(613);
    const channel = await owner.api.made('/v1/channels', account.registration);
    const { contact } = await firstConversation(owner);
    await until(() => olderPages.hits > 0, 'older messages are asked for');
    await eraseWhole(owner, contact.id);
    olderPages.end();
    const path = `/v1/channels/${channel.id}/backfill`;
    const isRead = async () => (await owner.api.get(path)).body.state === 'idle';
    await until(isRead, 'all is read');
    expect(await owner.api.all('/v1/contacts')).toEqual([]);
    expect(await owner.api.all('/v1/conversations')).toHaveLength(1);

    at = Date.now();
    const again = messenger.text(chat, 'Me again');
    graph.hears(again);
    await deliver(again);
    const known = await until(async () => (await owner.api.all('/v1/contacts'))[0], 'they are known anew');
    expect((await owner.api.post(path)).status).toBe(200);
    await until(isRead, 'all is read again');
    const conversations = await owner.api.all('/v1/conversations');
    const theirs = conversations.find((one: Body) => one.contact.id === known.id);
    const messages = await owner.api.all(`/v1/conversations/${theirs.id}/messages`);
    expect(messages.map(({ content }: Body) => content.text)).toEqual(['Me again']);
  });

  it('does not come back with the history of a phone that joins; others do', async () => {
    const shop = await openShop('whatsapp');
    const now = Date.now;
    const byAna = shop.chat({ customer: ana, now });
    const byBen = shop.chat({ customer: { waId: '4915111111', userId: undefined, phone: 'shown', name: 'Ben' }, now });
    await shop.receives(whatsapp.text(byAna, 'secret words'));
    const { conversation } = await shop.onlyConversation();
    await eraseWhole(shop.tenant, conversation.contact.id);
    const yesterday = Date.now() - 24 * 3_600_000;
    const past = (chat: WhatsAppChat, words: string) => ({
      chat,
      messages: [
        { item: whatsapp.text(chat, words, { at: yesterday }) },
        { item: whatsapp.echo(chat, words, { at: yesterday + 1000 }), status: 'READ' as const },
      ],
    });
    await shop.receives(whatsapp.history([past(byAna, 'secret words of yesterday'), past(byBen, 'Ben was here')]));
    await settle(shop);
    const contacts = await shop.api.all('/v1/contacts');
    expect(contacts.map(({ phone }: Body) => phone)).not.toContain(ana.waId);
    expect(contacts.map(({ phone }: Body) => phone)).toContain('4915111111');
    const shown = await shop.conversations();
    const lists = await Promise.all(shown.map(({ id }) => shop.messagesOf(id)));
    expect(JSON.stringify([shown, lists])).not.toContain('secret words');
    expect(lists.flat().filter(({ content }) => content.text === 'Ben was here')).toHaveLength(2);
  });

  it('is sent nothing any more: not what waits, not what is under way and Meta throttles', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const [theirs, other, another] = await desk.conversations(3);
    const { tenant, messages } = desk.shop;
    const send = (id: string, words: string) => desk.send(id, { type: 'text', text: words });
    const underWay = desk.graph.next(1, sends).hold();
    desk.graph.next(1, sends).fail(130429);
    await send(theirs.id, 'secret words under way');
    await send(theirs.id, 'secret words that wait');
    await until(() => underWay.hits === 1, 'the first is under way');
    const contacts = await tenant.sockets('/contacts');
    expect((await tenant.api.post(`/v1/contacts/${theirs.contact.id}/erase`)).status).toBe(202);
    // Asked for later, so it was looked at later.
    await eraseWhole(tenant, another.contact.id);
    const erased = () => contacts.of('contact.erased').map(({ data }) => data.contactId);
    expect(erased()).toEqual([another.contact.id]);
    underWay.release();
    await until(() => erased().includes(theirs.contact.id), 'it is erased, the last call having ended');
    expect((await send(theirs.id, 'And this?')).status).toBe(422);
    // One channel sends in the order given: what went back into the queue would leave before this, or fail there.
    await send(other.id, 'For somebody else');
    await until(() => messages.of('message.sent').length > 0, 'the channel sends again');
    expect(desk.graph.messages.all().map(({ recipient }) => recipient)).toEqual([other.contact.phone]);
    expect(messages.of('message.failed')).toEqual([]);
  });

  it('is not sent again what Meta gave no answer to', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const conversation = await desk.conversation();
    desk.graph.next(1, sends).reset();
    const { body } = await desk.send(conversation.id, { type: 'text', text: 'secret words' });
    await until(() => desk.shop.messages.of('message.unknown').length === 1, 'nobody knows');
    await eraseWhole(desk.shop.tenant, conversation.contact.id);
    const { status, body: refusal } = await desk.shop.api.post(`/v1/messages/${body.id}/retry`);
    expect([status, refusal.code]).toEqual([409, 'not_retryable']);
    expect(desk.graph.messages.count).toBe(1);
  });

  it.each(['messenger', 'instagram'] as const)(
    'does not come back with the echo of what was under way at the erasure, on %s',
    async (platform) => {
      const desk = await openSendingShop(platform, {
        callbacks: { sentAfterMs: false, deliveredAfterMs: false, readAfterMs: false },
      });
      const { shop, graph } = desk;
      const { id, contact } = await desk.conversation();
      const underWay = graph.next(1, sends).hold();
      await desk.send(id, { type: 'text', text: 'secret words under way' });
      await until(() => underWay.hits === 1, 'it is under way');
      const contacts = await shop.tenant.sockets('/contacts');
      expect((await shop.api.post(`/v1/contacts/${contact.id}/erase`)).status).toBe(202);
      underWay.release();
      await contacts.waitFor('contact.erased');
      const before = shop.webhooks.of('webhook.received').length;
      // Of after the erasure, by Meta's clock.
      graph.tell(graph.messages.all()[0]!, { tells: 'echo', afterMs: 0 });
      await shop.webhooks.waitFor('webhook.received', before + 1);
      expect(await shop.api.all('/v1/contacts')).toEqual([]);
      expect((await shop.conversations()).map((one) => one.id)).toEqual([id]);
    },
  );

  it.each(['messenger', 'whatsapp'] as const)('does not come back with echoes of %s from before', async (platform) => {
    const shop = await openShop(platform);
    const chat = shop.chat({ now: Date.now } as never);
    const answer = shop.echo(chat, 'secret words, answered');
    await shop.receives([shop.text(chat, 'secret words'), answer]);
    const { conversation } = await shop.onlyConversation();
    const late = shop.echo(chat, 'secret words, answered twice');
    await eraseWhole(shop.tenant, conversation.contact.id);
    await deliver(answer);
    await shop.receives(late);
    await settle(shop);
    const contacts = await shop.api.all('/v1/contacts');
    expect(contacts).toHaveLength(1);
    const shown = (await shop.conversations()).filter(({ id }) => id !== conversation.id);
    expect(shown).toEqual([]);
    // What is written to them from now is of now.
    await shop.receives(shop.echo(chat, 'Hello again', { at: Date.now() + 1000 }));
    await until(async () => (await shop.api.all('/v1/contacts')).length === 2, 'they are known anew');
  });
});
