import { Redis } from 'ioredis';
import { until } from '../support/until';
import { service } from './support/services';
import { Shop } from './support/shop';

jest.setTimeout(120_000);

describe('when Redis fails', () => {
  let shop: Shop;
  let redis: Redis;

  beforeAll(async () => {
    shop = await Shop.open();
    redis = new Redis(process.env.REDIS_URL!, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
  });
  afterAll(async () => {
    redis?.disconnect();
    await shop?.close();
  });

  it('everything flows on after it forgot all it knew', () =>
    shop.plays((day) => day.suffers('FLUSHALL', () => redis.flushall())));

  it('clients that stay connected miss nothing while its subscriptions break', () =>
    shop.plays((day) =>
      day.suffers('its subscriptions broke', async () => {
        for (let time = 0; time < 10; time++) {
          await until(async () => (await subscribers()) === shop.topology.processes.length, 'all have subscribed');
          expect(await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBeGreaterThan(0);
        }
      }),
    ));

  it.each(['fast', 'immediate'] as const)('everything flows on after a restart (%s)', (mode) =>
    shop.plays((day) => day.suffers(`a restart (${mode})`, () => service('restart', 'redis', mode))),
  );

  it('webhooks are kept and told while it is away, and after', () =>
    shop.plays(async (day) => {
      const since = performance.now();
      await day.suffers('Redis went away', () => service('stop', 'redis', 'immediate'));
      await until(() => performance.now() - since > 10_000, 'it was away for 10 s');
      await day.goesOn('Redis was away for 10 s');
      await day.suffers('Redis came back', () => service('start', 'redis'));
    }));

  async function subscribers(): Promise<number> {
    const [, count] = (await redis.pubsub('NUMSUB', 'switchboard:events')) as [string, number];
    return count;
  }
});
