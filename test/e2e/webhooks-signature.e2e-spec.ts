import { randomBytes } from 'node:crypto';
import { serialise, sign } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { bodyOf } from './support/deliver';
import { type Body, openTwoShops, Shop, strangerSawNothing } from './support/shop';
import { anotherMetaApp, meta, operator, world } from './support/world';

afterEach(closeSockets);

/** Posts bytes with this signature header, or none, to each api process. */
async function post(bytes: Buffer, headers: Record<string, string>): Promise<Response[]> {
  return Promise.all(
    world.apis.map((url) => fetch(`${url}/webhooks/meta`, { method: 'POST', headers, body: new Uint8Array(bytes) })),
  );
}

async function operatorsItems(text: string): Promise<Body[]> {
  const items = await (await operator()).all('/v1/webhook-deliveries?scope=operator');
  return items.filter(({ raw }) => JSON.stringify(raw).includes(text));
}

const digest = (bytes: Buffer) => sign(bytes, world.metaAppSecret);

describe('a webhook that Meta did not sign', () => {
  it.each<[string, string, (bytes: Buffer) => Record<string, string>]>([
    ['without a signature', 'is missing', () => ({})],
    ['with an empty signature', 'is no signature', () => ({ 'x-hub-signature-256': '' })],
    ['signed with another secret', 'matches no', (bytes) => ({ 'x-hub-signature-256': sign(bytes, 'another secret') })],
    ['signed for another body', 'matches no', () => ({ 'x-hub-signature-256': digest(Buffer.from('{}')) })],
    ['garbled', 'is no signature', (bytes) => ({ 'x-hub-signature-256': `${digest(bytes).slice(0, -1)}g` })],
    ['with half a signature', 'is no signature', (bytes) => ({ 'x-hub-signature-256': digest(bytes).slice(0, 40) })],
    ['with the digest alone', 'is no signature', (bytes) => ({ 'x-hub-signature-256': digest(bytes).slice(7) })],
    ['twice', 'is no signature', (bytes) => ({ 'x-hub-signature-256': `${digest(bytes)}, ${digest(bytes)}` })],
    ['under the old header alone', 'is missing', (bytes) => ({ 'x-hub-signature': digest(bytes) })],
  ])('%s is answered 401 (%s), and nothing of it is kept', async (_, fault, headersOf) => {
    const { shop, stranger } = await openTwoShops('messenger');
    const text = randomBytes(8).toString('hex');
    const bytes = serialise(bodyOf(shop.text(shop.chat(), text)));
    for (const answer of await post(bytes, { 'content-type': 'application/json', ...headersOf(bytes) })) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toMatchObject({
        status: 401,
        code: 'unauthenticated',
        detail: expect.stringContaining(`X-Hub-Signature-256 ${fault}`),
      });
    }
    await strangerSawNothing(shop, stranger);

    expect(shop.told('webhooks')).toEqual([]);
    expect(await shop.deliveries()).toHaveLength(1);
    expect(await operatorsItems(text)).toEqual([]);
  });

  it('a few hundred megabytes from one address are checked in turn from then on, and Meta is heard at the same address', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const large = Buffer.alloc(3_000_000, ' ');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(large, 'another secret') };
    const forged = async () =>
      (await fetch(`${world.apis[0]}/webhooks/meta`, { method: 'POST', headers, body: new Uint8Array(large) })).status;
    const genuine = (text: string) => meta.sendRaw(serialise(bodyOf(shop.text(shop.chat(), text))));
    for (let sent = 0; sent < 100; sent += 4) await Promise.all([forged(), forged(), forged(), forged()]);

    const statuses = await Promise.all(Array.from({ length: 12 }, forged));
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    expect(await genuine('From the same address')).toBe(200);
    // It was no suspect any more by then.
    expect(await Promise.all(Array.from({ length: 12 }, forged))).toEqual(Array(12).fill(401));
    expect(await genuine('Again')).toBe(200);
    await strangerSawNothing(shop, stranger);
    expect((await shop.conversations()).map(({ lastMessage }) => lastMessage.preview)).toContain('Again');
  });

  it('but signed over the bytes as they stand is taken, whatever their spelling', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const [plain, escaped] = ['é/😀', 'ü/😀'].map((text) => bodyOf(shop.text(shop.chat(), text)));
    expect(await meta.sendRaw(Buffer.from(JSON.stringify(plain, null, 3)))).toBe(200);
    expect(await meta.sendRaw(serialise(escaped))).toBe(200);
    await strangerSawNothing(shop, stranger);

    const told = shop.told('messages').filter(({ type }) => type === 'message.received');
    expect(told.map(({ data }) => data.message.content.text)).toEqual(['é/😀', 'ü/😀']);
  });
});

describe('the callback URL', () => {
  const verify = (query: Record<string, string>) =>
    fetch(`${world.apis.at(-1)}/webhooks/meta?${new URLSearchParams(query)}`);
  const good = { 'hub.mode': 'subscribe', 'hub.verify_token': world.verifyToken, 'hub.challenge': '1158201444' };

  it('is verified by giving back the challenge as it is', async () => {
    const answer = await verify(good);
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it("is verified with each Meta app's own token", async () => {
    const app = await anotherMetaApp();
    await until(async () => (await verify({ ...good, 'hub.verify_token': app.verifyToken })).ok, 'its token is known');
  });

  it.each([
    ['another token', { ...good, 'hub.verify_token': 'another token' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['a token that is nearly right', { ...good, 'hub.verify_token': world.verifyToken.slice(1) }],
    ['nothing', {}],
  ])('is refused to whoever gives %s', async (_, query) => {
    const answer = await verify(query as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('hub.verify_token');
  });

  it.each([
    ['hub.challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': world.verifyToken }],
    ['hub.mode', { ...good, 'hub.mode': 'unsubscribe' }],
  ])('with the right token says what else is wrong: %s', async (parameter, query) => {
    const answer = await verify(query as Record<string, string>);
    const { code, detail } = (await answer.json()) as Body;
    expect([answer.status, code, detail]).toEqual([400, 'invalid', expect.stringMatching(`^${parameter} `)]);
  });
});

describe("a Meta app's secrets", () => {
  it('can be rotated: old and new are accepted side by side, a removed one no more', async () => {
    const app = await anotherMetaApp();
    const { shop, stranger } = await openTwoShops('instagram');
    const account = await shop.tenant.channel('instagram', { metaAppId: app.appId });
    const here = new Shop('instagram', shop.tenant, account, shop.webhooks, shop.messages);
    const [old, next] = [app.secrets[0]!, app.secret()];
    const send = (text: string, secret: string, api: number) =>
      meta.sendRaw(serialise(bodyOf(here.text(here.chat(), text))), api, secret);
    const everyApi = world.apis.map((_, api) => api);
    const accepted = (secret: string, status: number) =>
      until(
        async () =>
          (await Promise.all(everyApi.map((api) => send('knock', secret, api)))).every((one) => one === status),
        `every api answers ${status}`,
      );

    await accepted(old, 200);
    expect(await send('before', next, 0)).toBe(401);
    await app.save([next, old]);
    await accepted(next, 200);
    for (const api of everyApi) expect(await send(`with old at ${api}`, old, api)).toBe(200);
    await app.save([next]);
    await accepted(old, 401);
    for (const api of everyApi) expect(await send(`with new at ${api}`, next, api)).toBe(200);
    await strangerSawNothing(shop, stranger);

    const texts = shop.told('webhooks').map(({ data }) => data.content.text);
    for (const api of everyApi)
      expect(texts).toEqual(expect.arrayContaining([`with old at ${api}`, `with new at ${api}`]));
    expect(texts).not.toContain('before');
  });

  it('are for the operator to set, and told to nobody', async () => {
    const app = await anotherMetaApp();
    const { shop } = await openTwoShops('instagram');
    const settings = { appId: app.appId, name: 'Mine now', secrets: ['12345678'], verifyToken: '12345678' };
    expect((await shop.api.post('/v1/meta-apps', settings)).body.code).toBe('forbidden');
    expect((await shop.api.get('/v1/meta-apps')).body.code).toBe('forbidden');

    const saved = await (await operator()).post('/v1/meta-apps', { ...settings, secrets: app.secrets });
    const listed = await (await operator()).get('/v1/meta-apps');
    const all = await (await operator()).all('/v1/meta-apps');
    expect(listed.body).toMatchObject({ head: expect.any(String) });
    expect(all.map(({ appId }: Body) => appId)).toEqual(expect.arrayContaining([app.appId, world.metaAppId]));
    for (const answer of [saved, listed]) {
      expect(answer.status).toBeLessThan(300);
      expect(JSON.stringify(answer.body)).not.toContain(app.secrets[0]);
      expect(JSON.stringify(answer.body)).not.toContain(app.verifyToken);
    }
  });
});

describe("an item signed with another Meta app's secret", () => {
  it('waits in quarantine for the operator to see, and does not stand in the way of the real one', async () => {
    const app = await anotherMetaApp();
    const { shop, stranger } = await openTwoShops('whatsapp');
    const text = randomBytes(8).toString('hex');
    const item = shop.text(shop.chat(), text);
    const bytes = serialise(bodyOf(item));
    await until(async () => (await app.sender.sendRaw(bytes)) === 200, 'its secret is known');
    const forged = await until(async () => (await operatorsItems(text))[0], 'the operator sees it');
    expect(forged).toMatchObject({
      state: 'quarantined',
      channelId: null,
      reason: expect.stringContaining('another Meta app'),
    });
    expect(await shop.deliveries()).toEqual([]);

    await shop.receives(item);
    await app.sender.sendRaw(bytes);
    await strangerSawNothing(shop, stranger);
    const { messages } = await shop.onlyConversation();
    expect(messages.map(({ content }) => content.text)).toEqual([text]);
    expect(shop.toldTypes('messages')).toEqual(['conversation.created', 'message.received']);
    expect(shop.toldTypes('webhooks')).toEqual(['webhook.received']);
  });

  it('cannot delete, fail or mark read what the real app brought', async () => {
    const app = await anotherMetaApp();
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    const message = shop.text(chat, 'Still here');
    await shop.receives(message);
    const { element } = message;
    const removal = {
      ...message,
      element: { ...element, message: { ...(element.message as object), is_deleted: true } },
    };
    await until(async () => (await app.sender.sendRaw(serialise(bodyOf(removal)))) === 200, 'its secret is known');
    await until(async () => (await operatorsItems(message.messageId!)).length > 0, 'it is in quarantine');
    await strangerSawNothing(shop, stranger);

    expect((await shop.onlyConversation()).messages[0]).toMatchObject({
      content: { text: 'Still here' },
      deletedAt: null,
    });
  });

  it('and replayed by the operator stays there', async () => {
    const app = await anotherMetaApp();
    const { shop, stranger } = await openTwoShops('messenger');
    const text = randomBytes(8).toString('hex');
    const bytes = serialise(bodyOf(shop.text(shop.chat(), text)));
    await until(async () => (await app.sender.sendRaw(bytes)) === 200, 'its secret is known');
    const forged = await until(async () => (await operatorsItems(text))[0], 'the operator sees it');
    const path = `/v1/webhook-deliveries/${forged.id}/replay`;
    expect((await shop.api.post(path)).status).toBe(404);
    expect((await (await operator()).post(path)).body).toEqual(forged);
    await strangerSawNothing(shop, stranger);

    expect(shop.told('webhooks')).toEqual([]);
    expect(await shop.conversations()).toEqual([]);
  });
});
