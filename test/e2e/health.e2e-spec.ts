import { closeSockets, dial } from '../support/socket-client';
import { until } from '../support/until';
import { type Body, openTwoShops, settle } from './support/shop';
import { colleague, operator, tenant, world } from './support/world';

afterEach(closeSockets);

const read = async (path: string): Promise<{ status: number; type: string | null; body: Body }> => {
  const answer = await fetch(path);
  const text = await answer.text();
  const type = answer.headers.get('content-type');
  return { status: answer.status, type, body: type?.includes('json') ? JSON.parse(text) : text };
};

/** What every process answers. */
const everywhere = (path: string) => Promise.all(world.processes.map((url) => read(`${url}${path}`)));

const redisUsed = world.topology === 'cluster';

describe('health', () => {
  it('says of each process that it lives', async () => {
    for (const { status, body } of await everywhere('/health/live'))
      expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  it('says of each process that it is ready, with each store and how long it took to answer', async () => {
    const up = { status: 'ok', latencyMs: expect.any(Number) };
    for (const { status, body } of await everywhere('/health/ready')) {
      expect(status).toBe(200);
      expect(body).toEqual({ status: 'ok', stores: { database: up, redis: redisUsed ? up : { status: 'unused' } } });
    }
  });

  it('counts the sockets and users of all gateways, whichever process is asked', async () => {
    const counted = async (connections: number, authenticatedUsers: number, ms?: number) => {
      const wanted = {
        status: 'ok',
        connections,
        authenticatedUsers,
        averageConnectionsPerUser: authenticatedUsers === 0 ? 0 : connections / authenticatedUsers,
      };
      let last: Body[] = [];
      const same = async () => {
        last = (await everywhere('/health')).map(({ body }) => body.services.websocket);
        return last.every((one) => JSON.stringify(one) === JSON.stringify(wanted));
      };
      await until(same, 'all processes count the same', ms).catch(() => expect(last).toEqual(last.map(() => wanted)));
    };
    // A connection whose client went without a word is noticed after 45 s (ping interval and timeout), and may be another spec's.
    await counted(0, 0, 70_000);
    const owner = await tenant();
    const agent = await colleague(owner, 'agent');
    const first = await owner.sockets('/messages', {}, world.gateways[0]);
    await owner.sockets('/webhooks', {}, world.gateways.at(-1));
    await agent.sockets('/messages');
    await counted(3, 2);
    // Not signed in yet: a connection without a user.
    dial(world.gateways[0]!, '/messages', {});
    await counted(4, 2);
    first.close();
    await counted(3, 2);
  }, 180_000);

  it('tells the time and each service', async () => {
    const { status, body } = await read(`${world.apis[0]}/health`);
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ok',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      services: {
        database: { status: 'ok', latencyMs: expect.any(Number) },
        redis: redisUsed ? { status: 'ok', latencyMs: expect.any(Number) } : { status: 'unused' },
        websocket: expect.objectContaining({ status: 'ok' }),
      },
    });
  });
});

describe('metrics', () => {
  it('are served by each process in the text format of Prometheus', async () => {
    for (const { status, type, body } of await everywhere('/metrics')) {
      expect([status, type]).toEqual([200, expect.stringMatching(/^text\/plain; version=/)]);
      expect(body).toMatch(/^process_cpu_seconds_total \d/m);
      expect(body).toMatch(/^switchboard_webhook_queue \d/m);
    }
  });

  it('count what came in and what became of it', async () => {
    const total = async (name: string, label: string) => {
      const line = new RegExp(`^switchboard_${name}\\{[^}]*${label}[^}]*\\} (\\d+)`, 'm');
      return (await everywhere('/metrics')).reduce((sum, { body }) => sum + Number(line.exec(body)?.[1] ?? 0), 0);
    };
    const before = [await total('webhooks_received_total', 'kept'), await total('webhook_items_total', 'processed')];
    const { shop, stranger } = await openTwoShops('messenger');
    await settle(shop, stranger);
    expect(await total('webhooks_received_total', 'kept')).toBe(before[0]! + 1);
    expect(await total('webhook_items_total', 'processed')).toBe(before[1]! + 2);
  });
});

describe('statistics of sockets', () => {
  it('stand in the metrics of each gateway', async () => {
    const count = async (authenticated: string) => {
      const line = new RegExp(
        `^switchboard_sockets\\{namespace="/messages",authenticated="${authenticated}"\\} (\\d+)`,
        'm',
      );
      return (await everywhere('/metrics')).reduce((sum, { body }) => sum + Number(line.exec(body)?.[1] ?? 0), 0);
    };
    const both = async () => [await count('yes'), await count('no')].join();
    await until(async () => (await both()) === '0,0', 'earlier sockets are gone');
    const owner = await tenant();
    await owner.sockets('/messages', {}, world.gateways[0]);
    await owner.sockets('/messages', {}, world.gateways.at(-1));
    dial(world.gateways[0]!, '/messages', {});
    await until(async () => (await both()) === '2,1', 'two have signed in and one has not');
    closeSockets();
    await until(async () => (await both()) === '0,0', 'nobody is left');
  });

  it('tell the operator how many all gateways have by namespace, signed in or not, and what they listen to', async () => {
    const stats = async (): Promise<Body> => (await (await operator()).get('/v1/realtime/stats')).body;
    const messages = async (): Promise<Body> => (await stats()).namespaces['/messages'];
    await until(async () => (await stats()).connections === 0, 'earlier sockets are gone');
    const owner = await tenant();
    const { id } = await owner.channel('messenger');
    await owner.sockets('/messages', {}, world.gateways[0]);
    await owner.sockets('/messages', { rooms: [{ kind: 'channel', id }] }, world.gateways.at(-1));
    dial(world.gateways[0]!, '/messages', {});
    await until(async () => (await messages()).clients === 3, 'three are counted');

    expect(await stats()).toMatchObject({ gateways: world.gateways.length, connections: 3, users: 1 });
    expect(await messages()).toEqual({
      clients: 3,
      authenticated: 2,
      subscriptions: expect.any(Number),
      rooms: expect.any(Number),
      users: expect.any(Number),
    });
    expect((await messages()).rooms).toBeGreaterThanOrEqual(2);
    expect((await owner.api.get('/v1/realtime/stats')).body.code).toBe('forbidden');
  });
});
