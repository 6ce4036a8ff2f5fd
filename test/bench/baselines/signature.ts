import { createHmac, timingSafeEqual } from 'node:crypto';

/** As any server of Meta's webhooks must. */
export function isSigned(body: Buffer, header: string | undefined, secret: string): boolean {
  if (!header?.startsWith('sha256=')) return false;
  const given = Buffer.from(header.slice(7), 'hex');
  const computed = createHmac('sha256', secret).update(body).digest();
  return given.length === computed.length && timingSafeEqual(given, computed);
}
