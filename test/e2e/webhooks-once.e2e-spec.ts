import { instagram, messenger, type Packing, type SimulatedItem, serialise, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { bodyOf, deliver } from './support/deliver';
import { openTwoShops, type Shop, settle, strangerSawNothing } from './support/shop';
import { meta } from './support/world';

afterEach(closeSockets);

const packings: Packing[] = ['merged', 'changes', 'entries'];

/** Posts the same bytes many times at the same moment, through every api process in turn. */
async function deliverAtOnce(items: SimulatedItem[], times: number): Promise<void> {
  const bytes = serialise(bodyOf(items));
  const statuses = await Promise.all(Array.from({ length: times }, (_, copy) => meta.sendRaw(bytes, copy)));
  expect(statuses).toEqual(Array(times).fill(200));
}

const textsOf = (messages: { content: { text: string } }[]) => messages.map(({ content }) => content.text);
const toldTexts = (shop: Shop) =>
  shop
    .told('messages')
    .filter(({ type }) => type === 'message.received')
    .map(({ data }) => data.message.content.text);

describe.each(['whatsapp', 'messenger', 'instagram'] as const)('a webhook of %s', (platform) => {
  it('delivered 100 times at the same moment makes one message and one event', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    await deliverAtOnce([shop.text(shop.chat(), 'Only once, please')], 100);
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(textsOf(messages)).toEqual(['Only once, please']);
    expect(conversation.unreadCount).toBe(1);
    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.received']);
    expect(shop.toldTypes('webhooks')).toEqual(['webhook.received']);
    expect(await shop.deliveries()).toHaveLength(2);
  });

  it('repeated after it was taken in, alone or in other company, changes nothing', async () => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const [first, second, third] = ['one', 'two', 'three'].map((text) => shop.text(chat, text));
    await shop.receives([first!, second!]);
    for (const packing of packings) await deliver([second!, first!], packing);
    await deliver([first!, third!, second!, third!], 'entries');
    await strangerSawNothing(shop, stranger);

    expect(textsOf((await shop.onlyConversation()).messages)).toEqual(['one', 'two', 'three']);
    expect(toldTexts(shop)).toEqual(['one', 'two', 'three']);
    expect(shop.toldTypes('webhooks')).toHaveLength(3);
  });
});

it('100 different messages of the same words and second all survive, sent at the same moment', async () => {
  const { shop, stranger } = await openTwoShops('whatsapp');
  const chat = shop.chat();
  const at = Date.UTC(2026, 9, 1, 12);
  const items = Array.from({ length: 100 }, () => whatsapp.text(chat, 'ok', { at }));
  await Promise.all(items.map((item, position) => deliver(item, 'merged', position)));
  await strangerSawNothing(shop, stranger);

  const { conversation, messages } = await shop.onlyConversation();
  const sent = items.map(({ messageId }) => messageId).toSorted();
  expect(messages.map(({ platformMessageId }) => platformMessageId).toSorted()).toEqual(sent);
  expect(conversation.unreadCount).toBe(100);
  const told = shop.told('messages').filter(({ type }) => type === 'message.received');
  expect(told.map(({ data }) => data.message.platformMessageId).toSorted()).toEqual(sent);
});

it('the same items in differently batched bodies at the same moment count once each', async () => {
  const { shop, stranger } = await openTwoShops('messenger');
  const chats = [shop.chat(), shop.chat()];
  const items = Array.from({ length: 24 }, (_, position) => messenger.text(chats[position % 2]!, `text ${position}`));
  const bodies: SimulatedItem[][] = [items, items.toReversed()];
  for (let at = 0; at < items.length; at += 4) bodies.push(items.slice(at, at + 7), items.slice(at, at + 1));
  await Promise.all(bodies.flatMap((some, n) => packings.map((packing, at) => deliver(some, packing, n + at))));
  await strangerSawNothing(shop, stranger);

  const texts = items.map((_, position) => `text ${position}`).toSorted();
  expect(toldTexts(shop).toSorted()).toEqual(texts);
  const lists = await Promise.all((await shop.conversations()).map(({ id }) => shop.messagesOf(id)));
  expect(textsOf(lists.flat()).toSorted()).toEqual(texts);
  expect(await shop.deliveries()).toHaveLength(items.length + 1);
});

it('a message, its deletion and a reaction to it share an id and are not taken for each other', async () => {
  const { shop, stranger } = await openTwoShops('instagram');
  const chat = shop.chat();
  const message = instagram.text(chat, 'One id, many facts');
  const id = message.messageId!;
  const at = Date.UTC(2026, 9, 1, 12);
  const facts = [
    message,
    instagram.reaction(chat, id, '❤', { at }),
    instagram.reaction(chat, id, '😮', { at: at + 1 }),
    instagram.reaction(chat, id, undefined, { at: at + 2 }),
    instagram.deleted(chat, id),
  ];
  for (const fact of facts) {
    await shop.receives(fact);
    await deliver(fact);
  }
  await strangerSawNothing(shop, stranger);

  expect(shop.toldTypes('messages')).toEqual([
    'conversation.created',
    'message.received',
    ...Array(3).fill('message.reacted'),
    'message.deleted',
  ]);
});

it('the same message id at two accounts is two messages', async () => {
  const { shop, stranger } = await openTwoShops('messenger');
  const id = 'm_sameIdAtBothPages';
  await deliver([messenger.text(shop.chat(), 'Here', { id }), messenger.text(stranger.chat(), 'There', { id })]);
  await settle(shop, stranger);

  expect(toldTexts(shop)).toEqual(['Here']);
  expect(toldTexts(stranger)).toEqual(['There']);
});
