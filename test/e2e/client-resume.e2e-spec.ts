import { memoryCursors } from '@switchboard/client';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { logOf } from './support/realtime';
import { lineTo, online, record, sdk } from './support/sdk';
import { openShop, type Shop, settle } from './support/shop';
import { tenant } from './support/world';

afterEach(closeSockets);

async function customersWrite(shop: Shop, count: number): Promise<void> {
  for (let written = 0; written < count; written++) await shop.receives(shop.text(shop.chat(), 'Anybody there?'));
}

const ids = (events: { id: string }[]) => events.map(({ id }) => id);

describe('an application on the client SDK', () => {
  it('is told everything once and in order, however often its line is cut', async () => {
    const shop = await openShop('messenger');
    const line = await lineTo();
    const client = sdk(shop.tenant.accessToken, { url: line.url });
    const told = record(client, '/messages');
    await online(client);
    const start = client.cursor('/messages')!;
    for (let cuts = 0; cuts < 4; cuts++) {
      const writing = customersWrite(shop, 3);
      line.cut();
      await writing;
      await online(client);
    }
    await settle(shop);
    const log = await logOf(shop.api, '/messages', start);
    expect(log.length).toBeGreaterThan(20);
    await until(() => told.length >= log.length, 'everything was told');
    expect(ids(told)).toEqual(ids(log));
    expect(client.cursor('/messages')).toBe(log.at(-1)!.cursor);
  });

  it('goes on in a second life from where the first ended, and nobody else goes on from there', async () => {
    const shop = await openShop('messenger');
    const cursors = memoryCursors();
    const first = sdk(shop.tenant.accessToken, { cursors });
    const before = record(first, '/messages');
    await online(first);
    await customersWrite(shop, 2);
    await until(() => before.filter(({ type }) => type === 'message.received').length === 2, 'the first life was told');
    const left = first.cursor('/messages')!;
    first.close();
    await customersWrite(shop, 2);
    await settle(shop);

    const missed = await logOf(shop.api, '/messages', left);
    const second = sdk(shop.tenant.accessToken, { cursors });
    const after = record(second, '/messages');
    await online(second);
    expect(ids(after)).toEqual(ids(missed));

    const stranger = await tenant();
    const foreign = sdk(stranger.accessToken, { cursors });
    const none = record(foreign, '/messages');
    await online(foreign);
    expect(none).toEqual([]);
    expect(foreign.cursor('/messages')).not.toBe(second.cursor('/messages'));
  });

  it('has one connection however many namespaces it listens to, and joins only those', async () => {
    const shop = await openShop('messenger');
    const line = await lineTo();
    const client = sdk(shop.tenant.accessToken, { url: line.url });
    const contacts: string[] = [];
    const stopContacts = client.on('contact.created', ({ data }) => contacts.push(data.contact.id));
    const messages = record(client, '/messages');
    await online(client);
    expect(client.cursor('/webhooks')).toBeUndefined();
    await customersWrite(shop, 1);
    await until(() => messages.length > 0 && contacts.length === 1, 'both were told');
    expect(line.connections).toBe(1);

    const { socketId } = client.connection.current;
    stopContacts();
    await customersWrite(shop, 1);
    await until(() => messages.filter(({ type }) => type === 'message.received').length === 2, 'the other goes on');
    expect(contacts).toHaveLength(1);
    expect(client.connection.current).toMatchObject({ status: 'online', latencyMs: expect.any(Number) });
    expect([line.connections, typeof socketId]).toEqual([1, 'string']);
  });

  it('loads a list and is told what happened since its head, with nothing missed in between', async () => {
    const shop = await openShop('messenger');
    await customersWrite(shop, 1);
    const client = sdk(shop.tenant.accessToken);
    const told = record(client, '/messages');
    const page = await client.load('/messages', async () => {
      const { body } = await shop.api.get('/v1/conversations');
      // It happens after the list was read and before anything is joined.
      await customersWrite(shop, 2);
      return body;
    });
    await online(client);
    await settle(shop);
    const since = await logOf(shop.api, '/messages', page.head);
    await until(() => told.length >= since.length, 'everything since was told');
    expect(page.items).toHaveLength(1);
    expect(ids(told)).toEqual(ids(since));
  });
});
