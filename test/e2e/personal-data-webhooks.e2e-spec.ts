import { randomBytes } from 'node:crypto';
import {
  type InstagramChat,
  instagram,
  instagramChat,
  type MessengerChat,
  messenger,
  type WhatsAppChat,
  whatsapp,
} from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs as closeConnected, firstConversation, logOf, openConnecting } from './support/connecting';
import { bodyOf, deliver, deliverBody } from './support/deliver';
import { bodiesOf, eraseWhole, everything } from './support/erasing';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { type Body, openShop, openTwoShops, type Shop, settle } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);
afterEach(closeConnected);

/** Long before any erasure in a test. */
const before = Date.UTC(2026, 9, 1, 9);
const soon = () => Date.now() + 5000;

const comment = (shop: Shop, chat: unknown, words: string, options: { at?: number; id?: string } = {}) =>
  shop.platform === 'messenger'
    ? messenger.comment(chat as MessengerChat, words, options)
    : instagram.comment(chat as InstagramChat, words, options);

const kindsOf = async (shop: Shop, contactId: string): Promise<string[]> => {
  const { body } = await shop.api.get(`/v1/contacts/${contactId}/personal-data`);
  return body.webhookItems.map(({ kind }: Body) => kind);
};

async function expectNothingLeft(shop: Shop, secrets: readonly string[]): Promise<void> {
  const left = (await everything(shop)) + (await bodiesOf(shop));
  for (const secret of secrets) expect([secret, left.includes(secret)]).toEqual([secret, false]);
}

describe.each(['messenger', 'instagram'] as const)('what somebody wrote in public on %s', (platform) => {
  it('before they were a contact is handed out with their data and erased; what others wrote stays', async () => {
    const { shop, stranger } = await openTwoShops<'messenger' | 'instagram'>(platform);
    const [ana, ben] = [shop.chat(), shop.chat()];
    const theirs = [
      comment(shop, ana, 'secret comment', { at: before }),
      comment(shop, ben, 'Ben was here', { at: before }),
    ];
    const packing = 'merged';
    await shop.receives(theirs, packing);
    // Meta repeats itself; the same person writes to another workspace.
    await deliver(theirs, packing);
    await stranger.receives(comment(stranger, stranger.chat(), 'secret comment', { at: before }));
    await shop.receives(shop.text(ana as never, 'secret words'));
    const { conversation } = await shop.onlyConversation();

    const { body } = await shop.api.get(`/v1/contacts/${conversation.contact.id}/personal-data`);
    expect(body.webhookItems.map(({ kind }: Body) => kind)).toEqual(['comment', 'message']);
    expect(body.events.filter(({ type }: Body) => type === 'webhook.received')).toHaveLength(2);
    expect(JSON.stringify(body)).toContain('secret comment');
    expect(JSON.stringify(body)).not.toContain('Ben was here');

    await eraseWhole(shop.tenant, conversation.contact.id);
    const secrets = ['secret comment', 'secret words', ana.customer.id];
    await expectNothingLeft(shop, secrets);
    expect((await everything(shop)) + (await bodiesOf(shop))).toContain('Ben was here');
    expect(await everything(stranger)).toContain('secret comment');

    // Once more, and one of before that comes late.
    await deliver(theirs, packing);
    await shop.receives([
      comment(shop, ana, 'secret afterthought', { at: before + 1000 }),
      comment(shop, ben, 'Ben again', { at: before + 1000 }),
    ]);
    await settle(shop, stranger);
    await expectNothingLeft(shop, [...secrets, 'secret afterthought', ana.customer.name]);
    expect((await everything(shop)) + (await bodiesOf(shop))).toContain('Ben again');
    const late = shop.webhooks.of('webhook.received').filter(({ data }) => data.sender === null);
    expect(late.map(({ data }) => [data.content, data.raw])).toEqual([[null, {}]]);
    expect(await everything(stranger)).toContain('secret comment');

    // What they write from now on is of now, and theirs once they are known again.
    await shop.receives(comment(shop, ana, 'A new comment', { at: soon() }));
    await shop.receives(shop.text(ana as never, 'Me again'));
    const known = (await shop.api.all('/v1/contacts')).find(
      ({ identities }: Body) => identities[0].value === ana.customer.id,
    );
    expect(await kindsOf(shop, known.id)).toEqual(['comment', 'message']);
  });
});

it('a comment under another id is known by the username of who wrote it', async () => {
  const desk = await openSendingShop('instagram', { callbacks: false });
  const { shop, graph } = desk;
  const stranger = await openShop('instagram');
  const chat = shop.chat();
  const commenter = { ...chat, customer: { ...chat.customer, id: '90000000000000001' } };
  const other = { ...chat, customer: { ...chat.customer, id: '90000000000000002', username: 'somebody.else' } };
  await shop.receives([
    instagram.comment(commenter, 'secret comment', { at: before }),
    instagram.comment(other, 'Somebody else', { at: before }),
  ]);
  await stranger.receives(instagram.comment({ ...commenter, account: stranger.chat().account }, 'secret comment'));
  graph.customer(desk.account as never, { id: chat.customer.id, name: 'Ana', username: chat.customer.username });
  await shop.receives(shop.text(chat, 'secret words'));
  const { conversation } = await shop.onlyConversation();
  const { id } = conversation.contact;
  const profiles = async () => (await shop.api.get(`/v1/contacts/${id}/profiles`)).body.items;
  await until(async () => (await profiles())[0]?.username, 'their username is known');
  expect(await kindsOf(shop, id)).toEqual(['comment', 'message']);
  await eraseWhole(shop.tenant, id);
  await shop.receives(instagram.comment(commenter, 'secret afterthought', { at: before + 1000 }));
  await expectNothingLeft(shop, ['secret comment', 'secret words', 'secret afterthought', commenter.customer.id]);
  expect(await everything(shop)).toContain('Somebody else');
  expect(await everything(stranger)).toContain('secret comment');
});

it('a mention whose words are read after the erasure is not kept', async () => {
  const { owner, stranger, graph, account } = await openConnecting('instagram behind a page', { callbacks: false });
  const channel = await owner.api.made('/v1/channels', account.registration);
  const first = account.hears('Hello');
  const [{ id }] = account.inbox!.correspondents.values() as unknown as [{ id: string }];
  graph.customer(account.inbox!, { id, name: 'Ana', username: 'ana.secretname' });
  await deliver(first);
  const { contact } = await firstConversation(owner);
  const profiles = async () => (await owner.api.get(`/v1/contacts/${contact.id}/profiles`)).body.items;
  await until(async () => (await profiles())[0]?.username, 'their username is known');
  await eraseWhole(owner, contact.id);
  const chat = instagramChat({ now: Date.now, account: { id: channel.externalId } });
  const [mediaId, post] = ['17900000000000123', account.inbox!];
  graph.post(post, { id: mediaId, permalink: 'https://www.instagram.com/p/1/', username: 'bea' });
  const mentions = [
    { id: '17900000000000201', text: 'secret mention', from: { id: '5', username: 'ana.secretname' }, at: before },
    { id: '17900000000000202', text: 'Ben mentions it', from: { id: '6', username: 'ben' }, at: before },
  ];
  for (const mention of mentions) {
    graph.comment(post, { ...mention, objectId: mediaId });
    await deliver(instagram.mention(chat, { mediaId, commentId: mention.id }));
  }
  const read = async () => (await owner.api.all('/v1/mentions')).map(({ text }: Body) => text);
  await until(async () => (await read()).join() === 'Ben mentions it', 'the others are read, and hers is gone');
  const items = await owner.api.all('/v1/webhook-deliveries?field=mentions');
  expect(items.map(({ raw }: Body) => raw.value?.comment_id)).toEqual([mentions[1]!.id, undefined]);
  const left = JSON.stringify([await logOf(owner), await logOf(stranger), await stranger.api.all('/v1/mentions')]);
  for (const secret of ['secret mention', 'ana.secretname'])
    expect([secret, left.includes(secret)]).toEqual([secret, false]);
});

it('a lead is of the contact that has its id as an attribute', async () => {
  const { shop, stranger } = await openTwoShops('messenger');
  const lead = ({ channel: { externalId } }: Shop, id: string) => ({
    object: 'page',
    entry: [
      {
        id: externalId,
        time: before / 1000,
        changes: [
          {
            field: 'leadgen',
            value: { leadgen_id: id, page_id: externalId, form_id: '7', created_time: before / 1000 },
          },
        ],
      },
    ],
  });
  const [theirs, other] = ['444555666777888', '444555666777889'];
  for (const one of [shop, stranger]) for (const id of [theirs, other]) await deliverBody(lead(one, id));
  for (const { webhooks } of [shop, stranger]) await webhooks.waitFor('webhook.received', 2);
  await shop.api.made('/v1/contact-attributes', { key: 'lead', label: 'Lead', type: 'text' });
  const { id } = await shop.api.made('/v1/contacts', { name: 'Ana', attributes: { lead: theirs } });
  expect(await kindsOf(shop, id)).toEqual(['lead']);
  await eraseWhole(shop.tenant, id);
  await expectNothingLeft(shop, [theirs]);
  expect(await everything(shop)).toContain(other);
  expect(await everything(stranger)).toContain(theirs);
});

it('a change of a group keeps the others of it', async () => {
  const { shop, stranger } = await openTwoShops('whatsapp');
  const [ana, ben] = ['34600777222', '34600777333'];
  const change = (of: Shop, type: string, participants: object) => {
    const { account } = of.chat() as WhatsAppChat;
    const metadata = { display_phone_number: account.displayPhoneNumber, phone_number_id: account.id };
    const group = { timestamp: String(before / 1000), group_id: `group.of.${of.channel.id}`, type, ...participants };
    const value = { messaging_product: 'whatsapp', metadata, groups: [group] };
    const changes = [{ field: 'group_participants_update', value }];
    return { object: 'whatsapp_business_account', entry: [{ id: account.businessAccountId, changes }] };
  };
  const changes = (of: Shop) => [
    change(of, 'group_participants_add', { added_participants: [{ wa_id: ana }, { wa_id: ben }] }),
    change(of, 'group_participants_remove', { removed_participants: [{ wa_id: ana }], initiated_by: 'participant' }),
  ];
  for (const one of [shop, stranger]) for (const body of changes(one)) await deliverBody(body);
  for (const { webhooks } of [shop, stranger]) await webhooks.waitFor('webhook.received', 2);
  const chat = shop.chat({ customer: { name: 'Ana', waId: ana, userId: undefined, phone: 'shown' } });
  await shop.receives(shop.text(chat, 'secret words'));
  const { id } = (await shop.onlyConversation()).conversation.contact;
  expect(await kindsOf(shop, id)).toEqual(['group', 'group', 'message']);

  await eraseWhole(shop.tenant, id);
  await expectNothingLeft(shop, [ana, 'secret words']);
  const left = await everything(shop);
  for (const kept of [ben, `group.of.${shop.channel.id}`]) expect([kept, left.includes(kept)]).toEqual([kept, true]);
  // Told again, and once more of before.
  for (const body of changes(shop)) await deliverBody(body);
  await deliverBody(
    change(shop, 'group_participants_add', { added_participants: [{ wa_id: ana }, { wa_id: ben }], request_id: '2' }),
  );
  await shop.webhooks.waitFor('webhook.received', 4);
  await settle(shop, stranger);
  await expectNothingLeft(shop, [ana]);
  expect(await everything(stranger)).toContain(ana);
});

it('what waits in quarantine is theirs too', async () => {
  const { shop, stranger } = await openTwoShops('whatsapp');
  // Longer than an index takes.
  const poisoned = (of: Shop) => ({ id: `wamid.${of.channel.id}${randomBytes(4500).toString('base64')}` });
  const chat = shop.chat();
  await deliver(whatsapp.text(chat as never, 'secret poison', poisoned(shop)));
  await deliver(whatsapp.text(stranger.chat() as never, 'secret poison', poisoned(stranger)));
  for (const { webhooks } of [shop, stranger]) await webhooks.waitFor('webhook.quarantined');
  await shop.receives(shop.text(chat, 'secret words'));
  const { id } = (await shop.onlyConversation()).conversation.contact;
  expect(JSON.stringify((await shop.api.get(`/v1/contacts/${id}/personal-data`)).body)).toContain('secret poison');
  await eraseWhole(shop.tenant, id);
  await expectNothingLeft(shop, ['secret poison', 'secret words']);
  expect(await shop.deliveries('?state=quarantined')).toMatchObject([{ raw: {} }]);
  expect(await everything(stranger)).toContain('secret poison');
});

describe('a status', () => {
  const ana = {
    name: 'Ana Secretname',
    waId: '34600777111',
    userId: 'ES.90000000000000007111',
    phone: 'shown' as const,
  };

  it('of a message of another system is of its recipient, once they are a contact', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ customer: ana });
    await shop.receives(whatsapp.status(chat, 'wamid.elsewhere', 'delivered'));
    await shop.receives(shop.text(chat, 'secret words'));
    const { conversation, messages } = await shop.onlyConversation();
    // Meta may leave out whom a status is about.
    const {
      recipient_id: _,
      recipient_user_id: __,
      ...element
    } = whatsapp.status(chat, messages[0].platformMessageId, 'read').element;
    const unnamed = whatsapp.status(chat, messages[0].platformMessageId, 'read');
    const { contact: ___, ...place } = unnamed.place as { in: 'value'; contact?: object } & Body;
    await shop.receives({ ...unnamed, element, place });
    await stranger.receives(whatsapp.status(stranger.chat({ customer: ana }), 'wamid.elsewhere', 'delivered'));
    expect(await kindsOf(shop, conversation.contact.id)).toEqual(['status', 'message', 'status']);
    await eraseWhole(shop.tenant, conversation.contact.id);
    await expectNothingLeft(shop, [ana.waId, ana.userId, 'Secretname', 'secret words']);
    expect(await everything(stranger)).toContain(ana.waId);
  });

  it('that comes after the erasure is told, and names nobody', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const byAna = shop.chat({ customer: ana });
    const byBen = shop.chat({ customer: { waId: '4915222222', userId: undefined, phone: 'shown', name: 'Ben' } });
    const [toAna, toBen] = [shop.echo(byAna, 'secret answer'), shop.echo(byBen, 'Hello Ben')];
    await shop.receives([shop.text(byAna, 'secret words'), toAna, shop.text(byBen, 'Ben is here'), toBen]);
    const hers = (await shop.conversations()).find(({ contact }) => contact.phone === ana.waId);
    await stranger.receives(stranger.text(stranger.chat({ customer: ana }), 'secret words'));
    await eraseWhole(shop.tenant, hers.contact.id);

    const statuses = bodyOf(
      [
        ...(['delivered', 'read'] as const).map((reached) =>
          whatsapp.status(byAna, toAna.messageId!, reached, { at: soon() }),
        ),
        whatsapp.status(byBen, toBen.messageId!, 'delivered', { at: soon() }),
        whatsapp.reaction(byAna, toAna.messageId!, '❤️', { at: soon() }),
      ],
      'merged',
    );
    const known = shop.webhooks.of('webhook.received').length;
    await deliverBody(statuses);
    await shop.webhooks.waitFor('webhook.received', known + 4);
    await deliverBody(statuses);
    await settle(shop, stranger);
    await expectNothingLeft(shop, [ana.waId, ana.userId, 'Secretname', 'secret words', 'secret answer', '❤']);
    expect(await shop.deliveries('?state=quarantined')).toEqual([]);
    const answer = (await shop.messagesOf(hers.id)).find(
      ({ platformMessageId }) => platformMessageId === toAna.messageId,
    );
    expect(answer).toMatchObject({ status: 'read', content: {} });
    expect(answer.reactions ?? []).toEqual([]);
    const left = (await everything(shop)) + (await bodiesOf(shop));
    for (const kept of ['4915222222', 'Ben is here']) expect(left).toContain(kept);
    expect((await shop.api.all('/v1/contacts')).map(({ name }: Body) => name)).not.toContain('Ana Secretname');
    expect(await everything(stranger)).toContain(ana.waId);
  });
});
