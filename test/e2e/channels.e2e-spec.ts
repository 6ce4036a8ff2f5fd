import { randomInt } from 'node:crypto';
import { type Platform, serialise } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { bodyOf, deliver, deliverBody } from './support/deliver';
import { type Body, openTwoShops, Shop, settle, strangerSawNothing } from './support/shop';
import { anotherMetaApp, operator, world } from './support/world';

afterEach(closeSockets);

const newId = () => String(randomInt(1e14, 3e14));

/** What items of an account that nobody has registered look like to the operator. */
async function waitingFor(externalId: string): Promise<Body[]> {
  const items = await (await operator()).all('/v1/webhook-deliveries?scope=operator&state=unowned');
  return items.filter(({ accountId }) => accountId === externalId);
}

/** The same dashboard, and an account that is not registered yet. */
function notYet<P extends Platform>(shop: Shop<P>, externalId = newId()) {
  const later = new Shop(
    shop.platform,
    shop.tenant,
    { id: '', externalId, businessAccountId: newId() },
    shop.webhooks,
    shop.messages,
  );
  const registration = {
    workspaceId: shop.tenant.workspaceId,
    platform: shop.platform,
    externalId,
    metaAppId: world.metaAppId,
    name: 'Registered later',
  };
  return { later, externalId, registration };
}

describe.each(['whatsapp', 'messenger', 'instagram'] as const)(
  'an account of %s that is not registered',
  (platform) => {
    it('has its items wait, seen by the operator alone, and taken in once and in order when it is registered', async () => {
      const { shop, stranger } = await openTwoShops(platform);
      const { later, externalId, registration } = notYet(shop);
      const chat = later.chat();
      const items = [1, 2, 3].map((n) => later.text(chat, `waited ${n}`));
      await deliver(items);
      await deliver(items.toReversed(), 'entries');
      await until(async () => (await waitingFor(externalId)).length === 3, 'they wait');
      expect((await waitingFor(externalId))[0]).toMatchObject({
        state: 'unowned',
        channelId: null,
        reason: expect.stringContaining(`the ${platform} account ${externalId}`),
      });
      expect(await shop.deliveries()).toEqual([]);

      const registered = await (await operator()).post('/v1/channels', registration);
      expect(registered.status).toBe(201);
      await strangerSawNothing(shop, stranger);
      const texts = ['waited 1', 'waited 2', 'waited 3'];
      expect(shop.told('webhooks').map(({ data }) => data.content.text)).toEqual(texts);
      const { conversation, messages } = await shop.onlyConversation();
      expect(messages.map(({ content }) => content.text)).toEqual(texts);
      expect(conversation).toMatchObject({ channelId: registered.body.id, unreadCount: 3 });
      expect(await waitingFor(externalId)).toEqual([]);
      expect(await shop.deliveries('?state=processed')).toHaveLength(4);
    });
  },
);

describe('registering an account', () => {
  it('takes in hundreds of waiting items, once, with those that come in meanwhile', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { later, externalId, registration } = notYet(shop);
    const chat = later.chat();
    const items = Array.from({ length: 450 }, (_, n) => later.text(chat, `waited ${n}`));
    await deliver(items.slice(0, 420));
    await until(async () => (await waitingFor(externalId)).length === 420, 'they wait');
    await Promise.all([
      (await operator()).made('/v1/channels', registration),
      ...items.slice(420).map((item, position) => deliver(item, 'merged', position)),
      deliver(items.slice(100, 200)),
    ]);
    await until(() => shop.webhooks.of('webhook.received').length >= items.length, 'all were taken in');
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(new Set(messages.map(({ content }) => content.text)).size).toBe(450);
    expect(messages).toHaveLength(450);
    expect(conversation.unreadCount).toBe(450);
    expect(shop.toldTypes('webhooks')).toHaveLength(450);
  });

  it('is for the operator alone, whatever the role in a workspace', async () => {
    const { shop } = await openTwoShops('messenger');
    const { registration } = notYet(shop);
    const refused = await shop.api.post('/v1/channels', registration);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect(await shop.api.all('/v1/channels')).toHaveLength(1);
  });

  it('can be done once: an account belongs to one workspace, also when two ask at the same moment', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const { registration } = notYet(shop);
    const theirs = { ...registration, workspaceId: stranger.tenant.workspaceId };
    const answers = await Promise.all(
      [registration, theirs, registration, theirs].map(async (one) => (await operator()).post('/v1/channels', one)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({ code: 'conflict', detail: expect.stringContaining(registration.externalId) });
    const channels = [...(await shop.api.all('/v1/channels')), ...(await stranger.api.all('/v1/channels'))];
    expect(channels.filter(({ externalId }) => externalId === registration.externalId)).toHaveLength(1);
  });

  it('of the same id on another platform is another account', async () => {
    const { shop } = await openTwoShops('instagram');
    const { registration } = notYet(shop, shop.channel.externalId);
    const answer = await (await operator()).post('/v1/channels', { ...registration, platform: 'messenger' });
    expect(answer.status).toBe(201);
  });

  it('needs a workspace and a Meta app that exist, and an id as Meta writes it', async () => {
    const { shop } = await openTwoShops('instagram');
    const { registration } = notYet(shop);
    const register = async (more: Body) => (await operator()).post('/v1/channels', { ...registration, ...more });
    const noApp = await register({ metaAppId: 'nobody' });
    expect([noApp.status, noApp.body.code]).toEqual([404, 'not_found']);
    expect(noApp.body.detail).toContain('metaAppId');
    const noWorkspace = await register({ workspaceId: shop.channel.id });
    expect([noWorkspace.status, noWorkspace.body.detail]).toEqual([404, expect.stringContaining('workspaceId')]);
    for (const wrong of [
      { externalId: '1 2' },
      { externalId: '' },
      { platform: 'telegram' },
      { name: '' },
      { token: 'x' },
    ]) {
      const answer = await register(wrong);
      expect([wrong, answer.status, answer.body.code]).toEqual([wrong, 400, 'invalid']);
      expect(answer.body.details.map(({ field }: Body) => field)).toEqual(Object.keys(wrong));
    }
  });

  it('with another app than the one that signed its items leaves those waiting', async () => {
    const app = await anotherMetaApp();
    const { shop, stranger } = await openTwoShops('messenger');
    const { later, externalId, registration } = notYet(shop);
    const foreign = later.text(later.chat(), 'Signed by the other app');
    await until(async () => (await app.sender.sendRaw(serialise(bodyOf(foreign)))) === 200, 'its secret is known');
    await until(async () => (await waitingFor(externalId)).length === 1, 'it waits');
    await (await operator()).made('/v1/channels', registration);
    await deliver(later.text(later.chat(), 'Signed by its own'));
    await strangerSawNothing(shop, stranger);

    expect((await shop.onlyConversation()).conversation.lastMessage.preview).toBe('Signed by its own');
    expect(await waitingFor(externalId)).toHaveLength(1);
  });

  it('is told to its workspace', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { registration } = notYet(shop);
    const made = await (await operator()).made('/v1/channels', registration);
    const events = (await shop.log()).filter(({ type }) => type === 'channel.status_changed');
    expect(events.at(-1)!.data).toEqual({
      channelId: made.id,
      platform: 'whatsapp',
      status: 'connected',
      reason: null,
      attempt: 0,
    });
    expect((await shop.api.get(`/v1/channels/${made.id}`)).body).toEqual(made);
    await strangerSawNothing(shop, stranger);
  });

  it('of WhatsApp brings what names only its business account, such as a template refused', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const change = {
      field: 'message_template_status_update',
      value: { event: 'REJECTED', message_template_name: 'sale' },
    };
    const entry = { id: shop.channel.businessAccountId, time: 1_790_000_000, changes: [change] };
    await deliverBody({ object: 'whatsapp_business_account', entry: [entry] });
    await shop.webhooks.waitFor('webhook.received');
    await settle(shop);
    await strangerSawNothing(shop, stranger);

    expect(shop.told('webhooks').map(({ data }) => [data.field, data.channelId, data.content.event])).toEqual([
      ['message_template_status_update', shop.channel.id, 'REJECTED'],
    ]);
  });
});
