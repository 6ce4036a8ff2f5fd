import { randomBytes } from 'node:crypto';
import { instagram, messenger, type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { bodyOf, deliver, deliverBody } from './support/deliver';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';
import { operator } from './support/world';

afterEach(closeSockets);

/** Delivers a body with one item in it, and gives what was told of it after checking that it changed no conversation. */
async function onlyTold(shop: Shop, stranger: Shop, body: unknown, kind = 'notice'): Promise<Body> {
  await deliverBody(body);
  await shop.webhooks.waitFor('webhook.received');
  await strangerSawNothing(shop, stranger);
  expect(shop.toldTypes('webhooks')).toEqual(['webhook.received']);
  expect(shop.told('messages')).toEqual([]);
  const { data } = shop.told('webhooks')[0]!;
  expect((await shop.deliveries()).at(-1)).toMatchObject({
    id: data.itemId,
    state: 'processed',
    kind,
    raw: data.raw,
  });
  return data;
}

const hologram = { depth: 3, nested: { list: [1, { two: 'three' }], none: null } };

describe('what Meta adds tomorrow is kept as it came and told', () => {
  it.each(['messenger', 'instagram'] as const)('a field of %s that nobody knows', async (platform) => {
    const { shop, stranger } = await openTwoShops(platform);
    const change = { field: 'holograms', value: hologram };
    const entry = { id: shop.channel.externalId, time: 1_790_000_000, changes: [change] };
    const told = await onlyTold(shop, stranger, {
      object: platform === 'messenger' ? 'page' : 'instagram',
      entry: [entry],
    });
    expect(told).toMatchObject({ platform, field: 'holograms', sender: null, content: { depth: 3 }, raw: change });
  });

  it('a field of WhatsApp that nobody knows', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const metadata = { display_phone_number: '15550783881', phone_number_id: shop.channel.externalId };
    const change = { field: 'holograms', value: { messaging_product: 'whatsapp', metadata, ...hologram } };
    const entry = { id: shop.channel.businessAccountId, changes: [change] };
    const told = await onlyTold(shop, stranger, { object: 'whatsapp_business_account', entry: [entry] });
    expect(told).toMatchObject({ field: 'holograms', raw: change });
  });

  it.each(['messenger', 'instagram'] as const)('an event of a conversation on %s', async (platform) => {
    const { shop, stranger } = await openTwoShops(platform);
    const body: Body = bodyOf(shop.text(shop.chat(), 'replaced'));
    const element = body.entry[0].messaging[0];
    delete element.message;
    element.hologram = hologram;
    const told = await onlyTold(shop, stranger, body);
    expect(told).toMatchObject({ field: 'hologram', sender: element.sender, content: { depth: 3 }, raw: element });
  });

  it('a type of WhatsApp message', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const item = whatsapp.message(shop.chat(), { kind: 'hologram', type: 'hologram', body: hologram });
    const told = await onlyTold(shop, stranger, bodyOf(item));
    expect(told).toMatchObject({ field: 'messages', content: { messageId: item.messageId, type: 'hologram' } });
    expect(told.raw.messages).toEqual([item.element]);
  });

  it('a status of a WhatsApp message', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const item = whatsapp.status(chat, 'wamid.HBgUnknown', 'teleported' as 'sent');
    const told = await onlyTold(shop, stranger, bodyOf(item));
    expect(told).toMatchObject({ field: 'statuses', content: { status: 'teleported' } });
    expect(told.raw.statuses).toEqual([item.element]);
  });

  it('a list beside the known ones', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const body: Body = bodyOf(whatsapp.text(shop.chat(), 'Known'));
    body.entry[0].changes[0].value.holograms = [hologram];
    await deliverBody(body);
    await shop.webhooks.waitFor('webhook.received', 2);
    await strangerSawNothing(shop, stranger);
    expect(shop.told('webhooks')[1]!.data.raw.holograms).toEqual([hologram]);
    expect((await shop.onlyConversation()).messages).toHaveLength(1);
  });

  it.each<[string, (shop: Shop<'instagram'>) => SimulatedItem]>([
    ['an attachment', (shop) => instagram.attachment(shop.chat(), 'hologram', hologram)],
    [
      'members of a message',
      (shop) => {
        const item = instagram.text(shop.chat(), 'Known');
        Object.assign(item.element.message as object, { hologram });
        return item;
      },
    ],
  ])('%s, without losing the message', async (_, make) => {
    const { shop, stranger } = await openTwoShops('instagram');
    const item = make(shop);
    await shop.receives(item);
    await strangerSawNothing(shop, stranger);
    expect(shop.told('webhooks')[0]!.data.raw).toEqual(item.element);
    expect((await shop.onlyConversation()).messages).toHaveLength(1);
  });
});

describe('what is told and changes no conversation', () => {
  it('is a message that another app answers (standby)', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const item = messenger.text(shop.chat(), 'For the other app', { standby: true });
    const told = await onlyTold(shop, stranger, bodyOf(item), 'standby');
    expect(told).toMatchObject({ field: 'standby', content: { text: 'For the other app' } });
  });

  it.each(['messenger', 'instagram'] as const)('is a handover on %s', async (platform) => {
    const { shop, stranger } = await openTwoShops(platform);
    const item = messenger.controlPassed(shop.chat() as never, '263902037430900');
    const told = await onlyTold(shop, stranger, bodyOf(item), 'handover');
    expect(told).toMatchObject({ field: 'message_handovers', content: { new_owner_app_id: '263902037430900' } });
  });

  it('is what a customer wants to be sent', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const told = await onlyTold(shop, stranger, bodyOf(whatsapp.preference(shop.chat(), 'stop')), 'preference');
    expect(told).toMatchObject({ field: 'user_preferences', content: { value: 'stop' } });
  });
});

describe('a webhook that names no account of ours', () => {
  it.each(['user', 'permissions', 'application', 'payments', 'holograms'])(
    'because its object is %s, is kept for the operator',
    async (object) => {
      const { shop, stranger } = await openTwoShops('messenger');
      const secret = randomBytes(8).toString('hex');
      const entry = {
        id: shop.channel.externalId,
        time: 1_790_000_000,
        changes: [{ field: 'photos', value: { secret } }],
      };
      await deliverBody({ object, entry: [entry] });
      const kept = await until(async () => {
        const items = await (await operator()).all('/v1/webhook-deliveries?scope=operator&state=unowned');
        return items.find(({ raw }) => raw.value?.secret === secret);
      }, 'the operator sees it');
      await strangerSawNothing(shop, stranger);
      expect(kept).toMatchObject({
        platform: null,
        channelId: null,
        reason: 'It names no account of the three platforms.',
      });
      expect(shop.told('webhooks')).toEqual([]);
      expect(await shop.deliveries()).toHaveLength(1);
    },
  );

  it('but stands in an array, as in some samples of Meta, is taken like any other', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    await deliverBody([bodyOf(messenger.text(shop.chat(), 'Wrapped'))]);
    await strangerSawNothing(shop, stranger);
    expect((await shop.onlyConversation()).conversation.lastMessage.preview).toBe('Wrapped');
  });

  it('or nothing at all is acknowledged, and what follows is taken in', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    for (const body of [
      {},
      [],
      null,
      1,
      'x',
      { object: 'page' },
      { object: 'page', entry: [] },
      { object: 'page', entry: [{}, 7] },
    ]) {
      await deliverBody(body);
    }
    await deliver(messenger.text(shop.chat(), 'After all that'));
    await strangerSawNothing(shop, stranger);
    expect((await shop.onlyConversation()).conversation.lastMessage.preview).toBe('After all that');
  });
});
