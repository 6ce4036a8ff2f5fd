import { instagram, messenger, type SimulatedItem } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { permutations } from './support/orders';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const minutes = (count: number) => Date.UTC(2026, 9, 1, 9) + count * 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** [text, status] of every message, oldest first. */
async function states(shop: Shop): Promise<[string, string][]> {
  const { messages } = await shop.onlyConversation();
  return messages.map(({ content, status }) => [content.text, status]);
}

/** What was told after the messages themselves. */
const changes = (shop: Shop): Body[] =>
  shop
    .told('messages')
    .filter(({ data }) => data.messageIds)
    .map(({ type, data }) => ({ type, ...data }));

async function threeSent<P extends 'messenger' | 'instagram'>(shop: Shop<P>) {
  const chat = shop.chat();
  const echoes = [1, 2, 3].map((minute) => shop.echo(chat, `minute ${minute}`, { at: minutes(minute) }));
  await shop.receives(echoes);
  return { chat, echoes };
}

describe('a watermark of Messenger', () => {
  it('brings all up to it forward, and is told as one event for all of them', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { chat } = await threeSent(shop);
    await shop.receives(messenger.delivered(chat, minutes(2)));
    expect(await states(shop)).toEqual([
      ['minute 1', 'delivered'],
      ['minute 2', 'delivered'],
      ['minute 3', 'sent'],
    ]);
    await shop.receives(messenger.read(chat, minutes(3)));
    await strangerSawNothing(shop, stranger);

    expect((await states(shop)).map(([, status]) => status)).toEqual(['read', 'read', 'read']);
    const { conversation, messages } = await shop.onlyConversation();
    const ids = messages.map(({ id }) => id);
    const about = {
      conversationId: conversation.id,
      channelId: shop.channel.id,
      contactId: conversation.contact.id,
      platform: 'messenger',
    };
    const [delivered, read, ...more] = changes(shop);
    expect(delivered).toMatchObject({
      ...about,
      type: 'message.delivered',
      status: 'delivered',
      changed: 2,
      watermark: iso(minutes(2)),
    });
    expect(delivered.messageIds.toSorted()).toEqual(ids.slice(0, 2).toSorted());
    expect(read).toMatchObject({
      ...about,
      type: 'message.read',
      status: 'read',
      changed: 3,
      watermark: iso(minutes(3)),
    });
    expect(read.messageIds.toSorted()).toEqual(ids.toSorted());
    expect(more).toEqual([]);
  });

  it('that is older than one before, or lower than what is known, changes nothing', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { chat } = await threeSent(shop);
    await shop.receives(messenger.read(chat, minutes(2)));
    await shop.receives(messenger.read(chat, minutes(1)));
    await shop.receives(messenger.delivered(chat, minutes(2)));
    await strangerSawNothing(shop, stranger);

    expect((await states(shop)).map(([, status]) => status)).toEqual(['read', 'read', 'sent']);
    expect(changes(shop).map(({ type }) => type)).toEqual(['message.read']);
    expect(shop.told('webhooks').map(({ data }) => data.field)).toEqual([
      ...Array(3).fill('message_echoes'),
      'message_reads',
      'message_reads',
      'message_deliveries',
    ]);
  });

  it('counts for a message of ours that is told only after it', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    await shop.receives(messenger.delivered(chat, minutes(2)));
    await shop.receives(messenger.read(chat, minutes(1)));
    await shop.receives([1, 2, 3].map((minute) => shop.echo(chat, `minute ${minute}`, { at: minutes(minute) })));
    await strangerSawNothing(shop, stranger);

    expect((await states(shop)).map(([, status]) => status)).toEqual(['read', 'delivered', 'sent']);
    const sent = shop.told('messages').filter(({ type }) => type === 'message.sent');
    expect(sent.map(({ data }) => data.message.status)).toEqual(['read', 'delivered', 'sent']);
    expect(changes(shop)).toEqual([]);
  });

  it("ends the same in every order of message, delivery and reading, and touches no other customer's messages", async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const orders = permutations(['message', 'delivered', 'read'] as const);
    const rows = orders.map((order) => {
      const chat = shop.chat();
      const items = {
        message: shop.echo(chat, 'On its way', { at: minutes(1) }),
        delivered: messenger.delivered(chat, minutes(2)),
        read: messenger.read(chat, minutes(2)),
      };
      return order.map((kind) => items[kind]);
    });
    const other = shop.echo(shop.chat(), 'To somebody else', { at: minutes(1) });
    await shop.receives(other);
    for (const turn of [0, 1, 2]) await shop.receives(rows.map((row) => row[turn]!));
    await strangerSawNothing(shop, stranger);

    const conversations = await shop.conversations();
    const all = (await Promise.all(conversations.map(({ id }) => shop.messagesOf(id)))).flat();
    expect(all.filter(({ status }) => status === 'read')).toHaveLength(orders.length);
    expect(all.filter(({ status }) => status !== 'read').map(({ platformMessageId }) => platformMessageId)).toEqual([
      other.messageId,
    ]);
  });

  it("leaves the customer's own messages alone", async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    await shop.receives(shop.text(chat, 'Hello?', { at: minutes(1) }));
    await shop.receives(messenger.read(chat, minutes(2)));
    await strangerSawNothing(shop, stranger);

    const { conversation } = await shop.onlyConversation();
    expect(await states(shop)).toEqual([['Hello?', 'received']]);
    expect(conversation.unreadCount).toBe(1);
    expect(changes(shop)).toEqual([]);
  });
});

describe('what a customer has seen on Instagram', () => {
  it('is the message named and all before it, told as one event', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const { chat, echoes } = await threeSent(shop);
    await shop.receives(instagram.seen(chat, echoes[1]!.messageId!));
    await strangerSawNothing(shop, stranger);

    expect((await states(shop)).map(([, status]) => status)).toEqual(['read', 'read', 'sent']);
    const { messages } = await shop.onlyConversation();
    const [seen, ...more] = changes(shop);
    expect(seen).toMatchObject({ type: 'message.read', status: 'read', changed: 2, watermark: iso(minutes(2)) });
    expect(seen.messageIds.toSorted()).toEqual([messages[0].id, messages[1].id].toSorted());
    expect(more).toEqual([]);
    expect(shop.told('webhooks').at(-1)!.data).toMatchObject({
      field: 'message_seen',
      content: { messageId: echoes[1]!.messageId },
    });
  });

  it('never becomes less', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const { chat, echoes } = await threeSent(shop);
    await shop.receives(instagram.seen(chat, echoes[2]!.messageId!));
    await shop.receives(instagram.seen(chat, echoes[0]!.messageId!));
    await strangerSawNothing(shop, stranger);

    expect((await states(shop)).map(([, status]) => status)).toEqual(['read', 'read', 'read']);
    expect(changes(shop)).toHaveLength(1);
  });

  it('counts when the message itself is told only after it, for that one and all before', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const chat = shop.chat();
    const [first, second, third] = [1, 2, 3].map((minute) =>
      shop.echo(chat, `minute ${minute}`, { at: minutes(minute) }),
    ) as [SimulatedItem, SimulatedItem, SimulatedItem];
    await shop.receives(first);
    await shop.receives(instagram.seen(chat, second.messageId!));
    expect(await states(shop)).toEqual([['minute 1', 'sent']]);
    await shop.receives(third);
    await shop.receives(second);
    await strangerSawNothing(shop, stranger);

    expect((await states(shop)).map(([, status]) => status)).toEqual(['read', 'read', 'sent']);
    expect(shop.told('messages').at(-1)!.type).toBe('message.read');
    expect(changes(shop)).toEqual([expect.objectContaining({ type: 'message.read', changed: 1 })]);
  });

  it('of a message that never comes changes nothing', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const { chat } = await threeSent(shop);
    await shop.receives(instagram.seen(chat, 'aWdfZAG1faXRlbToxOm5ldmVy'));
    await strangerSawNothing(shop, stranger);

    expect((await states(shop)).map(([, status]) => status)).toEqual(['sent', 'sent', 'sent']);
    expect(changes(shop)).toEqual([]);
  });
});
