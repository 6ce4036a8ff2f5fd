import type { TrustedIssuer } from '@switchboard/config';
import { SessionRefused } from '@switchboard/realtime';
import { externalSessionId, mapClaims, mapRole, mapWorkspace } from './issuer-mapping';

const w1 = '00000000-0000-4000-8000-000000000001';
const w2 = '00000000-0000-4000-8000-000000000002';
const now = 1_700_000_000_000;
const seconds = now / 1000;

const issuer: TrustedIssuer = {
  issuer: 'https://shop.example',
  audience: 'switchboard',
  algorithm: 'HS256',
  secret: 'x'.repeat(32),
  claims: { subject: 'sub', email: 'email', name: 'name', workspace: 'workspace_id', role: 'role', session: 'sid' },
  workspaces: [w1],
  roles: { support: 'agent', boss: 'admin' },
  highestRole: 'agent',
};
const claims = {
  sub: '42',
  email: ' Ann@Shop.Example ',
  name: 'Ann',
  role: 'support',
  sid: 's',
  iat: seconds,
  exp: seconds + 60,
};
const map = (change: object, by: Partial<TrustedIssuer> = {}) =>
  mapClaims({ ...issuer, ...by }, { ...claims, ...change }, 'hash', now);
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof SessionRefused ? error.code : error;
  }
  return 'accepted';
};

describe('a token of another application', () => {
  it('becomes a user, workspace, role and session of ours', () => {
    expect(map({})).toEqual({
      issuer: 'https://shop.example',
      subject: '42',
      email: 'ann@shop.example',
      name: 'Ann',
      workspaceId: w1,
      role: 'agent',
      sessionId: externalSessionId('https://shop.example', '42', w1, 'sid:s'),
      issuedAt: now,
      expiresAt: now + 60_000,
    });
  });

  it.each([
    ['support', 'agent'],
    ['boss', 'agent'],
    ['stranger', 'viewer'],
    [undefined, 'viewer'],
    [['stranger', 'support'], 'agent'],
    ['owner', 'viewer'],
    ['constructor', 'viewer'],
    ['__proto__', 'viewer'],
    [{ support: true }, 'viewer'],
  ])('with role %j is a %s, never more than its issuer may give', (role, ours) => {
    expect(map({ role }).role).toBe(ours);
  });

  it('gets the highest of several roles', () => {
    expect(mapRole({ roles: issuer.roles, highestRole: 'admin' }, ['support', 'boss'])).toBe('admin');
  });

  it('may leave the workspace out only when there is but one', () => {
    expect(mapWorkspace({ workspaces: [w1] }, undefined)).toBe(w1);
    expect(codeOf(() => mapWorkspace({ workspaces: [w1, w2] }, undefined))).toBe('forbidden');
    expect(mapWorkspace({ workspaces: [w1, w2] }, w2.toUpperCase())).toBe(w2);
  });

  it.each([[w2], [''], [[w1]], [7]])('cannot enter workspace %j', (workspace) => {
    expect(codeOf(() => map({ workspace_id: workspace }))).toBe('forbidden');
  });

  it.each([
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject with NUL', { sub: 'a\0' }],
    ['a subject with a lone surrogate', { sub: 'a\ud800' }],
    ['no issue time', { iat: undefined }],
    ['no expiry', { exp: undefined }],
    ['an issue time in the future', { iat: seconds + 31, exp: seconds + 60 }],
    ['a life of more than a day', { iat: seconds, exp: seconds + 24 * 3600 + 1 }],
  ])('is refused with %s', (_, change) => {
    expect(codeOf(() => map(change))).toBe('unauthenticated');
  });

  it('is refused once expired, to the second', () => {
    expect(codeOf(() => map({ iat: seconds - 60, exp: seconds }))).toBe('token_expired');
  });

  it('may live for a whole day', () => {
    expect(map({ exp: seconds + 24 * 3600 }).expiresAt).toBe(now + 24 * 3_600_000);
  });

  it.each([['not an address'], ['a@b c'], [42], [`${'x'.repeat(250)}@example.com`]])(
    'has no email when it says %j',
    (email) => {
      expect(map({ email }).email).toBeNull();
    },
  );

  it('may number its users', () => {
    expect(map({ sub: 7 }).subject).toBe('7');
  });

  it('is read by the configured claims, nested or with dots in their names', () => {
    const nested = { ...issuer.claims, role: 'realm_access.roles', workspace: 'https://shop.example/workspace' };
    const mapped = map(
      { realm_access: { roles: ['support'] }, 'https://shop.example/workspace': w1, role: 'stranger' },
      { claims: nested },
    );
    expect(mapped.role).toBe('agent');
    expect(mapped.workspaceId).toBe(w1);
  });

  it('belongs to the session it names, else to its own id, else to itself', () => {
    const session = (key: string) => externalSessionId(issuer.issuer, '42', w1, key);
    expect(map({ jti: 'j' }).sessionId).toBe(session('sid:s'));
    expect(map({ sid: undefined, jti: 'j' }).sessionId).toBe(session('jti:j'));
    expect(map({ sid: undefined }).sessionId).toBe(session('sha256:hash'));
  });

  it('shares no session with another user or workspace that has the same sid', () => {
    const ids = [
      externalSessionId('i', 'a', w1, 'sid:1'),
      externalSessionId('i', 'b', w1, 'sid:1'),
      externalSessionId('i', 'a', w2, 'sid:1'),
      externalSessionId('j', 'a', w1, 'sid:1'),
    ];
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
