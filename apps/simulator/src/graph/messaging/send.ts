import type { Fields } from '../check';
import { GraphError, unknownObject } from '../errors';
import { textOf } from '../request';
import type { Call } from '../world';
import { type Content, check, checkMessage } from './content';
import type { Comment, Correspondent, Inbox } from './inbox';
import { newMid, threadOf } from './threads';
import { checkWindow } from './window';

type InboxCall = Call<{ inbox: Inbox }>;

const dayMs = 24 * 3_600_000;
const actions = ['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact'] as const;

/** `POST /{page-id|instagram-id|me}/messages`; to the customers of an Instagram account with Facebook Login at its page only. */
export function sendMessage(call: InboxCall): Fields {
  const { body } = call.request;
  const recipient = check.fields(jsonOf(body.recipient), 'recipient');
  const named = ['id', 'user_ref', 'comment_id', 'post_id', 'notification_messages_token'].filter(
    (name) => recipient[name] !== undefined,
  );
  const [by] = named;
  if (by === undefined || named.length > 1)
    throw GraphError.of(100, { message: 'The parameter recipient needs exactly one id' });
  const id = textOf(recipient[by]);
  const inbox = inboxOf(call, by, id);
  if (by === 'comment_id') return privateReply(call, inbox, id);
  const correspondent = correspondentOf(call, inbox, by, id);
  if (body.sender_action !== undefined)
    return act(call, inbox, correspondent, check.choice(body.sender_action, 'sender_action', actions));
  const message = check.fields(jsonOf(body.message), 'message');
  const content = contentOf(call, inbox, message);
  checkReply(call, inbox, body.reply_to ?? message.reply_to);
  checkWindow(inbox, correspondent, body, call.world.now());
  throttle(call, inbox, content);
  return deliver(call, inbox, correspondent, content, message);
}

/** In a query or a form the Send API's objects are JSON texts. */
function jsonOf(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

/** With a page's token the page or its Instagram account is meant: the recipient tells. */
function inboxOf({ node: { inbox } }: InboxCall, by: string, id: string): Inbox {
  const { instagram } = inbox;
  if (instagram === undefined) return inbox;
  if (by === 'comment_id') return instagram.comments.has(id) ? instagram : inbox;
  return instagram.correspondents.has(id) && !inbox.correspondents.has(id) ? instagram : inbox;
}

function correspondentOf({ world }: InboxCall, inbox: Inbox, by: string, id: string): Correspondent {
  const open = inbox.windows === 'open' || by !== 'id';
  const correspondent =
    inbox.correspondents.get(id) ?? (open ? inbox.customer({ id, wroteAt: world.now() }) : undefined);
  if (correspondent === undefined) {
    throw GraphError.of(100, { subcode: 2018001, message: 'No matching user found' });
  }
  if (correspondent.unreachable) throw GraphError.of(551, { subcode: 1545041 });
  return correspondent;
}

function contentOf({ world }: InboxCall, inbox: Inbox, message: Fields): Content {
  return checkMessage(inbox.platform, message, (id) => world.files.get(id)?.ownerId === inbox.id);
}

function checkReply({ world }: InboxCall, inbox: Inbox, given: unknown): void {
  if (given === undefined) return;
  const { mid } = check.fields(jsonOf(given), 'reply_to');
  const node = world.nodes.get(check.text(mid, 'reply_to[mid]', { max: 512 }));
  if (node?.kind === 'message' && node.inbox === inbox) return;
  throw GraphError.of(100, { message: 'Param reply_to[mid] is not a message of this conversation' });
}

function throttle({ world }: InboxCall, inbox: Inbox, { heavy }: Content): void {
  if ((heavy ? inbox.media : inbox.texts).take(world.now())) return;
  throw GraphError.of(613, { message: `Calls to this api have exceeded the rate limit.`, subcode: 1893015 });
}

function deliver(
  call: InboxCall,
  inbox: Inbox,
  correspondent: Correspondent,
  content: Content,
  message: Fields,
): Fields {
  const { world } = call;
  const mid = newMid(world, inbox);
  const { text, attachments, kind } = content;
  threadOf(world, inbox, correspondent).add({ id: mid, at: world.now(), fromBusiness: true, text, attachments });
  const metadata = typeof message.metadata === 'string' && message.metadata !== '' ? message.metadata : undefined;
  const { platform, id: accountId } = inbox;
  world.send(call, { id: mid, platform, accountId, recipient: correspondent.id, kind, metadata });
  const reusable = content.reusable ? { attachment_id: world.random.digits(16) } : {};
  return { recipient_id: correspondent.id, message_id: mid, ...reusable };
}

/** One for each comment, within seven days, during a broadcast only for a live comment. */
function privateReply(call: InboxCall, inbox: Inbox, commentId: string): Fields {
  const { world, request } = call;
  const comment = inbox.comments.get(commentId);
  if (comment?.from === undefined) throw unknownObject(commentId, request.method);
  const message = check.fields(jsonOf(request.body.message), 'message');
  const content = contentOf(call, inbox, message);
  if (comment.privatelyAnswered) throw GraphError.of(10900);
  if (!answerable(inbox, comment, world.now())) throw GraphError.of(10903);
  if (!inbox.privateReplies.take(world.now())) throw GraphError.of(613, { subcode: 1893015 });
  throttle(call, inbox, content);
  comment.privatelyAnswered = true;
  const correspondent = inbox.customer({ ...comment.from });
  world.nodes.set(correspondent.id, { kind: 'customer', inbox, correspondent });
  return deliver(call, inbox, correspondent, content, message);
}

function answerable(inbox: Inbox, { at, live, objectId }: Comment, now: number): boolean {
  if (live) return inbox.posts.get(objectId)?.broadcasting ?? true;
  return now - at <= 7 * dayMs;
}

function act(call: InboxCall, inbox: Inbox, correspondent: Correspondent, action: (typeof actions)[number]): Fields {
  const { platform, id: accountId } = inbox;
  const answer = { recipient_id: correspondent.id };
  if (action !== 'react' && action !== 'unreact') {
    call.world.signals.push({ kind: action, platform, accountId, recipient: correspondent.id, at: call.world.now() });
    return answer;
  }
  const { message_id, reaction } = check.fields(jsonOf(call.request.body.payload), 'payload');
  const node = call.world.nodes.get(check.text(message_id, 'payload[message_id]', { max: 512 }));
  if (node?.kind !== 'message' || node.inbox !== inbox || node.thread.correspondent !== correspondent) {
    throw GraphError.of(100, { message: 'Param payload[message_id] is not a message of this conversation' });
  }
  if (action === 'unreact') node.message.reactions.delete(inbox.id);
  else node.message.reactions.set(inbox.id, check.text(reaction, 'payload[reaction]', { max: 32 }));
  const id = `${node.message.id}:${action}:${call.world.random.digits(12)}`;
  call.world.send(call, { id, platform, accountId, recipient: correspondent.id, kind: 'reaction' });
  return answer;
}
