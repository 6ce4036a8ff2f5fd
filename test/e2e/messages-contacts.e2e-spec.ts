import { type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { deliver } from './support/deliver';
import { openShop, openTwoShops, type Shop, settle, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const hello = 'Hello!';
const ana = { name: 'Ana Diaz', waId: '34600111222', userId: 'ES.90000000000000000001' };

/** The contact events of the workspace without the marker's: [type, name, phone]. */
async function contactEvents(shop: Shop, known: string[]): Promise<[string, string | null, string | null][]> {
  const events = (await shop.log()).filter(({ data }) => data.contact && known.includes(data.contact.id));
  return events
    .filter(({ type }) => type.startsWith('contact.'))
    .map(({ type, data }) => [type, data.contact.name, data.contact.phone]);
}

describe('a customer of WhatsApp', () => {
  it('is one contact with one conversation, however often they write', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ customer: { ...ana, phone: 'shown' } });
    await shop.receives(whatsapp.text(chat, hello));
    await shop.receives([whatsapp.text(chat, 'Me again'), whatsapp.image(chat)]);
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(conversation.contact).toMatchObject({ name: ana.name, phone: ana.waId });
    expect(messages.map(({ contactId }) => contactId)).toEqual(Array(3).fill(conversation.contact.id));
    expect(await contactEvents(shop, [conversation.contact.id])).toEqual([['contact.created', ana.name, ana.waId]]);
  });

  it('who hides the number has a name, a username and no phone', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ customer: { ...ana, username: 'ana.d', phone: 'hidden' } });
    await shop.receives(whatsapp.text(chat, hello));
    await strangerSawNothing(shop, stranger);

    const { conversation } = await shop.onlyConversation();
    expect(conversation.contact).toMatchObject({ name: ana.name, username: '@ana.d', phone: null });
    expect(shop.told('webhooks')[0]!.data.sender).toEqual({ id: ana.userId, username: '@ana.d' });
  });

  it('known by number, then by both ids, then by user id alone, stays one contact', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const byNumber = shop.chat({ customer: { ...ana, userId: undefined, phone: 'shown' } });
    const byBoth = shop.chat({ customer: { ...ana, phone: 'shown' } });
    const byUserId = shop.chat({ customer: { ...ana, phone: 'hidden' } });
    for (const chat of [byNumber, byBoth, byUserId, byNumber]) await shop.receives(whatsapp.text(chat, hello));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(4);
    expect(conversation.contact.phone).toBe(ana.waId);
  });

  it('is recognised by user id although the number is another now', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const before = shop.chat({ customer: { ...ana, phone: 'shown' } });
    const after = shop.chat({ customer: { ...ana, waId: '34699999999', phone: 'shown' } });
    await shop.receives(whatsapp.text(before, hello));
    await shop.receives(whatsapp.text(after, 'New number'));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(2);
    expect(conversation.contact.phone).toBe('34699999999');
  });

  it('who takes another name is told as changed', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const before = shop.chat({ customer: { ...ana, phone: 'shown' } });
    const after = shop.chat({ customer: { ...ana, name: 'Ana Diaz Ruiz', phone: 'shown' } });
    await shop.receives(whatsapp.text(before, hello));
    await shop.receives(whatsapp.text(after, hello));
    await strangerSawNothing(shop, stranger);

    const { conversation } = await shop.onlyConversation();
    expect(conversation.contact.name).toBe('Ana Diaz Ruiz');
    expect(await contactEvents(shop, [conversation.contact.id])).toEqual([
      ['contact.created', ana.name, ana.waId],
      ['contact.updated', 'Ana Diaz Ruiz', ana.waId],
    ]);
  });

  it('keeps the name that somebody gave them, whatever they call themselves, until it is taken away', async () => {
    const shop = await openShop('whatsapp');
    const writes = (name: string, username?: string) =>
      shop.receives(whatsapp.text(shop.chat({ customer: { ...ana, name, username, phone: 'shown' } }), hello));
    await writes('Ana Diaz');
    const { id } = (await shop.onlyConversation()).conversation.contact;
    const shown = async () => (await shop.api.get(`/v1/contacts/${id}`)).body;
    await shop.api.patch(`/v1/contacts/${id}`, { name: 'Ana (ACME)', phone: '34600111222' });
    await writes('Ana Diaz');
    await writes('Ana Ruiz', 'ana.d');
    expect(await shown()).toMatchObject({ name: 'Ana (ACME)', username: '@ana.d', phone: '34600111222' });
    expect((await shop.onlyConversation()).conversation.contact.name).toBe('Ana (ACME)');
    await shop.api.patch(`/v1/contacts/${id}`, { name: null });
    await writes('Ana Ruiz', 'ana.d');
    expect((await shown()).name).toBe('Ana Ruiz');
    await writes('Ana R.', 'ana.d');
    expect((await shown()).name).toBe('Ana R.');
  });

  it('keeps the name by which they were known before they wrote', async () => {
    const shop = await openShop('whatsapp');
    await shop.api.made('/v1/contacts', { name: 'Ana (ACME)', phone: ana.waId });
    await shop.receives(whatsapp.text(shop.chat({ customer: { ...ana, phone: 'shown' } }), hello));
    expect((await shop.onlyConversation()).conversation.contact.name).toBe('Ana (ACME)');
  });

  it('is the same person on two numbers of a workspace, with a conversation on each', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const second = await shop.tenant.channel('whatsapp');
    const chat = shop.chat({ customer: { ...ana, phone: 'shown' } });
    const there = { ...chat, account: { ...chat.account, id: second.externalId } };
    await shop.receives([whatsapp.text(chat, 'To the first'), whatsapp.text(there, 'To the second')]);
    await strangerSawNothing(shop, stranger);

    const conversations = await shop.conversations();
    expect(conversations.map(({ channelId }) => channelId).toSorted()).toEqual([shop.channel.id, second.id].toSorted());
    expect(new Set(conversations.map(({ contact }) => contact.id)).size).toBe(1);
  });

  it('who writes to two workspaces is a contact of each, without a link between them', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const here = shop.chat({ customer: { ...ana, phone: 'shown' } });
    const there = stranger.chat({ customer: { ...ana, name: 'A. D.', phone: 'shown' } });
    await deliver([whatsapp.text(here, hello), whatsapp.text(there, hello)]);
    await settle(shop, stranger);

    const [mine, theirs] = [await shop.onlyConversation(), await stranger.onlyConversation()];
    expect(mine.conversation.contact.name).toBe(ana.name);
    expect(theirs.conversation.contact.name).toBe('A. D.');
    expect(mine.conversation.contact.id).not.toBe(theirs.conversation.contact.id);
  });

  it('who writes for the first time to two numbers at the same moment becomes one contact', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const second = await shop.tenant.channel('whatsapp');
    const items: SimulatedItem[] = [];
    for (let customer = 0; customer < 10; customer += 1) {
      const chat = shop.chat({ customer: { phone: 'shown', waId: `4915100000${customer}`, userId: undefined } });
      const account = { ...chat.account, id: second.externalId, businessAccountId: second.businessAccountId! };
      items.push(whatsapp.text(chat, 'first'), whatsapp.text({ ...chat, account }, 'second'));
    }
    await Promise.all(items.map((item, position) => deliver(item, 'merged', position)));
    await until(() => shop.webhooks.of('webhook.received').length === items.length, 'all were taken in');
    await strangerSawNothing(shop, stranger);

    const conversations = await shop.conversations();
    expect(conversations).toHaveLength(20);
    expect(new Set(conversations.map(({ contact }) => contact.id)).size).toBe(10);
  });
});

describe.each(['messenger', 'instagram'] as const)('a customer of %s', (platform) => {
  it('is known by the id the platform gives, for each account apart', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const second = await shop.tenant.channel(platform);
    const chat = shop.chat({ customer: { id: '7047107358857996' } });
    const there = { ...chat, account: { ...chat.account, id: second.externalId } } as typeof chat;
    await shop.receives(shop.text(chat, hello));
    await shop.receives([shop.text(chat, 'Me again'), shop.text(there, 'Somebody else, as far as Meta tells')]);
    await strangerSawNothing(shop, stranger);

    const conversations = await shop.conversations();
    const counts = conversations.map(({ channelId, unreadCount }) => [channelId, unreadCount]);
    expect(new Map(counts as [string, number][])).toEqual(
      new Map([
        [shop.channel.id, 2],
        [second.id, 1],
      ]),
    );
    expect(new Set(conversations.map(({ contact }) => contact.id)).size).toBe(2);
    expect(conversations[0].contact).toMatchObject({ name: null, phone: null });
  });
});
