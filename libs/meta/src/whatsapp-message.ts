import { dedupKey } from './dedup-key';
import { elementKey, missing, noEffect, type Place, type Reading, type Unreadable } from './findings';
import { asId, asObject, asText, asTime, type JsonObject } from './reading';
import type { Person } from './whatsapp-contacts';
import { contentOf, typeOf } from './whatsapp-content';

/** One element of `messages[]` or `message_echoes[]`. */
interface Sent {
  message: JsonObject;
  place: Place;
  person: Person;
  isEcho: boolean;
  id: string | undefined;
  type: string | undefined;
  time: number | undefined;
  at: number;
  sender: Reading['sender'];
}

/** Reads a message, or the echo of one that the business sent from its phone; the customer is at the other end. */
export function readWhatsAppMessage(
  message: JsonObject,
  place: Place,
  person: Person,
  isEcho: boolean,
): Reading | Unreadable {
  const time = asTime(message.timestamp) ?? place.entryTime;
  const senderId = isEcho ? asId(message.from) : person.id;
  const sent: Sent = {
    message,
    place,
    person,
    isEcho,
    id: asId(message.id),
    type: typeOf(message),
    time,
    at: time ?? place.now,
    sender:
      senderId === undefined ? undefined : { id: senderId, username: isEcho ? undefined : person.customer.username },
  };
  if (sent.type === 'reaction') return readReaction(sent);
  if (sent.type === 'revoke') return readRevoke(sent);
  if (sent.type === 'edit') return readEdit(sent);
  return readContent(sent);
}

function readContent(sent: Sent): Reading | Unreadable {
  const { message, place, person, isEcho, id, time, sender } = sent;
  const content = contentOf(message, sent.type);
  if (sent.type === undefined || content === undefined) return readNotice(sent);
  if (id === undefined) return missing('id');
  if (person.id === undefined) return missing(isEcho ? 'to and to_user_id' : 'from and from_user_id');
  const type = sent.type === 'unknown' ? 'unsupported' : sent.type;
  return {
    field: isEcho ? 'message_echoes' : 'messages',
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
    },
  };
}

function readReaction({ message, person, isEcho, id, time, at, sender }: Sent): Reading | Unreadable {
  const reaction = asObject(message.reaction);
  const messageId = asId(reaction?.message_id);
  if (messageId === undefined) return missing('reaction.message_id');
  if (person.id === undefined) return missing(isEcho ? 'to and to_user_id' : 'from and from_user_id');
  // Meta tells a removal by leaving the emoji out or empty.
  const emoji = asText(reaction?.emoji);
  const action = emoji === undefined ? 'unreact' : 'react';
  const by = isEcho ? 'business' : 'customer';
  return {
    field: 'message_reactions',
    dedupKey: dedupKey('reaction', messageId, sender?.id, action, emoji, time, id),
    occurredAt: time,
    sender,
    content: { messageId, action, emoji },
    effect: { kind: 'reaction', messageId, customer: person.customer, by, emoji, at },
  };
}

function readRevoke({ message, person, isEcho, time, at, sender }: Sent): Reading | Unreadable {
  const messageId = asId(asObject(message.revoke)?.original_message_id);
  if (messageId === undefined) return missing('revoke.original_message_id');
  if (person.id === undefined) return missing(isEcho ? 'to and to_user_id' : 'from and from_user_id');
  return {
    field: isEcho ? 'message_echoes' : 'messages',
    dedupKey: dedupKey('deleted', messageId),
    occurredAt: time,
    sender,
    content: { messageId, deleted: true },
    effect: { kind: 'deletion', messageId, customer: person.customer, by: isEcho ? 'business' : 'customer', at },
  };
}

function readEdit(sent: Sent): Reading {
  const { message, time, sender } = sent;
  const edit = asObject(message.edit);
  const edited = asObject(edit?.message);
  const type = edited === undefined ? undefined : typeOf(edited);
  const content = edited === undefined ? undefined : contentOf(edited, type);
  const messageId = asId(edit?.original_message_id);
  const field = 'message_edits';
  return {
    field,
    dedupKey: noticeKey('edit', field, sent),
    occurredAt: time,
    sender,
    content: { messageId, type, ...content },
    effect: noEffect,
  };
}

/** System messages, welcome requests and types that did not exist when this was written. */
function readNotice(sent: Sent): Reading {
  const { message, isEcho, id, type, time, sender } = sent;
  const field = isEcho ? 'message_echoes' : 'messages';
  const system = asObject(message.system);
  return {
    field,
    dedupKey: noticeKey(isEcho ? 'echo' : 'message', field, sent),
    occurredAt: time,
    sender,
    content: {
      messageId: id,
      type,
      text: asText(system?.body),
      systemType: asText(system?.type),
      waId: asId(system?.wa_id) ?? asId(system?.new_wa_id),
      userId: asId(system?.user_id),
    },
    effect: noEffect,
  };
}

function noticeKey(kind: string, field: string, { id, message, place }: Sent): string {
  return id === undefined ? elementKey(place, field, message, asTime(message.timestamp)) : dedupKey(kind, id);
}
