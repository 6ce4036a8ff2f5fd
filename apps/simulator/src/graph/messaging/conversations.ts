import type { Fields } from '../check';
import { GraphError } from '../errors';
import { askedFields, type FieldQuery, project } from '../fields';
import { page } from '../paging';
import { type GraphRequest, textOf } from '../request';
import { type Call, graphTime, type World } from '../world';
import { check } from './content';
import type { Inbox, Thread, ThreadMessage } from './inbox';

/** Instagram tells the content of a conversation's latest messages only. */
const readableOnInstagram = 20;

/** `GET /{page-id|instagram-id}/conversations`, latest first. */
export function listConversations({ world, request, node }: Call<{ inbox: Inbox }>) {
  const inbox = inboxMeant(node.inbox, request);
  throttle(world, inbox);
  return threadFields(inbox, request, undefined);
}

function inboxMeant(inbox: Inbox, { params }: GraphRequest): Inbox {
  if (inbox.platform === 'instagram') return inbox;
  const platform = check.choice((textOf(params.platform) || 'messenger').toLowerCase(), 'platform', [
    'messenger',
    'instagram',
  ]);
  if (platform === 'messenger') return inbox;
  if (inbox.instagram !== undefined) return inbox.instagram;
  throw GraphError.of(100, { message: 'The page has no Instagram account' });
}

function throttle(world: World, inbox: Inbox): void {
  if (!inbox.conversationReads.take(world.now())) throw GraphError.of(613, { subcode: 1893015 });
}

/** The conversations with the fields asked for. */
export function threadFields(inbox: Inbox, request: GraphRequest, given: unknown) {
  const fields = Array.isArray(given)
    ? (given as FieldQuery[])
    : askedFields(request.params.fields, 'id,updated_time,link');
  const userId = textOf(request.params.user_id);
  const threads = [...inbox.threads.values()]
    .filter(({ correspondent }) => userId === '' || correspondent.id === userId)
    .sort((a, b) => b.updatedAt - a.updatedAt);
  return page(threads, (thread) => project(readableThread(inbox, thread, request), fields, 'UnifiedThread'), request);
}

/** `GET /{conversation-id}`. */
export function readConversation({ world, request, node: { inbox, thread } }: Call<{ inbox: Inbox; thread: Thread }>) {
  throttle(world, inbox);
  const fields = askedFields(request.params.fields, 'id,updated_time,link');
  return project(readableThread(inbox, thread, request), fields, 'UnifiedThread');
}

/** `GET /{conversation-id}/messages`, latest first. */
export function listMessages({ world, request, node: { inbox, thread } }: Call<{ inbox: Inbox; thread: Thread }>) {
  throttle(world, inbox);
  return messagePage(inbox, thread, request, askedFields(request.params.fields, 'id,created_time'), request.params);
}

/** `GET /{message-id}`. */
export function readMessage({ world, request, node }: Call<{ inbox: Inbox; thread: Thread; message: ThreadMessage }>) {
  const { inbox, thread, message } = node;
  throttle(world, inbox);
  const old = thread.messages.length - thread.messages.indexOf(message) > readableOnInstagram;
  if (inbox.platform === 'instagram' && old) {
    throw GraphError.of(100, { message: 'The requested message has been deleted or is too old to be read' });
  }
  return project(
    readableMessage(inbox, thread, message, false),
    askedFields(request.params.fields, 'id,created_time'),
    'Message',
  );
}

function readableThread(inbox: Inbox, thread: Thread, request: GraphRequest) {
  const people = [participant(inbox, thread, false), participant(inbox, thread, true)];
  return {
    id: thread.id,
    link: `/${inbox.id}/inbox/${thread.id}/`,
    updated_time: graphTime(thread.updatedAt),
    message_count: thread.messages.length,
    unread_count: 0,
    can_reply: true,
    participants: { data: people },
    senders: { data: people },
    snippet: thread.messages.at(-1)?.text,
    messages: ({ fields, modifiers }: FieldQuery) => {
      const within = { ...request, path: [thread.id, 'messages'], params: {} };
      return messagePage(inbox, thread, within, fields ?? askedFields(undefined, 'id,created_time'), modifiers);
    },
  };
}

function messagePage(inbox: Inbox, thread: Thread, request: GraphRequest, fields: FieldQuery[], asked: Fields) {
  const latestFirst = thread.messages.toReversed();
  const old = new Set(inbox.platform === 'instagram' ? latestFirst.slice(readableOnInstagram) : []);
  const read = (message: ThreadMessage): Fields =>
    project(readableMessage(inbox, thread, message, old.has(message)), fields, 'Message');
  return page(latestFirst, read, request, { asked });
}

function participant({ id, name, username, platform }: Inbox, { correspondent }: Thread, business: boolean): Fields {
  const person = business ? { id, name, username } : correspondent;
  if (platform === 'instagram') return { username: person.username, id: person.id };
  return { name: person.name, email: `${person.id}@facebook.com`, id: person.id };
}

function readableMessage(inbox: Inbox, thread: Thread, message: ThreadMessage, idOnly: boolean) {
  const { id, at, text, attachments, fromBusiness, replyTo, reactions } = message;
  const content = {
    message: text ?? '',
    from: participant(inbox, thread, fromBusiness),
    to: { data: [participant(inbox, thread, !fromBusiness)] },
    attachments: attachments.length === 0 ? undefined : { data: attachments.map(attachmentData) },
    reply_to: replyTo === undefined ? undefined : { mid: replyTo },
    reactions:
      reactions.size === 0
        ? undefined
        : { data: [...reactions].map(([from, reaction]) => ({ reaction, users: [{ id: from }] })) },
    ...{ sticker: undefined, shares: undefined, story: undefined, tags: undefined, is_unsupported: undefined },
  };
  const hidden = Object.fromEntries(Object.keys(content).map((name) => [name, undefined]));
  return { id, created_time: graphTime(at), ...(idOnly ? hidden : content) };
}

/** The conversations API has forms of its own for what webhooks bring as `payload.url`. */
function attachmentData({ type, payload }: Fields): Fields {
  const url = (payload as Fields | null)?.url;
  if (type === 'image') return { image_data: { url, width: 1_080, height: 1_080 } };
  if (type === 'video') return { video_data: { url, width: 1_080, height: 1_920 } };
  if (type === 'audio' || type === 'file')
    return { file_url: url, mime_type: type === 'audio' ? 'audio/mp4' : 'application/octet-stream' };
  return { type, payload };
}
