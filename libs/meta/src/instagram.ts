import { dedupKey } from './dedup-key';
import { elementKey, type Place, type Reading } from './findings';
import { instagramEffect } from './instagram-effect';
import { asId, asObject, asText, asTime, type JsonObject, plainMembers } from './reading';

const commentKinds = new Map([
  ['comments', 'comment'],
  ['live_comments', 'live_comment'],
]);

/** Reads a change of an Instagram account: comments, live comments, mentions, story insights and whatever else. */
export function readInstagramChange(
  field: string,
  value: JsonObject | undefined,
  change: JsonObject,
  place: Place,
): Reading {
  const kind = commentKinds.get(field);
  const from = asObject(value?.from);
  const senderId = asId(from?.id);
  const ownTime = asTime(value?.edited_time) ?? asTime(value?.created_time) ?? asTime(value?.timestamp);
  const time = ownTime ?? place.entryTime;
  // Some of Meta's samples name it `comment_id`.
  const commentId = asId(value?.id) ?? asId(value?.comment_id);
  const isComment = kind !== undefined && commentId !== undefined;
  return {
    field,
    dedupKey: isComment ? dedupKey(kind, commentId, asText(value?.verb), ownTime) : elementKey(place, field, change),
    occurredAt: time,
    sender: senderId === undefined ? undefined : { id: senderId, username: asText(from?.username) },
    content: contentOf(field, value, commentId),
    effect: instagramEffect(field, value, commentId, place, time ?? place.now),
  };
}

function contentOf(field: string, value: JsonObject | undefined, commentId: string | undefined): unknown {
  const media = asObject(value?.media);
  if (commentKinds.has(field)) {
    return {
      text: asText(value?.text),
      commentId,
      parentId: asId(value?.parent_id),
      mediaId: asId(media?.id) ?? asId(value?.media_id),
      mediaProductType: asText(media?.media_product_type),
      adId: asId(media?.ad_id),
      adTitle: asText(media?.ad_title),
      originalMediaId: asId(media?.original_media_id),
    };
  }
  if (field === 'mentions') return { mediaId: asId(value?.media_id), commentId: asId(value?.comment_id) };
  return plainMembers(value);
}
