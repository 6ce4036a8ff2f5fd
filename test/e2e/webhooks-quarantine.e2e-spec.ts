import { randomBytes } from 'node:crypto';
import { messenger, messengerChat, type Platform, serialise, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { bodyOf, deliver, deliverBody } from './support/deliver';
import { type Body, openTwoShops, type Shop, settle, strangerSawNothing } from './support/shop';
import { colleague, meta, operator } from './support/world';

afterEach(closeSockets);

/** Longer than an index of PostgreSQL takes, and too random to be compressed. */
const unstorable = () => randomBytes(4500).toString('base64');
const unstorableId = () => `wamid.${unstorable()}`;

/** The operator's items whose raw form holds a text that only this test uses. */
async function operatorsItems(text: string): Promise<Body[]> {
  const items = await (await operator()).all('/v1/webhook-deliveries?scope=operator');
  return items.filter(({ raw }) => JSON.stringify(raw).includes(text));
}

describe('a poisoned item', () => {
  it('is set aside with its reason, and the good ones around it are taken in', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const good = [1, 2, 3, 4, 5].map((n) => whatsapp.text(chat, `good ${n}`));
    const poisoned = whatsapp.text(chat, 'Poisoned', { id: unstorableId() });
    await deliver([...good.slice(0, 3), poisoned, ...good.slice(3)], 'merged');
    await strangerSawNothing(shop, stranger);

    const { messages } = await shop.onlyConversation();
    expect(messages.map(({ content }) => content.text)).toEqual(['good 1', 'good 2', 'good 3', 'good 4', 'good 5']);
    const [quarantined, ...more] = await shop.deliveries('?state=quarantined');
    expect(more).toEqual([]);
    expect(quarantined).toMatchObject({
      channelId: shop.channel.id,
      field: 'messages',
      kind: 'message',
      reason: expect.stringMatching(/^It could not be stored: \w+/),
    });
    expect(quarantined.raw.messages[0].text.body).toBe('Poisoned');
    const told = shop.told('webhooks').filter(({ type }) => type === 'webhook.quarantined');
    expect(told.map(({ data }) => data)).toEqual([
      {
        itemId: quarantined.id,
        platform: 'whatsapp',
        field: 'messages',
        channelId: shop.channel.id,
        reason: quarantined.reason,
      },
    ]);
    expect(shop.told('webhooks')).toHaveLength(6);
  });

  it("of one workspace does no harm to another's in the same webhook", async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const poisoned = messenger.text(shop.chat(), 'Poisoned', { id: unstorableId() });
    await deliver([poisoned, messenger.text(stranger.chat(), 'Fine'), messenger.text(shop.chat(), 'Fine too')]);
    await settle(shop, stranger);

    expect((await stranger.onlyConversation()).conversation.lastMessage.preview).toBe('Fine');
    expect((await shop.onlyConversation()).conversation.lastMessage.preview).toBe('Fine too');
    expect(await stranger.deliveries('?state=quarantined')).toEqual([]);
    expect(stranger.toldTypes('webhooks')).toEqual(['webhook.received']);
    expect(await shop.deliveries('?state=quarantined')).toHaveLength(1);
  });

  it('among many, of which there are several, each stands alone', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    const items = Array.from({ length: 60 }, (_, n) =>
      messenger.text(chat, `item ${n}`, n % 20 === 7 ? { id: unstorableId() } : {}),
    );
    await deliver(items);
    await strangerSawNothing(shop, stranger);

    expect((await shop.onlyConversation()).messages).toHaveLength(57);
    expect(await shop.deliveries('?state=quarantined')).toHaveLength(3);
  });

  it('that lacks what it needs names it', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const item = messenger.text(shop.chat(), 'No id');
    delete (item.element.message as Body).mid;
    await deliver([item, messenger.text(shop.chat(), 'Good')]);
    await strangerSawNothing(shop, stranger);

    const [quarantined] = await shop.deliveries('?state=quarantined');
    expect(quarantined.reason).toContain('message.mid');
    expect(quarantined.raw.message.text).toBe('No id');
    expect((await shop.onlyConversation()).messages).toHaveLength(1);
  });

  it.each([
    ['a field', (body: Body) => (body.entry[0].changes[0].field = 'new\0field')],
    ['an account', (body: Body) => (body.entry[0].changes[0].value.metadata.phone_number_id += '\0')],
    ['a business account', (body: Body) => (body.entry[0].id += '\0')],
    ['an object', (body: Body) => (body.object = 'new\0object')],
    ['a customer', (body: Body) => (body.entry[0].changes[0].value.messages[0].from_user_id = 'US.\0')],
    ['a message id', (body: Body) => (body.entry[0].changes[0].value.messages[0].id = 'wamid.\0')],
    ['a type', (body: Body) => (body.entry[0].changes[0].value.messages[0].type = 'te\0xt')],
  ])('with a NUL in the name of %s does not stop those behind it', async (_, spoil) => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const body = bodyOf(whatsapp.text(shop.chat(), 'Spoilt'));
    spoil(body);
    await deliverBody(body);
    await deliver(whatsapp.text(shop.chat(), 'Behind it'));
    await strangerSawNothing(shop, stranger);

    const previews = (await shop.conversations()).map(({ lastMessage }) => lastMessage.preview);
    expect(previews).toContain('Behind it');
  });
});

describe('a customer whose id cannot be stored', () => {
  type Case = [string, Platform, (shop: Shop) => unknown];
  it.each<Case>([
    [
      'user id on WhatsApp',
      'whatsapp',
      (shop) => shop.chat({ customer: { userId: unstorable(), phone: 'shown' } } as never),
    ],
    [
      'number on WhatsApp',
      'whatsapp',
      (shop) => shop.chat({ customer: { waId: unstorable(), phone: 'shown' } } as never),
    ],
    ['id on Messenger', 'messenger', (shop) => shop.chat({ customer: { id: unstorable() } } as never)],
    ['id on Instagram', 'instagram', (shop) => shop.chat({ customer: { id: unstorable() } } as never)],
  ])('%s, is set aside with the reason, and holds up nobody', async (_, platform, chatOf) => {
    const { shop, stranger } = await openTwoShops(platform);
    const good = shop.chat();
    const poisoned = shop.text(chatOf(shop) as never, 'Poisoned');
    await deliver([shop.text(good, 'Before it'), poisoned, shop.text(good, 'Behind it')]);
    await strangerSawNothing(shop, stranger);

    const { messages } = await shop.onlyConversation();
    expect(messages.map(({ content }) => content.text)).toEqual(['Before it', 'Behind it']);
    const [quarantined, ...more] = await shop.deliveries('?state=quarantined');
    expect(more).toEqual([]);
    expect(quarantined.reason).toMatch(/^It could not be stored: index row/);
  });

  it('of an account that is not registered yet does not keep it from being registered', async () => {
    const externalId = randomBytes(8).toString('hex');
    const waits = { account: { id: externalId } };
    const [good, bad] = [messengerChat(waits), messengerChat({ ...waits, seed: 2, customer: { id: unstorable() } })];
    await deliver([messenger.text(bad, 'Poisoned'), messenger.text(good, 'Waited')]);
    const { shop, stranger } = await openTwoShops('messenger');
    await until(async () => (await operatorsItems(externalId)).length === 2, 'both wait for their account');
    const channel = await shop.tenant.channel('messenger', { externalId });
    await until(async () => (await operatorsItems(externalId)).length === 0, 'both were taken in');
    await strangerSawNothing(shop, stranger);

    const items = await shop.deliveries(`?channelId=${channel.id}`);
    expect(items.map(({ state }) => state).sort()).toEqual(['processed', 'quarantined']);
    expect((await shop.onlyConversation()).conversation.lastMessage.preview).toBe('Waited');
  });
});

it('a signed body without any item is kept for the operator to see', async () => {
  for (const body of ['[]', '{"object":"page","entry":[]}']) {
    expect(await meta.sendRaw(Buffer.from(body))).toBe(200);
    const kept = await until(async () => (await operatorsItems(JSON.stringify(body)))[0], 'the operator sees it');
    expect(kept).toMatchObject({ state: 'quarantined', field: 'empty', raw: body });
  }
});

describe('a signed body that is not JSON', () => {
  it.each([
    ['cut off', (text: string) => `{"object":"page","entry":[{"id":"${text}"`],
    ['empty but for a word', (text: string) => text],
    ['begun with a NUL', (text: string) => `\0${text}`],
    ['of a NUL within', (text: string) => `{"object":"page\0${text}"`],
    ['of bytes that are no UTF-8', (text: string) => Buffer.from(`{"${text}": \xff\xfe`, 'latin1')],
  ])('%s, is kept for the operator alone, with the reason, and holds up nobody', async (_, make) => {
    const { shop, stranger } = await openTwoShops('messenger');
    const text = randomBytes(8).toString('hex');
    expect(await meta.sendRaw(Buffer.from(make(text)))).toBe(200);
    const kept = await until(async () => (await operatorsItems(text))[0], 'the operator sees it');
    await strangerSawNothing(shop, stranger);

    expect(kept).toMatchObject({
      state: 'quarantined',
      platform: null,
      channelId: null,
      field: 'malformed',
      reason: expect.stringMatching(/^The body is signed but is not JSON: /),
    });
    const path = `/v1/webhook-deliveries/${kept.id}`;
    expect((await (await operator()).get(path)).body).toEqual(kept);
    expect((await shop.api.get(path)).status).toBe(404);
    const refused = await shop.api.get('/v1/webhook-deliveries?scope=operator');
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  });

  it('sent again is the same item still', async () => {
    const text = randomBytes(8).toString('hex');
    const { shop } = await openTwoShops('messenger');
    for (let times = 0; times < 3; times += 1) expect(await meta.sendRaw(Buffer.from(`{"${text}"`))).toBe(200);
    await until(async () => (await operatorsItems(text)).length > 0, 'the operator sees it');
    await settle(shop);
    expect(await operatorsItems(text)).toHaveLength(1);
  });
});

describe('replay', () => {
  it('leaves an item that was processed as it is, and tells nothing twice', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await shop.receives(messenger.text(shop.chat(), 'Once'));
    const [item] = await shop.deliveries();
    const answer = await shop.api.post(`/v1/webhook-deliveries/${item.id}/replay`);
    expect([answer.status, answer.body]).toEqual([200, item]);
    await strangerSawNothing(shop, stranger);

    expect(shop.toldTypes('webhooks')).toEqual(['webhook.received']);
    expect((await shop.onlyConversation()).messages).toHaveLength(1);
  });

  it('of one that still cannot be stored says so again, and is told', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await deliver(messenger.text(shop.chat(), 'Poisoned', { id: unstorableId() }));
    await shop.webhooks.waitFor('webhook.quarantined');
    const [item] = await shop.deliveries();
    const answer = await shop.api.post(`/v1/webhook-deliveries/${item.id}/replay`);
    expect([answer.status, answer.body]).toEqual([200, item]);
    await strangerSawNothing(shop, stranger);

    expect(shop.toldTypes('webhooks')).toEqual(['webhook.quarantined', 'webhook.quarantined']);
    expect(await shop.conversations()).toEqual([]);
  });

  it('is for admins of the workspace the item belongs to', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await shop.receives(messenger.text(shop.chat(), 'Mine'));
    const [item] = await shop.deliveries();
    const path = `/v1/webhook-deliveries/${item.id}/replay`;
    const [admin, agent] = [await colleague(shop.tenant, 'admin'), await colleague(shop.tenant, 'agent')];
    expect((await admin.api.post(path)).status).toBe(200);
    expect((await agent.api.post(path)).body.code).toBe('forbidden');
    expect((await stranger.api.post(path)).body.code).toBe('not_found');
    expect((await stranger.api.get(`/v1/webhook-deliveries/${item.id}`)).body.code).toBe('not_found');
    expect((await shop.api.post(`/v1/webhook-deliveries/${shop.channel.id}/replay`)).status).toBe(404);
    expect((await shop.api.post('/v1/webhook-deliveries/1/replay')).status).toBe(400);
  });
});

it('what a NUL or a lone surrogate stands in is kept: text, caption, name, username', async () => {
  const { shop, stranger } = await openTwoShops('whatsapp');
  const odd = 'nul \0 high \ud83d low \ude00 end';
  const chat = shop.chat({ customer: { name: `Zo\0e \ud83d`, username: 'zo\0e', userId: 'US.1', phone: 'hidden' } });
  const body = bodyOf([whatsapp.text(chat, odd), whatsapp.image(chat, odd)]);
  expect(serialise(body).toString('latin1')).toContain('\\u0000');
  await deliverBody(body);
  await strangerSawNothing(shop, stranger);

  const { conversation, messages } = await shop.onlyConversation();
  expect(messages.map(({ content }) => content.text ?? content.attachments[0].caption)).toEqual([odd, odd]);
  expect(conversation.contact).toMatchObject({ name: expect.stringMatching(/^Zoe /), username: '@zoe' });
  expect(conversation.lastMessage.preview).toMatch(/^nul {2}high/);
  const told = shop.told('messages').filter(({ type }) => type === 'message.received');
  expect(told[0]!.data.message.content.text).toBe(odd);
  expect(shop.told('webhooks')[0]!.data.raw.messages[0].text.body).toBe(odd);
  expect((await shop.deliveries()).at(-1).raw.messages[0].text.body).toBe(odd);
});
