import { randomUUID } from 'node:crypto';
import { keysIssuer, keysToken, publishedKey, secretIssuer, secretToken } from './support/trusted-issuers';

const base = process.env.E2E_URL!;
const ownerEmail = process.env.E2E_OWNER_EMAIL!;
const ownerPassword = process.env.E2E_OWNER_PASSWORD!;
const password = 'correct horse battery';

interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are checked by what they hold
  body: any;
}

async function call(method: string, path: string, token?: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

const get = (path: string, token?: string) => call('GET', path, token);
const post = (path: string, token?: string, body?: unknown) => call('POST', path, token, body);
const remove = (path: string, token?: string) => call('DELETE', path, token);
const signIn = (email: string, secret = password, workspaceId?: string) =>
  post('/v1/auth/sign-in', undefined, { email, password: secret, workspaceId });
const refresh = (refreshToken: string) => post('/v1/auth/refresh', undefined, { refreshToken });
const me = (token: string) => get('/v1/auth/me', token);
const newEmail = () => `${randomUUID()}@example.com`;

async function owner() {
  const answer = await signIn(ownerEmail, ownerPassword);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** A fresh member of the first workspace, signed in. */
async function member(role: string) {
  const { accessToken } = await owner();
  const email = newEmail();
  const made = await post('/v1/users', accessToken, { email, password, role, name: `A ${role}` });
  expect(made.status).toBe(201);
  return { email, id: made.body.id as string, ...(await signIn(email)).body };
}

/** A second workspace with an owner who has nothing to do with the first. */
async function otherWorkspace() {
  const { accessToken } = await owner();
  const email = newEmail();
  const made = await post('/v1/workspaces', accessToken, { name: 'Other', owner: { email, password } });
  expect(made.status).toBe(201);
  return { workspaceId: made.body.id as string, email, ...(await signIn(email)).body };
}

describe('signing in', () => {
  it('gives a pair of tokens, and says who and where one is', async () => {
    const signedIn = await owner();
    expect(signedIn).toMatchObject({
      user: { email: ownerEmail, isOperator: true },
      role: 'owner',
      workspaces: expect.arrayContaining([{ ...signedIn.workspace, role: 'owner' }]),
    });
    expect(Date.parse(signedIn.expiresAt)).toBeGreaterThan(Date.now());
    const { accessToken: _a, refreshToken: _r, ...rest } = signedIn;
    const answer = await me(signedIn.accessToken);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(rest);
  });

  it('ignores the case of the email and blanks around it', async () => {
    expect((await signIn(`  ${ownerEmail.toUpperCase()} `, ownerPassword)).status).toBe(200);
  });

  it('answers a wrong password and an unknown email alike', async () => {
    const wrong = await signIn(ownerEmail, 'not the password');
    const unknown = await signIn(newEmail(), 'not the password');
    expect(wrong.status).toBe(401);
    expect(wrong.body.code).toBe('invalid_credentials');
    expect({ status: unknown.status, code: unknown.body.code }).toEqual({ status: 401, code: 'invalid_credentials' });
  });

  it('enters the workspace asked for, and none the user does not belong to', async () => {
    const other = await otherWorkspace();
    expect((await signIn(other.email, password, other.workspaceId)).body.workspace.id).toBe(other.workspaceId);
    const foreign = (await owner()).workspace.id;
    expect((await signIn(other.email, password, foreign)).status).toBe(404);
  });

  it('is slowed down after ten failures, and says for how long', async () => {
    const { email } = await member('viewer');
    for (let i = 0; i < 10; i += 1) expect((await signIn(email, 'not the password')).status).toBe(401);
    const refused = await signIn(email);
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe('rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('refuses what is not a sign-in', async () => {
    for (const body of [
      {},
      { email: 'x', password },
      { email: ownerEmail },
      { email: ownerEmail, password, extra: 1 },
    ]) {
      expect((await post('/v1/auth/sign-in', undefined, body)).status).toBe(400);
    }
  });
});

describe('an access token', () => {
  it.each([
    ['none', undefined],
    ['something else', 'not-a-token'],
    ['an empty one', 'e30.e30.'],
  ])('is needed: %s is refused', async (_, token) => {
    const answer = await get('/v1/auth/me', token);
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('unauthenticated');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('cannot be changed', async () => {
    const { accessToken } = await member('viewer');
    const [header, payload, signature] = accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, role: 'owner', op: true })).toString('base64url');
    expect((await me(`${header}.${forged}.${signature}`)).status).toBe(401);
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect((await me(`${none}.${forged}.`)).status).toBe(401);
  });

  it("cannot be made with another application's secret", async () => {
    const { user, workspace, sessionId } = await owner();
    const claims = { iss: 'switchboard', sub: user.id, ws: workspace.id, role: 'owner', sid: sessionId, op: true };
    const forged = await secretToken({ ...claims, iat_ms: Date.now() });
    expect((await me(forged)).body.code).toBe('unauthenticated');
  });
});

describe('refreshing', () => {
  it('gives the next pair and keeps the session', async () => {
    const first = await owner();
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect(second.body.sessionId).toBe(first.sessionId);
    expect((await me(second.body.accessToken)).status).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('ends the session when a used token comes back', async () => {
    const first = await owner();
    const second = (await refresh(first.refreshToken)).body;
    const again = await refresh(first.refreshToken);
    expect(again.status).toBe(401);
    expect(again.body.code).toBe('token_revoked');
    expect((await me(first.accessToken)).body.code).toBe('token_revoked');
    expect((await me(second.accessToken)).body.code).toBe('token_revoked');
    expect((await refresh(second.refreshToken)).status).toBe(401);
  });

  it('never lets two requests through with one token', async () => {
    const first = await owner();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(first.refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await me(first.accessToken)).body.code).toBe('token_revoked');
  });

  it('knows only tokens it gave out', async () => {
    expect((await refresh('A'.repeat(43))).status).toBe(401);
    expect((await refresh('short')).status).toBe(400);
  });
});

describe('ending sessions', () => {
  it('signs out this session and no other', async () => {
    const [here, there] = [await owner(), await owner()];
    expect((await post('/v1/auth/sign-out', here.accessToken)).status).toBe(204);
    expect((await me(here.accessToken)).body.code).toBe('token_revoked');
    expect((await refresh(here.refreshToken)).status).toBe(401);
    expect((await me(there.accessToken)).status).toBe(200);
  });

  it('lets an admin end one session of a member', async () => {
    const admin = await member('admin');
    const agent = await member('agent');
    const again = (await signIn(agent.email)).body;
    const listed = await get(`/v1/auth/sessions?userId=${agent.id}`, admin.accessToken);
    expect(listed.body.items.map(({ id }: { id: string }) => id).sort()).toEqual(
      [agent.sessionId, again.sessionId].sort(),
    );
    expect((await post(`/v1/auth/sessions/${agent.sessionId}/revoke`, admin.accessToken)).status).toBe(204);
    expect((await me(agent.accessToken)).body.code).toBe('token_revoked');
    expect((await me(again.accessToken)).status).toBe(200);
  });

  it("ends all of a member's sessions, and a sign-in right after works", async () => {
    const admin = await member('admin');
    const agent = await member('agent');
    expect((await post(`/v1/auth/users/${agent.id}/revoke`, admin.accessToken)).status).toBe(204);
    const after = await signIn(agent.email);
    expect((await me(agent.accessToken)).body.code).toBe('token_revoked');
    expect((await refresh(agent.refreshToken)).status).toBe(401);
    expect((await me(after.body.accessToken)).status).toBe(200);
  });

  it('is not for agents, nor for admins against an owner', async () => {
    const [admin, agent, first] = [await member('admin'), await member('agent'), await owner()];
    expect((await post(`/v1/auth/users/${admin.id}/revoke`, agent.accessToken)).status).toBe(403);
    expect((await post(`/v1/auth/sessions/${admin.sessionId}/revoke`, agent.accessToken)).status).toBe(403);
    expect((await post(`/v1/auth/users/${first.user.id}/revoke`, admin.accessToken)).status).toBe(403);
    expect((await post(`/v1/auth/sessions/${first.sessionId}/revoke`, admin.accessToken)).status).toBe(403);
    expect((await post(`/v1/auth/users/${agent.id}/revoke`, agent.accessToken)).status).toBe(204);
    expect((await me(agent.accessToken)).body.code).toBe('token_revoked');
  });

  it('happens to all others when the password changes', async () => {
    const [email, next] = [(await member('agent')).email, 'another long password'];
    const [here, there] = [(await signIn(email)).body, (await signIn(email)).body];
    const body = { currentPassword: 'wrong', newPassword: next };
    expect((await post('/v1/auth/password', here.accessToken, body)).body.code).toBe('wrong_password');
    const changed = await post('/v1/auth/password', here.accessToken, { ...body, currentPassword: password });
    expect(changed.status).toBe(200);
    const same = await post('/v1/auth/password', changed.body.accessToken, {
      currentPassword: next,
      newPassword: next,
    });
    expect([same.status, same.body.details?.[0].field]).toEqual([400, 'newPassword']);
    expect((await me(changed.body.accessToken)).status).toBe(200);
    expect((await me(here.accessToken)).body.code).toBe('token_revoked');
    expect((await me(there.accessToken)).body.code).toBe('token_revoked');
    expect((await refresh(there.refreshToken)).status).toBe(401);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, next)).status).toBe(200);
  });

  it('and keeping a user out is for the operator', async () => {
    const [first, admin, agent] = [await owner(), await member('admin'), await member('agent')];
    expect((await post(`/v1/users/${agent.id}/disable`, admin.accessToken)).status).toBe(403);
    expect((await post(`/v1/users/${agent.id}/disable`, first.accessToken)).status).toBe(204);
    expect((await me(agent.accessToken)).body.code).toBe('token_revoked');
    expect((await signIn(agent.email)).status).toBe(401);
    expect((await refresh(agent.refreshToken)).status).toBe(401);
    expect((await post(`/v1/users/${agent.id}/enable`, first.accessToken)).status).toBe(204);
    expect((await signIn(agent.email)).status).toBe(200);
  });
});

describe('members of a workspace', () => {
  it('are added by an admin, with no higher role than their own', async () => {
    const admin = await member('admin');
    const add = (role: string) => post('/v1/users', admin.accessToken, { email: newEmail(), password, role });
    expect((await add('admin')).status).toBe(201);
    expect((await add('owner')).status).toBe(403);
    expect((await add('god')).status).toBe(400);
    const agent = await member('agent');
    const refused = await post('/v1/users', agent.accessToken, { email: newEmail(), password, role: 'viewer' });
    expect(refused.body.code).toBe('forbidden');
  });

  it('need a password that is long enough, and an email of their own', async () => {
    const { accessToken } = await member('admin');
    const add = (email: string, secret?: string) =>
      post('/v1/users', accessToken, { email, password: secret, role: 'viewer' });
    expect((await add(newEmail(), 'too short')).status).toBe(400);
    const without = await add(newEmail());
    expect([without.status, without.body.details]).toMatchObject([400, [{ field: 'password' }]]);
    expect((await add(ownerEmail, password)).body.code).toBe('email_taken');
  });

  it.each([' '.repeat(12), ' correct horse', 'correct horse\t'])(
    'need a password that is not blank and has no space at its ends: not %j',
    async (blank) => {
      const { accessToken } = (await signIn(ownerEmail, ownerPassword)).body;
      const owner = { email: newEmail(), password: blank };
      const refused = await Promise.all([
        post('/v1/users', accessToken, { ...owner, role: 'viewer' }),
        post('/v1/workspaces', accessToken, { name: 'Blank', owner }),
        post('/v1/auth/password', accessToken, { currentPassword: ownerPassword, newPassword: blank }),
      ]);
      expect(refused.map(({ status, body }) => [status, body.details?.[0].field])).toEqual([
        [400, 'password'],
        [400, 'owner.password'],
        [400, 'newPassword'],
      ]);
    },
  );

  it('who sign in here already keep their password: another one is refused, not forgotten', async () => {
    const [other, { accessToken }] = [await otherWorkspace(), await owner()];
    const body = { email: other.email, role: 'agent' };
    const refused = await post('/v1/users', accessToken, { ...body, password: 'another long password' });
    expect([refused.status, refused.body.details]).toMatchObject([400, [{ field: 'password' }]]);
    const made = await post('/v1/workspaces', accessToken, { name: 'X', owner: { email: other.email, password } });
    expect([made.status, made.body.details]).toMatchObject([400, [{ field: 'owner.password' }]]);
    const lacking = await post('/v1/workspaces', accessToken, { name: 'X', owner: { email: newEmail() } });
    expect([lacking.status, lacking.body.details]).toMatchObject([400, [{ field: 'owner.password' }]]);
    expect((await post('/v1/users', accessToken, body)).status).toBe(201);
  });

  it('who were not removed cannot be restored, and the answer says which it is', async () => {
    const [admin, agent] = [await member('admin'), await member('agent')];
    const present = await post(`/v1/users/${agent.id}/restore`, admin.accessToken);
    expect([present.status, present.body.code]).toEqual([409, 'already_member']);
    const nobody = await post(`/v1/users/${randomUUID()}/restore`, admin.accessToken);
    expect([nobody.status, nobody.body.detail]).toEqual([404, expect.stringContaining('removed')]);
  });

  it('are listed page by page, with the cursor to resume from', async () => {
    const { accessToken } = await member('viewer');
    const ids: string[] = [];
    let next = '';
    do {
      const page = await get(`/v1/users?limit=2${next && `&before=${next}`}`, accessToken);
      expect(page.status).toBe(200);
      expect(page.body.head).toMatch(/^[a-z0-9]+\.\d{16}$/);
      ids.push(...page.body.items.map(({ id }: { id: string }) => id));
      next = page.body.next ?? '';
    } while (next);
    const whole = await get('/v1/users?limit=200', accessToken);
    expect(ids).toEqual(whole.body.items.map(({ id }: { id: string }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are out at once when removed, and may be added anew', async () => {
    const [admin, agent] = [await member('admin'), await member('agent')];
    expect((await remove(`/v1/users/${agent.id}`, admin.accessToken)).status).toBe(204);
    expect((await me(agent.accessToken)).body.code).toBe('token_revoked');
    expect((await refresh(agent.refreshToken)).status).toBe(401);
    expect((await signIn(agent.email)).status).toBe(401);
    expect((await remove(`/v1/users/${agent.id}`, admin.accessToken)).status).toBe(404);
    const body = { email: agent.email, password, role: 'viewer' };
    expect((await post('/v1/users', admin.accessToken, body)).status).toBe(201);
    expect((await signIn(agent.email)).body.role).toBe('viewer');
  });

  it('keep an owner, whoever tries', async () => {
    const other = await otherWorkspace();
    const last = await remove(`/v1/users/${other.user.id}`, other.accessToken);
    expect([last.status, last.body.code]).toEqual([409, 'last_owner']);
    const second = newEmail();
    const made = await post('/v1/users', other.accessToken, { email: second, password, role: 'owner' });
    const them = (await signIn(second)).body;
    const [one, two] = await Promise.all([
      remove(`/v1/users/${made.body.id}`, other.accessToken),
      remove(`/v1/users/${other.user.id}`, them.accessToken),
    ]);
    expect([one.status, two.status].filter((status) => status === 204)).toHaveLength(1);
  });
});

describe('two workspaces', () => {
  it("see nothing of each other's users and sessions, and cannot touch them", async () => {
    const [here, other] = [await member('agent'), await otherWorkspace()];
    const listed = await get('/v1/users?limit=200', other.accessToken);
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([other.user.id]);
    const workspaces = await get('/v1/workspaces', other.accessToken);
    expect(workspaces.body.items.map(({ id }: { id: string }) => id)).toEqual([other.workspaceId]);
    const answers = await Promise.all([
      remove(`/v1/users/${here.id}`, other.accessToken),
      post(`/v1/users/${here.id}/restore`, other.accessToken),
      post(`/v1/auth/users/${here.id}/revoke`, other.accessToken),
      post(`/v1/auth/sessions/${here.sessionId}/revoke`, other.accessToken),
      get(`/v1/auth/sessions?userId=${here.id}`, other.accessToken),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await me(here.accessToken)).status).toBe(200);
  });

  it('are made by the operator alone', async () => {
    const other = await otherWorkspace();
    const body = { name: 'Third', owner: { email: newEmail(), password } };
    expect((await post('/v1/workspaces', other.accessToken, body)).status).toBe(403);
    const all = await get('/v1/workspaces?limit=200', (await owner()).accessToken);
    expect(all.body.items.map(({ id }: { id: string }) => id)).toContain(other.workspaceId);
  });

  it('may share a user, whose sessions in one end without those in the other', async () => {
    const [other, first] = [await otherWorkspace(), await owner()];
    const added = await post('/v1/users', first.accessToken, { email: other.email, role: 'agent' });
    expect(added.status).toBe(201);
    const there = (await signIn(other.email, password, other.workspaceId)).body;
    const here = (await signIn(other.email, password, first.workspace.id)).body;
    expect(here.role).toBe('agent');
    const admin = await member('admin');
    expect((await post(`/v1/auth/users/${other.user.id}/revoke`, admin.accessToken)).status).toBe(204);
    expect((await me(here.accessToken)).body.code).toBe('token_revoked');
    expect((await me(there.accessToken)).status).toBe(200);
    expect((await remove(`/v1/users/${other.user.id}`, admin.accessToken)).status).toBe(204);
    expect((await refresh(there.refreshToken)).status).toBe(200);
  });

  it('ask for ids that are ids', async () => {
    const { accessToken } = await owner();
    expect((await remove('/v1/users/1', accessToken)).status).toBe(400);
    expect((await post("/v1/auth/sessions/'/revoke", accessToken)).status).toBe(400);
  });
});

describe.each([
  ['a shared secret', secretIssuer, secretToken],
  ['published keys', keysIssuer, keysToken],
] as const)('an existing application with %s', (_, issuer, tokenOf) => {
  const someone = () => ({ sub: randomUUID(), sid: randomUUID(), role: 'support' });

  it('brings its users along, with the mapped role and workspace', async () => {
    const claims = { ...someone(), email: newEmail(), name: 'Ann' };
    const answer = await me(await tokenOf(claims));
    expect(answer.status).toBe(200);
    const first = (await owner()).workspace;
    expect(answer.body).toMatchObject({
      user: { email: claims.email, name: 'Ann', isOperator: false },
      workspace: first,
      role: 'agent',
      workspaces: [{ ...first, role: 'agent' }],
    });
    const again = await me(await tokenOf({ ...claims, sid: randomUUID() }));
    expect(again.body.user.id).toBe(answer.body.user.id);
    expect(again.body.sessionId).not.toBe(answer.body.sessionId);
  });

  it('gives no more than its highest role, and the lowest for a role it has no word for', async () => {
    expect((await me(await tokenOf({ ...someone(), role: 'boss' }))).body.role).toBe('agent');
    expect((await me(await tokenOf({ ...someone(), role: 'owner' }))).body.role).toBe('viewer');
    expect((await me(await tokenOf({ ...someone(), role: undefined }))).body.role).toBe('viewer');
    const token = await tokenOf({ ...someone(), role: 'boss' });
    expect((await post('/v1/users', token, { email: newEmail(), password, role: 'viewer' })).status).toBe(403);
    expect((await post('/v1/workspaces', token, { name: 'x', owner: { email: newEmail() } })).status).toBe(403);
  });

  it('makes one user of many first requests at once', async () => {
    const { sub } = someone();
    const email = newEmail();
    const tokens = await Promise.all(Array.from({ length: 12 }, () => tokenOf({ sub, sid: randomUUID(), email })));
    const answers = await Promise.all(tokens.map((token) => me(token)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.user.id)).size).toBe(1);
  });

  it('cannot take over somebody who signs in here', async () => {
    const first = await owner();
    const answer = await me(await tokenOf({ ...someone(), email: ownerEmail }));
    expect(answer.status).toBe(200);
    expect(answer.body.user.id).not.toBe(first.user.id);
    expect(answer.body.user.email).toBeNull();
    expect((await signIn(ownerEmail, ownerPassword)).body.user.id).toBe(first.user.id);
    const asSubject = await me(await tokenOf({ ...someone(), sub: first.user.id }));
    expect(asSubject.body.user.id).not.toBe(first.user.id);
  });

  it.each([
    ['expired', { iat: 1_700_000_000, exp: 1_700_000_600 }, 'token_expired'],
    ['for another audience', { aud: 'elsewhere' }, 'unauthenticated'],
    ['for no audience', { aud: undefined }, 'unauthenticated'],
    ['of an unknown issuer', { iss: 'https://stranger.example' }, 'unauthenticated'],
    ['of no issuer', { iss: undefined }, 'unauthenticated'],
    ['that never expires', { exp: undefined }, 'unauthenticated'],
    ['that lives for two days', { exp: Math.floor(Date.now() / 1000) + 2 * 86_400 }, 'unauthenticated'],
    ['without an issue time', { iat: undefined }, 'unauthenticated'],
    ['not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }, 'unauthenticated'],
    ['for nobody', { sub: undefined }, 'unauthenticated'],
  ])('is refused a token %s', async (_name, claims, code) => {
    const answer = await me(await tokenOf({ ...someone(), ...claims }));
    expect([answer.status, answer.body.code]).toEqual([401, code]);
  });

  it('cannot enter another workspace', async () => {
    const { workspaceId } = await otherWorkspace();
    const answer = await me(await tokenOf({ ...someone(), workspace_id: workspaceId }));
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  });

  it("cannot be spoken for with somebody else's key", async () => {
    const claims = { iss: issuer, ...someone() };
    const attempts = [
      await secretToken(claims, 'x'.repeat(32)),
      await secretToken(claims, publishedKey()),
      issuer === secretIssuer ? await keysToken(claims) : await secretToken(claims),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await tokenOf(claims)).split('.')[1]}.`,
    ];
    for (const token of attempts) expect((await me(token)).body.code).toBe('unauthenticated');
  });

  it('may have a session ended here, which its next token cannot bring back', async () => {
    const claims = someone();
    const token = await tokenOf(claims);
    expect((await me(token)).status).toBe(200);
    expect((await post('/v1/auth/sign-out', token)).status).toBe(204);
    expect((await me(token)).body.code).toBe('token_revoked');
    expect((await me(await tokenOf({ ...claims, jti: 'next' }))).body.code).toBe('token_revoked');
    expect((await me(await tokenOf({ ...claims, sid: randomUUID() }))).status).toBe(200);
  });

  it('may have the sessions of a user ended here: tokens issued before are dead, later ones work', async () => {
    const claims = someone();
    const issuedAt = Math.floor(Date.now() / 1000);
    const before = await tokenOf({ ...claims, iat: issuedAt });
    const { id } = (await me(before)).body.user;
    const unseen = await tokenOf({ ...claims, sid: randomUUID(), iat: issuedAt - 1 });
    const admin = await member('admin');
    expect((await post(`/v1/auth/users/${id}/revoke`, admin.accessToken)).status).toBe(204);
    expect((await me(before)).body.code).toBe('token_revoked');
    expect((await me(unseen)).body.code).toBe('token_revoked');
    const later = await tokenOf({ ...claims, iat: Math.floor(Date.now() / 1000) + 1 });
    expect((await me(later)).status).toBe(200);
  });

  it('has its tokens ended though its clock runs ahead', async () => {
    const ahead = { ...someone(), iat: Math.floor(Date.now() / 1000) + 20 };
    const tokens = [await tokenOf(ahead), await tokenOf({ ...ahead, sid: randomUUID() })];
    const { id } = (await me(tokens[0]!)).body.user;
    await me(tokens[1]!);
    const admin = await member('admin');
    expect((await post(`/v1/auth/users/${id}/revoke`, admin.accessToken)).status).toBe(204);
    for (const token of tokens) expect((await me(token)).body.code).toBe('token_revoked');
  });

  it('cannot bring back whom an admin removed, until they are restored', async () => {
    const claims = { ...someone(), email: newEmail() };
    const { id } = (await me(await tokenOf(claims))).body.user;
    const admin = await member('admin');
    expect((await remove(`/v1/users/${id}`, admin.accessToken)).status).toBe(204);
    const later = { ...claims, sid: randomUUID(), iat: Math.floor(Date.now() / 1000) + 1 };
    expect((await me(await tokenOf(later))).body.code).toBe('forbidden');
    const removed = await get('/v1/users?removed=true&limit=200', admin.accessToken);
    expect(removed.body.items.map((entry: { id: string }) => entry.id)).toContain(id);
    expect((await post(`/v1/users/${id}/restore`, admin.accessToken)).status).toBe(204);
    expect((await me(await tokenOf(later))).body.user.id).toBe(id);
  });
});
