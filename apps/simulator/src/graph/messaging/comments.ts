import type { Fields } from '../check';
import { GraphError } from '../errors';
import { askedFields, type FieldQuery, project } from '../fields';
import { addComment } from '../hearing';
import { page } from '../paging';
import { textOf } from '../request';
import { type Call, graphTime, success } from '../world';
import { check } from './content';
import type { Comment, Inbox, Post } from './inbox';

type CommentCall = Call<{ inbox: Inbox; comment: Comment }>;
type PostCall = Call<{ inbox: Inbox; post: Post }>;

/** Every field of a comment, in the platform's names. */
export function commentFields(inbox: Inbox, { id, text, from, at, objectId, parentId }: Comment) {
  const own = { id: inbox.id, name: inbox.name, username: inbox.username };
  const { id: authorId, name, username } = from ?? own;
  if (inbox.platform === 'messenger') {
    return {
      ...{
        id,
        message: text,
        created_time: graphTime(at),
        from: { id: authorId, name },
        is_hidden: false,
        can_comment: true,
      },
      ...{ parent: parentId === undefined ? undefined : { id: parentId }, object: { id: objectId } },
      ...{ can_reply_privately: from !== undefined, comment_count: 0, like_count: 0, attachment: undefined },
      permalink_url: `https://www.facebook.com/${objectId}?comment_id=${id}`,
    };
  }
  return {
    ...{ id, text, timestamp: graphTime(at), username, from: { id: authorId, username }, hidden: false, like_count: 0 },
    ...{ parent_id: parentId, user: undefined, replies: undefined },
    media: ({ fields }: FieldQuery) => {
      const post = inbox.posts.get(objectId) ?? { id: objectId };
      return project(postFields(inbox, post), fields ?? [], 'IGMedia');
    },
  };
}

/** Every field of a page's post or an Instagram media. */
export function postFields(inbox: Inbox, { id, caption, from, at, mediaType, mediaUrl, permalink, username }: Post) {
  const time = at === undefined ? undefined : graphTime(at);
  if (inbox.platform === 'messenger') {
    return {
      ...{ id, message: caption, created_time: time, updated_time: time, full_picture: mediaUrl, story: undefined },
      ...{ from: from ?? { id: inbox.id, name: inbox.name }, is_published: true, attachments: undefined },
      permalink_url: permalink ?? `https://www.facebook.com/${id}`,
    };
  }
  return {
    ...{
      id,
      caption,
      timestamp: time,
      media_type: mediaType ?? 'IMAGE',
      media_url: mediaUrl,
      thumbnail_url: undefined,
    },
    ...{
      media_product_type: 'FEED',
      owner: { id: inbox.id },
      username: username ?? inbox.username,
      shortcode: undefined,
    },
    ...{ permalink: permalink ?? `https://www.instagram.com/p/${id}/`, comments_count: 0, like_count: 0 },
  };
}

const nodeType = ({ platform }: Inbox, kind: 'Comment' | 'Media') =>
  platform === 'instagram' ? `IG${kind}` : kind === 'Media' ? 'Post' : kind;

/** `GET /{comment-id}`. */
export function readComment({ request, node: { inbox, comment } }: CommentCall) {
  const otherwise = inbox.platform === 'messenger' ? 'created_time,from,message,id' : 'timestamp,text,id';
  return project(
    commentFields(inbox, comment),
    askedFields(request.params.fields, otherwise),
    nodeType(inbox, 'Comment'),
  );
}

/** `GET /{post-id}` and `GET /{media-id}`. */
export function readPost({ request, node: { inbox, post } }: PostCall) {
  const otherwise = inbox.platform === 'messenger' ? 'created_time,message,id' : 'id';
  return project(postFields(inbox, post), askedFields(request.params.fields, otherwise), nodeType(inbox, 'Media'));
}

/** `GET /{comment-id}/comments` and `/replies`. */
export function listReplies(call: CommentCall) {
  return listComments(call, ({ parentId }) => parentId === call.node.comment.id);
}

/** `GET /{post-id}/comments`. */
export function listPostComments(call: PostCall) {
  return listComments(call, ({ objectId, parentId }) => objectId === call.node.post.id && parentId === undefined);
}

function listComments({ request, node: { inbox } }: Call<{ inbox: Inbox }>, fits: (comment: Comment) => boolean) {
  const otherwise = inbox.platform === 'messenger' ? 'created_time,from,message,id' : 'timestamp,text,id';
  const fields = askedFields(request.params.fields, otherwise);
  const found = [...inbox.comments.values()].filter(fits);
  return page(found, (comment) => project(commentFields(inbox, comment), fields, nodeType(inbox, 'Comment')), request);
}

/** `POST /{comment-id}/comments` on Facebook, `/replies` on Instagram: an answer that everyone sees. */
export function replyToComment(call: CommentCall) {
  const { comment } = call.node;
  // Instagram hangs an answer to an answer under the first comment.
  const parentId = call.node.inbox.platform === 'instagram' ? (comment.parentId ?? comment.id) : comment.id;
  return write(call, {
    objectId: comment.objectId,
    parentId,
    recipient: comment.from?.id ?? comment.id,
    kind: 'comment_reply',
  });
}

/** `POST /{post-id}/comments`. */
export function commentOnPost(call: PostCall) {
  const { id } = call.node.post;
  return write(call, { objectId: id, parentId: undefined, recipient: id, kind: 'comment' });
}

interface Written {
  objectId: string;
  parentId: string | undefined;
  recipient: string;
  kind: string;
}

function write(call: Call<{ inbox: Inbox }>, { recipient, kind, ...where }: Written): Fields {
  const { world, request } = call;
  const { inbox } = call.node;
  const max = inbox.platform === 'messenger' ? 8_000 : 2_200;
  const text = check.text(textOf(request.params.message) || undefined, 'message', { max });
  if (!inbox.texts.take(world.now())) throw GraphError.of(32);
  const id =
    inbox.platform === 'messenger'
      ? `${where.objectId.split('_').at(-1)}_${world.random.digits(15)}`
      : world.random.digits(17);
  addComment(world, inbox, { id, text, at: world.now(), ...where });
  const { platform, id: accountId } = inbox;
  world.send(call, { id, platform, accountId, recipient, kind });
  return { id };
}

/** `DELETE /{comment-id}`. */
export function deleteComment({ world, node: { inbox, comment } }: CommentCall) {
  inbox.comments.delete(comment.id);
  world.nodes.delete(comment.id);
  return success;
}
