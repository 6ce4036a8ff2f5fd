import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { holding, releaseAll } from './support/holding';
import { closeGraphs, openSendingShop, type SendingShop } from './support/sending-shop';
import type { Body } from './support/shop';
import { world } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);
afterEach(releaseAll);

/** Where nothing is held, either may come first: then it is answered as if the other came a minute later. */
const anyOrder = !world.databaseUrl;

const hello = { type: 'text', text: 'Hello?' };

/** A shop with two customers who turn out to be one, both with a conversation, or only the one who goes. */
async function twoOfOne(): Promise<{ desk: SendingShop; remains: Body; goes: Body }> {
  const desk = await openSendingShop('whatsapp', { callbacks: false });
  const [remains, goes] = await desk.conversations(2);
  return { desk, remains, goes };
}

const mergeInto = ({ shop }: SendingShop, contactId: string, goes: Body) =>
  shop.api.post(`/v1/contacts/${contactId}/merge`, { contactId: goes.contact.id });

/** The merge has moved everything, and has not committed. */
const beforeTheEndOfAMerge = 'lock table contact_merges in share mode';

describe('a message given to be sent while its contact is merged into another', () => {
  it('goes into the conversation that remains', async () => {
    const { desk, remains, goes } = await twoOfOne();
    const held = await holding(beforeTheEndOfAMerge);
    const merging = mergeInto(desk, remains.contact.id, goes);
    await held.waiting(1);
    const sending = desk.send(goes.id, hello);
    await held.waiting(2);
    await held.release();
    expect((await merging).status).toBe(200);
    const { status, body } = await sending;
    if (anyOrder && status === 404) return;
    expect([status, body.conversationId]).toEqual([201, anyOrder ? expect.any(String) : remains.id]);
    await until(() => desk.graph.messages.count === 1, 'it is sent');
    const texts = (await desk.shop.messagesOf(remains.id)).map(({ content }) => content.text);
    expect(texts).toContain(hello.text);
  });

  it('goes into their own conversation, where that is given to who remains', async () => {
    const { desk, goes } = await twoOfOne();
    const { id: remains } = await desk.shop.api.made('/v1/contacts', { name: 'Ana' });
    const held = await holding(beforeTheEndOfAMerge);
    const merging = mergeInto(desk, remains, goes);
    await held.waiting(1);
    const sending = desk.send(goes.id, hello);
    await held.waiting(2);
    await held.release();
    expect((await merging).status).toBe(200);
    const { status, body } = await sending;
    expect([status, body.conversationId]).toEqual([201, goes.id]);
    await until(() => desk.graph.messages.count === 1, 'it is sent');
    expect((await desk.shop.api.get(`/v1/conversations/${goes.id}`)).body.contact.id).toBe(remains);
  });

  it('to the contact that goes is refused by name', async () => {
    const { desk, remains, goes } = await twoOfOne();
    const held = await holding(beforeTheEndOfAMerge);
    const merging = mergeInto(desk, remains.contact.id, goes);
    await held.waiting(1);
    const { channel, api } = desk.shop;
    const order = { channelId: channel.id, to: { contactId: goes.contact.id }, content: hello };
    const sending = api.post('/v1/messages', order);
    await held.waiting(2);
    await held.release();
    expect((await merging).status).toBe(200);
    const { status, body } = await sending;
    if (anyOrder && status === 201) return;
    expect([status, body.detail]).toEqual([404, expect.stringContaining('contactId')]);
  });

  it('goes to whose conversation it is again, when a merge is taken back', async () => {
    const { desk, goes } = await twoOfOne();
    const { id: remains } = await desk.shop.api.made('/v1/contacts', { name: 'Ana' });
    expect((await mergeInto(desk, remains, goes)).status).toBe(200);
    const [merge] = await desk.shop.api.all(`/v1/contacts/${remains}/merges`);
    const held = await holding(beforeTheEndOfAMerge);
    const undoing = desk.shop.api.post(`/v1/contacts/${remains}/merges/${merge.id}/undo`);
    await held.waiting(1);
    const sending = desk.send(goes.id, hello);
    await held.waiting(2);
    await held.release();
    expect((await undoing).status).toBe(200);
    expect((await sending).status).toBe(201);
    const [queued] = await desk.shop.messages.waitFor('message.queued');
    if (anyOrder) return;
    expect((queued!.data as Body).conversation.contact.id).toBe(goes.contact.id);
  });
});

it('a message is sent again or its customer is erased: neither waits for the other for ever', async () => {
  const desk = await openSendingShop('whatsapp', { callbacks: false });
  const conversation = await desk.conversation();
  desk.graph.next(1, sends).reset({ done: false });
  const { body } = await desk.send(conversation.id, hello);
  await until(() => desk.shop.messages.of('message.unknown').length === 1, 'nobody knows what became of it');
  // The erasure holds the contact then, and nothing of its messages yet.
  const held = await holding('lock table erased_identities in share mode');
  const erasing = desk.shop.api.post(`/v1/contacts/${conversation.contact.id}/erase`);
  await held.waiting(1);
  const retrying = desk.shop.api.post(`/v1/messages/${body.id}/retry`);
  await held.waiting(2);
  await held.release();
  expect((await erasing).status).toBe(202);
  expect(anyOrder ? [201, 409] : [409]).toContain((await retrying).status);
});

it('two messages to somebody whom nobody knew are both sent, to one contact', async () => {
  const templates = [
    { name: 'hello', language: 'en_US', category: 'UTILITY', components: [{ type: 'BODY', text: 'Hello' }] },
  ];
  const desk = await openSendingShop('whatsapp', { callbacks: false, account: { templates } });
  const content = { type: 'template', name: 'hello', language: 'en_US' };
  const order = { channelId: desk.shop.channel.id, to: { phone: '34600111222' }, content };
  const held = await holding('lock table contact_identities in share mode');
  const sending = [1, 2].map(() => desk.shop.api.post('/v1/messages', order));
  await held.waiting(2);
  await held.release();
  expect((await Promise.all(sending)).map(({ status }) => status)).toEqual([201, 201]);
  await until(() => desk.graph.messages.count === 2, 'both are sent');
  expect(await desk.shop.api.all('/v1/contacts')).toHaveLength(1);
});
