import { randomBytes } from 'node:crypto';
import { messenger, messengerChat } from '@switchboard/simulator';
import type { ServerProcess } from '../support/server-process';
import { until } from '../support/until';
import { Shop } from './support/shop';

jest.setTimeout(120_000);

/** A worker renews the locks of its jobs; others take jobs whose lock is older than this, ms. */
const lockDuration = 10_000;

describe('when a process dies or stands still', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop?.close());

  /** Has the batches wait at a table, acts while they do, and lets them go on. */
  async function midBatch(table: string, act: () => unknown): Promise<void> {
    const release = await shop.store.hold(`lock table ${table} in exclusive mode`);
    await until(async () => (await shop.store.waitingFor(table)).length > 0, 'a batch is under way');
    await act();
    await release();
  }

  const pastLock = (since: number) => until(() => performance.now() - since > lockDuration + 1000, 'the lock is over');

  it('a webhook committed by an api that is killed before its 200 counts once', () =>
    shop.plays(async (day) => {
      const [api] = shop.topology.apis as [ServerProcess];
      await day.suffers('the kill of an api', async () => {
        const release = await shop.store.hold('lock table webhook_deliveries in share row exclusive mode');
        // A process has two commits under way at most: with a third, both apis have one.
        const commits = await until(async () => {
          const pids = await shop.store.waitingFor('webhook_deliveries');
          return pids.length > 2 ? pids : undefined;
        }, 'both apis commit');
        api.signal('SIGSTOP');
        await release();
        await until(async () => (await shop.store.busy(commits)) === 0, 'the commits are made');
        await api.stop('SIGKILL');
      });
      await api.start();
      await day.judge();
      expect(await day.kept()).toBeGreaterThan(day.acknowledged);
    }));

  it.each([
    ['in its middle', 'messages'],
    ['at its end', 'workspace_heads'],
  ])('a batch whose worker is killed %s is taken in and told once', (when, table) =>
    shop.plays((day) =>
      day.suffers(`the restart of a worker that was killed in a batch, ${when}`, async () => {
        await midBatch(table, () => shop.worker.stop('SIGKILL'));
        await shop.worker.start();
      }),
    ),
  );

  it('clients of a gateway that is killed go on at another', () =>
    shop.plays(async (day) => {
      const [gateway] = shop.topology.gateways as [ServerProcess];
      await day.suffers('the kill of a gateway', () => gateway.stop('SIGKILL'));
      await gateway.start();
    }));

  it('a worker that stood still past its lock goes on', () =>
    shop.plays((day) =>
      day.suffers('the only worker had stood still', async () => {
        const since = performance.now();
        await midBatch('messages', () => shop.worker.signal('SIGSTOP'));
        await pastLock(since);
        shop.worker.signal('SIGCONT');
      }),
    ));

  it('a channel that bulk work holds keeps nobody else waiting', () =>
    shop.plays(async (day) => {
      const newest = 'select id from channels order by id desc limit 1';
      const others = `select count(*) from messages where channel_id <> (${newest})`;
      const release = await shop.store.hold(`select pg_advisory_xact_lock(hashtextextended((${newest})::text, 0))`);
      const behindIt = 'select count(*) from webhook_pending where lane = 1';
      await until(async () => (await shop.store.number(behindIt)) > 3, 'webhooks of the channel wait behind that work');
      const before = await shop.store.number(others);
      await until(async () => (await shop.store.number(others)) > before + 20, 'those of others are taken in');
      expect(await shop.store.number(behindIt)).toBeGreaterThan(3);
      await release();
      await day.goesOn('bulk work held a channel');
    }));

  it('what cannot be stored has nobody wait for a channel that bulk work holds', () =>
    shop.plays(async (day) => {
      const [poisoned, busy] = await Promise.all([
        (await shop.tenant()).channel('messenger'),
        (await shop.tenant()).channel('messenger'),
      ]);
      const count = (what: string) => shop.store.number(`select count(*) from ${what}`);
      const chatWith = ({ externalId: id }: { externalId: string }) => messengerChat({ account: { id } });
      const release = await shop.store.hold('select pg_advisory_xact_lock(hashtextextended($1, 0))', [busy.id]);
      // Both in one batch.
      shop.worker.signal('SIGSTOP');
      await day.posts(messenger.text(chatWith(poisoned), 'Poisoned', { id: randomBytes(4500).toString('base64') }));
      await day.posts(messenger.text(chatWith(busy), 'Behind that work'));
      shop.worker.signal('SIGCONT');
      const setAside = `webhook_items where channel_id = '${poisoned.id}' and state = 'quarantined'`;
      await until(async () => (await count(setAside)) === 1, 'what cannot be stored is set aside');
      const before = await count('messages');
      await until(async () => (await count('messages')) > before + 20, 'those of others are taken in');
      expect(await count(`messages where channel_id = '${busy.id}'`)).toBe(0);
      await release();
      await until(async () => (await count(`messages where channel_id = '${busy.id}'`)) === 1, 'then its own');
      await day.goesOn('bulk work held a channel, and something could not be stored');
    }));

  it('another worker takes over from one that stands still, and both go on when it does', () =>
    shop.plays(async (day) => {
      const second = shop.topology.add('worker-2', 'worker');
      await second.start();
      // While the first is brought into the middle of a batch; after 2 s a batch would not wait any longer.
      second.signal('SIGSTOP');
      const since = performance.now();
      await day.suffers('one of two workers came to a stand', () =>
        midBatch('messages', () => {
          shop.worker.signal('SIGSTOP');
          second.signal('SIGCONT');
        }),
      );
      await pastLock(since);
      await day.suffers('it went on', async () => shop.worker.signal('SIGCONT'));
      await second.stop();
    }));

  it('processes that are replaced one after the other lose nothing', () =>
    shop.plays((day) =>
      day.suffers('all processes were replaced', async () => {
        for (const one of shop.topology.processes.filter(({ running }) => running)) {
          expect({ [one.name]: await one.stop('SIGTERM') }).toEqual({ [one.name]: 0 });
          await one.start();
        }
      }),
    ));
});
