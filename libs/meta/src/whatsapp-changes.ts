import { dedupKey } from './dedup-key';
import { missing, type Reading, type Unreadable } from './findings';
import { asId, asObject, asText } from './reading';
import { contentOf, typeOf } from './whatsapp-content';
import { eventKey, fieldOf, missingCustomer, type Sent } from './whatsapp-sent';

export function readReaction(sent: Sent): Reading | Unreadable {
  const { message, person, by, id, time, at, sender } = sent;
  const reaction = asObject(message.reaction);
  const messageId = asId(reaction?.message_id);
  if (messageId === undefined) return missing('reaction.message_id');
  if (person.id === undefined) return missingCustomer(sent);
  // Meta tells a removal by leaving the emoji out or empty.
  const emoji = asText(reaction?.emoji);
  const action = emoji === undefined ? 'unreact' : 'react';
  return {
    field: 'message_reactions',
    dedupKey: dedupKey('reaction', messageId, sender?.id, action, emoji, time, id),
    occurredAt: time,
    sender,
    content: { messageId, action, emoji },
    effect: { kind: 'reaction', messageId, customer: person.customer, by, emoji, at },
  };
}

export function readRevoke(sent: Sent): Reading | Unreadable {
  const { message, person, by, time, at, sender } = sent;
  const messageId = asId(asObject(message.revoke)?.original_message_id);
  if (messageId === undefined) return missing('revoke.original_message_id');
  if (person.id === undefined) return missingCustomer(sent);
  return {
    field: fieldOf(sent),
    dedupKey: dedupKey('deleted', messageId),
    occurredAt: time,
    sender,
    content: { messageId, deleted: true },
    effect: { kind: 'deletion', messageId, customer: person.customer, by, at },
  };
}

/** An edit has an id of its own and the whole of the new message; WhatsApp does not number edits. */
export function readEdit(sent: Sent): Reading | Unreadable {
  const { message, person, by, time, at, sender } = sent;
  const edit = asObject(message.edit);
  const messageId = asId(edit?.original_message_id);
  if (messageId === undefined) return missing('edit.original_message_id');
  const edited = asObject(edit?.message);
  const type = edited === undefined ? undefined : typeOf(edited);
  const content = edited === undefined ? undefined : contentOf(edited, type);
  const field = 'message_edits';
  return {
    field,
    dedupKey: eventKey('edit', field, sent),
    occurredAt: time,
    sender,
    content: { messageId, type, ...content },
    effect: { kind: 'edit', messageId, customer: person.customer, by, revision: 0, type, content, at },
  };
}
