import { createHmac } from 'node:crypto';
import { Bench, hours, ids, refusal, text, tokens } from './graph.fixture';

const app = { id: '1088123456789012', secret: 'test_app_secret' };
const appToken = `${app.id}|${app.secret}`;
const proofOf = (message: string) => createHmac('sha256', app.secret).update(message).digest('hex');

describe('a token', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench({ app });
    bench.number({ windows: 'open' });
    bench.page();
    bench.instagram();
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  it('is needed', async () => {
    expect(refusal(await bench.call('GET', ids.number, undefined))).toEqual([401, 104, undefined]);
    expect(refusal(await bench.call('GET', 'me', undefined))).toEqual([400, 2500, undefined]);
    const reply = await bench.get(ids.number, 'made-up');
    expect(refusal(reply)).toEqual([401, 190, undefined]);
    expect(reply.headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('may stand in the query', async () => {
    expect((await bench.call('GET', `me?access_token=${tokens.page}`, undefined)).body).toEqual({
      id: ids.page,
      name: 'Clay & Table',
    });
  });

  it('opens its own accounts only, on its own host only', async () => {
    expect(refusal(await bench.get(ids.number, tokens.page))).toEqual([400, 100, 33]);
    const me = (base: string, token: string) =>
      fetch(`${base}/v26.0/me?access_token=${token}`).then(({ status }) => status);
    const { facebookUrl, instagramUrl } = bench.graph;

    expect(await me(facebookUrl, tokens.page)).toBe(200);
    expect(await me(instagramUrl, tokens.instagram)).toBe(200);
    expect(await me(facebookUrl, tokens.instagram)).toBe(401);
    expect(await me(instagramUrl, tokens.page)).toBe(401);
  });

  it.each([458, 460, 463, 467] as const)('dies with subcode %d', async (subcode) => {
    bench.graph.kill(tokens.whatsapp, subcode);

    expect(refusal(await bench.send(text('hi')))).toEqual([401, 190, subcode]);
    bench.graph.revive(tokens.whatsapp);
    expect((await bench.send(text('hi'))).status).toBe(200);
  });

  it('expires', async () => {
    const expiresAt = bench.clock.at + 1_000;
    bench.graph.token({ value: 'short', kind: 'page', profileId: ids.page, assets: [ids.page], expiresAt });
    expect((await bench.get('me', 'short')).status).toBe(200);
    bench.clock.pass(1_000);

    expect(refusal(await bench.get('me', 'short'))).toEqual([401, 190, 463]);
  });

  it('needs the app’s proof where the app requires it, and a right one everywhere', async () => {
    const proof = proofOf(tokens.page);
    expect(refusal(await bench.get('me?appsecret_proof=wrong', tokens.page))).toEqual([400, 100, undefined]);
    bench.graph.app({ ...app, requireProof: true });

    expect(refusal(await bench.get('me', tokens.page))).toEqual([400, 100, undefined]);
    expect((await bench.get(`me?appsecret_proof=${proof}`, tokens.page)).status).toBe(200);
    const time = Math.floor(bench.clock.at / 1_000);
    const timed = `me?appsecret_time=${time}&appsecret_proof=${proofOf(`${tokens.page}|${time}`)}`;
    expect((await bench.get(timed, tokens.page)).status).toBe(200);
    bench.clock.pass(5 * 60_000 + 1_000);
    expect(refusal(await bench.get(timed, tokens.page))).toEqual([400, 100, undefined]);
  });

  it('is described to its app', async () => {
    const { data } = (await bench.get(`debug_token?input_token=${tokens.page}`, appToken)).body;
    expect(data).toMatchObject({
      ...{ app_id: app.id, type: 'PAGE', is_valid: true, expires_at: 0, profile_id: ids.page },
      scopes: expect.arrayContaining(['pages_messaging']),
    });
    bench.graph.kill(tokens.page);
    expect((await bench.get(`debug_token?input_token=${tokens.page}`, appToken)).body.data).toMatchObject({
      ...{ is_valid: false, error: { code: 190, subcode: 460 } },
    });
    expect((await bench.get('debug_token?input_token=x', appToken)).body.data.is_valid).toBe(false);
    expect(refusal(await bench.get('debug_token?input_token=x', `${app.id}|wrong`))).toEqual([401, 190, undefined]);
  });

  it('is exchanged for one that lasts 60 days, and refreshed', async () => {
    const client = `client_id=${app.id}&client_secret=${app.secret}`;
    const exchange = `oauth/access_token?grant_type=fb_exchange_token&${client}&fb_exchange_token=${tokens.page}`;
    const { body } = await bench.call('GET', exchange, undefined);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
    expect((await bench.get('me', body.access_token)).body.id).toBe(ids.page);

    const short = { value: 'IGAAshort', kind: 'instagram', profileId: ids.instagram, assets: [ids.instagram] } as const;
    bench.graph.token({ ...short, expiresAt: bench.clock.at + hours(1) });
    const lasting = `access_token?grant_type=ig_exchange_token&client_secret=${app.secret}`;
    const long = await bench.get(lasting, short.value);
    expect(refusal(await bench.get(lasting, long.body.access_token))[1]).toBe(452);
    bench.clock.pass(hours(24 * 59));
    const fresh = await bench.get('refresh_access_token?grant_type=ig_refresh_token', long.body.access_token);
    bench.clock.pass(hours(24 * 2));
    expect(refusal(await bench.get('me', long.body.access_token))).toEqual([401, 190, 463]);
    expect((await bench.get('me', fresh.body.access_token)).body.id).toBe(ids.instagram);
    expect(refusal(await bench.call('GET', exchange.replace(app.secret, 'wrong'), undefined))[1]).toBe(1);
  });

  it('is had once for an Embedded Signup code', async () => {
    bench.graph.code('code-1', tokens.whatsapp);
    const path = `oauth/access_token?client_id=${app.id}&client_secret=${app.secret}&code=code-1`;

    expect((await bench.call('GET', path, undefined)).body).toMatchObject({ access_token: tokens.whatsapp });
    expect(refusal(await bench.call('GET', path, undefined))).toEqual([400, 100, 36007]);
  });
});

describe('a call', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    bench.number();
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  it.each([
    ['an unknown edge', 'GET', `${ids.number}/poems`, [400, 2500, undefined]],
    ['a method an edge has not', 'DELETE', `${ids.number}/messages`, [400, 2500, undefined]],
    ['an unknown object', 'GET', '123', [400, 100, 33]],
    ['too deep a path', 'GET', `${ids.number}/messages/1`, [400, 2500, undefined]],
    ['no path', 'GET', '', [400, 2500, undefined]],
    ['a broken escape', 'GET', '%E0%A4%A', [400, 100, 33]],
    ['broken fields', 'GET', `${ids.number}?fields=a{b`, [400, 2500, undefined]],
    ['a name of every object', 'GET', `${ids.number}?fields=constructor`, [400, 100, undefined]],
    ['a foreign cursor', 'GET', `${ids.business}/phone_numbers?after=x`, [400, 100, undefined]],
  ])('with %s is refused as Meta does', async (_, method, path, expected) => {
    expect(refusal(await bench.call(method, path, tokens.whatsapp))).toEqual(expected);
  });

  it.each(['{"to":', '[]', 'null', '"x"', '{"messaging_product":"whatsapp","to":{"a":1},"type":"text","text":[]}'])(
    'with the body %s is refused',
    async (body) => {
      const headers = { authorization: `Bearer ${tokens.whatsapp}`, 'content-type': 'application/json' };
      const answer = await fetch(`${bench.graph.url}/${ids.number}/messages`, { method: 'POST', headers, body });

      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { code: 100 } });
    },
  );
});
