import { canonicalField as asSubscribed } from '@switchboard/contracts';
import { canonicalField as asParsed } from '@switchboard/meta';

const spellings = [
  ...[
    'messages',
    'message_echoes',
    'message_edits',
    'messaging_postbacks',
    'messaging_postback',
    'messaging_referrals',
    'messaging_seen',
  ],
  ...[
    'messaging_optins',
    'messaging_handover',
    'messaging_handovers',
    'messaging_account_linking',
    'messaging_policy-enforcement',
  ],
  ...[
    'smb_message_echoes',
    'mention',
    'mentions',
    'comments',
    'live_comments',
    'feed',
    'statuses',
    'message_reaction',
    'message_reads',
  ],
  ...['business_username_updates', 'standby', 'account_update', 'anything_new', 'messaging_anything_new', ''],
];

test.each(spellings)('a subscription to %s is to the field under which the webhook is told', (spelling) => {
  expect(asSubscribed(spelling)).toBe(asParsed(spelling));
});
