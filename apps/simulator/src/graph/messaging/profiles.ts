import { GraphError } from '../errors';
import { askedFields, type FieldQuery, project } from '../fields';
import type { Call } from '../world';
import { commentFields, postFields } from './comments';
import { threadFields } from './conversations';
import type { Correspondent, Inbox } from './inbox';

/** `GET /{psid}` and `GET /{igsid}`. */
export function readProfile({
  request,
  node: { inbox, correspondent },
}: Call<{ inbox: Inbox; correspondent: Correspondent }>) {
  const { id, name, username, profilePic, profileHidden } = correspondent;
  const messenger = inbox.platform === 'messenger';
  if (profileHidden && messenger) {
    throw GraphError.of(100, { subcode: 2018218, message: 'No profile available for this user.' });
  }
  if (profileHidden) throw GraphError.of(230);
  const [first, ...last] = (name ?? '').split(' ');
  const readable = messenger
    ? {
        ...{ id, name, first_name: first, last_name: last.join(' ') || undefined, profile_pic: profilePic },
        ...{ locale: undefined, timezone: undefined, gender: undefined },
      }
    : {
        ...{ id, name, username, profile_pic: profilePic, follower_count: 0 },
        ...{ is_verified_user: false, is_user_follow_business: false, is_business_follow_user: false },
      };
  const otherwise = messenger ? 'first_name,last_name,profile_pic,id' : 'name,username,profile_pic';
  return project(readable, askedFields(request.params.fields, otherwise), messenger ? 'User' : 'IGBusinessScopedID');
}

/** `GET /{page-id}`, `GET /{instagram-id}` and `GET /me`. */
export function readInbox(call: Call<{ inbox: Inbox }>) {
  const { inbox } = call.node;
  return inbox.platform === 'messenger' ? readPage(call) : readInstagram(call);
}

function readPage({ request, node: { inbox } }: Call<{ inbox: Inbox }>) {
  const { id, name, instagram } = inbox;
  const linked = instagram === undefined ? undefined : { id: instagram.id };
  const readable = {
    ...{ id, name, category: 'Home decor', link: `https://www.facebook.com/${id}`, username: undefined },
    ...{ picture: undefined, fan_count: 0, access_token: request.accessToken, tasks: undefined },
    ...{ instagram_business_account: linked, connected_instagram_account: linked },
    conversations: ({ fields }: FieldQuery) => threadFields(inbox, request, fields),
  };
  return project(readable, askedFields(request.params.fields, 'name,id'), 'Page');
}

function readInstagram({ request, node: { inbox } }: Call<{ inbox: Inbox }>) {
  const { id, name, username } = inbox;
  const readable = {
    ...{
      id,
      user_id: id,
      name,
      username,
      account_type: 'BUSINESS',
      profile_picture_url: undefined,
      biography: undefined,
    },
    ...{ followers_count: 0, follows_count: 0, media_count: inbox.posts.size, website: undefined, ig_id: undefined },
    ...mentionFields(inbox),
  };
  return project(readable, askedFields(request.params.fields, 'id'), 'IGUser');
}

/** A mention's webhook brings ids only: text and author are read here, with Facebook Login alone. */
function mentionFields(inbox: Inbox) {
  if (inbox.pageId === undefined) return {};
  return {
    mentioned_comment: ({ modifiers, fields }: FieldQuery) => {
      const comment = inbox.comments.get(modifiers.comment_id ?? '');
      if (comment === undefined) throw invalid('comment_id');
      return project(commentFields(inbox, comment), fields ?? [], 'IGComment');
    },
    mentioned_media: ({ modifiers, fields }: FieldQuery) => {
      const post = inbox.posts.get(modifiers.media_id ?? '');
      if (post === undefined) throw invalid('media_id');
      return project(postFields(inbox, post), fields ?? [], 'IGMedia');
    },
  };
}

const invalid = (name: string) => GraphError.of(100, { message: `Invalid parameter: ${name}`, subcode: 2207021 });
