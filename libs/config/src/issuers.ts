import { InvalidSetting } from './settings';

export type TrustedRole = 'admin' | 'agent' | 'viewer';

/**
 * An existing application whose access tokens are accepted. Algorithm, issuer and audience are pinned: a token that
 * names another is refused whatever its signature says.
 */
export interface TrustedIssuer {
  /** The exact `iss` claim. */
  issuer: string;
  /** The exact `aud` claim, or one of its entries. */
  audience: string;
  algorithm: 'HS256' | 'RS256' | 'ES256';
  /** HS256 only; at least 32 characters. */
  secret?: string;
  /** RS256 and ES256 only; https, or http on loopback. */
  jwksUrl?: string;
  /** Names of the claims that carry each thing, dots for nesting (`realm_access.roles`); defaults `sub`, `email`, `name`, `workspace_id`, `role`, `sid`. */
  claims: { subject: string; email: string; name: string; workspace: string; role: string; session: string };
  /** Switchboard workspace ids its tokens may name. With exactly one, a token may leave the claim out. */
  workspaces: string[];
  /** Their word for a role → ours. An unmapped or missing role becomes `viewer`. */
  roles: Record<string, TrustedRole>;
  /** No token of this issuer gets more than this. Never `owner`. */
  highestRole: TrustedRole;
}

/** The `iss` of this instance's own access tokens; no other application may be configured under it. */
export const ownIssuer = 'switchboard';

const defaultClaims = {
  subject: 'sub',
  email: 'email',
  name: 'name',
  workspace: 'workspace_id',
  role: 'role',
  session: 'sid',
};
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const trustedRoles = ['admin', 'agent', 'viewer'];

export function parseIssuers(value: string): TrustedIssuer[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    throw new InvalidSetting('must be a JSON list of issuers (see docs/identity.md)');
  }
  if (!Array.isArray(parsed)) throw new InvalidSetting('must be a JSON list of issuers (see docs/identity.md)');
  const issuers = parsed.map(parseIssuer);
  const names = issuers.map((issuer) => issuer.issuer);
  if (new Set(names).size !== names.length) throw new InvalidSetting('names an issuer twice; give each issuer once');
  return issuers;
}

function parseIssuer(entry: unknown, position: number): TrustedIssuer {
  const where = `[${position}]`;
  if (typeof entry !== 'object' || entry === null) throw new InvalidSetting(`${where} must be an object`);
  const given = entry as Record<string, unknown>;
  const need = (name: string): string => {
    const value = given[name];
    if (typeof value !== 'string' || value === '')
      throw new InvalidSetting(`${where}.${name} must be a non-empty string`);
    return value;
  };
  const algorithm = need('algorithm');
  if (algorithm !== 'HS256' && algorithm !== 'RS256' && algorithm !== 'ES256') {
    throw new InvalidSetting(`${where}.algorithm must be HS256, RS256 or ES256`);
  }
  const highestRole = given.highestRole ?? 'agent';
  if (!trustedRoles.includes(highestRole as string))
    throw new InvalidSetting(`${where}.highestRole must be admin, agent or viewer`);
  const workspaces = given.workspaces;
  if (
    !Array.isArray(workspaces) ||
    workspaces.length === 0 ||
    !workspaces.every((id) => typeof id === 'string' && uuidPattern.test(id))
  ) {
    throw new InvalidSetting(`${where}.workspaces must list at least one workspace id`);
  }
  if (given.issuer === ownIssuer)
    throw new InvalidSetting(`${where}.issuer must not be ${ownIssuer}: that is this instance's own`);
  const roles = (given.roles ?? {}) as Record<string, unknown>;
  for (const [theirs, ours] of Object.entries(roles)) {
    if (!trustedRoles.includes(ours as string))
      throw new InvalidSetting(`${where}.roles.${theirs} must be admin, agent or viewer`);
  }
  const issuer: TrustedIssuer = {
    issuer: need('issuer'),
    audience: need('audience'),
    algorithm,
    claims: parseClaims(given.claims ?? {}, where),
    workspaces: workspaces as string[],
    roles: roles as Record<string, TrustedRole>,
    highestRole: highestRole as TrustedRole,
  };
  if (algorithm === 'HS256') {
    issuer.secret = need('secret');
    if (issuer.secret.length < 32) throw new InvalidSetting(`${where}.secret must have at least 32 characters`);
  } else {
    issuer.jwksUrl = need('jwksUrl');
    if (!/^https:\/\//.test(issuer.jwksUrl) && !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(issuer.jwksUrl)) {
      throw new InvalidSetting(`${where}.jwksUrl must start with https://`);
    }
  }
  return issuer;
}

function parseClaims(given: unknown, where: string): TrustedIssuer['claims'] {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new InvalidSetting(`${where}.claims must be an object`);
  for (const [key, name] of Object.entries(given)) {
    if (!Object.hasOwn(defaultClaims, key))
      throw new InvalidSetting(`${where}.claims.${key} is not known; use ${Object.keys(defaultClaims).join(', ')}`);
    if (typeof name !== 'string' || name === '')
      throw new InvalidSetting(`${where}.claims.${key} must be the name of a claim`);
  }
  return { ...defaultClaims, ...given };
}
