/** SQLSTATE classes and codes that say "not now" rather than "not this": connections, resources, locks, shutdowns. */
const transientClasses = ['08', '53', '57', '58'];
const transientCodes = ['40001', '40P01', '55P03', '25P03'];
const networkCodes = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'];

/** Whether the same work may succeed when it is tried again. */
export function isTransient(error: unknown): boolean {
  const { code, transient, message } = error as { code?: string; transient?: boolean; message?: string };
  if (transient) return true;
  if (typeof code === 'string') {
    if (transientClasses.some((prefix) => /^[0-9A-Z]{5}$/.test(code) && code.startsWith(prefix))) return true;
    if (transientCodes.includes(code) || networkCodes.includes(code)) return true;
  }
  // node-postgres gives these no code.
  return /connection terminated|client was closed|timeout exceeded when trying to connect|not queryable|Connection ended/i.test(
    message ?? '',
  );
}

/** A race with another batch: worth trying again at once. */
export function isRace(error: unknown): boolean {
  const { code, transient } = error as { code?: string; transient?: boolean };
  return transient === true || code === '40001' || code === '40P01';
}

/** Somebody else holds a lock for longer than `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return (error as { code?: string }).code === '55P03';
}
