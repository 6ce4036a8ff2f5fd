import { elementKey, type Reading } from './findings';
import type { HandoverEffect, ItemEffect } from './items';
import type { MessagingEvent } from './messaging-event';
import { asId, asText, asTime, type JsonObject, plainMembers } from './reading';
import { messagingReferral } from './referral';

/** Never told, only given to whoever handles the effect. */
const secrets = new Set(['notification_messages_token', 'authorization_code']);

const handovers = new Map<string, HandoverEffect['action']>([
  ['pass_thread_control', 'passed'],
  ['take_thread_control', 'taken'],
  ['request_thread_control', 'requested'],
  ['app_roles', 'roles'],
]);

function readingOf(event: MessagingEvent, field: string, part: JsonObject, effect: ItemEffect): Reading {
  const { element, place, ownTime, time, sender, accountId } = event;
  const told = Object.entries(part).filter(([name]) => !secrets.has(name));
  return {
    field,
    dedupKey: elementKey(place, field, element, ownTime),
    occurredAt: time,
    sender,
    content: plainMembers(Object.fromEntries(told)),
    effect,
    accountId,
  };
}

export function readReferral(event: MessagingEvent, part: JsonObject): Reading {
  const { customer, at } = event;
  const referral = messagingReferral(part) ?? {};
  return readingOf(event, 'message_referrals', part, { kind: 'referral', customer, referral, at });
}

export function readOptin(event: MessagingEvent, optin: JsonObject): Reading {
  const { customer, at } = event;
  return readingOf(event, 'message_optins', optin, {
    kind: 'optin',
    customer,
    type: asText(optin.type),
    ref: asText(optin.ref),
    userRef: asId(optin.user_ref),
    payload: asText(optin.payload),
    title: asText(optin.title),
    token: asText(optin.notification_messages_token),
    status: asText(optin.notification_messages_status),
    tokenExpiresAt: asTime(optin.token_expiry_timestamp),
    at,
  });
}

export function readAccountLink(event: MessagingEvent, link: JsonObject): Reading {
  const { customer, at } = event;
  return readingOf(event, 'message_account_linking', link, {
    kind: 'account_link',
    customer,
    status: asText(link.status),
    authorizationCode: asText(link.authorization_code),
    at,
  });
}

/** One of the four of the handover protocol, since 2025 called conversation routing. */
export function readHandover(event: MessagingEvent, part: JsonObject, name: string): Reading {
  const { customer, at } = event;
  return readingOf(event, 'message_handovers', part, {
    kind: 'handover',
    action: handovers.get(name) ?? 'roles',
    customer,
    newOwner: asId(part.new_owner_app_id),
    previousOwner: asId(part.previous_owner_app_id),
    requestedOwner: asId(part.requested_owner_app_id),
    metadata: asText(part.metadata),
    at,
  });
}

export function readPolicy(event: MessagingEvent, part: JsonObject): Reading {
  return readingOf(event, 'message_policy_enforcement', part, {
    kind: 'account',
    change: 'policy',
    event: asText(part.action),
    reason: asText(part.reason),
    details: part,
    at: event.at,
  });
}
