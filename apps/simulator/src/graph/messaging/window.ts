import type { Fields } from '../check';
import { GraphError } from '../errors';
import { check } from './content';
import type { Correspondent, Inbox } from './inbox';

const hourMs = 3_600_000;
const messagingTypes = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'] as const;
/** Refused since 27 April 2026. */
const endedTags = ['CONFIRMED_EVENT_UPDATE', 'ACCOUNT_UPDATE', 'POST_PURCHASE_UPDATE'];

/** 24 hours from the customer's last message, seven days with HUMAN_AGENT. Throws Meta's error outside. */
export function checkWindow(
  inbox: Inbox,
  { wroteAt }: Correspondent,
  { messaging_type, tag }: Fields,
  now: number,
): void {
  const type = check.choice(messaging_type ?? 'RESPONSE', 'messaging_type', messagingTypes);
  const tagged = type === 'MESSAGE_TAG' || tag !== undefined;
  if (tagged) checkTag(inbox, tag);
  if (inbox.windows === 'open' || type === 'UTILITY') return;
  const hours = tagged ? 7 * 24 : 24;
  if (wroteAt !== undefined && now - wroteAt < hours * hourMs) return;
  throw GraphError.of(10, {
    status: 400,
    subcode: 2018278,
    message:
      'This message is sent outside of allowed window. Learn more about the new policy here: https://developers.facebook.com/docs/messenger-platform/policy-overview',
  });
}

function checkTag({ humanAgent }: Inbox, tag: unknown): void {
  if (typeof tag === 'string' && endedTags.includes(tag)) {
    throw GraphError.of(100, { message: `Param tag "${tag}" is no longer supported` });
  }
  check.choice(tag, 'tag', ['HUMAN_AGENT']);
  if (humanAgent) return;
  throw GraphError.of(10, {
    subcode: 2018336,
    message: 'To use the HUMAN_AGENT tag, your app needs the Human Agent permission',
  });
}
