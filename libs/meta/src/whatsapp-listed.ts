import { noEffect } from './findings';
import type { CallEffect, CustomerRef, ItemEffect } from './items';
import { asId, asList, asNumber, asObject, asText, asTime, idOf, type JsonObject } from './reading';
import type { Person } from './whatsapp-contacts';
import { errorsOf } from './whatsapp-content';
import { identityEffect } from './whatsapp-system';

type Read = (element: JsonObject, person: Person, at: number) => ItemEffect;

/** The lists of a value, besides messages and statuses, by what an element of them says. */
const readers = new Map<string, Read>([
  ['calls', call],
  ['user_preferences', preference],
  ['user_id_update', userIdUpdate],
  ['user_actions', linkClick],
  ['automatic_events', conversion],
  ['groups', group],
  ['state_sync', addressBook],
  ['errors', (element, _, at) => ({ kind: 'error', errors: errorsOf([element]) ?? [], at })],
]);

export function listedEffect(list: string, element: JsonObject, person: Person, at: number): ItemEffect {
  return readers.get(list)?.(element, person, at) ?? noEffect;
}

const directions = new Map<unknown, CallEffect['direction']>([
  ['USER_INITIATED', 'inbound'],
  ['BUSINESS_INITIATED', 'outbound'],
]);

function call(element: JsonObject, { customer }: Person, at: number): ItemEffect {
  return {
    kind: 'call',
    callId: asId(element.id),
    event: asText(element.event),
    direction: directions.get(element.direction),
    customer,
    outcome: asText(element.status),
    startedAt: asTime(element.start_time),
    endedAt: asTime(element.end_time),
    durationSeconds: asNumber(element.duration),
    errors: errorsOf(element.errors),
    at,
  };
}

function preference(element: JsonObject, { customer, id }: Person, at: number): ItemEffect {
  if (id === undefined) return noEffect;
  return {
    kind: 'preference',
    customer,
    category: asText(element.category),
    value: asText(element.value),
    detail: asText(element.detail),
    signupId: asId(element.signup_id),
    at,
  };
}

/** `user_id: { previous, current }`; a phone number beside it is the one they still have. */
function userIdUpdate(element: JsonObject, { customer }: Person, at: number): ItemEffect {
  const ids = asObject(element.user_id);
  const waId = asId(element.wa_id) ?? customer.waId;
  const { name, username } = customer;
  const current: CustomerRef = { userId: asId(ids?.current) ?? asId(ids?.new), waId, name, username };
  return identityEffect('user_id', current, { userId: asId(ids?.previous), waId }, at);
}

function linkClick(element: JsonObject, { customer }: Person, at: number): ItemEffect {
  return {
    kind: 'link_click',
    customer,
    action: asText(element.action_type) ?? asText(element.type),
    messageId: asId(element.message_id) ?? asId(element.id),
    at,
  };
}

function conversion(element: JsonObject, { customer }: Person, at: number): ItemEffect {
  return {
    kind: 'conversion',
    customer,
    event: asText(element.event_name),
    messageId: asId(element.id),
    clickId: asText(element.ctwa_clid),
    at,
  };
}

function group(element: JsonObject, _: Person, at: number): ItemEffect {
  return {
    kind: 'group',
    groupId: asId(element.group_id),
    change: asText(element.type),
    requestId: asId(element.request_id),
    added: members(element.added_participants),
    removed: members(element.removed_participants),
    failed: members(element.failed_participants),
    errors: errorsOf(element.errors),
    at,
  };
}

function members(participants: unknown): CustomerRef[] {
  return asList(participants).flatMap((value) => {
    const participant = asObject(value);
    const waId = asId(participant?.wa_id) ?? asId(participant?.input) ?? idOf(participant) ?? asId(value);
    const userId = asId(participant?.user_id);
    return (waId ?? userId) === undefined ? [] : [{ userId, waId, username: asText(participant?.username) }];
  });
}

function addressBook(element: JsonObject, _: Person, at: number): ItemEffect {
  const contact = asObject(element.contact);
  const waId = asId(contact?.phone_number)?.replace(/^\+/, '');
  const userId = asId(contact?.user_id);
  const name = asText(contact?.full_name) ?? asText(contact?.first_name);
  const customer = { userId, waId, name, username: asText(contact?.username) };
  return { kind: 'address_book', action: asText(element.action), customer, at };
}
