import { closeSockets, connect } from '../support/socket-client';
import { until } from '../support/until';
import { elsewhere, gateways, untilGone } from './support/realtime';
import { openTwoShops } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);

const connections = '/v1/realtime/connections';

describe('an admin', () => {
  it('sees how many sockets and users the own workspace has, on all gateways, and none of another', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const admin = await colleague(shop.tenant, 'admin');
    const { api } = admin;
    const before = (await api.get(connections)).body;
    expect(before).toMatchObject({ gateways: gateways.length, namespaces: { '/messages': { sockets: 1, users: 1 } } });
    for (const gateway of [gateways[0]!, elsewhere]) {
      await connect(gateway, '/messages', { token: admin.accessToken });
      await connect(gateway, '/contacts', { token: admin.accessToken });
    }
    const after = (await api.get(connections)).body.namespaces;
    expect(after['/messages']).toEqual({ sockets: 3, users: 2 });
    expect(after['/contacts']).toEqual({ sockets: 2, users: 1 });
    expect((await stranger.api.get(connections)).body.namespaces['/messages']).toEqual({ sockets: 1, users: 1 });
  });

  it('sees whether somebody is connected, and ends their sockets everywhere; others stay, and they may come back', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { api } = await colleague(shop.tenant, 'admin');
    const agent = await colleague(shop.tenant, 'agent');
    const of = async () => (await api.get(`/v1/realtime/users/${agent.userId}`)).body;
    expect(await of()).toEqual({ connected: false, sockets: 0, namespaces: {} });
    const token = agent.accessToken;
    const sockets = [
      await connect(gateways[0]!, '/messages', { token }),
      await connect(elsewhere, '/webhooks', { token }),
    ];
    expect(await of()).toEqual({ connected: true, sockets: 2, namespaces: { '/messages': 1, '/webhooks': 1 } });
    const ended = await api.post(`/v1/realtime/users/${agent.userId}/disconnect`);
    expect(ended).toMatchObject({ status: 200, body: { sockets: 2, namespaces: { '/messages': 1, '/webhooks': 1 } } });
    for (const socket of sockets) {
      expect(await socket.waitForNotice('session.ended')).toEqual({ reason: 'disconnected' });
      await untilGone(socket);
    }
    await until(async () => !(await of()).connected, 'nobody is connected');
    expect(shop.messages.socket.connected).toBe(true);
    const [entry] = (await api.get('/v1/audit-log?action=member.disconnected')).body.items;
    expect(entry).toMatchObject({ subject: { kind: 'user', id: agent.userId }, details: { sockets: 2 } });
    expect((await connect(elsewhere, '/messages', { token })).notice('ready')).toMatchObject({ userId: agent.userId });
    const foreign = `/v1/realtime/users/${stranger.tenant.userId}`;
    expect((await api.get(foreign)).status).toBe(404);
    expect((await api.post(`${foreign}/disconnect`)).status).toBe(404);
    expect(stranger.messages.socket.connected).toBe(true);
  });

  it('does the same for an API key', async () => {
    const { shop } = await openTwoShops('instagram');
    const { api } = await colleague(shop.tenant, 'admin');
    const key = await api.made('/v1/api-keys', { name: 'Bridge', role: 'viewer' });
    const socket = await connect(elsewhere, '/messages', { token: key.key });
    expect((await api.get(`/v1/realtime/users/${key.id}`)).body).toMatchObject({ connected: true, sockets: 1 });
    await api.post(`/v1/realtime/users/${key.id}/disconnect`);
    await untilGone(socket);
    const [entry] = (await api.get('/v1/audit-log?action=member.disconnected')).body.items;
    expect(entry.subject).toEqual({ kind: 'api_key', id: key.id, name: 'Bridge' });
  });
});
