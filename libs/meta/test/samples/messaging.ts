import { at, change, instagram, page, pageId, psid, seconds } from '../bodies';
import type { Sample, Told } from './sample';

type Json = Record<string, unknown>;

const customer = { userId: psid };
const arrived = (type: string, told: Json = {}): Told => ({
  kind: 'message',
  direction: 'inbound',
  messageId: 'm_1',
  type,
  customer,
  sentAt: at,
  ...told,
});
const fieldsOf: Record<string, string> = {
  message: 'messages',
  postback: 'message_postbacks',
  referral: 'message_referrals',
};

type Form = (element: Json) => Json;
const element =
  (body: Form) =>
  (label: string, member: string, part: Json, told: Told): Sample => [
    label,
    body({ [member]: part }),
    [fieldsOf[member] ?? `message_${member}`, told],
  ];
const onPage = element(page);
const onInstagram = element(instagram);
const attached = (type: string, payload: unknown, rest: Json = {}) => ({
  mid: 'm_1',
  attachments: [{ type, payload, ...rest }],
});

const messenger: Sample[] = [
  [
    'account_linking-unlinked--1',
    page({ account_linking: { status: 'unlinked' }, timestamp: undefined }),
    ['message_account_linking', { kind: 'account_link', status: 'unlinked', customer }],
  ],
  [
    'batch-parking-payment_options--1',
    {
      object: 'page',
      entry: ['parking', 'payment_options'].map((field) => ({ id: pageId, time: seconds, changes: [{ field }] })),
    },
    ['parking', { kind: 'notice' }],
    ['payment_options', { kind: 'notice' }],
  ],
  [
    'delivery--1',
    page({ delivery: { mids: ['m_1'], watermark: at, seq: 37 }, timestamp: undefined }),
    ['message_deliveries', { kind: 'watermark', status: 'delivered', customer, watermark: at, messageIds: ['m_1'] }],
  ],
  [
    'message-deleted--1',
    page({ message: { mid: 'm_1', is_deleted: true } }),
    ['messages', { kind: 'deletion', messageId: 'm_1', by: 'customer', customer }],
  ],
  onPage(
    'message-fallback--1',
    'message',
    attached('fallback', 'BLOB', { title: 'Old', url: 'https://x' }),
    arrived('fallback', { content: { attachments: [{ title: 'Old', url: 'https://x' }] } }),
  ),
  onPage(
    'message-location--1',
    'message',
    attached('location', { coordinates: { lat: 1.5, long: 2.5 } }),
    arrived('location', { content: { attachments: [{ latitude: 1.5, longitude: 2.5 }] } }),
  ),
  onPage(
    'message-reply-to-message--1',
    'message',
    { mid: 'm_1', text: 'Hi', reply_to: { mid: 'm_0' } },
    arrived('text', { replyToMessageId: 'm_0' }),
  ),
  onPage(
    'message-sticker--1',
    'message',
    { ...attached('image', { url: 'https://x', sticker_id: 3 }), sticker_id: 3 },
    arrived('image'),
  ),
  onPage(
    'message-template--1',
    'message',
    attached('template', { template_type: 'button', buttons: [] }),
    arrived('template', { content: { structured: { template_type: 'button' } } }),
  ),
  onPage(
    'message-template--3',
    'message',
    attached('template', { product: { elements: [{ id: 'p' }] } }),
    arrived('template', { content: { structured: { product: { elements: [{ id: 'p' }] } } } }),
  ),
  onPage(
    'message-text-nlp--1',
    'message',
    { mid: 'm_1', text: 'bye', nlp: { entities: {} } },
    arrived('text', { content: { text: 'bye' } }),
  ),
  onPage('message-unsupported--1', 'message', { mid: 'm_1', is_unsupported: true }, arrived('unsupported')),
  ['optin--1', page({ optin: { ref: 'R' } }), ['message_optins', { kind: 'optin', ref: 'R', customer, at }]],
  [
    'pass_thread_control--1',
    page({ pass_thread_control: { new_owner_app_id: '9', metadata: 'm' } }),
    ['message_handovers', { kind: 'handover', action: 'passed', newOwner: '9', metadata: 'm', customer }],
  ],
  [
    'policy_enforcement--1',
    page({ sender: undefined, 'policy-enforcement': { action: 'block', reason: 'Why' } }),
    ['message_policy_enforcement', { kind: 'account', change: 'policy', event: 'block', reason: 'Why' }],
  ],
  onPage(
    'postback--1',
    'postback',
    { payload: 'P' },
    { kind: 'message', type: 'postback', customer, sentAt: at, content: { reply: { payload: 'P' } } },
  ),
  onPage(
    'postback-referral--2',
    'postback',
    { payload: 'P', referral: { ref: 'r', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
    { kind: 'message', type: 'postback', referral: { ref: 'r', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
  ),
  [
    'reaction-unreact--1',
    page({ reaction: { mid: 'm_1', action: 'unreact' } }),
    ['message_reactions', { kind: 'reaction', messageId: 'm_1', by: 'customer', emoji: undefined }],
  ],
  onPage(
    'referral--1',
    'referral',
    { ref: 'r', source: 'SHORTLINK', type: 'OPEN_THREAD' },
    { kind: 'referral', customer, referral: { ref: 'r', source: 'SHORTLINK', type: 'OPEN_THREAD' }, at },
  ),
  [
    'standby-message-echo--1',
    page({ message: { mid: 'm_1', text: 'Hi', is_echo: true, app_id: 15, metadata: 'M' } }, 'standby'),
    [
      'standby',
      {
        kind: 'standby',
        told: {
          kind: 'message',
          direction: 'outbound',
          messageId: 'm_1',
          customer,
          echo: { appId: '15', metadata: 'M' },
        },
      },
    ],
  ],
];

const bea = { from: { id: '5', name: 'Bea' } };
const told = { from: { id: '5', name: 'Bea' } };
const older = { sender_id: 5, sender_name: 'Bea' };

const changed =
  (field: string, tellsOf: string) =>
  (label: string, value: Json, effect: Told): Sample => [label, change('page', field, value), [tellsOf, effect]];
const feed = changed('feed', 'feed');
const rated = changed('ratings', 'ratings');
const comment = {
  item: 'comment',
  verb: 'add',
  comment_id: '1_2',
  post_id: '9_1',
  parent_id: '9_1',
  created_time: seconds,
  message: 'Nice!',
};
const commented: Told = {
  kind: 'comment',
  commentId: '1_2',
  postId: '9_1',
  parentId: undefined,
  own: false,
  live: false,
  ...told,
};
const posted = (item: string, verb: string, more: Json = {}): Told => ({ kind: 'post', item, verb, ...more });

const publics: Sample[] = [
  feed(
    'feed-album-add--1',
    { item: 'album', verb: 'add', album_id: 900, photo_ids: [1, 2], published: 1, ...older },
    posted('album', 'add', { albumId: '900', photoIds: ['1', '2'], published: true, ...told }),
  ),
  feed('feed-comment-add--1', { ...comment, ...bea }, { ...commented, verb: 'add', text: 'Nice!', at }),
  feed('feed-comment-add--3', { ...comment, ...older, photo: 'https://p' }, { ...commented, photoUrl: 'https://p' }),
  feed(
    'feed-comment-edited--1',
    { ...comment, ...older, verb: 'edited' },
    { ...commented, verb: 'edit', text: 'Nice!' },
  ),
  feed(
    'feed-comment-edited--3',
    { ...comment, ...older, verb: 'edited', video: 'https://v' },
    { ...commented, verb: 'edit', videoUrl: 'https://v' },
  ),
  feed(
    'feed-comment-remove--1',
    { ...comment, ...bea, verb: 'remove', message: undefined, created_time: undefined },
    { ...commented, verb: 'remove', text: undefined },
  ),
  feed(
    'feed-event-add--1',
    { item: 'event', verb: 'add', event_id: '19', post_id: '9_1', story: 'An event.', created_time: seconds },
    posted('event', 'add', { eventId: '19', postId: '9_1', text: 'An event.', from: undefined }),
  ),
  feed(
    'feed-like-add--2',
    { item: 'like', verb: 'add', comment_id: '1_2', ...older },
    { kind: 'post_reaction', verb: 'add', reaction: 'like', commentId: '1_2', ...told },
  ),
  feed(
    'feed-like-remove--1',
    { item: 'like', verb: 'remove', post_id: '9_1', parent_id: '9_1', sender_id: 5 },
    { kind: 'post_reaction', verb: 'remove', postId: '9_1', from: { id: '5' } },
  ),
  feed(
    'feed-photo-add--2',
    { item: 'photo', verb: 'add', photo_id: 7, post_id: '9_1', message: 'Look', ...older },
    posted('photo', 'add', { photoIds: ['7'], text: 'Look', ...told }),
  ),
  feed(
    'feed-photo-edited--2',
    { item: 'photo', verb: 'edited', photo_id: 7, post_id: '9_1', link: 'https://l', ...older },
    posted('photo', 'edit', { link: 'https://l' }),
  ),
  feed(
    'feed-photo-hide--2',
    { item: 'photo', verb: 'hide', photo_id: 7, post_id: '9_1', ...older },
    posted('photo', 'hide'),
  ),
  ...['add', 'hide', 'unhide'].map((verb) =>
    feed(
      `feed-post-${verb}--1`,
      { item: 'post', verb, post_id: '9_1', message: 'M', ...bea },
      posted('post', verb, { text: 'M', own: false, ...told }),
    ),
  ),
  feed(
    'feed-reaction-add--2',
    { item: 'reaction', verb: 'add', reaction_type: 'like', post_id: '9_1', comment_id: '1_2', ...bea },
    { kind: 'post_reaction', verb: 'add', reaction: 'like', postId: '9_1', commentId: '1_2', ...told },
  ),
  feed(
    'feed-reaction-edit--1',
    { item: 'reaction', verb: 'edit', reaction_type: 'wow', post_id: '9_1', ...bea },
    { kind: 'post_reaction', verb: 'edit', reaction: 'wow', commentId: undefined },
  ),
  feed(
    'feed-share-add--1',
    { item: 'share', verb: 'add', share_id: 8, post_id: '9_1', link: 'https://l', message: 'M', ...bea },
    posted('share', 'add', { link: 'https://l' }),
  ),
  feed(
    'feed-share-unhide--1',
    { item: 'share', verb: 'unhide', share_id: 8, post_id: '9_1', ...bea },
    posted('share', 'unhide'),
  ),
  feed(
    'feed-status-add--2',
    {
      item: 'status',
      verb: 'add',
      photos: ['https://p'],
      post_id: '9_1',
      message: 'M',
      from: { id: pageId, name: 'Us' },
    },
    posted('status', 'add', { own: true }),
  ),
  feed(
    'feed-status-edited--2',
    { item: 'status', verb: 'edited', photos: ['https://p'], post_id: '9_1', message: 'M', ...bea },
    posted('status', 'edit'),
  ),
  feed(
    'feed-status-unhide--1',
    { item: 'status', verb: 'unhide', post_id: '9_1', message: 'M', ...bea },
    posted('status', 'unhide'),
  ),
  feed(
    'feed-video-block--1',
    { item: 'video', verb: 'block', video_id: '7', video_flag_reason: 1 },
    posted('video', 'block', { videoId: '7' }),
  ),
  feed(
    'feed-video-hide--1',
    { item: 'video', verb: 'hide', video_id: 7, post_id: '9_1', ...older },
    posted('video', 'hide', { videoId: '7' }),
  ),
  feed(
    'feed-video-remove--1',
    { item: 'video', verb: 'remove', recipient_id: 9, post_id: '9_1', ...older },
    posted('video', 'remove', { postId: '9_1' }),
  ),
  changed('leadgen', 'leadgen')(
    'leadgen--1',
    { leadgen_id: 16, form_id: 12, page_id: 13, ad_id: 0, adgroup_id: 0, created_time: seconds },
    { kind: 'lead', leadId: '16', formId: '12', pageId: '13', at },
  ),
  changed('mention', 'mentions')(
    'mention-post-add--1',
    { item: 'post', verb: 'add', post_id: '9_1', message: 'Hey', created_time: seconds },
    { kind: 'mention', verb: 'add', postId: '9_1', text: 'Hey', item: 'post', at },
  ),
  rated(
    'ratings-comment-edited--1',
    { ...comment, verb: 'edited', message: undefined, ...older },
    { ...commented, verb: 'edit' },
  ),
  ...['add', 'remove'].map((verb) =>
    rated(
      `ratings-like-${verb}--1`,
      { item: 'like', verb, post_id: '9_1', ...bea },
      { kind: 'post_reaction', verb, reaction: 'like', ...told },
    ),
  ),
  ...['add', 'edit'].map((verb) =>
    rated(
      `ratings-rating-${verb}--1`,
      {
        item: 'rating',
        verb,
        open_graph_story_id: 90,
        reviewer_id: 5,
        reviewer_name: 'Bea',
        rating: 3,
        review_text: 'Fine',
      },
      { kind: 'review', verb, rating: 3, text: 'Fine', storyId: '90', ...told },
    ),
  ),
  ...['add', 'remove'].map((verb) =>
    rated(
      `ratings-reaction-${verb}--1`,
      { item: 'reaction', verb, reaction_type: 'haha', post_id: '9_1', comment_id: null, ...older },
      { kind: 'post_reaction', verb, reaction: 'haha', commentId: undefined, ...told },
    ),
  ),
];

const mention = { media_id: '999', comment_id: '4444' };
const insights = { media_id: '999', exits: 1, replies: 2, reach: 3, taps_forward: 4, taps_back: 5, impressions: 6 };
const figures = { exits: 1, replies: 2, reach: 3, taps_forward: 4, taps_back: 5, impressions: 6 };
const mentioned: [string, Told] = ['mentions', { kind: 'mention', mediaId: '999', commentId: '4444' }];
const seen: [string, Told] = ['story_insights', { kind: 'story_insights', mediaId: '999', figures }];
const entries = (...changes: { field: string; value: Json }[]) => ({
  object: 'instagram',
  entry: changes.map((one, index) => ({ id: pageId, time: at + index, changes: [one] })),
});
const reel = { url: 'https://cdn', title: 'Reel', reel_video_id: '1' };

const instagrams: Sample[] = [
  [
    'batch-mentions--1',
    entries(...['1', '2', '3'].map((media_id) => ({ field: 'mentions', value: { ...mention, media_id } }))),
    ...['1', '2', '3'].map((mediaId): [string, Told] => ['mentions', { kind: 'mention', mediaId }]),
  ],
  [
    'batch-mentions-story_insights--1',
    {
      object: 'instagram',
      entry: [
        {
          id: pageId,
          time: at,
          changes: [
            { field: 'mentions', value: { media_id: '999' } },
            { field: 'story_insights', value: insights },
          ],
        },
      ],
    },
    ['mentions', { kind: 'mention', mediaId: '999', commentId: undefined }],
    seen,
  ],
  [
    'batch-message-text--1',
    {
      object: 'instagram',
      entry: [
        {
          id: pageId,
          time: at,
          messaging: ['1', '2', '3'].map((id) => ({
            sender: { id },
            recipient: { id: pageId },
            timestamp: at,
            message: { mid: `m_${id}`, text: 'Hi' },
          })),
        },
      ],
    },
    ...['1', '2', '3'].map((userId): [string, Told] => [
      'messages',
      arrived('text', { messageId: `m_${userId}`, customer: { userId } }),
    ]),
  ],
  [
    'comments--1',
    change('instagram', 'comments', {
      id: '178',
      parent_id: '177',
      text: 'T',
      from: { id: '5', username: 'bea' },
      media: { id: '90', media_product_type: 'FEED' },
    }),
    [
      'comments',
      {
        kind: 'comment',
        commentId: '178',
        parentId: '177',
        verb: 'add',
        text: 'T',
        from: { id: '5', username: 'bea' },
        media: { id: '90', productType: 'FEED' },
        own: false,
        live: false,
      },
    ],
  ],
  ['edge-no-entries--1', { object: 'instagram', entry: [] }],
  [
    'live_comments--1',
    change('instagram', 'live_comments', { id: '178', text: 'T' }),
    ['live_comments', { kind: 'comment', commentId: '178', live: true, from: undefined }],
  ],
  [
    'mentions--2',
    change('instagram', 'mentions', { media_id: '999' }),
    ['mentions', { kind: 'mention', mediaId: '999', commentId: undefined }],
  ],
  ['mentions--3', change('instagram', 'mentions', mention), mentioned],
  onInstagram(
    'message-ig_reel--1',
    'message',
    attached('ig_reel', reel),
    arrived('ig_reel', { content: { attachments: [{ title: 'Reel' }] } }),
  ),
  onInstagram(
    'message-quick-reply--1',
    'message',
    { mid: 'm_1', quick_reply: { payload: 'Q' } },
    arrived('quick_reply', { content: { reply: { payload: 'Q' } } }),
  ),
  onInstagram('message-reel--1', 'message', attached('reel', reel), arrived('reel')),
  onInstagram(
    'message-story_mention--1',
    'message',
    attached('story_mention', { url: 'https://cdn' }),
    arrived('story_mention'),
  ),
  onInstagram('message-text--1', 'message', { mid: 'm_1', text: 'Hi' }, arrived('text', { content: { text: 'Hi' } })),
  onInstagram(
    'message-unsupported_type--1',
    'message',
    attached('unsupported_type', { url: 'https://cdn' }),
    arrived('unsupported'),
  ),
  ['not-supported--1', change('instagram', 'not-supported', { ignored: true }), ['not-supported', { kind: 'notice' }]],
  onInstagram(
    'postback--1',
    'postback',
    { mid: 'm_1', title: 'T', payload: 'P' },
    arrived('postback', { content: { text: 'T', reply: { payload: 'P', title: 'T' } } }),
  ),
  onInstagram(
    'referral--1',
    'referral',
    { ref: 'r', source: 'IGME-SOURCE-LINK', type: 'OPEN_THREAD' },
    { kind: 'referral', customer, referral: { ref: 'r', source: 'IGME-SOURCE-LINK' } },
  ),
  ['story_insights--1', change('instagram', 'story_insights', insights), seen],
  ['story_insights--2', change('instagram', 'story_insights', insights), seen],
];

const under = (folder: string, samples: Sample[]) =>
  samples.map(([label, ...rest]): Sample => [`${folder}/${label}`, ...rest]);

export const recordedMessaging: Sample[] = [
  ...under('messenger', [...messenger, ...publics]),
  ...under('instagram', instagrams),
  [
    'other/connected--1',
    {
      object: 'permissions',
      entry: [{ id: '0', uid: '0', time: seconds, changes: [{ field: 'connected', verb: 'granted' }] }],
    },
    ['connected', { kind: 'notice' }],
  ],
];

const comments = [{ id: '178' }, { comment_id: '178' }].flatMap((id): [string, unknown][] => {
  const value = {
    ...id,
    text: 'T',
    from: { id: pageId, username: 'us' },
    media: { id: '90', media_product_type: 'AD', ad_id: '3' },
  };
  const name = Object.keys(id)[0];
  return [
    [`${name} in changes`, change('instagram', 'comments', value)],
    [
      `${name} in a flat entry`,
      { object: 'instagram', entry: [{ id: pageId, time: seconds, field: 'comments', value }] },
    ],
  ];
});

/** Forms that were not recorded: as Meta's documentation and the field tell them, on both platforms. */
export const documentedMessaging: Sample[] = [
  ...comments.map(
    ([label, body]): Sample => [
      `comment with ${label}`,
      body,
      ['comments', { kind: 'comment', commentId: '178', own: true, media: { productType: 'AD', adId: '3' } }],
    ],
  ),
  feed(
    'comment of the page itself',
    { ...comment, from: { id: pageId, name: 'Us' } },
    { kind: 'comment', commentId: '1_2', own: true },
  ),
  feed('answer to a comment', { ...comment, ...bea, parent_id: '1_1' }, { kind: 'comment', parentId: '1_1' }),
  rated(
    'recommendation',
    { item: 'rating', verb: 'add', recommendation_type: 'positive', review_text: 'Go', ...bea },
    { kind: 'review', recommendation: 'POSITIVE', rating: undefined },
  ),
  ...(
    [
      ['Messenger', page],
      ['Instagram', instagram],
    ] as const
  ).flatMap(([name, body]): Sample[] => [
    [
      `edit on ${name}`,
      body({ message_edit: { mid: 'm_1', text: 'New', num_edit: 2 } }),
      [
        'message_edits',
        { kind: 'edit', messageId: 'm_1', revision: 2, by: 'customer', content: { text: 'New' }, customer, at },
      ],
    ],
    [
      `new message told as edit no. 0 on ${name}`,
      body({ message_edit: { mid: 'm_1', text: 'Hi', num_edit: 0 } }),
      ['message_edits', arrived('text', { content: { text: 'Hi' } })],
    ],
    [
      `edit no. 0 without words on ${name}`,
      body({ sender: undefined, recipient: undefined, message_edit: { mid: 'm_1', num_edit: 0 } }),
      ['message_edits', { kind: 'edit', revision: 0, content: undefined }],
    ],
    [
      `echo on ${name}`,
      body({
        sender: { id: pageId },
        recipient: { id: psid },
        message: { mid: 'm_1', is_echo: true, app_id: 7, text: 'Yo' },
      }),
      ['message_echoes', { kind: 'message', direction: 'outbound', customer, echo: { appId: '7' } }],
    ],
    [
      `reaction on ${name}`,
      body({ reaction: { mid: 'm_1', action: 'react', reaction: 'love', emoji: '❤' } }),
      ['message_reactions', { kind: 'reaction', messageId: 'm_1', by: 'customer', emoji: '❤', name: 'love' }],
    ],
    [
      `reaction taken back on ${name}`,
      body({ reaction: { mid: 'm_1', action: 'unreact' } }),
      ['message_reactions', { kind: 'reaction', messageId: 'm_1', by: 'customer', emoji: undefined }],
    ],
    [
      `deletion on ${name}`,
      body({ message: { mid: 'm_1', is_deleted: true } }),
      ['messages', { kind: 'deletion', messageId: 'm_1', by: 'customer', customer }],
    ],
    [
      `deletion by the business on ${name}`,
      body({
        sender: { id: pageId },
        recipient: { id: psid },
        message: { mid: 'm_1', is_echo: true, is_deleted: true },
      }),
      ['message_echoes', { kind: 'deletion', messageId: 'm_1', by: 'business', customer }],
    ],
    [
      `answer to a message on ${name}`,
      body({ message: { mid: 'm_1', text: 'Hi', reply_to: { mid: 'm_0' } } }),
      ['messages', arrived('text', { replyToMessageId: 'm_0' })],
    ],
    [
      `quick reply on ${name}`,
      body({ message: { mid: 'm_1', text: 'Q', quick_reply: { payload: 'Q' } } }),
      ['messages', arrived('text', { content: { text: 'Q', reply: { payload: 'Q' } } })],
    ],
    [
      `tick of a plugin on ${name}`,
      body({ optin: { ref: 'R', user_ref: 'U' } }),
      ['message_optins', { kind: 'optin', ref: 'R', userRef: 'U' }],
    ],
    [
      `account unlinked on ${name}`,
      body({ account_linking: { status: 'unlinked' } }),
      ['message_account_linking', { kind: 'account_link', status: 'unlinked', customer }],
    ],
    [
      `control passed on ${name}`,
      body({ pass_thread_control: { new_owner_app_id: 9 } }),
      ['message_handovers', { kind: 'handover', action: 'passed', newOwner: '9' }],
    ],
    [
      `policy on ${name}`,
      body({ sender: undefined, 'policy-enforcement': { action: 'unblock' } }),
      ['message_policy_enforcement', { kind: 'account', change: 'policy', event: 'unblock' }],
    ],
    [
      `standby on ${name}`,
      body({ postback: { title: 'T' } }, 'standby'),
      ['standby', { kind: 'standby', told: { kind: 'message', type: 'postback' } }],
    ],
    [
      `notification messages on ${name}`,
      body({
        optin: {
          type: 'notification_messages',
          notification_messages_token: 'SECRET',
          notification_messages_status: 'RESUME_NOTIFICATIONS',
          title: 'T',
          token_expiry_timestamp: at,
        },
      }),
      [
        'message_optins',
        {
          kind: 'optin',
          type: 'notification_messages',
          token: 'SECRET',
          status: 'RESUME_NOTIFICATIONS',
          tokenExpiresAt: at,
        },
      ],
    ],
    [
      `account linked on ${name}`,
      body({ account_linking: { status: 'linked', authorization_code: 'SECRET' } }),
      ['message_account_linking', { kind: 'account_link', status: 'linked', authorizationCode: 'SECRET' }],
    ],
    [
      `control taken on ${name}`,
      body({ take_thread_control: { previous_owner_app_id: 9, metadata: 'm' } }),
      ['message_handovers', { kind: 'handover', action: 'taken', previousOwner: '9' }],
    ],
    [
      `control requested on ${name}`,
      body({ request_thread_control: { requested_owner_app_id: 9 } }),
      ['message_handovers', { kind: 'handover', action: 'requested', requestedOwner: '9' }],
    ],
    [
      `roles on ${name}`,
      body({ app_roles: { 9: ['primary_receiver'] } }),
      ['message_handovers', { kind: 'handover', action: 'roles' }],
    ],
    [
      `referral of an advertisement on ${name}`,
      body({
        referral: {
          source: 'ADS',
          type: 'OPEN_THREAD',
          ad_id: 4,
          ads_context_data: { ad_title: 'Spring', photo_url: 'p' },
        },
      }),
      [
        'message_referrals',
        { kind: 'referral', referral: { source: 'ADS', adId: '4', headline: 'Spring', mediaUrl: 'p' } },
      ],
    ],
    [
      `message of an advertisement on ${name}`,
      body({ message: { mid: 'm_1', text: 'Hi', referral: { source: 'ADS', ad_id: 4 } } }),
      ['messages', arrived('text', { referral: { source: 'ADS', adId: '4' } })],
    ],
  ]),
  ['read on Messenger', page({ read: { watermark: at } }), ['message_reads', { kind: 'watermark', status: 'read' }]],
  ['seen on Instagram', instagram({ read: { mid: 'm_1' } }), ['message_seen', { kind: 'seen', messageId: 'm_1' }]],
  ...['image', 'video', 'audio', 'file'].map((type) =>
    onPage(`attachment ${type} on Messenger`, 'message', attached(type, { url: 'https://cdn' }), arrived(type)),
  ),
  ...['image', 'video', 'audio', 'file', 'ig_post', 'story', 'ig_story', 'share', 'like_heart', 'media'].map((type) =>
    onInstagram(`attachment ${type}`, 'message', attached(type, { url: 'https://cdn' }), arrived(type)),
  ),
  [
    'answer to a story',
    instagram({ message: { mid: 'm_1', text: 'Wow', reply_to: { story: { id: 's', url: 'https://cdn' } } } }),
    ['messages', arrived('text', { content: { story: { id: 's' } } })],
  ],
];
