import { noEffect, type Reading } from './findings';
import type { CustomerRef, ItemEffect } from './items';
import { asId, asObject, asText, type JsonObject } from './reading';
import { eventKey, fieldOf, type Sent } from './whatsapp-sent';

/** System messages, welcome requests, and types that did not exist when this was written. */
export function readSystem(sent: Sent): Reading {
  const { message, isEcho, id, type, time, sender, person, at } = sent;
  const field = fieldOf(sent);
  const system = asObject(message.system);
  return {
    field,
    dedupKey: eventKey(isEcho ? 'echo' : 'message', field, sent),
    occurredAt: time,
    sender,
    content: {
      messageId: id,
      type,
      text: asText(system?.body),
      systemType: asText(system?.type),
      waId: newNumberOf(system),
      userId: asId(system?.user_id),
    },
    effect:
      type === 'request_welcome' && person.id !== undefined
        ? { kind: 'welcome_request', customer: person.customer, at }
        : identityChange(sent, system),
  };
}

/** Up to 2025 the new number was `new_wa_id`. */
const newNumberOf = (system: JsonObject | undefined): string | undefined =>
  asId(system?.wa_id) ?? asId(system?.new_wa_id);

/**
 * Who sent the message is who they were: `from` is the old number. `user_id` is the new id and `previous_user_id` the old;
 * where only the new one is told, `from_user_id` is the old, unless it is the same.
 */
function identityChange({ type, message, person, at }: Sent, system: JsonObject | undefined): ItemEffect {
  if (type !== 'system' || system === undefined) return noEffect;
  const { name, username } = person.customer;
  const word = asText(system.type);
  if (word === 'customer_identity_changed') {
    if (person.id === undefined) return noEffect;
    return { kind: 'identity_change', change: 'security_code', customer: person.customer, previous: {}, at };
  }
  const waId = newNumberOf(system);
  const userId = asId(system.user_id);
  const before = {
    userId: asId(system.previous_user_id) ?? person.customer.userId,
    waId: asId(message.from) ?? asId(system.customer) ?? person.customer.waId,
  };
  const isNumber = word === 'user_changed_number' || (word === undefined && waId !== undefined);
  if (!isNumber && word !== 'user_changed_user_id') return noEffect;
  const customer: CustomerRef = { userId: userId ?? person.customer.userId, waId: waId ?? before.waId, name, username };
  return identityEffect(isNumber ? 'number' : 'user_id', customer, before, at);
}

/** Nothing where nobody is named on one of the sides. Ids that stay the same are in both. */
export function identityEffect(
  change: 'number' | 'user_id',
  customer: CustomerRef,
  previous: { userId?: string | undefined; waId?: string | undefined },
  at: number,
): ItemEffect {
  if ((customer.userId ?? customer.waId) === undefined) return noEffect;
  if ((previous.userId ?? previous.waId) === undefined) return noEffect;
  return { kind: 'identity_change', change, customer, previous, at };
}
