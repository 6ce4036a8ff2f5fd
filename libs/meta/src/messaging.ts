import { canonicalField } from './fields';
import { elementKey, noEffect, type Place, type Reading, type Unreadable } from './findings';
import { eventOf, type MessagingEvent } from './messaging-event';
import { readEdit, readMessage, readPostback } from './messaging-message';
import { readReaction } from './messaging-reaction';
import { readDelivery, readRead } from './messaging-receipts';
import { readAccountLink, readHandover, readOptin, readPolicy, readReferral } from './messaging-service';
import { asObject, type JsonObject, plainMembers } from './reading';

type Reader = (event: MessagingEvent, part: JsonObject, name: string) => Reading | Unreadable;

/** By the member that says what an element is; the first one present decides, a referral may ride beside the others. */
const readers: readonly (readonly [string, Reader])[] = [
  ['message', readMessage],
  ['message_edit', readEdit],
  ['postback', readPostback],
  ['reaction', readReaction],
  ['read', readRead],
  ['delivery', readDelivery],
  ['optin', readOptin],
  ['account_linking', readAccountLink],
  ['pass_thread_control', readHandover],
  ['take_thread_control', readHandover],
  ['request_thread_control', readHandover],
  ['app_roles', readHandover],
  ['policy_enforcement', readPolicy],
  ['policy-enforcement', readPolicy],
  ['referral', readReferral],
];

const noticeFields = new Map([
  ['game_play', 'message_game_plays'],
  ['customer_information', 'message_customer_information'],
  ['messaging_feedback', 'message_feedback'],
]);

const surroundings = new Set(['sender', 'recipient', 'timestamp', 'prior_message', 'hop_context', 'is_echo']);

/** Whether the value of a change is really an element of `messaging[]`. */
export function isMessaging(field: string, value: JsonObject): boolean {
  return field.startsWith('message') && (asObject(value.sender) ?? asObject(value.recipient)) !== undefined;
}

/** Reads one element of `messaging[]` or `standby[]` of Messenger or Instagram. */
export function readMessaging(element: JsonObject, place: Place): Reading | Unreadable {
  const event = eventOf(element, place);
  for (const [name, read] of readers) {
    const member = element[name] ?? undefined;
    if (member === undefined) continue;
    const part = asObject(member);
    if (part === undefined) return { reason: `${name} is not an object` };
    const reading = read(event, part, name);
    if ('reason' in reading) return reading;
    reading.accountId = event.accountId;
    // A note to self has no customer: the business must not become its own contact.
    if (event.customerId !== undefined && event.customerId === event.accountId) reading.effect = noEffect;
    return reading;
  }
  return readNotice(event);
}

function readNotice(event: MessagingEvent): Reading {
  const { element, place, ownTime } = event;
  const name = Object.keys(element).find((member) => !surroundings.has(member));
  const field = name === undefined ? 'messaging' : (noticeFields.get(name) ?? canonicalField(name));
  return {
    field,
    dedupKey: elementKey(place, field, element, ownTime),
    occurredAt: event.time,
    sender: event.sender,
    content: name === undefined ? undefined : plainMembers(asObject(element[name])),
    effect: noEffect,
    accountId: event.accountId,
  };
}
