import { instagram, messenger, type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { deliver, deliverBody } from './support/deliver';
import { permutations } from './support/orders';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const at = (minute: number): number => Date.UTC(2026, 9, 1, 10, minute);
const typo = 'I take the rde one';
const fixed = 'I take the red one';
const final = 'I take the blue one';

/** The nth edit of a message, told n minutes after ten. */
const edit = {
  whatsapp: (chat: Body, id: string, words: string, n: number) => whatsapp.edit(chat, id, words, { at: at(n) }),
  messenger: (chat: Body, id: string, words: string, n: number) => messenger.edited(chat, id, words, n, { at: at(n) }),
  instagram: (chat: Body, id: string, words: string, n: number) => instagram.edited(chat, id, words, n, { at: at(n) }),
};

/** What the only message says, and what the list shows of it. */
async function expectSays(shop: Shop, words: string, minute: number): Promise<Body> {
  const { conversation, messages } = await shop.onlyConversation();
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ content: { text: words }, editedAt: new Date(at(minute)).toISOString() });
  expect(conversation.lastMessage).toMatchObject({ id: messages[0].id, preview: words });
  return messages[0];
}

const toldEdits = (shop: Shop) => shop.told('messages').filter(({ type }) => type === 'message.edited');

describe.each(['whatsapp', 'messenger', 'instagram'] as const)('a message edited on %s', (platform) => {
  it('says what it says now, in the conversation and in the list, and every dashboard is told', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, typo, { at: at(0) });
    await shop.receives(message);
    await shop.receives(edit[platform](chat, message.messageId!, fixed, 1));
    await strangerSawNothing(shop, stranger);

    const { id, conversationId } = await expectSays(shop, fixed, 1);
    expect(toldEdits(shop).map(({ data }) => data)).toEqual([
      {
        messageId: id,
        platformMessageId: message.messageId,
        conversationId,
        channelId: shop.channel.id,
        by: 'customer',
        type: 'text',
        content: { text: fixed },
        editedAt: new Date(at(1)).toISOString(),
      },
    ]);
    expect((await shop.onlyConversation()).conversation.unreadCount).toBe(1);
  });

  it('ends as its latest edit says, in whatever order they and the message come', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const sequences = permutations([0, 1, 2]);
    const chats = sequences.map(() => shop.chat());
    const items = chats.map((chat): SimulatedItem[] => {
      const message = shop.text(chat, typo, { at: at(0) });
      return [
        message,
        edit[platform](chat, message.messageId!, fixed, 1),
        edit[platform](chat, message.messageId!, final, 2),
      ];
    });
    for (const step of [0, 1, 2]) {
      await shop.receives(sequences.map((sequence, index) => items[index]![sequence[step]!]!));
    }
    await strangerSawNothing(shop, stranger);

    const conversations = await shop.conversations();
    expect(conversations).toHaveLength(sequences.length);
    expect(conversations.map(({ lastMessage }) => lastMessage.preview)).toEqual(sequences.map(() => final));
    for (const { id } of conversations) {
      expect((await shop.messagesOf(id)).map(({ content }) => content)).toEqual([{ text: final }]);
    }
  });

  it('before it came is told only as it says now', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, typo, { at: at(0) });
    await shop.receives(edit[platform](chat, message.messageId!, fixed, 1));
    await shop.receives(message);
    await strangerSawNothing(shop, stranger);

    await expectSays(shop, fixed, 1);
    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.received']);
    expect(JSON.stringify(shop.told('messages'))).not.toContain(typo);
  });

  it('and told twice, or in the webhook that brings it, is edited once', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const message = shop.text(chat, typo, { at: at(0) });
    const change = edit[platform](chat, message.messageId!, fixed, 1);
    await shop.receives([change, message]);
    await deliver(change);
    await strangerSawNothing(shop, stranger);

    await expectSays(shop, fixed, 1);
    expect(toldEdits(shop)).toHaveLength(1);
  });

  it('and then taken back stays without words, whenever the edit comes', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const remove = platform === 'whatsapp' ? whatsapp.revoke : messenger.deleted;
    const [first, second] = [shop.text(chat, typo), shop.text(chat, typo)];
    await shop.receives([first, second]);
    await shop.receives(edit[platform](chat, first.messageId!, fixed, 1));
    await shop.receives([remove(chat as Body, first.messageId!), remove(chat as Body, second.messageId!)]);
    await shop.receives([
      edit[platform](chat, first.messageId!, final, 2),
      edit[platform](chat, second.messageId!, final, 1),
    ]);
    await strangerSawNothing(shop, stranger);

    const { messages } = await shop.onlyConversation();
    expect(messages.map(({ content }) => content)).toEqual([{}, {}]);
    expect(toldEdits(shop)).toHaveLength(1);
  });

  it('under an id that belongs to another workspace leaves that one untouched', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const message = shop.text(shop.chat(), 'Keep me');
    await shop.receives(message);
    await stranger.receives(edit[platform](stranger.chat(), message.messageId!, 'Not mine', 1));

    const { messages } = await shop.onlyConversation();
    expect(messages[0]).toMatchObject({ content: { text: 'Keep me' }, editedAt: null });
    expect(await stranger.conversations()).toEqual([]);
  });
});

it('a message the shop changed in its WhatsApp app says so, by the shop', async () => {
  const { shop, stranger } = await openTwoShops('whatsapp');
  const chat = shop.chat();
  const echo = shop.echo(chat, typo, { at: at(0) });
  await shop.receives(echo);
  await shop.receives(whatsapp.echoEdit(chat, echo.messageId!, fixed, { at: at(1) }));
  await strangerSawNothing(shop, stranger);

  const message = await expectSays(shop, fixed, 1);
  expect(message).toMatchObject({ direction: 'outbound', author: { kind: 'meta_app', appId: null } });
  expect(toldEdits(shop).map(({ data }) => data.by)).toEqual(['business']);
});

describe('a new message that Instagram tells as its edit no. 0', () => {
  it('is a message, once, whether or not it comes as itself too', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const [alone, before, after, beside] = [shop.chat(), shop.chat(), shop.chat(), shop.chat()];
    const announced = (chat: Body, message: SimulatedItem) => instagram.edited(chat, message.messageId!, 'Hi', 0);
    const [one, two, three, four] = [alone, before, after, beside].map((chat) => shop.text(chat, 'Hi'));
    await shop.receives([announced(alone, one!), announced(before, two!), three!, announced(beside, four!), four!]);
    await shop.receives([two!, announced(after, three!)]);
    await strangerSawNothing(shop, stranger);

    const conversations = await shop.conversations();
    expect(conversations.map(({ unreadCount, lastMessage }) => [unreadCount, lastMessage.preview])).toEqual(
      Array(4).fill([1, 'Hi']),
    );
    expect(shop.toldTypes('messages').filter((type) => type === 'message.received')).toHaveLength(4);
    expect(toldEdits(shop)).toEqual([]);
  });

  it('without its words and its sender is told, and nothing is made up', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const message_edit = { mid: 'aWdfZAG1faXRlbQ', num_edit: 0 };
    const entry = { id: shop.channel.externalId, time: at(0), messaging: [{ timestamp: at(0), message_edit }] };
    await deliverBody({ object: 'instagram', entry: [entry] });
    await shop.webhooks.waitFor('webhook.received');
    await strangerSawNothing(shop, stranger);

    expect(await shop.conversations()).toEqual([]);
    expect(shop.told('webhooks')[0]!.data).toMatchObject({ field: 'message_edits', content: { edits: 0 } });
  });
});
