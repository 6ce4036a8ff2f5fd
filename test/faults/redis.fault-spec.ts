import { randomUUID } from 'node:crypto';
import { deliver, envelope, serialise, whatsapp, whatsappChat } from '@switchboard/simulator';
import { Redis } from 'ioredis';
import type { ServerProcess } from '../support/server-process';
import { closeSockets } from '../support/socket-client';
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
  afterEach(closeSockets);
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

  it('nobody falls over what cannot be read on its channels', () =>
    shop.plays((day) =>
      day.suffers('unreadable text on every channel', async () => {
        const channels = (await redis.pubsub('CHANNELS', '*:*:2')) as string[];
        expect(channels).toHaveLength(3);
        for (const text of ['', 'not json', '\n', '\n{}', '\n[{}]', '\n[{"events":[{}]}]', '{}', 'null']) {
          for (const channel of channels) {
            expect(await redis.publish(channel, text)).toBe(shop.topology.processes.length);
            expect(await redis.publish(channel, `${randomUUID()}${text}`)).toBe(shop.topology.processes.length);
          }
        }
        const warned = ({ log }: ServerProcess) => log.some((line) => line.includes('could not be read'));
        await until(() => shop.topology.gateways.every(warned), 'each gateway has said so');
        expect(shop.topology.processes.every(({ running }) => running)).toBe(true);
      }),
    ));

  it('no subscriber is cut off for the size of what is told at once', async () => {
    const tenant = await shop.tenant();
    const { externalId: id, businessAccountId = '' } = await tenant.channel('whatsapp');
    const client = await tenant.sockets('/messages', { fields: [] });
    const subscribed = async () =>
      [...String(await redis.client('LIST', 'TYPE', 'PUBSUB')).matchAll(/^id=(\d+)/gm)].map(([, id]) => id).sort();
    const before = await subscribed();
    const chat = whatsappChat({ account: { id, businessAccountId } });
    const text = 'x'.repeat(4096);
    shop.worker.signal('SIGSTOP');
    // Each beyond what is ordinary, all at once to be taken in: 20 MB, told in twice as many.
    for (let count = 0; count < 7; count += 1) {
      const items = Array.from({ length: 650 }, () => whatsapp.text(chat, text));
      const { body } = envelope(items, 'entries')[0]!;
      const answer = await deliver(`${shop.fronts.webhooks.url}/webhooks/meta`, serialise(body), {
        secret: shop.topology.metaApp.secret,
      });
      expect(answer.status).toBe(200);
    }
    shop.worker.signal('SIGCONT');
    await until(() => client.of('message.received').length === 7 * 650, 'all were told', 60_000);
    expect(before.length).toBeGreaterThanOrEqual(shop.topology.processes.length);
    expect(await subscribed()).toEqual(before);
  });

  it('keeps the names of one installation apart from those of another', async () => {
    const [{ epoch }] = (await shop.store.rows<{ epoch: string }>('select epoch from instance')) as [{ epoch: string }];
    await redis.flushall();
    await shop.plays(async (day) => {
      await day.goesOn('it was emptied');
      const names = async () => [...(await redis.keys('*')), ...((await redis.pubsub('CHANNELS')) as string[])];
      for (const what of ['queue', 'gateways', 'events', 'ephemeral', 'arrivals', 'sockets']) {
        const ours = `switchboard:${epoch}:${what}`;
        await until(async () => (await names()).some((name) => name.startsWith(ours)), `${what} stand in Redis`);
      }
      expect((await names()).filter((name) => !name.startsWith(`switchboard:${epoch}:`))).toEqual([]);
    });
  });

  async function subscribers(): Promise<number> {
    const [channel] = (await redis.pubsub('CHANNELS', 'switchboard:*:events:*')) as string[];
    const [, count] = (await redis.pubsub('NUMSUB', channel ?? '')) as [string, number];
    return count;
  }
});
