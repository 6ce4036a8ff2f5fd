import { createHmac } from 'node:crypto';

/**
 * Proves to Meta that a call with this token comes from the app itself: hex HMAC-SHA256 of the token, keyed with the app secret.
 * Asked for on every call of an app whose "Require App Secret" is on.
 */
export function appsecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
