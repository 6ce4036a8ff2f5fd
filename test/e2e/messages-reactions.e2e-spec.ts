import { instagram, messenger, type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const minutes = (count: number) => Date.UTC(2026, 9, 1, 9) + count * 60_000;
const heart = '❤';
const like = '👍';

type React = (chat: Body, messageId: string, emoji: string | undefined, at: number) => SimulatedItem;
const nameOf: Record<string, 'love' | 'like'> = { [heart]: 'love', [like]: 'like' };
const react: Record<'whatsapp' | 'messenger' | 'instagram', React> = {
  whatsapp: (chat, id, emoji, at) => whatsapp.reaction(chat, id, emoji, { at }),
  messenger: (chat, id, emoji, at) => messenger.reaction(chat, id, nameOf[emoji ?? ''], { at }),
  instagram: (chat, id, emoji, at) => instagram.reaction(chat, id, emoji, { at }),
};

const reactionsTold = (shop: Shop): Body[] =>
  shop
    .told('messages')
    .filter(({ type }) => type === 'message.reacted')
    .map(({ data }) => data);

describe.each(['whatsapp', 'messenger', 'instagram'] as const)('a reaction on %s', (platform) => {
  it('is told with its message, changed by the next, and taken back', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const echo = shop.echo(chat, 'Your jacket is ready', { at: minutes(0) });
    await shop.receives(echo);
    await shop.receives(react[platform](chat, echo.messageId!, heart, minutes(1)));
    await shop.receives(react[platform](chat, echo.messageId!, like, minutes(2)));
    await shop.receives(react[platform](chat, echo.messageId!, undefined, minutes(3)));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    const about = {
      messageId: messages[0].id,
      platformMessageId: echo.messageId,
      conversationId: conversation.id,
      channelId: shop.channel.id,
      by: 'customer',
      contactId: conversation.contact.id,
    };
    expect(reactionsTold(shop)).toEqual([
      { ...about, emoji: heart, at: new Date(minutes(1)).toISOString() },
      { ...about, emoji: like, at: new Date(minutes(2)).toISOString() },
      { ...about, emoji: null, at: new Date(minutes(3)).toISOString() },
    ]);
    expect(
      shop
        .told('webhooks')
        .slice(1)
        .map(({ data }) => [data.field, data.content.action]),
    ).toEqual([
      ['message_reactions', 'react'],
      ['message_reactions', 'react'],
      ['message_reactions', 'unreact'],
    ]);
    expect(messages).toHaveLength(1);
    expect(conversation.unreadCount).toBe(0);
  });

  it('that comes after its own removal does not come back', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const echo = shop.echo(chat, 'Your jacket is ready', { at: minutes(0) });
    await shop.receives(echo);
    await shop.receives(react[platform](chat, echo.messageId!, undefined, minutes(2)));
    await shop.receives(react[platform](chat, echo.messageId!, heart, minutes(1)));
    await strangerSawNothing(shop, stranger);

    expect(reactionsTold(shop).map(({ emoji }) => emoji)).toEqual([null]);
    expect(shop.toldTypes('webhooks')).toHaveLength(3);
  });

  it('is the latest one when several come in one webhook, in any order', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, 'Do you like it?', { at: minutes(0) });
    await shop.receives(message);
    await shop.receives(
      [3, 1, 2].map((minute) =>
        react[platform](chat, message.messageId!, minute === 3 ? like : heart, minutes(minute)),
      ),
    );
    await strangerSawNothing(shop, stranger);

    expect(reactionsTold(shop).map(({ emoji }) => emoji)).toEqual([like]);
  });

  it('to a message that is not known here is told with what is known', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const unknown = shop.echo(chat, 'Written before this was set up').messageId!;
    await shop.receives(react[platform](chat, unknown, heart, minutes(1)));
    await strangerSawNothing(shop, stranger);

    expect(reactionsTold(shop)).toEqual([
      expect.objectContaining({
        messageId: null,
        platformMessageId: unknown,
        conversationId: null,
        contactId: null,
        emoji: heart,
      }),
    ]);
    expect(await shop.conversations()).toEqual([]);
  });
});
