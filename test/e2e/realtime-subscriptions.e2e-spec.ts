import { instagram, messenger } from '@switchboard/simulator';
import { closeSockets, type SocketClient } from '../support/socket-client';
import { elsewhere, passed, refusal, stored, unmarked } from './support/realtime';
import { openTwoShops, type Shop } from './support/shop';

afterEach(closeSockets);

const none = { all: false, types: [], fields: [], rooms: [], narrowedBy: [] };
const cursorForm = expect.stringMatching(/^[a-z0-9]{4,32}\.\d{16}$/);
const types = (client: SocketClient) => unmarked(client).map(({ type }) => type);
const fields = (client: SocketClient) => unmarked(client).map(({ data }) => data.field);
const texts = (client: SocketClient) =>
  unmarked(client).flatMap(({ type, data }) => (type === 'message.received' ? [data.message.content.text] : []));

const heard = (shop: Shop, text: string) =>
  shop.messages.of('message.received').find(({ data }) => data.message.content.text === text)!.data;

describe('a subscription by type', () => {
  it('brings these types and nothing else', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const client = await shop.tenant.sockets('/messages', { types: ['message.received'] }, elsewhere);
    expect(client.notice('ready').subscriptions).toEqual({
      ...none,
      types: ['message.received'],
      narrowedBy: ['types'],
    });
    await shop.receives([shop.text(shop.chat(), 'one'), shop.text(shop.chat(), 'two')]);
    await passed([shop, stranger], client);
    expect(types(client)).toEqual(['message.received', 'message.received']);
    expect(shop.toldTypes('messages')).toContain('conversation.created');
  });

  it('is widened and narrowed on the live socket, and says from where', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const client = await shop.tenant.sockets('/messages', { subscribe: 'none' }, elsewhere);
    expect(client.notice('ready').subscriptions).toEqual(none);
    await shop.receives(shop.text(shop.chat(), 'unheard'));
    await passed([shop, stranger], client);
    expect(stored(client)).toEqual([]);

    const widened = await client.ask('subscribe', { types: ['message.received', 'conversation.created'] });
    const narrowed = { ...none, types: ['conversation.created', 'message.received'], narrowedBy: ['types'] };
    expect(widened).toEqual({ ok: true, data: { ...narrowed, since: cursorForm } });
    expect(widened.data.since >= shop.messages.cursor).toBe(true);
    expect(await client.ask('subscriptions')).toEqual({ ok: true, data: narrowed });
    await shop.receives(shop.text(shop.chat(), 'heard'));
    await client.waitFor('message.received');
    expect(types(client)).toEqual(['conversation.created', 'message.received']);
    expect(client.events.every(({ cursor }) => cursor! > widened.data.since)).toBe(true);

    const less = await client.ask('unsubscribe', { types: ['conversation.created'] });
    expect(less).toEqual({ ok: true, data: { ...none, types: ['message.received'], narrowedBy: ['types'] } });
    await shop.receives(shop.text(shop.chat(), 'heard too'));
    await client.waitFor('message.received', 2);
    expect(types(client)).toEqual(['conversation.created', 'message.received', 'message.received']);
  });

  it('that loses its last type brings nothing, not all', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const client = await shop.tenant.sockets('/messages', { types: ['message.received'] }, elsewhere);
    const answer = await client.ask('unsubscribe', { types: ['message.received'] });
    expect(answer).toMatchObject({ ok: true, data: { all: false, types: [], fields: [], rooms: [] } });
    await shop.receives(shop.text(shop.chat(), 'unheard'));
    await passed([shop, stranger], client);
    expect(stored(client)).toEqual([]);
    expect(await client.ask('subscribe', { all: true })).toMatchObject({ ok: true, data: { all: true } });
    await shop.receives(shop.text(shop.chat(), 'heard'));
    await client.waitFor('message.received');
    expect(texts(client)).toEqual(['heard']);
  });

  it('that is everything can lose some types, and all', async () => {
    const { shop } = await openTwoShops('messenger');
    const client = await shop.tenant.sockets('/messages', {}, elsewhere);
    const less = await client.ask('unsubscribe', { types: ['message.received'] });
    expect(less.data.all).toBe(false);
    expect(less.data.types).toContain('conversation.created');
    expect(less.data.types).not.toContain('message.received');
    expect(await client.ask('unsubscribe', { all: true })).toEqual({ ok: true, data: none });
  });
});

describe('a subscription by field of Meta', () => {
  it.each(['message_postbacks', 'messaging_postbacks'])('brings postbacks when asked for %s', async (field) => {
    const { shop, stranger } = await openTwoShops('messenger');
    const client = await shop.tenant.sockets('/webhooks', { fields: [field] }, elsewhere);
    expect(client.notice('ready').subscriptions).toMatchObject({ fields: ['message_postbacks'] });
    const chat = shop.chat();
    await shop.receives([shop.text(chat, 'a text'), messenger.postback(chat, 'Get started', 'START')]);
    await passed([shop, stranger], client);
    expect(fields(client)).toEqual(['message_postbacks']);
  });

  it('tells comments from messages, and takes either name to end it', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const client = await shop.tenant.sockets('/webhooks', { fields: ['comments', 'messaging_postbacks'] }, elsewhere);
    await shop.receives([shop.text(shop.chat(), 'a text'), instagram.comment(shop.chat(), 'Lovely!')]);
    await passed([shop, stranger], client);
    expect(fields(client)).toEqual(['comments']);
    const answer = await client.ask('unsubscribe', { fields: ['message_postbacks'] });
    expect(answer.data.fields).toEqual(['comments']);
  });
});

describe('a subscription by room', () => {
  it.each(['conversation', 'contact', 'channel'] as const)('brings what concerns one %s', async (kind) => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [mine, other] = [shop.chat(), shop.chat()];
    const second = await shop.tenant.channel('messenger');
    await shop.receives(shop.text(mine, 'hello'));
    await passed([shop, stranger]);
    const { conversation } = heard(shop, 'hello');
    const ids = { conversation: conversation.id, contact: conversation.contact.id, channel: shop.channel.id };
    const rooms = [{ kind, id: kind === 'channel' ? second.id : ids[kind] }];
    const client = await shop.tenant.sockets('/messages', { rooms }, elsewhere);
    expect(client.notice('ready').subscriptions).toEqual({ ...none, rooms, narrowedBy: ['rooms'] });
    await shop.receives([shop.text(other, 'elsewhere'), shop.text(mine, 'here')]);
    await passed([shop, stranger], client);
    expect(texts(client)).toEqual(kind === 'channel' ? [] : ['here']);

    // The shop's own channel brings all of it.
    const more = await client.ask('subscribe', { rooms: [{ kind: 'channel', id: shop.channel.id }] });
    expect(more).toMatchObject({ ok: true, data: { since: cursorForm } });
    await shop.receives(shop.text(other, 'now heard'));
    await client.waitFor('message.received', kind === 'channel' ? 1 : 2);
    expect(texts(client).at(-1)).toBe('now heard');
  });

  it('that is left brings nothing any more', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const room = { kind: 'channel', id: shop.channel.id };
    const client = await shop.tenant.sockets('/messages', { rooms: [room] }, elsewhere);
    await shop.receives(shop.text(shop.chat(), 'heard'));
    await client.waitFor('message.received');
    expect(await client.ask('unsubscribe', { rooms: [room] })).toMatchObject({ ok: true, data: { rooms: [] } });
    await shop.receives(shop.text(shop.chat(), 'unheard'));
    await passed([shop, stranger], client);
    expect(texts(client)).toEqual(['heard']);
  });
});

describe('types, fields and rooms together', () => {
  it('bring what all of them let through', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const room = { kind: 'channel', id: shop.channel.id };
    const [both, foreignRoom, otherType] = await Promise.all([
      shop.tenant.sockets('/webhooks', { types: ['webhook.received'], fields: ['messages'], rooms: [room] }),
      shop.tenant
        .channel('instagram')
        .then(({ id }) => shop.tenant.sockets('/webhooks', { fields: ['messages'], rooms: [{ kind: 'channel', id }] })),
      shop.tenant.sockets('/webhooks', { types: ['webhook.quarantined'], fields: ['messages'] }),
    ]);
    const chat = shop.chat();
    await shop.receives([shop.text(chat, 'a text'), messenger.postback(chat, 'Get started', 'START')]);
    await passed([shop, stranger], both, foreignRoom, otherType);
    expect(fields(both)).toEqual(['messages']);
    expect(stored(foreignRoom)).toEqual([]);
    expect(stored(otherType)).toEqual([]);
  });
});

describe('a room of another workspace', () => {
  it('cannot be joined, by its handshake or later, and nothing of it arrives', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    await stranger.receives(stranger.text(stranger.chat(), 'private'));
    await passed([stranger]);
    const { conversation } = heard(stranger, 'private');
    const ids = { channel: stranger.channel.id, conversation: conversation.id, contact: conversation.contact.id };
    const rooms = Object.entries(ids).map(([kind, id]) => ({ kind, id }));
    const client = await shop.tenant.sockets('/messages', {}, elsewhere);
    const late = await shop.tenant.sockets('/webhooks', { subscribe: 'none' }, elsewhere);
    for (const room of rooms) {
      const error = { code: 'forbidden', details: { field: 'rooms', rooms: [room] } };
      const asked = { rooms: [room, { kind: 'channel', id: shop.channel.id }] };
      expect(await refusal(elsewhere, '/messages', { token: shop.tenant.accessToken, ...asked })).toMatchObject(error);
      for (const socket of [client, late])
        expect(await socket.ask('subscribe', asked)).toMatchObject({ ok: false, error });
    }
    expect((await client.ask('subscriptions')).data.all).toBe(true);
    expect((await late.ask('subscriptions')).data).toEqual(none);
    await stranger.receives(stranger.text(stranger.chat(), 'private too'));
    await passed([shop, stranger], client, late);
    expect(texts(client)).toEqual([]);
    expect(stored(late)).toEqual([]);
  });
});
