import { type SimulatedItem, type Status, statuses, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { deliver } from './support/deliver';
import { permutations } from './support/orders';
import { openTwoShops, type Shop, settle, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const ranks: Record<string, number> = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

/** The status of every message by its platform id. */
async function statusesIn(shop: Shop): Promise<Map<string, string>> {
  const { messages } = await shop.onlyConversation();
  return new Map(messages.map(({ platformMessageId, status }) => [platformMessageId, status]));
}

/** A message of the shop's that is stored already. */
async function sentMessage(shop: Shop<'whatsapp'>) {
  const chat = shop.chat();
  const echo = shop.echo(chat, 'Your parcel is at the door');
  await shop.receives(echo);
  return { chat, id: echo.messageId! };
}

describe('the state of a WhatsApp message', () => {
  it.each([
    ['delivered', 'message.delivered'],
    ['read', 'message.read'],
    ['played', 'message.read'],
    ['failed', 'message.failed'],
  ] as const)('%s is told at once and stays', async (status, type) => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { chat, id } = await sentMessage(shop);
    const at = Date.UTC(2026, 9, 2, 10, 30);
    await shop.receives(whatsapp.status(chat, id, status, { at }));
    await strangerSawNothing(shop, stranger);

    const { messages, conversation } = await shop.onlyConversation();
    expect(messages[0].status).toBe(status);
    expect(shop.toldTypes('messages').slice(2)).toEqual([type]);
    expect(shop.told('messages')[2]!.data).toMatchObject({
      conversationId: conversation.id,
      channelId: shop.channel.id,
      contactId: conversation.contact.id,
      platform: 'whatsapp',
      status,
      at: new Date(at).toISOString(),
      messageIds: [messages[0].id],
      changed: 1,
      watermark: null,
    });
    expect(shop.told('webhooks')[1]!.data).toMatchObject({ field: 'statuses', content: { messageId: id, status } });
  });

  it('failed says why', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { chat, id } = await sentMessage(shop);
    const error = { code: 131047, title: 'Re-engagement message', details: 'More than 24 hours have passed.' };
    await shop.receives(whatsapp.status(chat, id, 'failed', { error }));
    await strangerSawNothing(shop, stranger);

    const why = {
      code: 131047,
      title: error.title,
      message: error.title,
      details: error.details,
      reason: 'window_closed',
      mayRetry: false,
    };
    expect(shop.told('messages').at(-1)!.data.errors).toEqual([why]);
    expect((await shop.onlyConversation()).messages[0]).toMatchObject({ status: 'failed', error: why });
  });

  it('sent brings nothing new for a message that is known to be sent', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { chat, id } = await sentMessage(shop);
    await shop.receives(whatsapp.status(chat, id, 'sent'));
    await strangerSawNothing(shop, stranger);

    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.sent']);
    expect(shop.toldTypes('webhooks')).toHaveLength(2);
  });

  it('never goes back, whichever of its 120 orders five statuses come in', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const orders = permutations(statuses);
    const echoes = orders.map((_, position) => shop.echo(chat, `message ${position}`));
    await shop.receives(echoes);

    let before = await statusesIn(shop);
    for (let turn = 0; turn < statuses.length; turn += 1) {
      await shop.receives(orders.map((order, at) => whatsapp.status(chat, echoes[at]!.messageId!, order[turn]!)));
      const after = await statusesIn(shop);
      orders.forEach((order, at) => {
        const id = echoes[at]!.messageId!;
        const highest = order
          .slice(0, turn + 1)
          .reduce<string>((best, one) => (ranks[one]! > ranks[best]! ? one : best), 'sent');
        expect([order, after.get(id)]).toEqual([
          order,
          ranks[highest]! > ranks[before.get(id)!]! ? highest : before.get(id),
        ]);
      });
      before = after;
    }
    expect([...before.values()]).toEqual(orders.map(() => 'played'));
    await strangerSawNothing(shop, stranger);
    expectToldForward(shop);
  });

  it('is the highest of those that come in one webhook, told once', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const orders = permutations(statuses);
    const echoes = orders.map((_, position) => shop.echo(chat, `message ${position}`));
    await shop.receives(echoes);
    await shop.receives(
      orders.flatMap((order, at) => order.map((one) => whatsapp.status(chat, echoes[at]!.messageId!, one))),
    );
    await strangerSawNothing(shop, stranger);

    expect(new Set((await statusesIn(shop)).values())).toEqual(new Set(['played']));
    expect(shop.told('messages').filter(({ type }) => type === 'message.read')).toHaveLength(orders.length);
    expectToldForward(shop);
  });

  it('is right for a message that comes after its statuses, and in between', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const kinds = ['message', 'sent', 'delivered', 'read'] as const;
    const orders = permutations(kinds);
    const echoes = orders.map((_, position) => shop.echo(chat, `message ${position}`));
    const item = (at: number, kind: 'message' | Status): SimulatedItem =>
      kind === 'message' ? echoes[at]! : whatsapp.status(chat, echoes[at]!.messageId!, kind);
    for (let turn = 0; turn < kinds.length; turn += 1) {
      await shop.receives(orders.map((order, at) => item(at, order[turn]!)));
    }
    await strangerSawNothing(shop, stranger);

    expect([...(await statusesIn(shop)).values()]).toEqual(orders.map(() => 'read'));
    const sent = shop.told('messages').filter(({ type }) => type === 'message.sent');
    const atArrival = new Map(sent.map(({ data }) => [data.message.platformMessageId, data.message.status]));
    orders.forEach((order, at) => {
      const highest = order
        .slice(0, order.indexOf('message'))
        .reduce<string>((best, one) => (ranks[one]! > ranks[best]! ? one : best), 'sent');
      expect([order, atArrival.get(echoes[at]!.messageId!)]).toEqual([order, highest]);
    });
    expectToldForward(shop);
  });

  it('survives statuses racing each other and the message through every api process', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const echoes = Array.from({ length: 10 }, (_, position) => shop.echo(chat, `message ${position}`));
    const items = echoes.flatMap((echo) => [
      ...(['read', 'delivered', 'sent'] as const).map((one) => whatsapp.status(chat, echo.messageId!, one)),
      echo,
    ]);
    await Promise.all(items.map((item, position) => deliver(item, 'merged', position)));
    await until(() => shop.webhooks.of('webhook.received').length === items.length, 'all were taken in');
    await strangerSawNothing(shop, stranger);

    expect([...(await statusesIn(shop)).values()]).toEqual(echoes.map(() => 'read'));
    expectToldForward(shop);
  });

  it('of a message that is not known here changes nothing', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { chat, id } = await sentMessage(shop);
    await shop.receives(whatsapp.status(chat, `${id}unknown`, 'read'));
    await settle(shop);

    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.sent']);
    expect((await statusesIn(shop)).get(id)).toBe('sent');
    await strangerSawNothing(shop, stranger);
  });

  it('that another workspace claims for it is not believed', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { id } = await sentMessage(shop);
    await stranger.receives(whatsapp.status(stranger.chat(), id, 'read'));
    await settle(shop, stranger);

    expect((await statusesIn(shop)).get(id)).toBe('sent');
    expect(stranger.told('messages')).toEqual([]);
  });
});

/** What was told of each message, its own arrival first, is strictly rising. */
function expectToldForward(shop: Shop): void {
  const last = new Map<string, number>();
  for (const { data } of shop.told('messages')) {
    const moved = data.message ? [[data.message.id, data.message.status]] : [];
    const states = data.messageIds ? data.messageIds.map((id: string) => [id, data.status]) : moved;
    for (const [id, status] of states) {
      expect(ranks[status]).toBeGreaterThan(last.get(id) ?? 0);
      last.set(id, ranks[status]!);
    }
  }
  expect(last.size).toBeGreaterThan(0);
}
