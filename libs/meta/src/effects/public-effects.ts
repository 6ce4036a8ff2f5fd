import type { PublicAuthor } from './content';

/** What became of something public. Meta's `edited` is `edit`; a word not listed is Meta's own. */
export type Verb = 'add' | 'edit' | 'remove' | 'hide' | 'unhide' | 'block' | 'unblock' | 'mute' | (string & {});

/** A comment under a post, photo, reel, story, advertisement or live broadcast, or under a rating. */
export interface CommentEffect {
  kind: 'comment';
  commentId: string;
  verb: Verb;
  /** The comment this one answers. */
  parentId?: string;
  /** Facebook: `{page}_{post}`. */
  postId?: string;
  /** Instagram. `productType`: `FEED`, `REELS`, `STORY`, `AD`, `LIVE`. */
  media?: { id?: string; productType?: string; adId?: string; adTitle?: string; originalMediaId?: string };
  text?: string;
  photoUrl?: string;
  videoUrl?: string;
  link?: string;
  from?: PublicAuthor;
  /** Written by the page or account itself. */
  own: boolean;
  live: boolean;
  at: number;
}

/** Somebody mentioned the page or account. Instagram gives ids only, a page may: the text is to be fetched (`mentionRead`). */
export interface MentionEffect {
  kind: 'mention';
  verb: Verb;
  mediaId?: string;
  postId?: string;
  commentId?: string;
  item?: string;
  text?: string;
  from?: PublicAuthor;
  at: number;
}

/** A post, status, photo, video, share, album or event on a page's feed. */
export interface PostEffect {
  kind: 'post';
  /** Meta's word for what it is. */
  item?: string;
  verb: Verb;
  postId?: string;
  text?: string;
  link?: string;
  photoIds?: string[];
  videoId?: string;
  albumId?: string;
  eventId?: string;
  from?: PublicAuthor;
  own: boolean;
  published?: boolean;
  at: number;
}

/** A like of, or reaction to, a post, comment or rating. */
export interface PostReactionEffect {
  kind: 'post_reaction';
  verb: Verb;
  /** `like`, `love`, `haha`, `wow`, `sad`, `angry`, `care`. */
  reaction: string;
  postId?: string;
  /** The comment that was reacted to, where it was one. */
  commentId?: string;
  from?: PublicAuthor;
  at: number;
}

/** A rating or recommendation of the page. */
export interface ReviewEffect {
  kind: 'review';
  verb: Verb;
  /** 1 to 5, where the page still has stars. */
  rating?: number;
  /** `POSITIVE`, `NEGATIVE`. */
  recommendation?: string;
  text?: string;
  storyId?: string;
  from?: PublicAuthor;
  at: number;
}

/** A form of a lead advertisement was filled in; its answers are to be fetched by `leadId`. */
export interface LeadEffect {
  kind: 'lead';
  leadId: string;
  formId?: string;
  pageId?: string;
  adId?: string;
  adGroupId?: string;
  at: number;
}

/** What a story reached in its day. A figure below five is −1, Meta's "few". */
export interface StoryInsightsEffect {
  kind: 'story_insights';
  mediaId?: string;
  figures: Record<string, number>;
  at: number;
}
