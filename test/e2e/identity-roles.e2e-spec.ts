import { randomUUID } from 'node:crypto';
import { closeSockets, connect } from '../support/socket-client';
import { until } from '../support/until';
import { untilGone } from './support/realtime';
import { call } from './support/rest';
import { secretToken } from './support/trusted-issuers';
import { colleague, operator, tenant, world } from './support/world';

afterEach(closeSockets);

const change = (token: string, userId: string, role: string) =>
  call(world.apis[0]!, 'PATCH', `/v1/users/${userId}`, token, { role });
const refresh = (refreshToken: string) => call(world.apis[0]!, 'POST', '/v1/auth/refresh', undefined, { refreshToken });

describe('changing a role', () => {
  it('ends what the old one allowed, in every process, and a refresh brings the new one', async () => {
    const owner = await tenant();
    const admin = await colleague(owner, 'admin');
    const sockets = await Promise.all(
      world.gateways.map((url) => connect(url, '/notifications', { token: admin.accessToken })),
    );
    const changed = await change(owner.accessToken, admin.userId, 'viewer');
    expect([changed.status, changed.body.role]).toEqual([200, 'viewer']);

    expect((await admin.api.get('/v1/audit-log')).body.code).toBe('token_revoked');
    for (const url of world.apis) {
      const status = async () => (await call(url, 'GET', '/v1/audit-log', admin.accessToken)).status;
      await until(async () => (await status()) === 401, `${url} refuses the old token`, 3000);
    }
    for (const socket of sockets) {
      await untilGone(socket);
      expect(socket.notice('session.ended')).toEqual({ reason: 'role_changed' });
    }
    const next = await refresh(admin.refreshToken);
    expect([next.status, next.body.role]).toEqual([200, 'viewer']);
    expect((await call(world.apis[0]!, 'GET', '/v1/audit-log', next.body.accessToken)).status).toBe(403);
    const up = await change(owner.accessToken, admin.userId, 'admin');
    expect(up.body.role).toBe('admin');
    const again = await refresh(next.body.refreshToken);
    expect((await call(world.apis[0]!, 'GET', '/v1/audit-log', again.body.accessToken)).status).toBe(200);
  });

  it('leaves what one does in another workspace alone', async () => {
    const [owner, other] = await Promise.all([tenant(), tenant()]);
    const { token } = await owner.api.made('/v1/invitations', { email: other.email, role: 'agent' });
    await other.api.made('/v1/invitations/join', { token });
    expect((await change(owner.accessToken, other.userId, 'viewer')).status).toBe(200);
    expect((await other.api.get('/v1/audit-log')).status).toBe(200);
  });

  it('is for admins, up to their own role, and keeps an owner', async () => {
    const owner = await tenant();
    const [admin, agent] = await Promise.all([colleague(owner, 'admin'), colleague(owner, 'agent')]);
    const codes = async (...tries: [string, string, string][]) =>
      Promise.all(tries.map(async (given) => (await change(...given)).body.code));
    expect(
      await codes(
        [agent.accessToken, agent.userId, 'admin'],
        [admin.accessToken, agent.userId, 'owner'],
        [admin.accessToken, owner.userId, 'viewer'],
        [owner.accessToken, owner.userId, 'admin'],
        [owner.accessToken, randomUUID(), 'admin'],
        [owner.accessToken, agent.userId, 'god'],
      ),
    ).toEqual(['forbidden', 'forbidden', 'forbidden', 'last_owner', 'not_found', 'invalid']);
    expect((await change(owner.accessToken, admin.userId, 'owner')).status).toBe(200);
    const second = await owner.api.as((await refresh(admin.refreshToken)).body.accessToken);
    const answers = await Promise.all([
      change(owner.accessToken, admin.userId, 'viewer'),
      change(second.token!, owner.userId, 'viewer'),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is not for users of another application, whose tokens say their role', async () => {
    const token = await secretToken({ sub: randomUUID(), sid: randomUUID(), role: 'support' });
    const { body } = await call(world.apis[0]!, 'GET', '/v1/auth/me', token);
    const { token: operatorToken } = await operator();
    const answer = await change(operatorToken!, body.user.id, 'viewer');
    expect([answer.status, answer.body.code]).toEqual([409, 'external_user']);
  });
});
