import { closeSockets, connect, type SocketClient } from '../support/socket-client';
import {
  alongside,
  anonymous,
  elsewhere,
  gateways,
  hangUp,
  namespaces,
  refusal,
  secondsFromNow,
  sessionIdOf,
  signedAnew,
  untilGone,
} from './support/realtime';
import { openTwoShops, settle } from './support/shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);

/** A socket on every namespace of every gateway. */
const everywhere = (token: string): Promise<SocketClient[]> =>
  Promise.all(gateways.flatMap((gateway) => namespaces.map((one) => connect(gateway, one, { token }))));

async function expectEnded(clients: SocketClient[], reason: string): Promise<void> {
  for (const client of clients) {
    expect(await client.waitForNotice('session.ended')).toEqual({ reason });
    await untilGone(client);
  }
}

async function expectServed(clients: SocketClient[]): Promise<void> {
  for (const client of clients) {
    expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
    expect(client.notice('session.ended')).toBeUndefined();
  }
}

/** By the handshake and by `authenticate`; once its sockets have ended, so that every gateway knows. */
async function expectRevoked(token: string): Promise<void> {
  for (const gateway of gateways) {
    expect(await refusal(gateway, '/messages', { token })).toMatchObject({ code: 'token_revoked' });
    const client = await anonymous(gateway, '/messages');
    expect(await client.ask('authenticate', { token })).toMatchObject({ ok: false, error: { code: 'token_revoked' } });
    await untilGone(client);
  }
}

describe('signing out', () => {
  it('ends the sockets of this session on every gateway, and of no other', async () => {
    const [owner, stranger] = await Promise.all([tenant(), tenant()]);
    const again = await owner.api.signIn(owner.email, owner.password);
    const sockets = await everywhere(owner.accessToken);
    const kept = [...(await everywhere(again.accessToken)), ...(await everywhere(stranger.accessToken))];
    expect((await owner.api.post('/v1/auth/sign-out')).status).toBe(204);
    await expectEnded(sockets, 'signed_out');
    await expectServed(kept);
    await expectRevoked(owner.accessToken);
  });
});

describe('a session that an admin ends', () => {
  it('loses its sockets on every gateway, while those of the admin go on', async () => {
    const owner = await tenant();
    const agent = await colleague(owner, 'agent');
    const sockets = await everywhere(agent.accessToken);
    const kept = await everywhere(owner.accessToken);
    const { status } = await owner.api.post(`/v1/auth/sessions/${sessionIdOf(agent.accessToken)}/revoke`);
    expect(status).toBe(204);
    await expectEnded(sockets, 'revoked');
    await expectServed(kept);
    await expectRevoked(agent.accessToken);
  });

  it('is not ended by an owner of another workspace', async () => {
    const [owner, stranger] = await Promise.all([tenant(), tenant()]);
    const sockets = await everywhere(owner.accessToken);
    const answer = await stranger.api.post(`/v1/auth/sessions/${sessionIdOf(owner.accessToken)}/revoke`);
    expect(answer.status).toBe(404);
    await expectServed(sockets);
  });

  it('ends with all others when the user is signed out everywhere', async () => {
    const owner = await tenant();
    const agent = await colleague(owner, 'agent');
    const sockets = await everywhere(agent.accessToken);
    const kept = await everywhere(owner.accessToken);
    expect((await owner.api.post(`/v1/auth/users/${agent.userId}/revoke`)).status).toBe(204);
    await expectEnded(sockets, 'revoked');
    await expectServed(kept);
    await expectRevoked(agent.accessToken);
  });
});

describe('a token that expires', () => {
  it('is announced to end, and closes its sockets when it does', async () => {
    const owner = await tenant();
    const exp = secondsFromNow(3);
    const token = await signedAnew(owner.accessToken, { exp });
    const kept = await everywhere(owner.accessToken);
    const sockets = await everywhere(token);
    const expiresAt = new Date(exp * 1000).toISOString();
    for (const client of sockets) {
      expect(client.notice('ready').expiresAt).toBe(expiresAt);
      expect(await client.waitForNotice('session.expiring')).toEqual({ expiresAt });
    }
    await expectEnded(sockets, 'token_expired');
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    await expectServed(kept);
    expect(await refusal(elsewhere, '/messages', { token })).toMatchObject({ code: 'token_expired' });
  });

  it('can be renewed on the live socket, which goes on without a gap', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const exp = secondsFromNow(3);
    const short = await signedAnew(shop.tenant.accessToken, { exp });
    const renewed = await connect(elsewhere, '/messages', { token: short });
    const left = await connect(elsewhere, '/messages', { token: short });
    const answer = await renewed.ask('authenticate', { token: shop.tenant.accessToken });
    expect(answer).toMatchObject({ ok: true, data: { userId: shop.tenant.userId, replayed: 0 } });
    expect(Date.parse(answer.data.expiresAt)).toBeGreaterThan(exp * 1000);
    await expectEnded([left], 'token_expired');
    await shop.receives(shop.text(shop.chat(), 'Still open?'));
    await settle(shop, stranger);
    await renewed.waitFor('message.received', 2);
    await expectServed([renewed]);
  });

  it('ends every namespace of its connection, and none that another token opened', async () => {
    const owner = await tenant();
    const token = await signedAnew(owner.accessToken, { exp: secondsFromNow(2) });
    const messages = await connect(elsewhere, '/messages', { token });
    const webhooks = alongside(messages, '/webhooks', { token: owner.accessToken });
    await webhooks.waitForNotice('ready');
    await expectEnded([messages], 'token_expired');
    await expectServed([webhooks]);
    hangUp(webhooks);
  });
});
