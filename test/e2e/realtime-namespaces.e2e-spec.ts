import { clientMessages, namespaces } from '@switchboard/contracts';
import { whatsapp } from '@switchboard/simulator';
import { closeSockets, connect } from '../support/socket-client';
import { anonymous, elsewhere, gateways, refusal, secondsFromNow, signedAnew, unsigned } from './support/realtime';
import { openTwoShops } from './support/shop';
import { tenant } from './support/world';

afterEach(closeSockets);

describe('the namespaces beside messages and webhooks', () => {
  it('tell of contacts and channels to their own workspace, with a cursor each', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [contacts, channels, foreign] = await Promise.all([
      shop.tenant.sockets('/contacts'),
      shop.tenant.sockets('/channels'),
      stranger.tenant.sockets('/contacts'),
    ]);
    await shop.receives(whatsapp.text(shop.chat(), 'Hello!'));
    await contacts.waitFor('contact.created', 1);
    await shop.tenant.channel('messenger');
    await channels.waitFor('channel.status_changed', 1);
    await stranger.receives(whatsapp.text(stranger.chat(), 'Hi!'));
    await foreign.waitFor('contact.created', 1);

    const [own, theirs] = [contacts, foreign].map((socket) => socket.of('contact.created'));
    expect(own).toHaveLength(1);
    expect(theirs).toHaveLength(1);
    expect(theirs![0]!.data.contact.id).not.toBe(own![0]!.data.contact.id);
    expect(own![0]!.cursor).toMatch(/^\w+\.\d{16}$/);
  });
});

describe.each(namespaces)('%s', (namespace) => {
  it('speaks the protocol on every gateway: ready, a cursor, subscriptions, and no message it does not know', async () => {
    const { accessToken: token, userId, workspaceId } = await tenant();
    for (const gateway of gateways) {
      const client = await connect(gateway, namespace, { token });
      const { cursor } = client.notice('ready');
      expect(client.notice('ready')).toMatchObject({ userId, workspaceId, subscriptions: { all: true } });
      expect(await client.ask('heartbeat')).toMatchObject({ ok: true, data: { cursor: expect.any(String) } });
      expect(await client.ask('resume', { cursor })).toMatchObject({ ok: true });
      expect(await client.ask('authenticate', { token })).toMatchObject({ ok: true, data: { userId } });
      expect(await client.ask('unsubscribe', { all: true })).toMatchObject({ ok: true, data: { all: false } });
      expect(await client.ask('subscribe', { all: true })).toMatchObject({ ok: true, data: { all: true } });
      expect(await client.ask('no.such')).toMatchObject({ ok: false, error: { code: 'invalid' } });
    }
  });

  it('is closed to whoever has no valid token, and to a key without its scope', async () => {
    const { accessToken, api } = await tenant();
    const silent = await anonymous(elsewhere, namespace);
    for (const message of clientMessages.everywhere.filter((name) => name !== 'authenticate')) {
      expect(await silent.ask(message, {})).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    }
    for (const [token, code] of [
      ['nonsense', 'unauthenticated'],
      [unsigned(accessToken), 'unauthenticated'],
      [await signedAnew(accessToken, { exp: secondsFromNow(-5) }), 'token_expired'],
      [await signedAnew(accessToken, { aud: 'somebody-else' }), 'unauthenticated'],
      [await signedAnew(accessToken, {}, 'another secret of thirty-two characters'), 'unauthenticated'],
    ] as const) {
      expect(await refusal(elsewhere, namespace, { token })).toMatchObject({ code });
    }
    const area = namespace.slice(1);
    const other = area === 'contacts' ? 'messages' : 'contacts';
    const made = (scopes: string[]) => api.made('/v1/api-keys', { name: 'Bridge', role: 'viewer', scopes });
    expect(await refusal(elsewhere, namespace, { token: (await made([`${other}:read`])).key })).toMatchObject({
      code: 'forbidden',
    });
    await connect(elsewhere, namespace, { token: (await made([`${area}:read`])).key });
  });
});
