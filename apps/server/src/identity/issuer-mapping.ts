import { createHash } from 'node:crypto';
import type { TrustedIssuer, TrustedRole } from '@switchboard/config';
import { SessionRefused } from '@switchboard/realtime';
import { highestRole, lowerRole } from './roles';
import { expiredToken, invalidToken } from './session';

/** What a token of another application says, in our words. Its signature, issuer and audience are verified already. */
export interface ExternalIdentity {
  issuer: string;
  subject: string;
  email: string | null;
  name: string | null;
  workspaceId: string;
  role: TrustedRole;
  sessionId: string;
  /** Milliseconds since 1970. */
  issuedAt: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

type Claims = Readonly<Record<string, unknown>>;

/** No token of another application is accepted for longer than this, whatever it says of itself. */
export const longestExternalLife = 24 * 3_600_000;
/** How far the clocks of the issuer and of this machine may be apart, in seconds. */
export const clockToleranceSeconds = 30;

/**
 * Maps the claims of a verified token by the issuer's configuration.
 * @param tokenHash SHA-256 of the token in hex, which stands for its session when it names none.
 * @param now milliseconds since 1970.
 * @throws SessionRefused
 */
export function mapClaims(issuer: TrustedIssuer, claims: Claims, tokenHash: string, now: number): ExternalIdentity {
  const subject = identifier(claimAt(claims, issuer.claims.subject));
  if (subject === undefined) throw invalidToken();
  const workspaceId = mapWorkspace(issuer, claimAt(claims, issuer.claims.workspace));
  return {
    issuer: issuer.issuer,
    subject,
    email: emailOf(claimAt(claims, issuer.claims.email)),
    name: nameOf(claimAt(claims, issuer.claims.name)),
    workspaceId,
    role: mapRole(issuer, claimAt(claims, issuer.claims.role)),
    sessionId: externalSessionId(issuer.issuer, subject, workspaceId, sessionKey(issuer, claims, tokenHash)),
    ...lifeOf(claims, now),
  };
}

/** Their word or words for a role → the highest of ours that they map to, no higher than the issuer may give. */
export function mapRole(issuer: Pick<TrustedIssuer, 'roles' | 'highestRole'>, claim: unknown): TrustedRole {
  const named = Array.isArray(claim) ? claim : [claim];
  const mapped = named.flatMap((word) =>
    typeof word === 'string' && Object.hasOwn(issuer.roles, word) ? [issuer.roles[word]!] : [],
  );
  return lowerRole(highestRole(mapped, 'viewer'), issuer.highestRole);
}

export function mapWorkspace(issuer: Pick<TrustedIssuer, 'workspaces'>, claim: unknown): string {
  if (claim === undefined || claim === null) {
    if (issuer.workspaces.length === 1) return issuer.workspaces[0]!;
    throw new SessionRefused('forbidden', 'The access token names no workspace.');
  }
  const workspaceId = typeof claim === 'string' ? claim.toLowerCase() : '';
  if (!issuer.workspaces.includes(workspaceId)) {
    throw new SessionRefused('forbidden', 'The access token names a workspace that its issuer has no access to.');
  }
  return workspaceId;
}

/**
 * A session id like our own, a UUID, derived from what identifies the session there. User and workspace are part of it,
 * so that ending one user's session can never end somebody else's that carries the same `sid`.
 */
export function externalSessionId(issuer: string, subject: string, workspaceId: string, key: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, subject, workspaceId, key]))
    .digest();
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function sessionKey(issuer: TrustedIssuer, claims: Claims, tokenHash: string): string {
  const sid = identifier(claimAt(claims, issuer.claims.session));
  if (sid !== undefined) return `sid:${sid}`;
  const jti = identifier(claims.jti);
  return jti === undefined ? `sha256:${tokenHash}` : `jti:${jti}`;
}

function lifeOf(claims: Claims, now: number): { issuedAt: number; expiresAt: number } {
  const { iat, exp } = claims;
  // Without `iat` a token cannot be told from one that was issued before its user was revoked.
  if (typeof iat !== 'number' || typeof exp !== 'number') {
    throw new SessionRefused(
      'unauthenticated',
      'The access token must say when it was issued (iat) and expires (exp).',
    );
  }
  const issuedAt = Math.floor(iat * 1000);
  const expiresAt = Math.floor(exp * 1000);
  if (expiresAt <= now) throw expiredToken();
  if (issuedAt > now + clockToleranceSeconds * 1000) {
    throw new SessionRefused('unauthenticated', 'The access token was issued in the future; the clocks disagree.');
  }
  if (expiresAt - issuedAt > longestExternalLife) {
    throw new SessionRefused('unauthenticated', 'The access token lives for more than 24 hours.');
  }
  return { issuedAt, expiresAt };
}

/** A claim by its exact name, which may itself hold dots (`https://example.com/role`), else by its path. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Claims)[step];
  }
  return value;
}

/** NUL and lone surrogates cannot be stored as they are: two different subjects could become one. */
const unstorable = /[\0\p{Surrogate}]/u;

function identifier(claim: unknown): string | undefined {
  if (typeof claim === 'number' && Number.isSafeInteger(claim)) return String(claim);
  if (typeof claim !== 'string' || claim === '' || claim.length > 255 || unstorable.test(claim)) return undefined;
  return claim;
}

function emailOf(claim: unknown): string | null {
  if (typeof claim !== 'string' || claim.length > 254 || unstorable.test(claim)) return null;
  const email = claim.trim().toLowerCase();
  return /^[^@\s]+@[^@\s]+$/.test(email) ? email : null;
}

function nameOf(claim: unknown): string | null {
  if (typeof claim !== 'string' || unstorable.test(claim)) return null;
  return claim.trim().slice(0, 200) || null;
}
