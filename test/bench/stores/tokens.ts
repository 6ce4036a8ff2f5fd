import { createHmac, randomUUID } from 'node:crypto';
import type { SeededUser } from './seed';

const lifeSeconds = 12 * 3600;

/** An access token as the server itself would give it at sign-in. */
export function accessToken(user: SeededUser, secret: string, role = 'agent'): string {
  const now = Date.now();
  const claims = {
    sub: user.id,
    ws: user.workspaceId,
    role,
    sid: randomUUID(),
    email: user.email,
    iss: 'switchboard',
    aud: 'switchboard',
    iat: Math.floor(now / 1000),
    iat_ms: now,
    exp: Math.floor(now / 1000) + lifeSeconds,
  };
  const content = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
