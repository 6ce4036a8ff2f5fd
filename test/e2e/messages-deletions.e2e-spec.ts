import { messenger, type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { deliver } from './support/deliver';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const secret = 'My card number, sorry';
const at = Date.UTC(2026, 9, 1, 10);

const remove = {
  whatsapp: (chat: Body, id: string) => whatsapp.revoke(chat, id, { at }),
  messenger: (chat: Body, id: string) => messenger.deleted(chat, id, { at }),
  instagram: (chat: Body, id: string) => messenger.deleted(chat, id, { at }),
};

/** What the only message looks like once it is gone, and what was told of that. */
async function expectGone(shop: Shop, item: SimulatedItem, by: 'customer' | 'business'): Promise<void> {
  const { conversation, messages } = await shop.onlyConversation();
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ content: {}, deletedAt: new Date(at).toISOString() });
  expect(conversation.lastMessage).toMatchObject({ id: messages[0].id, preview: '' });
  const told = shop.told('messages').filter(({ type }) => type === 'message.deleted');
  expect(told.map(({ data }) => data)).toEqual([
    {
      messageId: messages[0].id,
      platformMessageId: item.messageId,
      conversationId: conversation.id,
      channelId: shop.channel.id,
      by,
      deletedAt: new Date(at).toISOString(),
    },
  ]);
}

describe.each(['whatsapp', 'messenger', 'instagram'] as const)('a message taken back on %s', (platform) => {
  it('loses its words, in the conversation and in the list, and every dashboard is told', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, secret);
    await shop.receives(message);
    await shop.receives(remove[platform](chat, message.messageId!));
    await strangerSawNothing(shop, stranger);

    await expectGone(shop, message, 'customer');
    expect(shop.told('webhooks')[1]!.data).toMatchObject({
      field: 'messages',
      content: { messageId: message.messageId, deleted: true },
    });
  });

  it('before it came never shows its words, and is not unread', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, secret);
    await shop.receives(remove[platform](chat, message.messageId!));
    await shop.receives(message);
    await strangerSawNothing(shop, stranger);

    await expectGone(shop, message, 'customer');
    expect((await shop.onlyConversation()).conversation.unreadCount).toBe(0);
    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.deleted']);
    expect(JSON.stringify(shop.told('messages'))).not.toContain(secret);
  });

  it('in the webhook that brings it is gone from the start', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, secret);
    await shop.receives([message, remove[platform](chat, message.messageId!)]);
    await strangerSawNothing(shop, stranger);

    await expectGone(shop, message, 'customer');
  });

  it('twice is told once', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, secret);
    await shop.receives(message);
    const removal = remove[platform](chat, message.messageId!);
    await shop.receives(removal);
    await deliver(removal);
    await strangerSawNothing(shop, stranger);

    await expectGone(shop, message, 'customer');
    expect(shop.toldTypes('webhooks')).toHaveLength(2);
  });

  it('under an id that belongs to another workspace leaves that one untouched', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const message = shop.text(shop.chat(), 'Keep me');
    await shop.receives(message);
    await stranger.receives(remove[platform](stranger.chat(), message.messageId!));

    const { messages } = await shop.onlyConversation();
    expect(messages[0]).toMatchObject({ content: { text: 'Keep me' }, deletedAt: null });
    expect(await stranger.conversations()).toEqual([]);
  });
});

it('a message the shop took back in its WhatsApp app is gone by the shop', async () => {
  const { shop, stranger } = await openTwoShops('whatsapp');
  const chat = shop.chat();
  const echo = shop.echo(chat, secret);
  await shop.receives(echo);
  await shop.receives(whatsapp.echoRevoke(chat, echo.messageId!, { at }));
  await strangerSawNothing(shop, stranger);

  await expectGone(shop, echo, 'business');
});
