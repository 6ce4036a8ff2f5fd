import { dedupKey } from './dedup-key';
import { elementKey, missing, noEffect, type Place, type Reading, type Unreadable } from './findings';
import { type DeliveryStatus, deliveryStatuses } from './items';
import { asId, asText, asTime, type JsonObject } from './reading';
import type { Person } from './whatsapp-contacts';
import { errorsOf } from './whatsapp-content';

const known: ReadonlySet<unknown> = new Set(deliveryStatuses);

/** Who a status is about: the recipient or, where the message went to a group, the member whose state it is. */
export function recipientOf(status: JsonObject): { userId: string | undefined; waId: string | undefined } {
  if (status.recipient_type !== 'group') {
    return { userId: asId(status.recipient_user_id), waId: asId(status.recipient_id) };
  }
  return {
    userId: asId(status.recipient_participant_user_id) ?? asId(status.participant_recipient_user_id),
    waId: asId(status.recipient_participant_id) ?? asId(status.participant_recipient_id),
  };
}

/** Reads one element of `statuses[]`. Words that are not in the catalogue are notices. */
export function readWhatsAppStatus(status: JsonObject, place: Place, person: Person): Reading | Unreadable {
  const messageId = asId(status.id);
  const word = asText(status.status);
  const ownTime = asTime(status.timestamp);
  const time = ownTime ?? place.entryTime;
  const errors = errorsOf(status.errors);
  const { userId, waId } = recipientOf(status);
  const isGroup = status.recipient_type === 'group';
  const participantId = isGroup ? (userId ?? waId) : undefined;
  const isCall = status.type === 'call';
  const reading: Reading = {
    field: isCall ? 'calls' : 'statuses',
    dedupKey: '',
    occurredAt: time,
    sender: person.id === undefined ? undefined : { id: person.id, username: person.customer.username },
    content: { messageId, status: word, errors },
    effect: noEffect,
  };
  if (isCall || (word !== undefined && !known.has(word))) {
    reading.dedupKey = elementKey(place, reading.field, status, ownTime);
    const at = time ?? place.now;
    if (isCall) {
      const event = word?.toLowerCase();
      reading.effect = { kind: 'call', callId: messageId, event, customer: person.customer, errors, at };
    } else if (word === 'deleted' && messageId !== undefined && person.id !== undefined) {
      // Up to 2022: the customer took back what they had written.
      reading.effect = { kind: 'deletion', messageId, customer: person.customer, by: 'customer', at };
    }
    return reading;
  }
  if (messageId === undefined) return missing('id');
  if (word === undefined) return missing('status');
  const recipient = isGroup ? asId(status.recipient_id) : (userId ?? waId);
  const parts = [messageId, word, recipient];
  reading.dedupKey =
    participantId === undefined ? dedupKey('status', ...parts) : dedupKey('status', ...parts, participantId);
  reading.effect = {
    kind: 'status',
    messageId,
    status: word as DeliveryStatus,
    at: time ?? place.now,
    customer: person.customer,
    participantId,
    groupId: isGroup ? recipient : undefined,
    callbackData: asText(status.biz_opaque_callback_data),
    errors,
  };
  return reading;
}
