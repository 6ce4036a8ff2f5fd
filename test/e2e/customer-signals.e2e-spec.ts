import { whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { openTwoShops, strangerSawNothing } from './support/shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

describe.each(platforms)('a customer on %s', (platform) => {
  it('is shown that they were read, and that somebody is typing', async () => {
    const { shop, graph, conversation } = await openSendingShop(platform, { callbacks: false });
    const { id } = await conversation();
    await shop.api.made(`/v1/conversations/${id}/read`);
    await until(() => graph.signals.some(({ kind }) => kind === 'mark_seen'), 'the customer sees that they were read');
    const typed = await shop.messages.ask('typing.start', { conversationId: id });
    expect(typed.ok).toBe(true);
    await until(() => graph.signals.some(({ kind }) => kind === 'typing_on'), 'the customer sees that somebody types');
    expect(graph.messages.count).toBe(0);
  });

  it('gets a reaction, and has it taken back; everybody of the workspace is told, nobody else', async () => {
    const { shop, graph, conversation } = await openSendingShop(platform, { callbacks: false });
    const { id } = await conversation();
    const [message] = await shop.messagesOf(id);
    const path = `/v1/messages/${message.id}/reaction`;
    expect((await shop.api.put(path, { emoji: '❤️' })).status).toBe(204);
    expect((await shop.api.put(path, { emoji: '' })).status).toBe(204);
    const told = await shop.messages.waitFor('message.reacted', 2);
    expect(told.map(({ data }) => [data.messageId, data.by, data.emoji])).toEqual([
      [message.id, 'business', '❤️'],
      [message.id, 'business', null],
    ]);
    expect(graph.messages.count).toBeGreaterThan(0);
    expect((await shop.messagesOf(id)).length).toBe(1);

    const stranger = await tenant();
    const viewer = await colleague(shop.tenant, 'viewer');
    expect((await stranger.api.put(path, { emoji: '❤️' })).status).toBe(404);
    expect((await viewer.api.put(path, { emoji: '❤️' })).status).toBe(403);
    const { status, body } = await shop.api.put(path, { emoji: 'not an emoji' });
    expect([status, body.code]).toEqual([400, 'invalid']);
  });
});

describe('who says in WhatsApp that they want no marketing', () => {
  it('has opted out of that channel, and in again when they say so', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ now: Date.now } as never);
    await shop.receives(whatsapp.text(chat, 'Hello'));
    await shop.receives(whatsapp.preference(chat, 'stop', { at: Date.now() - 60_000 }));
    const { contact } = (await shop.onlyConversation()).conversation;
    const consents = async () => (await shop.api.get(`/v1/contacts/${contact.id}/consents`)).body;
    expect(JSON.stringify(await consents())).toContain('opted_out');
    await shop.receives(whatsapp.preference(chat, 'resume', { at: Date.now() }));
    expect(JSON.stringify(await consents())).toContain('opted_in');
    const told = (await shop.log()).filter(({ type }) => /^contact\.opted/.test(type));
    expect(told.map(({ type, data }) => [type, data.contactId, data.channelId])).toEqual([
      ['contact.opted_out', contact.id, shop.channel.id],
      ['contact.opted_in', contact.id, shop.channel.id],
    ]);
    await strangerSawNothing(shop, stranger);
  });
});
