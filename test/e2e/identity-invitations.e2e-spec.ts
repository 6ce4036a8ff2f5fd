import { randomUUID } from 'node:crypto';
import type { Tenant } from '../support/api-client';
import { call } from './support/rest';
import { secretToken } from './support/trusted-issuers';
import { colleague, operator, tenant, world } from './support/world';

const password = 'correct horse battery';
const newEmail = () => `${randomUUID()}@example.com`;
const invite = (owner: Tenant, email: string, role = 'agent') => owner.api.made('/v1/invitations', { email, role });
const post = (path: string, body: unknown, token?: string) => call(world.apis[0]!, 'POST', path, token, body);
const look = (token: string) => post('/v1/invitations/look', { token });
const accept = (token: string, given: object = {}) => post('/v1/invitations/accept', { token, password, ...given });

describe('an invitation', () => {
  it('is a link that makes somebody new a member, signed in, once', async () => {
    const [owner, stranger] = await Promise.all([tenant(), tenant()]);
    const email = newEmail();
    const made = await invite(owner, email.toUpperCase());
    expect(made).toMatchObject({ email, role: 'agent', state: 'open', invitedBy: owner.userId });
    expect(made.link).toBe(`${owner.api.url}/invitation#token=${made.token}`);
    expect((await look(made.token)).body).toMatchObject({ email, workspaceName: 'Test', hasAccount: false });

    const accepted = await accept(made.token, { name: 'Ann' });
    expect(accepted.status).toBe(200);
    expect(accepted.body).toMatchObject({
      user: { email, name: 'Ann' },
      workspace: { id: owner.workspaceId },
      role: 'agent',
    });
    expect((await owner.api.as(accepted.body.accessToken).get('/v1/conversations')).status).toBe(200);
    expect((await owner.api.signIn(email, password)).workspaceId).toBe(owner.workspaceId);

    const again = await accept(made.token);
    expect([again.status, again.body.code]).toEqual([410, 'invitation_over']);
    expect((await look(made.token)).status).toBe(410);
    const listed = (await owner.api.get('/v1/invitations')).body.items;
    expect(listed.map(({ id, state }: typeof made) => [id, state])).toEqual([[made.id, 'accepted']]);
    expect(JSON.stringify(listed)).not.toContain(made.token);
    expect((await stranger.api.get('/v1/invitations')).body.items).toEqual([]);
  });

  it('makes one member of many who use it at the same moment', async () => {
    const owner = await tenant();
    const { token } = await invite(owner, newEmail());
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.every(({ status }) => [200, 409, 410].includes(status))).toBe(true);
    expect(await owner.api.all('/v1/users')).toHaveLength(2);
  });

  it('adds somebody with an account after they have signed in, and nobody else', async () => {
    const [owner, other, third] = await Promise.all([tenant(), tenant(), tenant()]);
    const { token } = await invite(owner, other.email, 'viewer');
    expect((await look(token)).body.hasAccount).toBe(true);
    const asNew = await accept(token);
    expect([asNew.status, asNew.body.code]).toEqual([409, 'sign_in_first']);
    const notTheirs = await post('/v1/invitations/join', { token }, third.accessToken);
    expect([notTheirs.status, notTheirs.body.code]).toEqual([403, 'forbidden']);
    const joined = await post('/v1/invitations/join', { token }, other.accessToken);
    expect([joined.status, joined.body.id, joined.body.role]).toEqual([200, other.userId, 'viewer']);
    const there = await post('/v1/auth/sign-in', {
      email: other.email,
      password: other.password,
      workspaceId: owner.workspaceId,
    });
    expect(there.body.role).toBe('viewer');
    expect((await other.api.get('/v1/users')).body.items).toHaveLength(1);
    expect((await post('/v1/invitations/join', { token }, other.accessToken)).status).toBe(410);
  });

  it('can be taken back, and is replaced by the next one', async () => {
    const owner = await tenant();
    const email = newEmail();
    const first = await invite(owner, email);
    const second = await invite(owner, email, 'viewer');
    expect((await accept(first.token)).status).toBe(410);
    expect((await call(world.apis[0]!, 'DELETE', `/v1/invitations/${second.id}`, owner.accessToken)).status).toBe(204);
    expect((await accept(second.token)).status).toBe(410);
    const third = await invite(owner, email);
    expect((await accept(third.token)).status).toBe(200);
    const states = (await owner.api.get('/v1/invitations')).body.items.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['accepted', 'revoked', 'revoked']);
    expect((await owner.api.get('/v1/invitations?state=revoked')).body.items).toHaveLength(2);
    expect((await owner.api.post('/v1/invitations', { email, role: 'agent' })).body.code).toBe('already_member');
  });

  it('is open once, however many are made of one person at the same moment', async () => {
    const owner = await tenant();
    const email = newEmail();
    const made = await Promise.all(Array.from({ length: 5 }, () => invite(owner, email)));
    const open = (await owner.api.get('/v1/invitations?state=open')).body.items;
    expect(open).toHaveLength(1);
    const answers = await Promise.all(made.map(({ token }) => look(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('gives no role above the inviter’s own, and none that the inviter has lost since', async () => {
    const owner = await tenant();
    const admin = await colleague(owner, 'admin');
    expect((await admin.api.post('/v1/invitations', { email: newEmail(), role: 'owner' })).status).toBe(403);
    const asOwner = await invite(owner, newEmail(), 'owner');
    const path = `/v1/invitations/${asOwner.id}`;
    expect((await call(world.apis[0]!, 'DELETE', path, admin.accessToken)).status).toBe(403);
    const byAdmin = await admin.api.made('/v1/invitations', { email: newEmail(), role: 'viewer' });
    const removed = await call(world.apis[0]!, 'DELETE', `/v1/users/${admin.userId}`, owner.accessToken);
    expect(removed.status).toBe(204);
    expect((await accept(byAdmin.token)).status).toBe(410);
    expect((await accept(asOwner.token)).body.role).toBe('owner');
  });

  it.each([[{ role: 'god' }], [{ email: 'nobody' }], [{ days: 31 }], [{ days: 0 }], [{ days: '7' }], [{ extra: 1 }]])(
    'is refused with %j',
    async (given) => {
      const owner = await tenant();
      const { status, body } = await owner.api.post('/v1/invitations', { email: newEmail(), role: 'agent', ...given });
      expect([status, body.detail.includes(Object.keys(given)[0])]).toEqual([400, true]);
    },
  );

  it('does not take the email of a user of another application', async () => {
    const owner = await tenant();
    const email = newEmail();
    const external = await secretToken({ sub: randomUUID(), sid: randomUUID(), email });
    expect((await call(world.apis[0]!, 'GET', '/v1/auth/me', external)).body.user.email).toBe(email);
    const { token } = await invite(owner, email);
    const taken = await accept(token);
    expect([taken.status, taken.body.code]).toEqual([409, 'email_taken']);
    const joining = await post('/v1/invitations/join', { token }, external);
    expect([joining.status, joining.body.code]).toEqual([403, 'forbidden']);
    expect((await look(token)).status).toBe(200);
  });

  it('needs the operator no more than anybody, and a token that is one', async () => {
    expect((await accept('A'.repeat(43))).status).toBe(410);
    expect((await accept('short')).status).toBe(400);
    expect((await look({} as string)).status).toBe(400);
    const api = await operator();
    const { token } = await api.made('/v1/invitations', { email: newEmail(), role: 'viewer' });
    expect((await accept(token, { password: 'short' })).status).toBe(400);
    expect((await accept(token)).body.role).toBe('viewer');
  });
});
