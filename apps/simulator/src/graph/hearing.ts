import type { SimulatedItem } from '../item';
import { type Fields, isFields } from './check';
import type { Inbox } from './messaging/inbox';
import { threadOf } from './messaging/threads';
import type { World } from './world';

/**
 * Takes note of webhooks, told or not: a customer's message opens their window, and is in the conversation's history and
 * known by its id from then on; a comment can be read and answered. Items of accounts that were not set up are passed over.
 */
export function hear(world: World, items: Iterable<SimulatedItem>): void {
  for (const item of items) {
    if (item.platform === 'whatsapp') hearWhatsApp(world, item);
    else hearMessaging(world, item);
  }
}

function hearWhatsApp(world: World, { accountId, effect, messageId, customer, sentAt }: SimulatedItem): void {
  const number = world.numbers.get(accountId);
  if (number === undefined || effect.kind !== 'message' || effect.direction !== 'inbound') return;
  const known = number.customer({ ...customer });
  known.wroteAt = Math.max(known.wroteAt ?? 0, sentAt);
  if (messageId !== undefined) number.heard.add(messageId);
}

function hearMessaging(world: World, item: SimulatedItem): void {
  const inbox = world.inboxes.get(item.accountId);
  if (inbox === undefined) return;
  const { element, effect, messageId } = item;
  if (effect.kind === 'message') hearMessage(world, inbox, item, effect.direction === 'outbound');
  else if (effect.kind === 'deletion' && messageId !== undefined) forget(world, messageId);
  else if (element.text !== undefined && isFields(element.media)) hearInstagramComment(world, inbox, item);
  else if (element.item === 'comment' && element.verb !== 'remove') hearPageComment(world, inbox, item);
}

function hearMessage(world: World, inbox: Inbox, item: SimulatedItem, fromBusiness: boolean): void {
  const { customer, messageId, sentAt, element, effect } = item;
  if (customer.userId === undefined || messageId === undefined || world.nodes.has(messageId)) return;
  const correspondent = inbox.customer({ id: customer.userId });
  world.nodes.set(correspondent.id, { kind: 'customer', inbox, correspondent });
  if (!fromBusiness) correspondent.wroteAt = Math.max(correspondent.wroteAt ?? 0, sentAt);
  const { attachments, reply_to } = isFields(element.message) ? element.message : ({} as Fields);
  threadOf(world, inbox, correspondent).add({
    id: messageId,
    at: sentAt,
    fromBusiness,
    text: effect.kind === 'message' ? effect.text : undefined,
    attachments: Array.isArray(attachments) ? attachments : [],
    replyTo: isFields(reply_to) && typeof reply_to.mid === 'string' ? reply_to.mid : undefined,
  });
}

function forget(world: World, messageId: string): void {
  const node = world.nodes.get(messageId);
  if (node?.kind !== 'message') return;
  node.thread.messages.splice(node.thread.messages.indexOf(node.message), 1);
  world.nodes.delete(messageId);
}

function hearInstagramComment(world: World, inbox: Inbox, { messageId, sentAt, element, place }: SimulatedItem): void {
  const { from, media, parent_id, text } = element as Record<string, unknown>;
  if (messageId === undefined || !isFields(from) || !isFields(media)) return;
  const objectId = String(media.id);
  addPost(world, inbox, objectId, sentAt);
  addComment(world, inbox, {
    id: messageId,
    text: String(text),
    from: { id: String(from.id), username: from.username === undefined ? undefined : String(from.username) },
    at: sentAt,
    objectId,
    parentId: typeof parent_id === 'string' ? parent_id : undefined,
    live: 'field' in place && place.field === 'live_comments',
  });
}

function hearPageComment(world: World, inbox: Inbox, { messageId, sentAt, element }: SimulatedItem): void {
  const { from, post_id, parent_id, message } = element as Record<string, unknown>;
  if (messageId === undefined || !isFields(from)) return;
  const objectId = String(post_id);
  addPost(world, inbox, objectId, sentAt);
  addComment(world, inbox, {
    id: messageId,
    text: typeof message === 'string' ? message : '',
    from: { id: String(from.id), name: from.name === undefined ? undefined : String(from.name) },
    at: sentAt,
    objectId,
    parentId: parent_id === post_id ? undefined : String(parent_id),
  });
}

type CommentFacts = Parameters<Inbox['comments']['set']>[1];

export function addComment(world: World, inbox: Inbox, comment: CommentFacts): void {
  const known = inbox.comments.get(comment.id);
  const merged = known === undefined ? comment : Object.assign(known, comment);
  inbox.comments.set(comment.id, merged);
  world.nodes.set(comment.id, { kind: 'comment', inbox, comment: merged });
}

export function addPost(world: World, inbox: Inbox, id: string, at?: number, facts: Fields = {}): void {
  const post = Object.assign(inbox.posts.get(id) ?? { id, at }, facts);
  inbox.posts.set(id, post);
  world.nodes.set(id, { kind: 'post', inbox, post });
}
