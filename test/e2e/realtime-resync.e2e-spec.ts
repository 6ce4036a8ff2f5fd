import { closeSockets, connect, type SocketClient } from '../support/socket-client';
import { elsewhere, gateways, logOf, passed, type Served, served, stored } from './support/realtime';
import { openTwoShops, type Shop } from './support/shop';
import { operator } from './support/world';

afterEach(closeSockets);

const refetch = {
  '/webhooks': ['/v1/webhook-deliveries', '/v1/mentions'],
  '/messages': ['/v1/conversations', '/v1/conversations/:id/messages'],
};

/** A log with some events, of which all up to `pruned` are gone. */
async function prunedShops() {
  const { shop, stranger } = await openTwoShops('messenger');
  const start = shop.messages.notice('ready').cursor as string;
  for (const text of ['one', 'two', 'three']) await shop.receives(shop.text(shop.chat(), text));
  await passed([shop, stranger]);
  const log = await shop.log();
  const pruned = log.find(({ data }) => data.message?.content.text === 'two')!.cursor!;
  return { shop, stranger, start, log, pruned, head: log.at(-1)!.cursor! };
}

async function prune(shop: Shop, upTo: string): Promise<number> {
  const body = { workspaceId: shop.tenant.workspaceId, upTo };
  return (await (await operator()).made('/v1/events/prune', body)).pruned;
}

/** From the handshake and from `resume`, on every gateway: the reason, where to go on, nothing of a replay; then live. */
async function expectResync(shop: Shop, namespace: Served, cursor: unknown, reason: string): Promise<void> {
  const sockets: SocketClient[] = [];
  for (const gateway of gateways) {
    const returning = await connect(gateway, namespace, { token: shop.tenant.accessToken, cursor });
    const ready = returning.notice('ready');
    expect(ready).toMatchObject({ replayed: 0 });
    expect(ready.resync).toEqual({ reason, refetch: refetch[namespace], cursor: ready.cursor });

    const live = await connect(gateway, namespace, { token: shop.tenant.accessToken });
    const answer = await live.ask('resume', { cursor });
    expect(answer).toEqual({ ok: true, data: { replayed: 0, cursor: ready.cursor } });
    expect(await live.waitForNotice('resync')).toEqual(ready.resync);
    sockets.push(returning, live);
  }
  const { cursor: from } = sockets[0]!.notice('ready');
  for (const socket of sockets) expect(stored(socket)).toEqual([]);
  await passed([shop], ...sockets);
  const after = await logOf(shop.api, namespace, from);
  expect(after.length).toBeGreaterThan(0);
  for (const socket of sockets) expect(stored(socket)).toEqual(after);
}

describe.each(served)('a client of %s that cannot be served from its cursor', (namespace) => {
  it('is told so when the events of then are no longer held, and never gets a part of them', async () => {
    const { shop, start, pruned, log } = await prunedShops();
    expect(await prune(shop, pruned)).toBeGreaterThan(0);
    await expectResync(shop, namespace, start, 'cursor_expired');
    await expectResync(
      shop,
      namespace,
      log[log.findIndex(({ cursor }) => cursor === pruned) - 1]!.cursor,
      'cursor_expired',
    );
  });

  it('is served again from the oldest that is held on', async () => {
    const { shop, stranger, pruned, head, start } = await prunedShops();
    const rest = await logOf(shop.api, namespace, pruned);
    const theirs = await logOf(stranger.api, namespace);
    await prune(shop, pruned);
    for (const gateway of gateways) {
      const client = await connect(gateway, namespace, { token: shop.tenant.accessToken, cursor: pruned });
      expect(client.notice('ready').resync).toBeUndefined();
      expect(stored(client)).toEqual(rest);
    }
    expect((await shop.api.get(`/v1/events?after=${start}`)).status).toBe(410);
    // The other workspace has lost nothing.
    expect(await logOf(stranger.api, namespace)).toEqual(theirs);

    await prune(shop, head);
    const atHead = await connect(elsewhere, namespace, { token: shop.tenant.accessToken, cursor: head });
    expect(atHead.notice('ready')).toMatchObject({ replayed: 0, cursor: head });
    expect(atHead.notice('ready').resync).toBeUndefined();
    await expectResync(shop, namespace, pruned, 'cursor_expired');
  });

  it('is told what is wrong with a cursor of another database, of the future, or of no database', async () => {
    const { shop, head } = await prunedShops();
    const [epoch, sequence] = head.split('.') as [string, string];
    const beyond = `${epoch}.${String(Number(sequence) + 1_000_000).padStart(16, '0')}`;
    await expectResync(shop, namespace, `0ther${epoch.slice(5)}.${sequence}`, 'cursor_foreign');
    await expectResync(shop, namespace, beyond, 'cursor_unknown');
    for (const malformed of ['', 'yesterday', `${epoch}.12`, `${head}0`, 42, { epoch }, [head], true])
      await expectResync(shop, namespace, malformed, 'cursor_invalid');
  });
});

describe('pruning the log', () => {
  it('is the operator’s alone', async () => {
    const { shop, stranger, head, log } = await prunedShops();
    for (const { api } of [shop, stranger]) {
      const answer = await api.post('/v1/events/prune', { workspaceId: shop.tenant.workspaceId, upTo: head });
      expect(answer.status).toBe(403);
    }
    expect(await shop.log()).toEqual(log);
  });
});
