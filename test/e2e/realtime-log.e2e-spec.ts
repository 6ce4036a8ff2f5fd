import { instagram, messenger, type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { deliver } from './support/deliver';
import { gateways, logOf, passed, served, stored } from './support/realtime';
import { openTwoShops } from './support/shop';
import { world } from './support/world';

afterEach(closeSockets);

describe('what a dashboard is told', () => {
  it.each(['whatsapp', 'messenger', 'instagram'] as const)(
    'on %s is what the log holds, event by event, on every gateway alike',
    async (platform) => {
      const { shop, stranger } = await openTwoShops(platform);
      const screens = await Promise.all(
        gateways.flatMap((gateway) =>
          [...served, ...served].map(async (namespace) => ({
            namespace,
            client: await shop.tenant.sockets(namespace, {}, gateway),
          })),
        ),
      );
      const start = screens[0]!.client.notice('ready').cursor;
      const chats = Array.from({ length: 8 }, () => shop.chat());
      const texts = chats.map((chat) => shop.text(chat, 'Good morning'));
      const echoes = chats.map((chat) => shop.echo(chat, 'Good morning to you'));
      // Several at a time, through every api process: what order they are stored in is the log's to say.
      await Promise.all(texts.map((text, at) => deliver(text, undefined, at)));
      await Promise.all(echoes.map((echo, at) => deliver([echo, texts[at]!], 'entries', at)));
      await deliver(stranger.text(stranger.chat(), 'Good evening'));
      await passed([shop, stranger], ...screens.map(({ client }) => client));
      for (const { namespace, client } of screens) {
        const log = await logOf(shop.api, namespace, start);
        expect(log.length).toBeGreaterThan(16);
        expect(stored(client)).toEqual(log);
        expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
        expect(log.map(({ cursor }) => cursor)).toEqual(log.map(({ cursor }) => cursor!).toSorted());
        expect(new Set(log.map(({ workspaceId }) => workspaceId))).toEqual(new Set([shop.tenant.workspaceId]));
      }
    },
  );

  it('of a webhook is the item as Meta sent it, whatever its kind', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const chat = shop.chat();
    const items: SimulatedItem[] = [
      shop.text(chat, 'Hello 👋 “quoted”'),
      instagram.comment(chat, 'Lovely!'),
      instagram.postback(chat, 'Get started', 'START'),
      instagram.mention(chat),
    ];
    for (const item of items) await shop.receives(item);
    await passed([shop, stranger]);
    const raws = shop.webhooks.of('webhook.received').map(({ data }) => JSON.stringify(data.raw));
    for (const [at, item] of items.entries()) expect(raws[at]).toContain(JSON.stringify(item.element));
  });

  it('never holds a secret or a token', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    const echo = shop.echo(chat, 'An answer');
    await shop.receives([shop.text(chat, 'A question'), echo]);
    await shop.receives(messenger.read(chat, echo.sentAt));
    const { id } = shop.messages.of('conversation.created')[0]!.data.conversation;
    await shop.messages.ask('typing.start', { conversationId: id });
    await shop.messages.ask('message.mark_read', { conversationId: id });
    await shop.messages.waitFor('conversation.read');
    await passed([shop, stranger]);
    const { accessToken, refreshToken, password } = shop.tenant;
    const secrets = [accessToken, refreshToken, password, world.jwtSecret, world.metaAppSecret, world.verifyToken];
    const told = JSON.stringify([shop.messages, shop.webhooks].map(({ events, notices }) => [events, notices]));
    const log = JSON.stringify(await shop.log());
    expect(told).toContain('A question');
    for (const secret of secrets) {
      expect(told).not.toContain(secret);
      expect(log).not.toContain(secret);
    }
    expect(told).not.toMatch(/"[^"]*(secret|token|password|signature)[^"]*":/i);
  });

  it('of a message on WhatsApp names nobody of another workspace', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    // Both shops in one body, as Meta sends them: each is told of its own.
    await deliver([shop.text(chat, 'For the shop'), stranger.text(stranger.chat(), 'For the other')]);
    const echo = shop.echo(chat, 'Here you are');
    await deliver([echo, whatsapp.status(chat, echo.messageId!, 'delivered')]);
    await passed([shop, stranger]);
    const all = (one: typeof shop) => JSON.stringify([one.messages.events, one.webhooks.events]);
    expect(all(shop)).toContain('For the shop');
    expect(all(stranger)).toContain('For the other');
    for (const foreign of [
      stranger.channel.id,
      stranger.channel.externalId,
      stranger.tenant.workspaceId,
      'For the other',
    ])
      expect(all(shop)).not.toContain(foreign);
    for (const foreign of [shop.channel.id, shop.channel.externalId, shop.tenant.workspaceId, 'For the shop'])
      expect(all(stranger)).not.toContain(foreign);
  });
});
