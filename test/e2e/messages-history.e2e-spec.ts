import { type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { deliver } from './support/deliver';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const day = 86_400_000;
const lastWeek = Date.UTC(2026, 9, 1, 10);

/** A customer who shows the number, as the phone app knew them. */
const customer = (shop: Shop<'whatsapp'>, given: Body = {}) =>
  shop.chat({ customer: { phone: 'shown', userId: undefined, username: undefined, ...given } });

/** What was told to `/messages`: [type, contact, unread]. */
const toldOf = (shop: Shop): Body[] =>
  shop
    .told('messages')
    .map(({ type, data }) => [type, data.conversation?.contact.name, data.conversation?.unreadCount]);

describe('the history of a phone that joins', () => {
  it('is there with its times and states, unread to nobody, and told once for each conversation', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [ana, bo] = [customer(shop, { name: 'Ana' }), customer(shop, { name: 'Bo' })];
    const question = whatsapp.text(ana, 'Is it red?', { at: lastWeek });
    const answers = ['READ', 'DELIVERED', 'SENT', 'ERROR', 'PENDING'] as const;
    const answered = answers.map((status, index) => ({
      item: whatsapp.echo(ana, status, { at: lastWeek + (index + 1) * 60_000 }),
      status,
    }));
    const item = whatsapp.history([
      { chat: ana, messages: [{ item: question }, ...answered] },
      { chat: bo, messages: [{ item: whatsapp.text(bo, 'Thanks', { at: lastWeek - day }) }] },
    ]);
    await shop.receives(item);
    await strangerSawNothing(shop, stranger);

    // The names come with the customers' next message.
    const [first, second] = await shop.conversations();
    expect([first, second].map(({ contact, unreadCount }) => [contact.phone, unreadCount])).toEqual([
      [ana.customer.waId, 0],
      [bo.customer.waId, 0],
    ]);
    expect(first.lastMessage).toMatchObject({ preview: 'PENDING', direction: 'outbound' });
    const messages = await shop.messagesOf(first.id);
    expect(messages.map(({ direction, status, sentAt }) => [direction, status, Date.parse(sentAt)])).toEqual([
      ['inbound', 'received', lastWeek],
      ...['read', 'delivered', 'sent', 'failed', 'sent'].map((status, index) => [
        'outbound',
        status,
        lastWeek + (index + 1) * 60_000,
      ]),
    ]);
    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'conversation.created']);
    expect(shop.told('webhooks').map(({ data }) => [data.field, data.content.messages])).toEqual([['history', 7]]);
  });

  it('does not touch what is known: nothing twice, nothing read again, no closed conversation opened', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = customer(shop);
    const live = whatsapp.text(chat, 'Live', { at: lastWeek + day });
    await shop.receives(live);
    const old = whatsapp.text(chat, 'Old', { at: lastWeek });
    const item = whatsapp.history([{ chat, messages: [{ item: old }, { item: live }] }]);
    await shop.receives(item);
    await deliver(item);
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages.map(({ content }) => content.text)).toEqual(['Old', 'Live']);
    expect(conversation).toMatchObject({ unreadCount: 1, lastMessage: { preview: 'Live' } });
    expect(toldOf(shop)).toEqual([
      ['conversation.created', chat.customer.name, 1],
      ['message.received', chat.customer.name, 1],
      ['conversation.updated', chat.customer.name, 1],
    ]);
  });

  it('in the same webhook as a message of now leaves that message one of now', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = customer(shop);
    const live = whatsapp.text(chat, 'Live', { at: lastWeek });
    await shop.receives([whatsapp.history([{ chat, messages: [{ item: live }] }]), live]);
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(1);
    expect(conversation.unreadCount).toBe(1);
    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.received']);
  });

  it('brings its photos later, into the messages that announced them', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = customer(shop);
    const photo = whatsapp.image(chat, 'The red one', { at: lastWeek });
    await shop.receives(whatsapp.history([{ chat, messages: [{ item: whatsapp.announced(photo) }] }]));
    expect((await shop.onlyConversation()).messages.map(({ type }) => type)).toEqual(['media_placeholder']);
    await deliver(whatsapp.historyMedia(photo));
    await until(() => shop.messages.of('conversation.updated').length === 1, 'the conversation was told again');
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ type: 'image', content: { attachments: [{ caption: 'The red one' }] } });
    expect(conversation).toMatchObject({ unreadCount: 0, lastMessage: { type: 'image', preview: 'The red one' } });
  });

  it('of 3,000 messages comes beside what customers write meanwhile, told as one event a conversation', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chats = Array.from({ length: 20 }, () => customer(shop));
    const threads = chats.map((chat, thread) => ({
      chat,
      messages: Array.from({ length: 150 }, (_, index) => ({
        item: whatsapp.text(chat, `${thread} ${index}`, { at: lastWeek - day + index * 60_000 }),
      })),
    }));
    const now: SimulatedItem[] = chats.map((chat) => whatsapp.text(chat, 'Now'));
    await Promise.all([deliver(whatsapp.history(threads)), ...now.map((item) => deliver(item))]);
    await until(() => shop.webhooks.of('webhook.received').length === 21, 'all was taken in');
    await strangerSawNothing(shop, stranger);

    const conversations = await shop.conversations();
    expect(conversations).toHaveLength(20);
    for (const { id, unreadCount, lastMessage } of conversations) {
      expect([unreadCount, lastMessage.preview]).toEqual([1, 'Now']);
      expect(await shop.messagesOf(id)).toHaveLength(151);
    }
    const told = shop.toldTypes('messages');
    expect(told.filter((type) => type === 'message.received')).toHaveLength(20);
    expect(told.filter((type) => type === 'conversation.created')).toHaveLength(20);
    // Whichever came first made the conversation; of the import nothing else is told.
    const updated = told.filter((type) => type === 'conversation.updated').length;
    expect(updated).toBeLessThanOrEqual(20);
    expect(told).toHaveLength(40 + updated);
  });

  it('of a customer behind a username goes to the contact that is known by it', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ customer: { phone: 'hidden', userId: 'ES.77', username: 'ana.d', name: 'Ana' } });
    await shop.receives(whatsapp.text(chat, 'Now'));
    await shop.receives(
      whatsapp.history([{ chat, messages: [{ item: whatsapp.text(chat, 'Then', { at: lastWeek }) }] }]),
    );
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(2);
    expect(conversation.contact).toMatchObject({ name: 'Ana', phone: null });
  });

  it('knows what became of its messages, told as one event for each conversation', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [ana, bo] = [customer(shop, { name: 'Ana' }), customer(shop, { name: 'Bo' })];
    const [question, regretted] = [1, 2].map((n) => whatsapp.text(ana, `Question ${n}`, { at: lastWeek + n }));
    const answer = whatsapp.echo(ana, 'Yes, blue', { at: lastWeek + 60_000 });
    const [asked, answered, taken] = [question, answer, regretted].map((item) => item!.messageId!);
    const thanks = whatsapp.text(bo, 'Thanks', { at: lastWeek });
    const became = [
      whatsapp.reaction(ana, answered!, '👍', { at: lastWeek + 90_000 }),
      whatsapp.echoEdit(ana, answered!, 'Yes, red', { at: lastWeek + 80_000 }),
      whatsapp.revoke(ana, taken!, { at: lastWeek + 70_000 }),
    ];
    // In whatever order they stand.
    const items = [...became, question!, regretted!, answer];
    const chunk = whatsapp.history([
      { chat: ana, messages: items.map((item) => ({ item, status: 'SENT' })) },
      { chat: bo, messages: [{ item: thanks }, { item: whatsapp.revoke(bo, thanks.messageId!) }] },
    ]);
    await shop.receives(chunk);
    await deliver(chunk);
    await strangerSawNothing(shop, stranger);

    const all = await shop.conversations();
    const of = (chat: typeof ana) => all.find(({ contact }) => contact.phone === chat.customer.waId);
    const messages = await shop.messagesOf(of(ana).id);
    expect(
      messages.map(({ platformMessageId, content, deletedAt, editedAt }) => [
        ...[platformMessageId, content.text, deletedAt !== null, editedAt && Date.parse(editedAt)],
      ]),
    ).toEqual([
      [asked, 'Question 1', false, null],
      [taken, undefined, true, null],
      [answered, 'Yes, red', false, lastWeek + 80_000],
    ]);
    expect([of(ana), of(bo)].map(({ lastMessage }) => lastMessage.preview)).toEqual(['Yes, red', '']);
    const { body } = await shop.api.get(`/v1/contacts/${of(ana).contact.id}/personal-data`);
    expect(body.messages.map(({ reactions }: Body) => reactions?.map(({ emoji }: Body) => emoji))).toEqual(
      body.messages.map(({ platformMessageId }: Body) => (platformMessageId === answered ? ['👍'] : undefined)),
    );
    expect(shop.told('messages').map(({ type, data }) => [type, data.conversation.lastMessage.preview])).toEqual([
      ['conversation.created', 'Yes, red'],
      ['conversation.created', ''],
    ]);
    expect(shop.told('webhooks').map(({ data }) => [data.field, data.content.messages])).toEqual([['history', 8]]);
  });

  it('tells later what became of messages that are known, and takes nothing back that is newer', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = customer(shop);
    const answer = whatsapp.echo(chat, 'Yes, blue', { at: lastWeek });
    await shop.receives(answer);
    const mid = answer.messageId!;
    await shop.receives(whatsapp.echoEdit(chat, mid, 'Yes, red', { at: lastWeek + 60_000 }));
    await shop.receives(whatsapp.reaction(chat, mid, '❤️', { at: lastWeek + 60_000 }));
    const older = [
      whatsapp.echoEdit(chat, mid, 'Yes, green', { at: lastWeek + 30_000 }),
      whatsapp.reaction(chat, mid, '👍', { at: lastWeek + 30_000 }),
    ];
    // Taken in is not told yet.
    await shop.messages.waitFor('message.reacted');
    const before = shop.toldTypes('messages');
    await shop.receives(whatsapp.history([{ chat, messages: older.map((item) => ({ item })) }]));
    await deliver(whatsapp.historyStatus(whatsapp.status(chat, mid, 'read', { at: lastWeek + 30_000 })));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages[0]).toMatchObject({ content: { text: 'Yes, red' }, status: 'read' });
    const { body } = await shop.api.get(`/v1/contacts/${conversation.contact.id}/personal-data`);
    expect(body.messages[0].reactions).toMatchObject([{ emoji: '❤️' }]);
    // Of the older ones nothing; of the state that was new its conversation.
    expect(shop.toldTypes('messages').slice(before.length)).toEqual(['conversation.updated']);
  });

  it('takes back what it brings only in a later chunk', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = customer(shop);
    const regretted = whatsapp.text(chat, 'Oops', { at: lastWeek });
    const revoke = whatsapp.revoke(chat, regretted.messageId!, { at: lastWeek + 1000 });
    await shop.receives(whatsapp.history([{ chat, messages: [{ item: revoke }] }], { order: 1 }));
    await shop.receives(whatsapp.history([{ chat, messages: [{ item: regretted }] }], { order: 2 }));
    await strangerSawNothing(shop, stranger);

    const { messages } = await shop.onlyConversation();
    expect(messages.map(({ content, deletedAt }) => [content, deletedAt !== null])).toEqual([[{}, true]]);
    expect(shop.toldTypes('messages')).toEqual(['conversation.created']);
  });
});
