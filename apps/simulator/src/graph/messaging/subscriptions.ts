import { GraphError } from '../errors';
import { uploadedLifeMs } from '../files';
import { textOf } from '../request';
import { type Call, success } from '../world';
import { check } from './content';
import type { Inbox } from './inbox';

type InboxCall = Call<{ inbox: Inbox }>;

const pageFields = [
  ...[
    'messages',
    'messaging_postbacks',
    'messaging_optins',
    'messaging_optouts',
    'message_deliveries',
    'message_reads',
  ],
  ...[
    'message_echoes',
    'message_edits',
    'message_reactions',
    'message_context',
    'messaging_referrals',
    'messaging_handovers',
  ],
  ...[
    'messaging_account_linking',
    'messaging_policy_enforcement',
    'messaging_feedback',
    'messaging_customer_information',
  ],
  ...[
    'standby',
    'feed',
    'mention',
    'ratings',
    'leadgen',
    'conversations',
    'inbox_labels',
    'send_cart',
    'response_feedback',
  ],
  ...['messaging_game_plays', 'messaging_checkout_updates', 'messaging_payments', 'messaging_pre_checkouts', 'videos'],
];
const instagramFields = [
  ...[
    'messages',
    'messaging_postbacks',
    'messaging_optins',
    'messaging_seen',
    'messaging_referral',
    'messaging_handover',
  ],
  ...[
    'message_reactions',
    'message_edit',
    'message_echoes',
    'standby',
    'comments',
    'live_comments',
    'mentions',
    'story_insights',
  ],
  ...['response_feedback'],
];

/** `POST /{page-id|me}/subscribed_apps?subscribed_fields=`. */
export function subscribe({ request, token, node: { inbox } }: InboxCall) {
  const known = inbox.platform === 'messenger' ? pageFields : instagramFields;
  const { subscribed_fields: given } = request.params;
  const fields = (Array.isArray(given) ? given.map(textOf) : textOf(given).split(',')).map((field) => field.trim());
  if (fields.join('') === '') throw GraphError.of(100, { message: 'The parameter subscribed_fields is required' });
  fields.forEach((field, index) => {
    check.choice(field, `subscribed_fields[${index}]`, known);
  });
  inbox.subscribedApps.set(token.appId, fields);
  return success;
}

/** `GET /{page-id|me}/subscribed_apps`. */
export function listSubscriptions({ world, node: { inbox } }: InboxCall) {
  const data = [...inbox.subscribedApps].map(([id, fields]) => ({
    ...{
      id,
      name: world.tokens.apps.get(id)?.name,
      category: 'Business',
      link: `https://www.facebook.com/games/?app_id=${id}`,
    },
    subscribed_fields: fields,
  }));
  return { data };
}

/** `DELETE /{page-id|me}/subscribed_apps`. */
export function unsubscribe({ token, node: { inbox } }: InboxCall) {
  inbox.subscribedApps.delete(token.appId);
  return success;
}

/** `POST /{page-id}/message_attachments`: by address, or multipart with `filedata`. The simulator does not fetch the address. */
export function uploadAttachment({ world, request, node: { inbox } }: InboxCall) {
  const given = request.body.message;
  const { attachment } = check.fields(typeof given === 'string' ? parsed(given) : given, 'message');
  const { type, payload } = check.fields(attachment, 'message[attachment]');
  check.choice(type, 'message[attachment][type]', ['image', 'audio', 'video', 'file']);
  const [upload] = request.uploads;
  if (upload === undefined) check.url(check.fields(payload, 'payload').url, 'payload[url]');
  const { id } = world.files.add(
    { bytes: upload?.bytes, size: 0, mimeType: upload?.mimeType ?? 'application/octet-stream' },
    uploadedLifeMs,
    inbox.id,
  );
  return { attachment_id: id };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
