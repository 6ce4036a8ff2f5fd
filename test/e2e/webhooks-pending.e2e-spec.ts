import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenDatabase, openDatabase } from '@switchboard/database';
import { DeliveriesRepository } from '../../apps/server/src/webhooks/deliveries.repository';

/** On a database of its own: the lanes of the running application are never still, and its retention is days. */
describe('webhooks that wait to be taken in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  let open: OpenDatabase;
  let deliveries: DeliveriesRepository;

  beforeAll(async () => {
    open = await openDatabase({ store: 'embedded', dataDir: folder, databasePool: 1 }, () => undefined);
    deliveries = new DeliveriesRepository(open.database);
  });
  afterAll(async () => {
    await open?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const keep = (lane: number, sizes: number[]) =>
    deliveries.keep(sizes.map((size) => ({ metaAppId: randomUUID(), lane, body: Buffer.alloc(size, 'x') })));
  const take = async (lane: number, count: number, bytes: number) => {
    const taken = await open.database.transaction(() => deliveries.take(lane, { count, bytes }));
    return [taken.deliveries.map(({ body }) => body.length), taken.more];
  };

  it('are taken oldest first, within number and size, and it is known whether there is more', async () => {
    await keep(1, [10, 20, 5000, 30, 40]);
    await keep(0, [1]);
    expect(await take(1, 2, 1000)).toEqual([[10, 20], true]);
    // One at least, whatever its size; the size bound it, not the number.
    expect(await take(1, 300, 1000)).toEqual([[5000], true]);
    expect(await take(1, 300, 1000)).toEqual([[30, 40], false]);
    expect(await take(1, 300, 1000)).toEqual([[], false]);
    expect(await take(0, 300, 1000)).toEqual([[1], false]);
  });

  it('outlive their retention, in whatever lane they wait', async () => {
    await keep(0, [11, 12, 13]);
    const { deliveries: taken } = await open.database.transaction(async () => {
      const some = await deliveries.take(0, { count: 2, bytes: 1000 });
      // The second goes behind bulk work, and the first is done.
      await deliveries.putInto(1, [some.deliveries[1]!.id]);
      return some;
    });
    expect(taken).toHaveLength(2);
    const kept = async () =>
      (
        await open.database.query<{ size: number }>('select length(body) as size from webhook_deliveries order by id')
      ).rows.map(({ size }) => size);
    const later = new Date(Date.now() + 60_000);
    while ((await deliveries.prune(later)) > 0);
    expect(await kept()).toEqual([12, 13]);
    expect(await take(1, 300, 1000)).toEqual([[12], false]);
    expect(await take(0, 300, 1000)).toEqual([[13], false]);
    await deliveries.prune(later);
    expect(await kept()).toEqual([]);
  });
});
