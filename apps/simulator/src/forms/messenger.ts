import type { ItemOptions, MessengerChat, SimulatedItem } from '../item';
import type { MessagingOptions } from './messaging';
import * as messaging from './messaging';

export { attachment, controlPassed, deleted, edited, postback, quickReply, referral, text } from './messaging';

export interface EchoOptions extends MessagingOptions {
  /** The app that sent it; Facebook's own inbox unless told otherwise. */
  appId?: string;
  metadata?: string;
}

export interface FeedCommentOptions extends ItemOptions {
  /** `{page}_{post}`. */
  postId?: string;
  /** The comment this one answers; the post otherwise. */
  parentId?: string;
  verb?: 'add' | 'edited' | 'remove';
}

export interface PageMentionOptions extends Pick<ItemOptions, 'at'> {
  /** The post with the mention, of anybody. */
  postId?: string;
  /** The comment with the mention; in the post otherwise. */
  commentId?: string;
  /** What it says, which Meta may leave out. */
  text?: string;
}

const facebookInbox = '263902037430900';

/** Meta's names of Messenger reactions, with the emoji it sends beside each. */
export const reactions = {
  smile: '😆',
  angry: '😠',
  sad: '😢',
  wow: '😮',
  love: '❤',
  like: '👍',
  dislike: '👎',
} as const;
export type ReactionName = keyof typeof reactions;

function hosted({ random }: MessengerChat, path: string): Record<string, unknown> {
  const hash = random.hex(32).toLowerCase();
  return { url: `https://scontent.xx.fbcdn.net/v/${path}?_nc_cat=${random.digits(3)}&oh=${hash}&oe=${random.hex(8)}` };
}

export const image = (chat: MessengerChat, caption?: string, options?: MessagingOptions) =>
  messaging.attachment(chat, 'image', hosted(chat, 't1.15752-9/photo.jpg'), caption, options);

export const video = (chat: MessengerChat, options?: MessagingOptions) =>
  messaging.attachment(chat, 'video', hosted(chat, 't42.3356-2/video.mp4'), undefined, options);

export const audio = (chat: MessengerChat, options?: MessagingOptions) =>
  messaging.attachment(chat, 'audio', hosted(chat, 't59.3654-21/audio.mp4'), undefined, options);

export const file = (chat: MessengerChat, name: string, options?: MessagingOptions) =>
  messaging.attachment(chat, 'file', hosted(chat, `t59.2708-21/${name}`), undefined, options);

export const location = (chat: MessengerChat, lat: number, long: number, options?: MessagingOptions) =>
  messaging.attachment(chat, 'location', { coordinates: { lat, long } }, undefined, options);

/** A sticker, in the form of before September 2026: an image with a `sticker_id`. */
export function sticker(chat: MessengerChat, options?: MessagingOptions): SimulatedItem {
  const payload = { ...hosted(chat, 't39.1997-6/sticker.png'), sticker_id: 369239263222822 };
  return { ...messaging.attachment(chat, 'image', payload, undefined, options), kind: 'sticker' };
}

/** A message the page sent, told back to every subscribed app. */
export function echo(chat: MessengerChat, body: string, options: EchoOptions = {}): SimulatedItem {
  const { appId = facebookInbox, metadata } = options;
  const origin = { app_id: Number(appId), ...(metadata === undefined ? {} : { metadata }) };
  return messaging.echoed(chat, body, origin, options);
}

const threadOf = ({ account, customer }: MessengerChat) => `${account.id}:${customer.id}`;

/** All the page sent this customer up to `watermark` (ms) has arrived. Meta gives this event no timestamp of its own. */
export function delivered(chat: MessengerChat, watermark: number, mids?: string[]): SimulatedItem {
  const item = messaging.event(
    chat,
    'delivered',
    {
      id: `${threadOf(chat)}:delivered:${watermark}`,
      sentAt: watermark,
      effect: { kind: 'watermark', status: 'delivered', watermark },
    },
    { delivery: { ...(mids === undefined ? {} : { mids }), watermark } },
  );
  const { timestamp: _, ...element } = item.element;
  return { ...item, element };
}

/** All the page sent this customer up to `watermark` (ms) has been read. */
export function read(chat: MessengerChat, watermark: number, options: Pick<ItemOptions, 'at'> = {}): SimulatedItem {
  return messaging.event(
    chat,
    'read',
    {
      id: `${threadOf(chat)}:read:${watermark}`,
      sentAt: options.at ?? chat.now(),
      effect: { kind: 'watermark', status: 'read', watermark },
    },
    { read: { watermark } },
  );
}

/** A reaction to `mid`; without a name it is taken back. */
export function reaction(
  chat: MessengerChat,
  mid: string,
  name?: ReactionName,
  options?: Pick<ItemOptions, 'at'>,
): SimulatedItem {
  const chosen = name === undefined ? undefined : { name, emoji: reactions[name] };
  return messaging.reacted(chat, mid, chosen, options);
}

/** A comment under a post of the page (field `feed`). */
export function comment(chat: MessengerChat, body: string, options: FeedCommentOptions = {}): SimulatedItem {
  const postId = options.postId ?? `${chat.account.id}_${chat.random.digits(15)}`;
  const commentId = options.id ?? `${postId.split('_')[1]}_${chat.random.digits(15)}`;
  const sentAt = options.at ?? chat.now();
  const verb = options.verb ?? 'add';
  const place = { in: 'changes', field: 'feed' } as const;
  return messaging.change(
    chat,
    'comment',
    { id: `${commentId}:${verb}:${sentAt}`, messageId: commentId, sentAt, place },
    {
      item: 'comment',
      verb,
      comment_id: commentId,
      post_id: postId,
      parent_id: options.parentId ?? postId,
      from: { id: chat.customer.id, name: chat.customer.name },
      created_time: Math.floor(sentAt / 1000),
      ...(verb === 'remove' ? {} : { message: body }),
    },
  );
}

/** Someone mentions the page (field `mention`). */
export function mention(chat: MessengerChat, options: PageMentionOptions = {}): SimulatedItem {
  const { postId = `${chat.customer.id}_${chat.random.digits(15)}`, commentId, text } = options;
  const sentAt = options.at ?? chat.now();
  return messaging.change(
    chat,
    'mention',
    {
      id: `mention:${postId}:${commentId ?? ''}`,
      messageId: commentId ?? postId,
      sentAt,
      place: { in: 'changes', field: 'mention' },
    },
    {
      item: commentId === undefined ? 'post' : 'comment',
      verb: 'add',
      post_id: postId,
      ...(commentId === undefined ? {} : { comment_id: commentId }),
      ...(text === undefined ? {} : { message: text, from: { id: chat.customer.id, name: chat.customer.name } }),
      created_time: Math.floor(sentAt / 1000),
    },
  );
}
