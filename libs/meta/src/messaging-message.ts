import { dedupKey, hashKey } from './dedup-key';
import { elementKey, missing, type Reading, type Unreadable } from './findings';
import type { AttachmentContent, MessageContent } from './items';
import { customerMember, type MessagingEvent } from './messaging-event';
import { asId, asList, asNumber, asObject, asText, idOf, type JsonObject } from './reading';
import { messagingReferral } from './referral';

/** Meta allows five; what a database counts in 32 bits. */
const mostEdits = 2_147_483_647;

/** A message, echo or deletion: all three come as `message`, and a deletion repeats the message's own `mid`. */
export function readMessage(event: MessagingEvent, message: JsonObject): Reading | Unreadable {
  const messageId = asId(message.mid);
  if (messageId === undefined) return missing('message.mid');
  if (event.customerId === undefined) return missing(customerMember(event));
  if (message.is_deleted === true) return deletion(event, messageId);
  const content = contentOf(message);
  const type = typeOf(message, content);
  const { outbound, time, sender, customer, at } = event;
  return {
    field: outbound ? 'message_echoes' : 'messages',
    dedupKey: dedupKey(outbound ? 'echo' : 'message', messageId),
    occurredAt: time,
    sender,
    content: { messageId, type, ...content },
    effect: {
      kind: 'message',
      direction: outbound ? 'outbound' : 'inbound',
      messageId,
      customer,
      type,
      content,
      sentAt: at,
      replyToMessageId: asId(asObject(message.reply_to)?.mid),
      referral: messagingReferral(message.referral),
      echo: outbound ? { appId: asId(message.app_id), metadata: asText(message.metadata) } : undefined,
    },
  };
}

/** Older postbacks have no `mid`; what identifies one then also stands in for its message id. */
export function readPostback(event: MessagingEvent, postback: JsonObject): Reading | Unreadable {
  if (event.customerId === undefined) return missing(customerMember(event));
  const mid = asId(postback.mid);
  const payload = asText(postback.payload);
  if (mid === undefined && event.time === undefined) return missing('postback.mid, and timestamp to stand in for it');
  const key = mid ? dedupKey('postback', mid) : dedupKey('postback', event.customerId, event.time, payload);
  const messageId = mid ?? `postback:${hashKey(key)}`;
  const title = asText(postback.title);
  const content = { text: title, reply: { payload, title }, referral: postback.referral };
  return {
    field: 'message_postbacks',
    dedupKey: key,
    occurredAt: event.time,
    sender: event.sender,
    content: { messageId, type: 'postback', ...content },
    effect: {
      kind: 'message',
      direction: 'inbound',
      messageId,
      customer: event.customer,
      type: 'postback',
      content,
      sentAt: event.at,
      referral: messagingReferral(postback.referral),
    },
  };
}

/**
 * Instagram has been seen to tell a new message as its edit no. 0, in place of or beside the message itself: then it is the message.
 * Without its words or its sender such an edit says only that there is something to fetch.
 */
export function readEdit(event: MessagingEvent, edit: JsonObject): Reading | Unreadable {
  const { element, place, ownTime, outbound, customer, customerId, at } = event;
  const messageId = asId(edit.mid);
  if (messageId === undefined) return missing('message_edit.mid');
  const edits = asNumber(edit.num_edit);
  const revision = edits === undefined ? 1 : Math.min(Math.max(0, Math.trunc(edits)), mostEdits);
  const text = asText(edit.text);
  const field = 'message_edits';
  const content = text === undefined ? undefined : { text };
  const reading = {
    field,
    dedupKey: edits === undefined ? elementKey(place, field, element, ownTime) : dedupKey('edit', messageId, edits),
    occurredAt: event.time,
    sender: event.sender,
    content: { messageId, text, edits },
  };
  if (revision === 0 && content !== undefined && customerId !== undefined) {
    const direction = outbound ? 'outbound' : 'inbound';
    return {
      ...reading,
      effect: { kind: 'message', direction, messageId, customer, type: 'text', content, sentAt: at },
    };
  }
  const by = outbound ? 'business' : 'customer';
  return { ...reading, effect: { kind: 'edit', messageId, customer, by, revision, type: 'text', content, at } };
}

function deletion(event: MessagingEvent, messageId: string): Reading {
  const { outbound, time, sender, customer, at } = event;
  return {
    field: outbound ? 'message_echoes' : 'messages',
    dedupKey: dedupKey('deleted', messageId),
    occurredAt: time,
    sender,
    content: { messageId, deleted: true },
    effect: { kind: 'deletion', messageId, customer, by: outbound ? 'business' : 'customer', at },
  };
}

function contentOf(message: JsonObject): MessageContent {
  const attachments: AttachmentContent[] = [];
  let structured: unknown;
  for (const value of asList(message.attachments)) {
    const attachment = asObject(value);
    if (attachment === undefined) continue;
    attachments.push(attachmentOf(attachment));
    if (attachment.type === 'template') structured ??= attachment.payload;
  }
  const payload = asText(asObject(message.quick_reply)?.payload);
  const story = asObject(asObject(message.reply_to)?.story);
  return {
    text: asText(message.text),
    attachments: attachments.length === 0 ? undefined : attachments,
    reply: payload === undefined ? undefined : { payload, title: asText(message.text) },
    structured,
    referral: message.referral,
    story: story === undefined ? undefined : { id: idOf(story), url: asText(story.url) },
  };
}

/** The payload of a `fallback` may be null or a string; its title and URL then stand beside it. */
function attachmentOf(attachment: JsonObject): AttachmentContent {
  const payload = asObject(attachment.payload);
  const coordinates = asObject(payload?.coordinates);
  return {
    type: asText(attachment.type) ?? 'unknown',
    url: asText(payload?.url) ?? asText(attachment.url),
    title: asText(payload?.title) ?? asText(attachment.title),
    latitude: asNumber(coordinates?.lat),
    longitude: asNumber(coordinates?.long),
  };
}

function typeOf(message: JsonObject, { text, attachments, reply, story }: MessageContent): string {
  const told =
    attachments?.find(({ type }) => type !== 'fallback') ?? (text === undefined ? attachments?.[0] : undefined);
  if (told !== undefined) return told.type === 'unsupported_type' ? 'unsupported' : told.type;
  if (message.is_unsupported === true) return 'unsupported';
  if (text !== undefined) return 'text';
  if (reply !== undefined) return 'quick_reply';
  return story === undefined ? 'unsupported' : 'story_reply';
}
