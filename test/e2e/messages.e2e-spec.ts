import { closeSockets } from '../support/socket-client';
import { openTwoShops, settle, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const jacket = 'Do you still have the blue jacket?';
const nine = Date.UTC(2026, 9, 1, 9);
const minutes = (count: number) => nine + count * 60_000;

describe.each(['whatsapp', 'messenger', 'instagram'] as const)('on %s', (platform) => {
  it('a customer who writes is read on the dashboard, found in the lists, and seen by no other workspace', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const item = shop.text(shop.chat(), jacket, { at: nine });
    await shop.receives(item);
    await strangerSawNothing(shop, stranger);

    const [received] = shop.told('webhooks');
    expect(shop.toldTypes('webhooks')).toEqual(['webhook.received']);
    expect(received!.data).toMatchObject({
      platform,
      field: 'messages',
      channelId: shop.channel.id,
      sender: { id: item.customer.userId ?? item.customer.waId },
      content: { messageId: item.messageId, type: 'text', text: jacket },
    });
    expect(JSON.stringify(received!.data.raw)).toContain(JSON.stringify(item.element));

    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.received']);
    const { message, conversation } = shop.told('messages')[1]!.data;
    expect(message).toMatchObject({
      platform,
      channelId: shop.channel.id,
      platformMessageId: item.messageId,
      direction: 'inbound',
      author: { kind: 'contact', id: conversation.contact.id },
      type: 'text',
      content: { text: jacket },
      status: 'received',
      sentAt: new Date(nine).toISOString(),
      deletedAt: null,
    });
    expect(conversation).toEqual({
      id: message.conversationId,
      platform,
      channelId: shop.channel.id,
      snoozedUntil: null,
      assigneeId: null,
      labels: [],
      version: 1,
      status: 'open',
      contact: expect.objectContaining({ id: message.contactId }),
      unreadCount: 1,
      lastMessage: { id: message.id, type: 'text', preview: jacket, direction: 'inbound', sentAt: message.sentAt },
      serviceWindowEndsAt: new Date(nine + 24 * 3_600_000).toISOString(),
    });
    expect(await shop.onlyConversation()).toEqual({ conversation, messages: [message] });
    expect((await shop.api.get(`/v1/conversations/${conversation.id}`)).body).toEqual(conversation);
    expect((await shop.deliveries()).at(-1)).toMatchObject({
      id: received!.data.itemId,
      platform,
      channelId: shop.channel.id,
      state: 'processed',
      kind: 'message',
      raw: received!.data.raw,
    });
  });

  it('an answer typed in the app of the platform joins the conversation as sent, and leaves unread what is', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const echo = shop.echo(chat, 'Yes, in M and L', { at: minutes(1) });
    await shop.receives(shop.text(chat, jacket, { at: nine }));
    await shop.receives(echo);
    await strangerSawNothing(shop, stranger);

    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.received', 'message.sent']);
    expect(shop.told('webhooks')[1]!.data.field).toBe('message_echoes');
    const { message, conversation } = shop.told('messages')[2]!.data;
    expect(message).toMatchObject({
      platformMessageId: echo.messageId,
      direction: 'outbound',
      author: { kind: 'meta_app', appId: platform === 'messenger' ? '263902037430900' : null },
      content: { text: 'Yes, in M and L' },
      status: 'sent',
    });
    expect(conversation).toMatchObject({
      unreadCount: 1,
      lastMessage: { id: message.id, direction: 'outbound', preview: 'Yes, in M and L' },
      serviceWindowEndsAt: new Date(nine + 24 * 3_600_000).toISOString(),
    });
    const stored = await shop.onlyConversation();
    expect(stored.conversation).toEqual(conversation);
    expect(stored.messages.map(({ direction }) => direction)).toEqual(['inbound', 'outbound']);
  });

  it('a conversation that the shop begins has nothing unread and no open service window', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    await shop.receives(shop.echo(shop.chat(), 'Your order is on its way'));
    await strangerSawNothing(shop, stranger);

    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.sent']);
    const { conversation } = await shop.onlyConversation();
    expect(conversation).toMatchObject({ unreadCount: 0, serviceWindowEndsAt: null });
  });

  it('messages that come out of order stand in the order they were written', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    for (const minute of [3, 1, 2]) await shop.receives(shop.text(chat, `minute ${minute}`, { at: minutes(minute) }));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages.map(({ content }) => content.text)).toEqual(['minute 1', 'minute 2', 'minute 3']);
    expect(conversation).toMatchObject({ unreadCount: 3, lastMessage: { preview: 'minute 3' } });
    const told = shop.told('messages').filter(({ type }) => type === 'message.received');
    expect(told.map(({ data }) => data.conversation.lastMessage.preview)).toEqual(['minute 3', 'minute 3', 'minute 3']);
  });

  it('an answer to a message names it', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const first = shop.text(chat, jacket);
    await shop.receives(first);
    await shop.receives(shop.text(chat, 'In L, I mean', { replyTo: first.messageId! }));
    await strangerSawNothing(shop, stranger);

    const [original, answer] = (await shop.onlyConversation()).messages;
    expect(answer.replyToMessageId).toBe(original.id);
    expect(shop.told('messages').at(-1)!.data.message.replyToMessageId).toBe(original.id);
  });

  it('two customers have a conversation each, the one who wrote last on top', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const [ann, ben] = [shop.chat(), shop.chat()];
    await shop.receives([
      shop.text(ann, 'first', { at: minutes(1) }),
      shop.text(ben, 'second', { at: minutes(2) }),
      shop.text(ann, 'third', { at: minutes(3) }),
    ]);
    await settle(shop, stranger);

    const conversations = await shop.conversations();
    expect(conversations.map(({ lastMessage }) => lastMessage.preview)).toEqual(['third', 'second']);
    expect(conversations.map(({ unreadCount }) => unreadCount)).toEqual([2, 1]);
    expect((await shop.messagesOf(conversations[0].id)).map(({ content }) => content.text)).toEqual(['first', 'third']);
    expect(await stranger.conversations()).toEqual([]);
  });
});
