import { dedupKey } from './dedup-key';
import { missing, type Place, type Reading, type Unreadable } from './findings';
import { asId, asObject, type JsonObject } from './reading';
import { whatsAppReferral } from './referral';
import { readEdit, readReaction, readRevoke } from './whatsapp-changes';
import type { Person } from './whatsapp-contacts';
import { contentOf } from './whatsapp-content';
import { fieldOf, missingCustomer, type Sent, sentOf } from './whatsapp-sent';
import { readSystem } from './whatsapp-system';

/** Reads a message, or the echo of one that the business sent from its phone; the customer is at the other end. */
export function readWhatsAppMessage(
  message: JsonObject,
  place: Place,
  person: Person,
  isEcho: boolean,
): Reading | Unreadable {
  const sent = sentOf(message, place, person, isEcho);
  if (sent.type === 'reaction') return readReaction(sent);
  if (sent.type === 'revoke') return readRevoke(sent);
  if (sent.type === 'edit') return readEdit(sent);
  return readContent(sent);
}

function readContent(sent: Sent): Reading | Unreadable {
  const { message, place, person, isEcho, id, time, sender } = sent;
  const content = contentOf(message, sent.type);
  if (sent.type === undefined || content === undefined) return readSystem(sent);
  if (id === undefined) return missing('id');
  if (person.id === undefined) return missingCustomer(sent);
  const type = sent.type === 'unknown' ? 'unsupported' : sent.type;
  return {
    field: fieldOf(sent),
    dedupKey: dedupKey(isEcho ? 'echo' : 'message', id),
    occurredAt: time,
    sender,
    content: { messageId: id, type, ...content },
    effect: {
      kind: 'message',
      direction: isEcho ? 'outbound' : 'inbound',
      messageId: id,
      customer: person.customer,
      groupId: asId(message.group_id),
      type,
      content,
      sentAt: time ?? place.now,
      replyToMessageId: asId(asObject(message.context)?.id),
      referral: whatsAppReferral(message.referral),
    },
  };
}
