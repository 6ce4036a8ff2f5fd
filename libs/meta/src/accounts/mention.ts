import type { Platform } from '../items';
import { asId, asObject, asText } from '../reading';
import { cleaned, httpUrl, timeOf } from './answer';

/** Where somebody mentioned the account, in Meta's ids. A comment stands before the media or post it is under. */
export interface MentionPlace {
  commentId: string | null;
  /** Instagram. */
  mediaId: string | null;
  /** Facebook: `{page}_{post}`. */
  postId: string | null;
}

/** What a mention says. Any of it may be kept back by Meta, and a post may have no words. */
export interface MentionWords {
  text: string | null;
  author: { id: string | null; name: string | null; username: string | null };
  mediaId: string | null;
  /** Meta's word: `IMAGE`, `VIDEO`, `CAROUSEL_ALBUM`. */
  mediaType: string | null;
  permalink: string | null;
  /** Milliseconds since the epoch. */
  writtenAt: number | null;
}

const longestText = 100_000;
const idOfMeta = /^[\w-]{1,200}$/;
const commentFields = 'id,text,timestamp,username,media{id,permalink}';
const mediaFields = 'id,caption,media_type,permalink,timestamp,username';
const postFields = 'message,from,created_time,permalink_url';

/**
 * How the words of a mention are asked for; `undefined` where its ids cannot be ids of Meta's. Instagram tells them of the account that
 * was mentioned alone, and with Facebook Login only: the comment or media itself is somebody else's.
 */
export function mentionRead(
  platform: Exclude<Platform, 'whatsapp'>,
  accountId: string,
  { commentId, mediaId, postId }: MentionPlace,
): { path: string; fields: string } | undefined {
  const id = commentId ?? mediaId ?? postId ?? '';
  if (!idOfMeta.test(id)) return undefined;
  if (platform === 'messenger') return { path: id, fields: postFields };
  const fields =
    commentId === null
      ? `mentioned_media.media_id(${id}){${mediaFields}}`
      : `mentioned_comment.comment_id(${id}){${commentFields}}`;
  return { path: encodeURIComponent(accountId), fields };
}

/** Reads the answer to a `mentionRead`; total. `undefined` where it tells of no mention. */
export function readMention(platform: Exclude<Platform, 'whatsapp'>, body: unknown): MentionWords | undefined {
  const answer = asObject(body);
  if (platform === 'messenger') {
    if (answer === undefined) return undefined;
    const { message, from, created_time, permalink_url } = answer;
    const { id, name, username } = asObject(from) ?? {};
    return {
      text: cleaned(asText(message), longestText),
      author: { id: asId(id) ?? null, name: cleaned(asText(name)), username: cleaned(asText(username)) },
      ...{ mediaId: null, mediaType: null },
      permalink: httpUrl(asText(permalink_url)),
      writtenAt: timeOf(created_time) ?? null,
    };
  }
  const comment = asObject(answer?.mentioned_comment);
  const media = asObject(answer?.mentioned_media) ?? asObject(comment?.media);
  const told = comment ?? media;
  if (told === undefined) return undefined;
  return {
    text: cleaned(asText(comment === undefined ? told.caption : told.text), longestText),
    author: { id: null, name: null, username: cleaned(asText(told.username)) },
    mediaId: asId(media?.id) ?? null,
    mediaType: cleaned(asText(media?.media_type)),
    permalink: httpUrl(asText(media?.permalink)),
    writtenAt: timeOf(told.timestamp) ?? null,
  };
}
