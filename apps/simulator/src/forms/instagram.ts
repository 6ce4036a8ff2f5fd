import type { InstagramChat, ItemOptions, SimulatedItem } from '../item';
import type { MessagingOptions } from './messaging';
import * as messaging from './messaging';

export { attachment, controlPassed, deleted, edited, postback, quickReply, referral, text } from './messaging';

/** `flat`: `field` and `value` stand directly in the entry, as the Instagram Login API documents. */
export type ChangeForm = 'changes' | 'flat';

export interface InstagramCommentOptions extends ItemOptions {
  mediaId?: string;
  mediaProductType?: 'FEED' | 'REELS' | 'STORY' | 'AD';
  parentId?: string;
  form?: ChangeForm;
  /** Meta's samples spell the comment's id both ways. */
  idName?: 'id' | 'comment_id';
}

export interface MentionOptions extends Pick<ItemOptions, 'at'> {
  mediaId?: string;
  /** The comment with the mention; in the caption otherwise. */
  commentId?: string;
  form?: ChangeForm;
}

function hosted({ random }: InstagramChat): { url: string } {
  const signature = random.bytes(96).toString('base64url');
  return {
    url: `https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=${random.digits(17)}&signature=${signature}`,
  };
}

export const image = (chat: InstagramChat, caption?: string, options?: MessagingOptions) =>
  messaging.attachment(chat, 'image', hosted(chat), caption, options);

export const video = (chat: InstagramChat, options?: MessagingOptions) =>
  messaging.attachment(chat, 'video', hosted(chat), undefined, options);

export const audio = (chat: InstagramChat, options?: MessagingOptions) =>
  messaging.attachment(chat, 'audio', hosted(chat), undefined, options);

/** A reel the customer shares. */
export function reel(chat: InstagramChat, title: string, options?: MessagingOptions): SimulatedItem {
  const payload = { ...hosted(chat), title, reel_video_id: chat.random.digits(17) };
  return messaging.attachment(chat, 'ig_reel', payload, undefined, options);
}

/** The customer mentions the account in a story of their own. */
export const storyMention = (chat: InstagramChat, options?: MessagingOptions) =>
  messaging.attachment(chat, 'story_mention', hosted(chat), undefined, options);

/** The customer answers a story of the account. */
export function storyReply(chat: InstagramChat, body: string, options?: MessagingOptions): SimulatedItem {
  const fields = { text: body, reply_to: { story: { id: chat.random.digits(17), ...hosted(chat) } } };
  return messaging.message(chat, { kind: 'story_reply', type: 'text', text: body, fields }, options);
}

/** A message the account sent. Instagram tells neither the app nor metadata. */
export const echo = (chat: InstagramChat, body: string, options?: MessagingOptions) =>
  messaging.echoed(chat, body, {}, options);

/** `messaging_seen`: names a message, not a watermark. */
export function seen(chat: InstagramChat, mid: string, options: Pick<ItemOptions, 'at'> = {}): SimulatedItem {
  const sentAt = options.at ?? chat.now();
  return messaging.event(
    chat,
    'seen',
    { id: `${mid}:seen`, messageId: mid, sentAt, effect: { kind: 'seen' } },
    { read: { mid } },
  );
}

/** A reaction to `mid`; without an emoji it is taken back. */
export function reaction(
  chat: InstagramChat,
  mid: string,
  emoji?: string,
  options?: Pick<ItemOptions, 'at'>,
): SimulatedItem {
  const chosen = emoji === undefined ? undefined : { name: emoji.startsWith('❤') ? 'love' : 'other', emoji };
  return messaging.reacted(chat, mid, chosen, options);
}

function commentOn(
  chat: InstagramChat,
  field: 'comments' | 'live_comments',
  body: string,
  mediaProductType: string,
  options: InstagramCommentOptions,
): SimulatedItem {
  const commentId = options.id ?? chat.random.digits(17);
  const sentAt = options.at ?? chat.now();
  const place = { in: options.form ?? 'changes', field };
  return messaging.change(
    chat,
    field,
    { id: `${field}:${commentId}`, messageId: commentId, sentAt, place },
    {
      [options.idName ?? 'id']: commentId,
      ...(options.parentId === undefined ? {} : { parent_id: options.parentId }),
      from: { id: chat.customer.id, username: chat.customer.username },
      media: { id: options.mediaId ?? chat.random.digits(17), media_product_type: mediaProductType },
      text: body,
    },
  );
}

export const comment = (chat: InstagramChat, body: string, options: InstagramCommentOptions = {}) =>
  commentOn(chat, 'comments', body, options.mediaProductType ?? 'FEED', options);

/** A comment during a live broadcast. */
export const liveComment = (
  chat: InstagramChat,
  body: string,
  options: Omit<InstagramCommentOptions, 'mediaProductType'> = {},
) => commentOn(chat, 'live_comments', body, 'LIVE', options);

/** Someone mentions the account. Meta sends ids only, no text. */
export function mention(chat: InstagramChat, options: MentionOptions = {}): SimulatedItem {
  const mediaId = options.mediaId ?? chat.random.digits(17);
  const { commentId } = options;
  return messaging.change(
    chat,
    'mentions',
    {
      id: `mentions:${mediaId}:${commentId ?? ''}`,
      messageId: commentId ?? mediaId,
      sentAt: options.at ?? chat.now(),
      place: { in: options.form ?? 'changes', field: 'mentions' },
    },
    { media_id: mediaId, ...(commentId === undefined ? {} : { comment_id: commentId }) },
  );
}
