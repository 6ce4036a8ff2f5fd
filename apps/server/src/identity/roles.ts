import type { Role } from '@switchboard/contracts';

/** From the least to the most; each may do what those before it may. */
export const roleNames = ['viewer', 'agent', 'admin', 'owner'] as const satisfies readonly Role[];

const rank = (role: Role) => roleNames.indexOf(role);

export const isRole = (value: unknown): value is Role => roleNames.includes(value as Role);

export const atLeast = (role: Role, minimum: Role): boolean => rank(role) >= rank(minimum);

export const lowerRole = <R extends Role>(a: R, b: R): R => (rank(a) <= rank(b) ? a : b);

/** The highest of some roles; `fallback` when there is none. */
export const highestRole = <R extends Role>(given: readonly R[], fallback: R): R =>
  given.reduce((highest, role) => (atLeast(role, highest) ? role : highest), fallback);
