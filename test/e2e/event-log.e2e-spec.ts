import { messenger, whatsapp } from '@switchboard/simulator';
import { closeSockets, type ReceivedEvent } from '../support/socket-client';
import { deliver } from './support/deliver';
import { type Body, openTwoShops, type Shop, settle } from './support/shop';
import { colleague, operator } from './support/world';

afterEach(closeSockets);

/** A little of everything, so that both namespaces have something to tell. */
async function aDay(shop: Shop<'messenger'>): Promise<void> {
  const chat = shop.chat();
  const message = shop.text(chat, 'Hello');
  const echo = shop.echo(chat, 'Hi!');
  await shop.receives([message, echo, messenger.image(chat)]);
  await shop.receives([messenger.reaction(chat, echo.messageId!, 'love'), messenger.read(chat, Date.UTC(2027, 0))]);
  await shop.receives([messenger.deleted(chat, message.messageId!), messenger.comment(chat, 'First!')]);
  await shop.messages.ask('message.mark_read', { conversationId: (await shop.onlyConversation()).conversation.id });
}

const storedOf = (shop: Shop): ReceivedEvent[] =>
  [...shop.webhooks.events, ...shop.messages.events]
    .filter(({ cursor }) => cursor !== undefined)
    .toSorted((a, b) => (a.cursor! < b.cursor! ? -1 : 1));

describe('the event log', () => {
  it('holds what the sockets brought, the same events in the same order', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await aDay(shop);
    await settle(shop, stranger);

    const log = await shop.log();
    const elsewhere = /^(contact|channel|team)\./;
    expect(log.filter(({ type }) => !elsewhere.test(type))).toEqual(storedOf(shop));
    expect(log.some(({ type }) => elsewhere.test(type))).toBe(true);
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    expect(new Set(log.map(({ workspaceId }) => workspaceId))).toEqual(new Set([shop.tenant.workspaceId]));
    expect(log.map(({ type }) => type)).not.toContain('unread.changed');
    const sequences = log.map(({ cursor }) => Number(cursor!.split('.')[1]));
    expect(sequences).toEqual(sequences.map((_, position) => position + 1));
    expect((await stranger.log()).every(({ workspaceId }) => workspaceId === stranger.tenant.workspaceId)).toBe(true);
  });

  it('is read in pages, each from where the one before ended', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await aDay(shop);
    await settle(shop, stranger);

    const whole = await shop.log();
    const read: ReceivedEvent[] = [];
    for (let after = ''; ; ) {
      const { body } = await shop.api.get(`/v1/events?limit=3${after}`);
      if (body.items.length === 0) {
        expect(body.next).toBe(body.head);
        break;
      }
      expect(body.next).toBe(body.items.at(-1).cursor);
      read.push(...body.items);
      after = `&after=${body.next}`;
    }
    expect(read).toEqual(whole);
    const middle = whole[Math.floor(whole.length / 2)]!;
    const rest = (await shop.api.get(`/v1/events?after=${middle.cursor}`)).body.items;
    expect(rest).toEqual(whole.slice(whole.indexOf(middle) + 1));
  });

  it('goes on over the socket from where it was read over REST', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await aDay(shop);
    const { body } = await shop.api.get('/v1/events?limit=5');
    await settle(shop, stranger);
    const socket = await shop.tenant.sockets('/messages', { cursor: body.next });
    expect(socket.events.filter(({ cursor }) => cursor)).toEqual(
      shop.messages.events.filter(({ cursor }) => cursor && cursor > body.next),
    );
  });

  it('can be pruned by the operator; an older cursor is then told to load anew', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await aDay(shop);
    await settle(shop, stranger);
    const log = await shop.log();
    const upTo = log[4]!.cursor!;
    const request = { workspaceId: shop.tenant.workspaceId, upTo };
    expect((await shop.api.post('/v1/events/prune', request)).body.code).toBe('forbidden');
    expect((await (await operator()).post('/v1/events/prune', request)).body).toEqual({ pruned: 5 });

    const gone = await shop.api.get(`/v1/events?after=${log[2]!.cursor}`);
    expect([gone.status, gone.body.code, gone.body.reason]).toEqual([410, 'resync', 'cursor_expired']);
    expect((await shop.api.get(`/v1/events?after=${upTo}`)).body.items).toEqual(log.slice(5));
    expect((await shop.log())[0]).toEqual(log[5]);
    expect((await stranger.log())[0]!.cursor).toMatch(/1$/);
    const socket = await shop.tenant.sockets('/messages', { cursor: log[2]!.cursor });
    expect(socket.notice('ready').resync).toMatchObject({ reason: 'cursor_expired' });
  });

  it('is not pruned by mistake: with a cursor newer than the newest, or of another database, or in no workspace', async () => {
    const { shop } = await openTwoShops('messenger');
    const log = await shop.log();
    const { workspaceId } = shop.tenant;
    const epoch = log[0]!.cursor!.split('.')[0];
    const prune = async (request: Body) => (await (await operator()).post('/v1/events/prune', request)).body;
    for (const upTo of [`${epoch}.0000000000009999`, `${epoch}.9999999999999999`, 'abcd.0000000000000001', '1']) {
      const refused = await prune({ workspaceId, upTo });
      expect([upTo, refused]).toMatchObject([upTo, { status: 400, details: [{ field: 'upTo' }] }]);
    }
    const nowhere = await prune({ workspaceId: '01900000-0000-7000-8000-000000000000', upTo: log[0]!.cursor });
    expect(nowhere).toMatchObject({ status: 404, detail: expect.stringContaining('workspaceId') });
    expect(await shop.log()).toEqual(log);
  });

  it('is dense and complete when several webhooks of a workspace are taken in at the same moment', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const numbers = await Promise.all(Array.from({ length: 4 }, () => shop.tenant.channel('whatsapp')));
    const items = numbers.flatMap(({ externalId, businessAccountId }, number) =>
      Array.from({ length: 10 }, (_, n) => {
        const chat = shop.chat();
        const account = { ...chat.account, id: externalId, businessAccountId: businessAccountId! };
        return whatsapp.text({ ...chat, account }, `${number} ${n}`);
      }),
    );
    await Promise.all(items.map((item, position) => deliver(item, 'merged', position)));
    await shop.messages.waitFor('message.received', items.length);
    await settle(shop, stranger);

    const log = await shop.log();
    const sequences = log.map(({ cursor }) => Number(cursor!.split('.')[1]));
    expect(sequences).toEqual(sequences.map((_, position) => position + 1));
    expect(log.filter(({ type }) => type === 'message.received')).toHaveLength(items.length + 1);
    for (const socket of [shop.webhooks, shop.messages]) {
      const cursors = socket.events.flatMap(({ cursor }) => cursor ?? []);
      expect(cursors).toEqual(cursors.toSorted());
    }
  });

  it('is the same for every user of the workspace, but for what only admins are told', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await aDay(shop);
    await settle(shop, stranger);
    const agent = await colleague(shop.tenant, 'agent');
    const { body } = await agent.api.get('/v1/events?limit=1000');
    const whole = await shop.log();
    expect(whole.some(({ type }) => type === 'team.activity')).toBe(true);
    expect(body.items).toEqual(whole.filter(({ type }) => type !== 'team.activity'));
    expect(body.items.some(({ type }: Body) => type === 'conversation.read')).toBe(true);
  });
});
