import { randomUUID } from 'node:crypto';
import { namespaces } from '@switchboard/contracts';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { deliver } from './support/deliver';
import { type Body, openShop, openTwoShops, type Shop } from './support/shop';
import { operator, world } from './support/world';

afterEach(closeSockets);

const cursor = /^[a-z0-9]{4,32}\.\d{16}$/;
const minutes = (count: number) => Date.UTC(2026, 9, 1, 9) + count * 60_000;

/** Reads a list by pages of two and checks that it is the same as in one piece. */
async function pages(shop: Shop, path: string): Promise<Body[][]> {
  const found: Body[][] = [];
  const and = path.includes('?') ? '&' : '?';
  for (let before = ''; ; ) {
    const { status, body } = await shop.api.get(`${path}${and}limit=2${before}`);
    expect(status).toBe(200);
    expect(body.head).toMatch(cursor);
    found.push(body.items);
    if (body.next === null) break;
    before = `&before=${body.next}`;
  }
  const { body } = await shop.api.get(`${path}${and}limit=200`);
  expect(found.flat()).toEqual(body.items);
  expect(body.next).toBeNull();
  return found;
}

const sizes = (found: Body[][]) => found.map(({ length }) => length);

describe('lists', () => {
  it('are paged without a gap or a repetition, also among entries of the same second', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    await shop.receives(Array.from({ length: 5 }, (_, n) => shop.text(chat, `same second ${n}`, { at: minutes(0) })));
    await shop.receives(
      Array.from({ length: 4 }, (_, n) => shop.text(shop.chat(), `customer ${n}`, { at: minutes(0) })),
    );
    await stranger.receives(stranger.text(stranger.chat(), 'Not in here'));
    for (let n = 0; n < 3; n += 1) await shop.tenant.channel('messenger');

    expect(sizes(await pages(shop, '/v1/conversations'))).toEqual([2, 2, 1]);
    const busiest = (await shop.conversations()).find(({ unreadCount }) => unreadCount === 5);
    const texts = (await pages(shop, `/v1/conversations/${busiest.id}/messages`))
      .flat()
      .map(({ content }) => content.text);
    expect(texts).toEqual([4, 3, 2, 1, 0].map((n) => `same second ${n}`));
    expect(sizes(await pages(shop, '/v1/webhook-deliveries'))).toEqual([2, 2, 2, 2, 1]);
    expect(sizes(await pages(shop, '/v1/channels'))).toEqual([2, 2]);
    expect(sizes(await pages(stranger, '/v1/conversations'))).toEqual([1]);
  });

  it('that end with a full page say so', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await shop.receives([shop.text(shop.chat(), 'one'), shop.text(shop.chat(), 'two')]);
    expect(sizes(await pages(shop, '/v1/conversations'))).toEqual([2]);
    const { body } = await stranger.api.get('/v1/conversations');
    expect(body).toEqual({ items: [], next: null, head: expect.stringMatching(cursor) });
  });

  it('are narrowed to a channel, a state or a field', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const other = await shop.tenant.channel('messenger');
    await shop.receives([shop.text(shop.chat(), 'Here'), shop.echo(shop.chat(), 'Sent')]);
    await stranger.receives(stranger.text(stranger.chat(), 'Not in here'));

    expect(await shop.api.all(`/v1/conversations?channelId=${shop.channel.id}`)).toHaveLength(2);
    expect(await shop.api.all(`/v1/conversations?channelId=${other.id}`)).toEqual([]);
    expect(await shop.deliveries(`?channelId=${other.id}`)).toEqual([]);
    expect((await shop.deliveries('?field=message_echoes')).map(({ field }) => field)).toEqual(['message_echoes']);
    expect(await shop.deliveries('?state=quarantined')).toEqual([]);
    expect(await shop.deliveries('?state=processed')).toHaveLength(2);
  });

  it('carry the head to go on from: a client that loads and then connects misses nothing and gets nothing twice', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    await shop.receives(shop.text(chat, 'before'));
    const list = (await shop.api.get('/v1/conversations')).body;
    await shop.receives(shop.text(chat, 'in between'));
    const late = await shop.tenant.sockets('/messages', { cursor: list.head });
    expect(late.notice('ready')).toMatchObject({ replayed: 1 });
    await shop.receives(shop.text(chat, 'live'));
    await stranger.receives(stranger.text(stranger.chat(), 'Not in here'));

    const told = await late.waitFor('message.received', 2);
    expect(told.map(({ data }) => data.message.content.text)).toEqual(['in between', 'live']);
    expect(list.items[0].lastMessage.preview).toBe('before');
  });

  it('and their head leave no gap while messages pour in', async () => {
    const shop = await openShop('messenger');
    const chat = shop.chat();
    await shop.receives(shop.text(chat, 'text 0'));
    const { conversation } = await shop.onlyConversation();
    const pouring = (async () => {
      for (let n = 1; n <= 60; n += 1) await deliver(shop.text(chat, `text ${n}`), 'merged', n);
    })();
    for (let round = 0; round < 5; round += 1) {
      const { body } = await shop.api.get(`/v1/conversations/${conversation.id}/messages?limit=200`);
      const client = await shop.tenant.sockets('/messages', { cursor: body.head });
      const known = new Set<string>(body.items.map(({ id }: Body) => id));
      await until(() => {
        for (const { data } of client.of('message.received')) known.add(data.message.id);
        return shop.messages.of('message.received').every(({ data }) => known.has(data.message.id));
      }, 'what was listed and what was told are all there is');
    }
    await pouring;
    await shop.messages.waitFor('message.received', 61);
  });
});

describe('an error', () => {
  const needed = ['platform', 'externalId', 'metaAppId', 'name'];
  const nobodys = '01900000-0000-7000-8000-000000000000';
  it.each<[string, number, string, string, string[] | undefined]>([
    ['a list with a limit of 0', 400, 'invalid', 'GET /v1/conversations?limit=0', ['limit']],
    ['a list with too high a limit', 400, 'invalid', 'GET /v1/conversations?limit=201', ['limit']],
    ['a list before what is no id', 400, 'invalid', 'GET /v1/conversations?before=1', ['before']],
    ['a parameter nobody knows', 400, 'invalid', 'GET /v1/conversations?colour=red', ['colour']],
    ['two of them', 400, 'invalid', 'GET /v1/webhook-deliveries?state=lost&field=', ['state', 'field']],
    ['an id that is none', 400, 'invalid', 'GET /v1/conversations/1', ['id']],
    ['a body with an unknown field', 400, 'invalid', `POST /v1/conversations/${nobodys}/read {"upTo":1}`, ['upTo']],
    ['a body that is not JSON', 400, 'invalid', `POST /v1/conversations/${nobodys}/read {"`, undefined],
    ['a cursor that is none', 400, 'invalid', 'GET /v1/events?after=1', ['after']],
    ['a cursor of another database', 410, 'resync', 'GET /v1/events?after=abcd.0000000000000001', undefined],
    ['nothing where fields are needed', 400, 'invalid', 'POST /v1/channels {}', needed],
    ['a body that is a list', 400, 'invalid', 'POST /v1/channels []', undefined],
    ['a body that is null', 400, 'invalid', 'POST /v1/channels null', undefined],
    ['a body that is a word', 400, 'invalid', 'POST /v1/channels "x"', undefined],
    ['what does not exist', 404, 'not_found', `GET /v1/conversations/${nobodys}`, undefined],
    ['a path nobody serves', 404, 'not_found', 'GET /v1/holograms', undefined],
  ])(
    'about %s is a problem with a status, a code and the fields it is about',
    async (_, status, code, call, fields) => {
      const [method, path, body] = call.split(/ (.*?)(?: (.*))?$/);
      const { token } = await operator();
      const answer = await fetch(`${world.apis.at(-1)}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        body: body || undefined,
      });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const problem = (await answer.json()) as Body;
      expect(problem).toMatchObject({
        type: 'about:blank',
        title: expect.any(String),
        status,
        code,
        detail: expect.any(String),
      });
      expect(answer.status).toBe(status);
      expect(problem.details?.map(({ field }: Body) => field)).toEqual(fields);
      for (const field of fields ?? []) expect(problem.detail).toContain(field);
      expect(JSON.stringify(problem)).not.toMatch(/select|insert|node_modules|\.ts\b/);
    },
  );

  it('about an id that is none names the parameter, whatever the route', async () => {
    const { paths } = (await (await operator()).get('/docs-json')).body as Body;
    const asked = Object.entries<Body>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
    );
    const withId = asked.filter(([, path]) => path.includes('{id}'));
    expect(withId.length).toBeGreaterThan(8);
    const { token } = await operator();
    for (const [method, path] of withId) {
      const answer = await fetch(`${world.apis[0]}${path.replace('{id}', 'x').replaceAll(/\{\w+\}/g, randomUUID())}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      const { details } = (await answer.json()) as Body;
      expect([method, path, answer.status, details?.[0]?.field]).toEqual([method, path, 400, 'id']);
    }
  });

  it('about a cursor that cannot be served gives the reason that a socket is given, and what to load', async () => {
    const api = await operator();
    const { head } = (await api.get('/v1/events?limit=1')).body;
    const reasonOf = async (after: string) => (await api.get(`/v1/events?after=${after}`)).body;
    expect(await reasonOf(`${head.split('.')[0]}.9999999999999999`)).toMatchObject({
      code: 'resync',
      reason: 'cursor_unknown',
      refetch: expect.arrayContaining(['/v1/conversations', '/v1/webhook-deliveries', '/v1/channels']),
      detail: expect.stringContaining('newer than the newest'),
    });
    expect(await reasonOf('abcd.0000000000000001')).toMatchObject({ reason: 'cursor_foreign' });
  });

  it('about a form says that JSON is wanted', async () => {
    const body = new URLSearchParams({ email: 'ann@example.com', password: 'correct horse battery' });
    const answer = await fetch(`${world.apis[0]}/v1/auth/sign-in`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toMatchObject([
      415,
      { code: 'unsupported_media_type', detail: expect.stringContaining('application/json') },
    ]);
  });

  it('about a body that is too large says so', async () => {
    const answer = await (await operator()).post('/v1/channels', { name: 'x'.repeat(1024 * 1024) });
    expect([answer.status, answer.body.code]).toEqual([413, 'too_large']);
  });
});

describe('a call that needs no body', () => {
  it.each(['application/json', undefined])('may be made without one, with the content type %s', async (contentType) => {
    const shop = await openShop('messenger');
    await shop.receives(shop.text(shop.chat(), 'Hello'));
    const { conversation } = await shop.onlyConversation();
    const answer = await fetch(`${world.apis[0]}/v1/conversations/${conversation.id}/read`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${shop.tenant.accessToken}`,
        ...(contentType ? { 'content-type': contentType } : {}),
      },
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { unreadCount: 0 }]);
  });
});

describe('the description of the API', () => {
  it('is where the address itself leads', async () => {
    const answer = await fetch(`${world.apis[0]}/`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/docs']);
  });

  it('has the sockets’ beside it, which names every event and message', async () => {
    const answer = await fetch(`${world.apis[0]}/docs/events`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const { asyncapi, channels } = (await answer.json()) as Body;
    expect(asyncapi).toBe('3.0.0');
    expect(Object.values<Body>(channels).map(({ address }) => address)).toEqual([...namespaces]);
  });

  it('has every error in its form, and each event in its own', async () => {
    const { paths, components } = (await (await operator()).get('/docs-json')).body as Body;
    expect(Object.keys(paths['/webhooks/meta'])).toEqual(['get', 'post']);
    expect(Object.keys(paths['/health'].get.responses)).toEqual(['200', '503']);
    expect(Object.keys(paths['/v1/events/prune'].post.responses).sort()).toEqual(['200', '400', '401', '403', '404']);
    expect(Object.keys(paths['/v1/channels'].post.responses).sort()).toEqual([
      '201',
      '400',
      '401',
      '403',
      '404',
      '409',
      '503',
    ]);
    expect(Object.keys(paths['/v1/channels/{id}'].get.responses)).toEqual(
      expect.arrayContaining(['400', '401', '404']),
    );
    expect(paths['/v1/channels/{id}'].get.parameters[0].schema).toEqual({ type: 'string', format: 'uuid' });
    expect(components.schemas.EventListDto.properties.items.items).toEqual({ $ref: '#/components/schemas/EventDto' });
    expect(components.schemas.ProblemDto.properties).toHaveProperty('details');
    for (const [path, methods] of Object.entries<Body>(paths)) {
      for (const { responses } of Object.values<Body>(methods)) {
        for (const [status, { content }] of Object.entries<Body>(responses)) {
          // Health is told in its own form, ill or well.
          const form = path.startsWith('/health') && status === '503' ? 'application/json' : 'application/problem+json';
          if (Number(status) >= 400) expect(Object.keys(content)).toEqual([form]);
        }
      }
    }
  });

  it('lists every endpoint with what it answers', async () => {
    const answer = await fetch(`${world.apis[0]}/docs-json`);
    const { openapi, paths } = (await answer.json()) as Body;
    expect(openapi).toMatch(/^3\./);
    const listed = Object.entries<Body>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(listed).toEqual(
      expect.arrayContaining([
        'post /v1/auth/sign-in',
        'post /v1/auth/refresh',
        'post /v1/auth/sign-out',
        'get /v1/channels',
        'post /v1/channels',
        'get /v1/channels/{id}',
        'post /v1/meta-apps',
        'get /v1/conversations',
        'get /v1/conversations/{id}/messages',
        'post /v1/conversations/{id}/read',
        'get /v1/webhook-deliveries',
        'post /v1/webhook-deliveries/{id}/replay',
        'get /v1/events',
        'get /v1/realtime/stats',
        'get /health',
        'get /health/live',
        'get /health/ready',
      ]),
    );
    for (const methods of Object.values<Body>(paths)) {
      for (const operation of Object.values<Body>(methods)) expect(operation.summary).toEqual(expect.any(String));
    }
  });

  it('can be read in a browser', async () => {
    const answer = await fetch(`${world.apis[0]}/docs`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });
});
