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

const keys = [
  ...['issuer', 'audience', 'algorithm', 'secret', 'jwksUrl', 'claims', 'workspaces', 'roles', 'highestRole'],
];
const algorithms = ['HS256', 'RS256', 'ES256'];
const noList = 'must be a JSON list of issuers (see docs/identity.md)';

/** @throws InvalidSetting with all that is wrong with any of them. */
export function parseIssuers(value: string): TrustedIssuer[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    throw new InvalidSetting(noList);
  }
  if (!Array.isArray(parsed)) throw new InvalidSetting(noList);
  const problems = parsed.flatMap((entry, position) => problemsOf(entry).map((problem) => `[${position}]${problem}`));
  const names = parsed.map((entry) => (entry as Partial<TrustedIssuer> | null)?.issuer).filter(Boolean);
  if (new Set(names).size !== names.length) problems.push('names an issuer twice; give each issuer once');
  if (problems.length > 0) throw new InvalidSetting(...problems);
  return (parsed as Partial<TrustedIssuer>[]).map(issuerOf);
}

function problemsOf(entry: unknown): string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [' must be an object'];
  const given = entry as Record<string, unknown>;
  const problems: string[] = [];
  const check = (right: boolean, problem: string) => {
    if (!right) problems.push(problem);
  };
  for (const key of Object.keys(given)) check(keys.includes(key), `.${key} is not known; use ${keys.join(', ')}`);
  for (const key of ['issuer', 'audience']) check(isText(given[key]), `.${key} must be a non-empty string`);
  check(given.issuer !== ownIssuer, `.issuer must not be ${ownIssuer}: that is this instance's own`);
  check(algorithms.includes(given.algorithm as string), '.algorithm must be HS256, RS256 or ES256');
  if (given.algorithm === 'HS256') {
    check(isText(given.secret) && given.secret.length >= 32, '.secret must have at least 32 characters');
  } else if (algorithms.includes(given.algorithm as string)) {
    check(isText(given.jwksUrl) && jwksForm.test(given.jwksUrl), '.jwksUrl must start with https://');
  }
  const { workspaces } = given;
  check(
    Array.isArray(workspaces) && workspaces.length > 0 && workspaces.every((id) => isText(id) && uuidPattern.test(id)),
    '.workspaces must list at least one workspace id',
  );
  check(isTrustedRole(given.highestRole ?? 'agent'), '.highestRole must be admin, agent or viewer');
  return [...problems, ...problemsOfRoles(given.roles ?? {}), ...problemsOfClaims(given.claims ?? {})];
}

function problemsOfRoles(given: unknown): string[] {
  if (!isRecord(given)) return ['.roles must be an object'];
  return Object.entries(given)
    .filter(([, ours]) => !isTrustedRole(ours))
    .map(([theirs]) => `.roles.${theirs} must be admin, agent or viewer`);
}

function problemsOfClaims(given: unknown): string[] {
  if (!isRecord(given)) return ['.claims must be an object'];
  return Object.entries(given).flatMap(([key, name]) => {
    if (!Object.hasOwn(defaultClaims, key))
      return [`.claims.${key} is not known; use ${Object.keys(defaultClaims).join(', ')}`];
    return isText(name) ? [] : [`.claims.${key} must be the name of a claim`];
  });
}

/** Of an entry without problems. */
function issuerOf(given: Partial<TrustedIssuer>): TrustedIssuer {
  const { issuer, audience, algorithm, secret, jwksUrl, workspaces, roles, highestRole, claims } =
    given as TrustedIssuer;
  return {
    ...{ issuer, audience, algorithm, workspaces },
    ...(algorithm === 'HS256' ? { secret } : { jwksUrl }),
    claims: { ...defaultClaims, ...claims },
    roles: roles ?? {},
    highestRole: highestRole ?? 'agent',
  };
}

const jwksForm = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])/;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTrustedRole = (value: unknown) => trustedRoles.includes(value as string);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
