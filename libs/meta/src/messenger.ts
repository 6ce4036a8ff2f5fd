import { dedupKey } from './dedup-key';
import { elementKey, type Place, type Reading } from './findings';
import { pageEffect } from './messenger-effect';
import { asId, asObject, asText, asTime, type JsonObject, plainMembers } from './reading';

const toldOnce = new Set<unknown>(['add', 'remove']);
const published = new Set<unknown>(['add', undefined]);

/** Reads a change of a Facebook page: feed, mention, ratings, leadgen and whatever else it is subscribed to. */
export function readPageChange(
  field: string,
  value: JsonObject | undefined,
  change: JsonObject,
  place: Place,
): Reading {
  const from = asObject(value?.from);
  const sender = asId(from?.id) ?? asId(value?.sender_id) ?? asId(value?.reviewer_id);
  const username = asText(from?.username);
  const time = timeOf(value) ?? place.entryTime;
  return {
    field,
    dedupKey: keyOf(field, value, change, place),
    occurredAt: time,
    sender: sender === undefined ? undefined : { id: sender, username },
    content: field === 'feed' || field === 'mentions' ? postContent(value, from) : plainMembers(value),
    effect: pageEffect(field, value, place, time ?? place.now),
  };
}

/** `created_time` tells of the post; hiding or editing it happened later, when the entry was sent. */
function timeOf(value: JsonObject | undefined): number | undefined {
  if (!published.has(value?.verb)) return asTime(value?.edited_time);
  return asTime(value?.created_time) ?? asTime(value?.timestamp);
}

/**
 * A comment is added and removed once, but may be edited or hidden again and again, each a fact of its own.
 * A like or reaction to a comment names it too and is no comment.
 */
function keyOf(field: string, value: JsonObject | undefined, change: JsonObject, place: Place): string {
  const commentId = asId(value?.comment_id);
  const verb = asText(value?.verb);
  if (field !== 'feed' || value?.item !== 'comment' || commentId === undefined || verb === undefined) {
    return elementKey(place, field, change);
  }
  const time = toldOnce.has(verb) ? asTime(value.created_time) : asTime(value.edited_time);
  if (time === undefined && !toldOnce.has(verb)) return elementKey(place, field, change);
  return dedupKey('comment', commentId, verb, time);
}

function postContent(value: JsonObject | undefined, from: JsonObject | undefined): unknown {
  return {
    item: asText(value?.item),
    verb: asText(value?.verb),
    text: asText(value?.message),
    authorName: asText(from?.name) ?? asText(value?.sender_name),
    postId: asId(value?.post_id),
    commentId: asId(value?.comment_id),
    parentId: asId(value?.parent_id),
    reaction: asText(value?.reaction_type),
    photoId: asId(value?.photo_id),
    videoId: asId(value?.video_id),
    link: asText(value?.link) ?? asText(value?.permalink_url),
  };
}
