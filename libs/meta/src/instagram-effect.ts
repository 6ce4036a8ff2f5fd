import { noEffect, type Place } from './findings';
import type { ItemEffect } from './items';
import { authorOf, verbOf } from './public-author';
import { asId, asNumber, asObject, asText, type JsonObject } from './reading';

const insights = ['impressions', 'reach', 'taps_forward', 'taps_back', 'exits', 'replies'] as const;

/** What a change of an Instagram account says happened. */
export function instagramEffect(
  field: string,
  value: JsonObject | undefined,
  commentId: string | undefined,
  place: Place,
  at: number,
): ItemEffect {
  if (value === undefined) return noEffect;
  if (field === 'comments' || field === 'live_comments') {
    return commentId === undefined ? noEffect : comment(value, commentId, field === 'live_comments', place, at);
  }
  if (field === 'mentions') return mention(value, at);
  return field === 'story_insights' ? storyInsights(value, at) : noEffect;
}

function comment(value: JsonObject, commentId: string, live: boolean, place: Place, at: number): ItemEffect {
  const media = asObject(value.media);
  const from = authorOf(value);
  return {
    kind: 'comment',
    commentId,
    verb: verbOf(value),
    parentId: asId(value.parent_id),
    media: {
      id: asId(media?.id) ?? asId(value.media_id),
      productType: asText(media?.media_product_type),
      adId: asId(media?.ad_id),
      adTitle: asText(media?.ad_title),
      originalMediaId: asId(media?.original_media_id),
    },
    text: asText(value.text),
    from,
    own: from?.id !== undefined && from.id === place.accountId,
    live,
    at,
  };
}

function mention(value: JsonObject, at: number): ItemEffect {
  const mediaId = asId(value.media_id);
  const commentId = asId(value.comment_id);
  if (mediaId === undefined && commentId === undefined) return noEffect;
  return { kind: 'mention', verb: verbOf(value), mediaId, commentId, at };
}

function storyInsights(value: JsonObject, at: number): ItemEffect {
  const figures: Record<string, number> = {};
  for (const name of insights) {
    const figure = asNumber(value[name]);
    if (figure !== undefined) figures[name] = figure;
  }
  return { kind: 'story_insights', mediaId: asId(value.media_id), figures, at };
}
