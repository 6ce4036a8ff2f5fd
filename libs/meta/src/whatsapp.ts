import { canonicalField } from './fields';
import {
  elementKey,
  type Findings,
  inStandby,
  noEffect,
  type Place,
  type Reading,
  type Unreadable,
  withoutEffect,
} from './findings';
import type { HandoverEffect, ItemEffect } from './items';
import { asId, asList, asObject, asText, asTime, idOf, type JsonObject, plainMembers } from './reading';
import { accountEffect } from './whatsapp-account';
import { Contacts, type Person } from './whatsapp-contacts';
import { addHistory, asImported } from './whatsapp-history';
import { listedEffect } from './whatsapp-listed';
import { readWhatsAppMessage } from './whatsapp-message';
import { readWhatsAppStatus, recipientOf } from './whatsapp-status';

/** The lists of a value whose elements are items of their own. */
const lists = [
  'messages',
  'message_echoes',
  'statuses',
  'calls',
  'user_preferences',
  'user_id_update',
  'user_actions',
  'automatic_events',
  'groups',
  'history',
  'state_sync',
  'errors',
] as const;
type List = (typeof lists)[number];

/** Only under these do messages and statuses act; `history` is the past, in `standby` somebody else answers. */
const actingFields = new Set(['messages', 'message_echoes']);
const actingLists = new Set<List>(['messages', 'message_echoes', 'statuses']);
const shared = new Set<string>(['messaging_product', 'metadata', 'contacts', ...lists]);

/** One value and how its lists are told. */
interface Scope {
  field: string;
  acts: boolean;
  value: JsonObject;
  contacts: Contacts;
  place: Place;
  findings: Findings;
}

/** Adds the items of one WhatsApp change: its messages, statuses and so on, or the change itself where it has no list. */
export function addWhatsAppChange(
  change: JsonObject,
  path: string,
  valuePath: string,
  entryPlace: Place,
  findings: Findings,
): void {
  const value = asObject(change.value);
  const place = placeOf(value, entryPlace);
  const name = asText(change.field);
  const field = canonicalField(name ?? 'unknown');
  const before = findings.count;
  if (value !== undefined) {
    const acts = name === undefined || actingFields.has(field);
    const scope: Scope = { field, acts, value, contacts: new Contacts(value.contacts), place, findings };
    addLists(value, valuePath, scope);
    const standby = asObject(value.standby);
    if (standby !== undefined) addLists(standby, `${valuePath}.standby`, { ...scope, field: 'standby', acts: false });
    if (findings.count > before) addLeftovers(valuePath, scope, standby !== undefined);
  }
  if (findings.count === before) findings.add(path, place, changeReading(field, value, change, place), change);
}

function addLists(holder: JsonObject, path: string, scope: Scope): void {
  const { acts, place, findings } = scope;
  for (const list of lists) {
    const elements = holder[list] ?? undefined;
    if (elements === undefined) continue;
    if (Array.isArray(elements)) {
      for (let index = 0; index < elements.length; index++) {
        addListed(list, elements[index], `${path}.${list}[${index}]`, scope);
      }
    } else if (acts && actingLists.has(list)) {
      findings.add(`${path}.${list}`, place, { reason: `${list} is not an array` }, elements);
    }
  }
}

function addListed(list: List, value: unknown, path: string, scope: Scope): void {
  const { place, contacts, findings, field, acts } = scope;
  const element = asObject(value);
  if (element === undefined) {
    findings.add(path, place, { reason: `the ${list} element is not an object` }, value);
    return;
  }
  if (list === 'history') {
    addHistory(element, path, scope.value, place, findings);
    return;
  }
  const person = personOf(list, element, contacts);
  const reading = read(list, element, person, scope);
  const told = acts || !actingLists.has(list) ? reading : elsewhere(reading, list, field, element, place);
  findings.add(path, place, told, withSurroundings(list, element, person, scope.value));
}

/** A message or status where it does not act as it says. */
function elsewhere(
  reading: Reading | Unreadable,
  list: List,
  field: string,
  element: JsonObject,
  place: Place,
): Reading | Unreadable {
  if (field === 'standby') return inStandby(reading, element, place);
  if (field === 'calls' && list === 'statuses') return reading;
  if (field === 'history') return asImported(reading, element, place);
  return withoutEffect(reading, field, element, place);
}

function read(list: List, element: JsonObject, person: Person, scope: Scope): Reading | Unreadable {
  const { place, field, acts, value } = scope;
  if (list === 'messages') return readWhatsAppMessage(element, place, person, field === 'message_echoes');
  if (list === 'message_echoes') return readWhatsAppMessage(element, place, person, true);
  if (list === 'statuses') return readWhatsAppStatus(element, place, person);
  const told = acts && list !== 'errors' ? list : field;
  const ownTime = asTime(element.timestamp) ?? asTime(asObject(element.metadata)?.timestamp);
  const time = ownTime ?? place.entryTime;
  return {
    field: told,
    dedupKey: elementKey(place, told, list === 'errors' ? [element, neighbour(value)] : element, ownTime),
    occurredAt: time,
    sender: person.id === undefined ? undefined : { id: person.id, username: person.customer.username },
    content: plainMembers(element),
    effect: listedEffect(list, element, person, time ?? place.now),
  };
}

/** An error of a value has neither id nor time; what stands beside it tells today's from yesterday's. */
function neighbour({ messages, statuses, calls }: JsonObject): unknown {
  const { id, timestamp } = asObject(asList(messages ?? statuses ?? calls)[0]) ?? {};
  return { id, timestamp };
}

function personOf(list: List, element: JsonObject, contacts: Contacts): Person {
  if (list === 'errors') return { customer: {}, id: undefined };
  if (list === 'messages') return contacts.person(asId(element.from_user_id), asId(element.from));
  if (list === 'message_echoes' || element.direction === 'BUSINESS_INITIATED') {
    return contacts.person(asId(element.to_user_id), asId(element.to));
  }
  if (list === 'statuses') {
    const { userId, waId } = recipientOf(element);
    return contacts.person(userId, waId);
  }
  return contacts.person(
    asId(element.user_id) ?? asId(element.from_user_id),
    asId(element.wa_id) ?? asId(element.from),
  );
}

/** The value reduced to this element and its own contact: a thousand contacts beside a thousand messages stay apart. */
function withSurroundings(list: List, element: JsonObject, { contact }: Person, value: JsonObject): JsonObject {
  const { messaging_product, metadata } = value;
  return contact === undefined
    ? { messaging_product, metadata, [list]: [element] }
    : { messaging_product, metadata, contacts: [contact], [list]: [element] };
}

/** Whatever new list or object Meta puts beside the known ones is told too. */
function addLeftovers(valuePath: string, { value, field, place, findings }: Scope, standbyTold: boolean): void {
  for (const name in value) {
    const member = value[name];
    if (typeof member !== 'object' || member === null || shared.has(name) || (standbyTold && name === 'standby'))
      continue;
    const raw = { messaging_product: value.messaging_product, metadata: value.metadata, [name]: member };
    const dedupKey = elementKey(place, field, { [name]: member });
    const reading = { field, dedupKey, occurredAt: place.entryTime, effect: noEffect };
    findings.add(`${valuePath}[${JSON.stringify(name)}]`, place, reading, raw);
  }
}

function placeOf(value: JsonObject | undefined, place: Place): Place {
  const { object, platform, entryId, entryTime, now } = place;
  return {
    object,
    platform,
    entryId,
    entryTime,
    now,
    accountId:
      asId(asObject(value?.metadata)?.phone_number_id) ??
      asId(asObject(value?.recipient)?.phone_number_id) ??
      asId(asObject(value?.phone_number_settings)?.phone_number_id),
    // The entry of a PARTNER_* account_update is the partner's portfolio, not the account it tells of.
    businessAccountId: asId(asObject(value?.waba_info)?.waba_id) ?? place.businessAccountId,
  };
}

function changeReading(field: string, value: JsonObject | undefined, change: JsonObject, place: Place): Reading {
  const sender = asObject(value?.sender);
  const senderId = idOf(sender) ?? asId(sender?.phone_number);
  const time = asTime(value?.timestamp) ?? place.entryTime;
  const at = time ?? place.now;
  return {
    field,
    dedupKey: elementKey(place, field, change),
    occurredAt: time,
    sender: senderId === undefined ? undefined : { id: senderId },
    content: plainMembers(value),
    effect:
      field === 'message_handovers' && value !== undefined ? handover(value, at) : accountEffect(field, value, at),
  };
}

const handoverActions = new Map<unknown, HandoverEffect['action']>([
  ['control_passed', 'passed'],
  ['control_taken', 'taken'],
  ['control_requested', 'requested'],
]);

/** The roles stand under the name of what happened, or in the value itself. */
function handover(value: JsonObject, at: number): ItemEffect {
  const action = handoverActions.get(value.type);
  if (action === undefined) return noEffect;
  const roles = asObject(value[asText(value.type) ?? '']) ?? value;
  const sender = asObject(value.sender);
  return {
    kind: 'handover',
    action,
    customer: { waId: asId(sender?.phone_number) ?? asId(sender?.wa_id), userId: asId(sender?.user_id) },
    newOwner: asText(roles.new_owner_role),
    previousOwner: asText(roles.previous_owner_role),
    metadata: asText(roles.metadata),
    at,
  };
}
