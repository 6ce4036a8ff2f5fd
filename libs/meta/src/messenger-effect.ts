import { noEffect, type Place } from './findings';
import type { CommentEffect, ItemEffect, PostEffect } from './items';
import { authorOf, verbOf } from './public-author';
import { asId, asList, asNumber, asText, type JsonObject } from './reading';

const reactions = new Set<unknown>(['like', 'reaction']);

/** What a change of a page says happened: on its feed, to its ratings, in its lead forms. */
export function pageEffect(field: string, value: JsonObject | undefined, place: Place, at: number): ItemEffect {
  if (value === undefined) return noEffect;
  if (field === 'feed') return feedEffect(value, place, at);
  if (field === 'ratings') return value.item === 'rating' ? review(value, at) : feedEffect(value, place, at);
  if (field === 'mentions') return mention(value, at);
  return field === 'leadgen' ? lead(value, at) : noEffect;
}

function feedEffect(value: JsonObject, place: Place, at: number): ItemEffect {
  const commentId = asId(value.comment_id);
  const from = authorOf(value);
  if (reactions.has(value.item)) {
    const reaction = asText(value.reaction_type) ?? 'like';
    return { kind: 'post_reaction', verb: verbOf(value), reaction, postId: asId(value.post_id), commentId, from, at };
  }
  if (value.item === 'mention') return mention(value, at);
  const own = from?.id !== undefined && from.id === place.accountId;
  if (value.item !== 'comment') return asText(value.item) === undefined ? noEffect : post(value, from, own, at);
  return commentId === undefined ? noEffect : comment(value, commentId, from, own, at);
}

/** The parent of a comment under the post itself is the post. */
function comment(
  value: JsonObject,
  commentId: string,
  from: CommentEffect['from'],
  own: boolean,
  at: number,
): ItemEffect {
  const postId = asId(value.post_id);
  const parentId = asId(value.parent_id);
  return {
    kind: 'comment',
    commentId,
    verb: verbOf(value),
    parentId: parentId === postId ? undefined : parentId,
    postId,
    text: asText(value.message),
    photoUrl: asText(value.photo),
    videoUrl: asText(value.video),
    link: asText(value.link) ?? asText(value.permalink_url),
    from,
    own,
    live: false,
    at,
  };
}

function post(value: JsonObject, from: PostEffect['from'], own: boolean, at: number): ItemEffect {
  const photos = [value.photo_id, ...asList(value.photo_ids)].map(asId).filter((id) => id !== undefined);
  return {
    kind: 'post',
    item: asText(value.item),
    verb: verbOf(value),
    postId: asId(value.post_id),
    text: asText(value.message) ?? asText(value.story),
    link: asText(value.link) ?? asText(value.permalink_url),
    photoIds: photos.length === 0 ? undefined : photos,
    videoId: asId(value.video_id),
    albumId: asId(value.album_id),
    eventId: asId(value.event_id),
    from,
    own,
    published: value.published === undefined ? undefined : Boolean(value.published),
    at,
  };
}

function mention(value: JsonObject, at: number): ItemEffect {
  const postId = asId(value.post_id);
  const commentId = asId(value.comment_id);
  if (postId === undefined && commentId === undefined) return noEffect;
  const text = asText(value.message);
  return {
    kind: 'mention',
    verb: verbOf(value),
    postId,
    commentId,
    item: asText(value.item),
    text,
    from: authorOf(value),
    at,
  };
}

function review(value: JsonObject, at: number): ItemEffect {
  return {
    kind: 'review',
    verb: verbOf(value),
    rating: asNumber(value.rating),
    recommendation: asText(value.recommendation_type)?.toUpperCase(),
    text: asText(value.review_text),
    storyId: asId(value.open_graph_story_id),
    from: authorOf(value),
    at,
  };
}

function lead(value: JsonObject, at: number): ItemEffect {
  const leadId = asId(value.leadgen_id);
  if (leadId === undefined) return noEffect;
  return {
    kind: 'lead',
    leadId,
    formId: asId(value.form_id),
    pageId: asId(value.page_id),
    adId: asId(value.ad_id),
    adGroupId: asId(value.adgroup_id),
    at,
  };
}
