import { sends, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { deliver } from './support/deliver';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { openShop, openTwoShops, type Shop, settle } from './support/shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const number = { waId: '34600111222', userId: undefined, phone: 'shown' as const, name: 'Ana by number' };
const userId = { waId: '34600111222', userId: 'ES.90000000000000000001', phone: 'hidden' as const, name: 'Ana by id' };

/** Somebody who wrote three times with her number and twice without, before WhatsApp showed both. */
async function knownTwice(shop: Shop<'whatsapp'>) {
  const chats = { byNumber: shop.chat({ customer: number }), byId: shop.chat({ customer: userId }) };
  for (const chat of [chats.byNumber, chats.byId, chats.byNumber]) await shop.receives(shop.text(chat, 'Hello'));
  await shop.receives([shop.text(chats.byId, 'Second'), shop.text(chats.byNumber, 'Third')]);
  const conversations = await shop.conversations();
  const of = (name: string) => conversations.find(({ contact }) => contact.name === name);
  return { ...chats, number: of(number.name), id: of(userId.name) };
}

const unreadOf = async (shop: Shop): Promise<number> =>
  (await shop.tenant.sockets('/messages')).notice('ready').unread.total;

describe('two contacts', () => {
  it('of which WhatsApp shows both ids become one by themselves, told once', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { number: other, id: known } = await knownTwice(shop);
    const contacts = await shop.tenant.sockets('/contacts');
    const both = shop.chat({ customer: { ...userId, phone: 'shown', name: 'Ana' } });
    await shop.receives([whatsapp.text(both, 'Both ids'), whatsapp.text(both, 'Again')]);
    const [merged] = await contacts.waitFor('contact.merged');
    expect(merged!.data).toMatchObject({
      contact: { id: known.contact.id, name: 'Ana', phone: number.waId },
      mergedContactId: other.contact.id,
      reason: 'linked',
      conversations: [{ id: other.id, into: known.id }],
      undone: false,
    });
    const { conversation, messages } = await shop.onlyConversation();
    expect(conversation).toMatchObject({ id: known.id, unreadCount: 7 });
    expect(messages.map(({ contactId, author }) => [contactId, author.id])).toEqual(
      Array(7).fill(Array(2).fill(known.contact.id)),
    );
    expect(await unreadOf(shop)).toBe(7);
    await settle(shop, stranger);
    expect(contacts.of('contact.merged')).toHaveLength(1);
    expect((await stranger.log()).filter(({ type }) => type === 'contact.merged')).toEqual([]);
    const gone = await shop.api.get(`/v1/contacts/${other.contact.id}`);
    expect([gone.status, gone.body.details]).toEqual([404, { mergedInto: known.contact.id }]);
    // Whichever id they write with from now on.
    await shop.receives([
      shop.text(shop.chat({ customer: number }), 'by number'),
      shop.text(shop.chat({ customer: userId }), 'by id'),
    ]);
    expect((await shop.onlyConversation()).messages).toHaveLength(9);
  });

  it('with a user id each stay two, although a number went from one to the other', async () => {
    const shop = await openShop('whatsapp');
    const before = shop.chat({ customer: { ...userId, phone: 'shown' } });
    const other = shop.chat({ customer: { ...userId, userId: 'ES.2', phone: 'hidden', name: 'Ben' } });
    await shop.receives([shop.text(before, 'Mine'), shop.text(other, 'Hello')]);
    await shop.receives(
      shop.text(shop.chat({ customer: { ...userId, userId: 'ES.2', phone: 'shown', name: 'Ben' } }), 'Got this number'),
    );
    const numberOnly = shop.chat({ customer: { ...number, waId: '4915100000', name: 'Cid' } });
    const cid = { ...userId, userId: 'ES.3', waId: '4915100000', name: 'Cid' };
    await shop.receives([shop.text(numberOnly, '1'), shop.text(shop.chat({ customer: cid }), '2')]);
    await shop.receives(shop.text(shop.chat({ customer: { ...cid, phone: 'shown' } }), '3'));
    // Cid's, found later, are merged; so the pair before was looked at.
    await until(async () => (await shop.conversations()).length === 3, 'Cid is one contact');
    expect((await shop.conversations()).map(({ contact }) => contact.name).toSorted()).toEqual([
      'Ana by id',
      'Ben',
      'Cid',
    ]);
  });

  it('are merged by hand with all that is theirs, and are two again when that is taken back', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { byNumber, byId, number: first, id: second } = await knownTwice(shop);
    const page = await shop.tenant.channel('messenger');
    await shop.api.made('/v1/contact-tags', { name: 'VIP' });
    await shop.api.made('/v1/contact-attributes', { key: 'plan', label: 'Plan', type: 'text' });
    await shop.api.patch(`/v1/contacts/${first.contact.id}`, {
      tags: ['VIP'],
      email: 'ana@example.com',
      attributes: { plan: 'gold' },
    });
    await shop.api.post(`/v1/contacts/${first.contact.id}/identities`, {
      kind: 'psid',
      value: '77',
      channelId: page.id,
    });
    await shop.api.post(`/v1/contacts/${first.contact.id}/consents`, {
      state: 'opted_out',
      at: '2026-01-02T00:00:00Z',
    });
    await shop.api.post(`/v1/contacts/${second.contact.id}/consents`, {
      state: 'opted_in',
      at: '2026-01-01T00:00:00Z',
    });
    const agent = await colleague(shop.tenant, 'agent');
    await agent.api.post(`/v1/conversations/${first.id}/read`);
    await shop.receives(shop.text(byNumber, 'Unread by the agent'));
    const before = await Promise.all([first, second].map(({ contact }) => shop.api.get(`/v1/contacts/${contact.id}`)));
    const shown = await Promise.all([first, second].map(({ id }) => shop.api.get(`/v1/conversations/${id}`)));
    const messages = await Promise.all([first, second].map(({ id }) => shop.messagesOf(id)));
    const readyOf = async () => (await agent.sockets('/messages')).notice('ready').unread.total;
    const agentBefore = await readyOf();

    const merge = () => agent.api.post(`/v1/contacts/${second.contact.id}/merge`, { contactId: first.contact.id });
    const merged = await merge();
    expect(merged.body).toMatchObject({
      id: second.contact.id,
      name: userId.name,
      email: 'ana@example.com',
      tags: ['VIP'],
      attributes: { plan: 'gold' },
    });
    expect(merged.body.identities).toHaveLength(4);
    expect((await shop.api.get(`/v1/contacts/${second.contact.id}/consents`)).body.items).toMatchObject([
      { state: 'opted_out' },
    ]);
    const { conversation, messages: together } = await shop.onlyConversation();
    expect([conversation.id, together.length]).toEqual([second.id, 6]);
    expect(together.map(({ sentAt }) => sentAt)).toEqual(together.map(({ sentAt }) => sentAt).toSorted());
    expect(await unreadOf(shop)).toBe(6);
    // The agent had read three of six, but not the first of the other's: nothing counts as read that was not.
    expect(await readyOf()).toBeGreaterThanOrEqual(agentBefore);
    await agent.api.post(`/v1/conversations/${second.id}/read`);
    expect(await readyOf()).toBe(0);
    expect((await merge()).status).toBe(404);

    await shop.receives(shop.text(byId, 'Since the merge'));
    const [record] = await shop.api.all(`/v1/contacts/${second.contact.id}/merges`);
    expect(record).toMatchObject({
      mergedContactId: first.contact.id,
      mergedName: number.name,
      mergedBy: agent.userId,
      undoneAt: null,
    });
    const undo = () => agent.api.post(`/v1/contacts/${second.contact.id}/merges/${record.id}/undo`);
    expect((await undo()).status).toBe(200);
    expect((await undo()).status).toBe(409);
    const after = await Promise.all([first, second].map(({ contact }) => shop.api.get(`/v1/contacts/${contact.id}`)));
    const comparable = ({ body }: (typeof after)[0]) => ({ ...body, updatedAt: null, lastSeenAt: null });
    expect(after.map(comparable)).toEqual(before.map(comparable));
    const again = await Promise.all([first, second].map(({ id }) => shop.messagesOf(id)));
    expect(again[0]).toEqual(messages[0]);
    expect(again[1]!.slice(0, -1)).toEqual(messages[1]);
    expect(again[1]!.at(-1).content.text).toBe('Since the merge');
    const shownAfter = await shop.api.get(`/v1/conversations/${first.id}`);
    expect(shownAfter.body.lastMessage).toEqual(shown[0]!.body.lastMessage);
    expect([await unreadOf(shop), await readyOf()]).toEqual([7, 1]);
    expect((await shop.api.get(`/v1/contacts/${first.contact.id}/consents`)).body.items).toMatchObject([
      { state: 'opted_out' },
    ]);
    expect((await shop.api.get(`/v1/contacts/${second.contact.id}/consents`)).body.items).toMatchObject([
      { state: 'opted_in' },
    ]);
    await shop.receives(shop.text(byNumber, 'Hers again'));
    expect((await shop.messagesOf(first.id)).at(-1).content.text).toBe('Hers again');
    expect(await stranger.conversations()).toEqual([]);
  });

  it('keep the labels, the assignee and the state of what was joined', async () => {
    const shop = await openShop('whatsapp');
    const { api } = shop;
    const { number: first, id: second } = await knownTwice(shop);
    const [refund, urgent] = await Promise.all(
      ['Refund', 'Urgent'].map((name) => api.made('/v1/labels', { name, color: '#ff0000' })),
    );
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const later = new Date(Date.now() + 7_200_000).toISOString();
    const shown = async (id: string) => (await api.get(`/v1/conversations/${id}`)).body;
    const change = async (id: string, body: object) => {
      const { version } = await shown(id);
      expect((await api.patch(`/v1/conversations/${id}`, { version, ...body })).status).toBe(200);
    };
    await change(first.id, { labels: [refund.id, urgent.id], assigneeId: shop.tenant.userId });
    await change(first.id, { status: 'snoozed', snoozedUntil: soon });
    await change(second.id, { labels: [urgent.id], status: 'snoozed', snoozedUntil: later });
    const before = await Promise.all([first, second].map(({ id }) => shown(id)));
    await api.made(`/v1/contacts/${second.contact.id}/merge`, { contactId: first.contact.id });
    const joined = await shown(second.id);
    expect(joined).toMatchObject({
      labels: [urgent.id, refund.id],
      assigneeId: shop.tenant.userId,
      status: 'snoozed',
      snoozedUntil: soon,
    });
    expect(joined.version).toBeGreaterThan(Math.max(...before.map(({ version }) => version)));
    const [{ id: mergeId }] = await api.all(`/v1/contacts/${second.contact.id}/merges`);
    await api.made(`/v1/contacts/${second.contact.id}/merges/${mergeId}/undo`);
    const { labels, assigneeId, status } = before[0];
    expect(await shown(first.id)).toMatchObject({ labels, assigneeId, status, snoozedUntil: soon });
    expect(await shown(second.id)).toMatchObject({ labels: [urgent.id], assigneeId: null });

    await change(first.id, { status: 'open' });
    await api.made(`/v1/contacts/${second.contact.id}/merge`, { contactId: first.contact.id });
    expect(await shown(second.id)).toMatchObject({ status: 'open', snoozedUntil: null });
  });

  it('on different channels keep their conversations, which move whole and back', async () => {
    const shop = await openShop('whatsapp');
    const page = await shop.tenant.channel('instagram');
    await shop.receives(shop.text(shop.chat({ customer: number }), 'On WhatsApp'));
    const { conversation, messages } = await shop.onlyConversation();
    const { id } = await shop.api.made('/v1/contacts', {
      name: 'On Instagram',
      identities: [{ kind: 'igsid', value: '5', channelId: page.id }],
    });
    await shop.api.made(`/v1/contacts/${id}/merge`, { contactId: conversation.contact.id });
    const moved = await shop.onlyConversation();
    expect([moved.conversation.id, moved.conversation.contact.id, moved.messages[0].contactId]).toEqual([
      conversation.id,
      id,
      id,
    ]);
    const [{ id: mergeId }] = await shop.api.all(`/v1/contacts/${id}/merges`);
    await shop.api.made(`/v1/contacts/${id}/merges/${mergeId}/undo`);
    const back = await shop.onlyConversation();
    expect([back.conversation.contact.id, back.messages]).toEqual([conversation.contact.id, messages]);
  });

  it('are merged while messages come in, and none of them is lost or counted twice', async () => {
    const shop = await openShop('whatsapp');
    const { byNumber, byId, number: first, id: second } = await knownTwice(shop);
    const items = Array.from({ length: 20 }, (_, at) => shop.text(at % 2 ? byNumber : byId, `during ${at}`));
    const came = shop.webhooks.of('webhook.received').length + items.length;
    const results = await Promise.all([
      ...items.map((item) => deliver(item).then(() => 200)),
      shop.api
        .post(`/v1/contacts/${second.contact.id}/merge`, { contactId: first.contact.id })
        .then(({ status }) => status),
      shop.api
        .post(`/v1/contacts/${first.contact.id}/merge`, { contactId: second.contact.id })
        .then(({ status }) => status),
      shop.api.post(`/v1/conversations/${first.id}/read`).then(() => 200),
    ]);
    expect(results.slice(-3, -1).toSorted()).toEqual([200, 404]);
    await shop.webhooks.waitFor('webhook.received', came);
    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(25);
    await shop.api.post(`/v1/conversations/${conversation.id}/read`);
    expect(await unreadOf(shop)).toBe(0);
    expect((await shop.onlyConversation()).conversation.unreadCount).toBe(0);
  });

  it('are not merged across workspaces, with themselves, by a viewer, nor out of order taken apart', async () => {
    const [mine, other] = await Promise.all([tenant(), tenant()]);
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((name) => mine.api.made('/v1/contacts', { name })));
    const foreign = await other.api.made('/v1/contacts', { name: 'Foreign' });
    const merge = (id: string, contactId: string, api = mine.api) =>
      api.post(`/v1/contacts/${id}/merge`, { contactId });
    expect((await merge(a.id, foreign.id)).status).toBe(404);
    expect((await merge(foreign.id, a.id)).status).toBe(404);
    expect((await merge(a.id, a.id)).status).toBe(400);
    expect((await merge(a.id, b.id, (await colleague(mine, 'viewer')).api)).status).toBe(403);
    expect((await merge(a.id, b.id)).status).toBe(200);
    expect((await merge(a.id, c.id)).status).toBe(200);
    const [second, first] = await mine.api.all(`/v1/contacts/${a.id}/merges`);
    const undo = (id: string, api = mine.api) => api.post(`/v1/contacts/${a.id}/merges/${id}/undo`);
    expect((await undo(first.id)).body.details).toEqual({ mergeId: second.id });
    expect((await undo(second.id, other.api)).status).toBe(404);
    expect((await other.api.get(`/v1/contacts/${a.id}/merges`)).status).toBe(404);
    expect([(await undo(second.id)).status, (await undo(first.id)).status]).toEqual([200, 200]);
    expect(await mine.api.all('/v1/contacts')).toHaveLength(3);
  });
});

describe('what is sent to two contacts that become one', () => {
  const text = (words: string) => ({ type: 'text', text: words });

  it('can be sent again where it failed, in the conversation it is in then', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const { api, messages } = desk.shop;
    const [one, two] = await desk.conversations(2);
    desk.graph.next(2, sends).fail(131009);
    const failed = [await desk.send(two.id, text('Try')), await desk.send(two.id, text('Try too'))];
    await messages.waitFor('message.failed', 2);
    await api.made(`/v1/contacts/${one.contact.id}/merge`, { contactId: two.contact.id });
    const joined = await api.made(`/v1/messages/${failed[0]!.body.id}/retry`);
    expect([joined.conversationId, joined.contactId]).toEqual([one.id, one.contact.id]);
    const [{ id: mergeId }] = await api.all(`/v1/contacts/${one.contact.id}/merges`);
    await api.made(`/v1/contacts/${one.contact.id}/merges/${mergeId}/undo`);
    const parted = await api.made(`/v1/messages/${failed[1]!.body.id}/retry`);
    expect([parted.conversationId, parted.contactId]).toEqual([two.id, two.contact.id]);
    await messages.waitFor('message.sent', 2);
  });

  it('leaves in its order, and not before WhatsApp allows it', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const [one, two] = await desk.conversations(2);
    desk.graph.next(1, sends).fail(131056);
    const began = Date.now();
    const first = await desk.send(two.id, text('First'));
    await until(() => desk.graph.messages.refused.get(131056) === 1, 'the recipient is throttled');
    await desk.shop.api.made(`/v1/contacts/${one.contact.id}/merge`, { contactId: two.contact.id });
    const second = await desk.send(one.id, text('Second'));
    await until(() => desk.graph.messages.count > 0, 'it is sent');
    // Four seconds, by Meta's advice.
    expect(Date.now() - began).toBeGreaterThanOrEqual(4000);
    await until(() => desk.graph.messages.count === 2, 'both are sent');
    expect(desk.graph.messages.all().map(({ body }) => JSON.stringify(body))).toEqual([
      expect.stringContaining(first.body.id),
      expect.stringContaining(second.body.id),
    ]);
  });

  it("is looked for in the platform's history when nothing else tells what became of it", async () => {
    const desk = await openSendingShop('messenger', { callbacks: false });
    const [one, two] = await desk.conversations(2);
    desk.graph.next(1, sends).reset();
    const { body } = await desk.send(two.id, text('Received'));
    await desk.shop.messages.waitFor('message.unknown');
    await desk.shop.api.made(`/v1/contacts/${one.contact.id}/merge`, { contactId: two.contact.id });
    const [sent] = await desk.shop.messages.waitFor('message.sent');
    expect(sent!.data.message).toMatchObject({ id: body.id, conversationId: one.id, contactId: one.contact.id });
  });
});
