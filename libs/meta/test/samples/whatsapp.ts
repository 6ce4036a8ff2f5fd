import { at, fromAna, numberId, seconds, wabaId, whatsApp } from '../bodies';
import type { Sample, Told } from './sample';

type Json = Record<string, unknown>;

const ana = { userId: 'BR.77', waId: '5511999', name: 'Ana', username: 'ana.b' };
const media = { id: '900', mime_type: 'a/b', sha256: 'c2hh' };
const answering = { context: { from: '15550783881', id: 'wamid.Q' } };

/** A message of Ana's and what becomes of it. */
const said = (label: string, message: Json, told: Json = {}): Sample => [
  `message-${label}`,
  fromAna(message),
  [
    'messages',
    { kind: 'message', direction: 'inbound', messageId: 'wamid.A1', type: message.type, customer: ana, ...told },
  ],
];

/** The oldest form: no user id anywhere. */
const olderContact = { contacts: [{ profile: { name: 'Ana' }, wa_id: '5511999' }] };
const older = (label: string, message: Json, told: Json = {}): Sample => [
  `message-${label}`,
  whatsApp({ ...olderContact, messages: [{ from: '5511999', id: 'wamid.A1', timestamp: `${seconds}`, ...message }] }),
  ['messages', { kind: 'message', direction: 'inbound', type: message.type, customer: { waId: '5511999' }, ...told }],
];

const attached = (type: string, rest: Json = {}) => ({ content: { attachments: [{ type, id: '900', ...rest }] } });
const picked = (body: Json, content: Json, context: { context?: Json } = answering): [Json, Json] => [
  { type: 'interactive', interactive: body, ...context },
  { content, replyToMessageId: context.context === undefined ? undefined : 'wamid.Q' },
];

const messages: Sample[] = [
  said(
    'audio--1',
    { type: 'audio', audio: { ...media, voice: false }, context: { forwarded: true } },
    attached('audio'),
  ),
  older('audio-voice--1', { type: 'audio', audio: { ...media, voice: true } }, attached('audio', { voice: true })),
  said('audio-voice--2', { type: 'audio', audio: { ...media, voice: true } }, attached('audio', { voice: true })),
  said(
    'button--2',
    { type: 'button', button: { payload: 'P', text: 'Yes' }, ...answering },
    { content: { text: 'Yes', reply: { payload: 'P' } }, replyToMessageId: 'wamid.Q' },
  ),
  said(
    'button-bsuid--1',
    { type: 'button', button: { payload: 'P', text: 'Yes' }, from_user_id: 'BR.77' },
    { replyToMessageId: undefined },
  ),
  older('contacts--1', { type: 'contacts', contacts: [{ name: { formatted_name: 'Bea' } }] }),
  said(
    'contacts--3',
    { type: 'contacts', contacts: ['Bea', 'Cy', 'Di'].map((formatted_name) => ({ name: { formatted_name } })) },
    { content: { structured: [{}, {}, {}] } },
  ),
  [
    'message-contacts-contact-request--1',
    whatsApp({
      contacts: [{ profile: { name: 'Ana', username: '@ana' }, user_id: 'BR.77' }],
      messages: [
        {
          id: 'wamid.A1',
          timestamp: `${seconds}`,
          type: 'contacts',
          origin: 'contact_request/other',
          contacts: [{ vcard: 'BEGIN:VCARD', phones: [{ phone: '5511999' }] }],
        },
      ],
    }),
    [
      'messages',
      { kind: 'message', type: 'contacts', customer: { userId: 'BR.77', waId: undefined, username: '@ana' } },
    ],
  ],
  said(
    'document--2',
    { type: 'document', document: { ...media, caption: 'Look', filename: 'a.pdf' }, context: { forwarded: true } },
    { content: { attachments: [{ filename: 'a.pdf', caption: 'Look' }], forwarded: 'once' } },
  ),
  older('image--1', { type: 'image', image: { ...media, caption: 'Blue' } }, attached('image', { caption: 'Blue' })),
  said('image--2', { type: 'image', image: media }, attached('image', { url: undefined })),
  said('image--3', { type: 'image', image: { ...media, url: 'https://x' } }, attached('image', { url: 'https://x' })),
  said(
    'interactive-button_reply--2',
    ...picked({ type: 'button_reply', button_reply: { id: 'b', title: 'B' } }, { text: 'B', reply: { payload: 'b' } }),
  ),
  ...['accept', 'reject'].map((response, index) =>
    said(
      `interactive-call_permission_reply--${index + 1}`,
      ...picked(
        { type: 'call_permission_reply', call_permission_reply: { response, response_source: 'user_action' } },
        { structured: { type: 'call_permission_reply', call_permission_reply: { response } } },
      ),
    ),
  ),
  [
    'message-interactive-empty-with-errors--1',
    whatsApp({
      ...olderContact,
      messages: [{ from: '5511999', id: 'wamid.A1', timestamp: `${seconds}`, type: 'interactive', ...answering }],
      errors: [{ code: 131_000, error_data: { details: 'Unsupported webhook payload' } }],
    }),
    ['messages', { kind: 'message', type: 'interactive', content: {} }],
    ['messages', { kind: 'error', errors: [{ code: 131_000, details: 'Unsupported webhook payload' }] }],
  ],
  older(
    'interactive-list_reply--1',
    ...picked(
      { type: 'list_reply', list_reply: { id: 'l', title: 'L', description: 'of it' } },
      { text: 'L', reply: { payload: 'l', description: 'of it' } },
      {},
    ),
  ),
  ...[undefined, 'of it'].map((description, index) =>
    said(
      `interactive-list_reply--${index + 2}`,
      ...picked({ type: 'list_reply', list_reply: { id: 'l', title: 'L', description } }, { reply: { description } }),
    ),
  ),
  ...['{"flow_token":"T","rating":"4"}', '{"rating":"4"}'].map((response_json, index) =>
    said(
      `interactive-nfm_reply--${index + 1}`,
      ...picked(
        { type: 'nfm_reply', nfm_reply: { response_json, body: 'Sent', name: 'flow' } },
        { text: 'Sent', reply: { title: 'flow' }, structured: { response_json } },
      ),
    ),
  ),
  said(
    'location--2',
    { type: 'location', location: { latitude: 12.5, longitude: 43.25 }, context: { forwarded: true } },
    { content: { attachments: [{ latitude: 12.5, longitude: 43.25 }] } },
  ),
  said(
    'location--3',
    { type: 'location', location: { latitude: 1, longitude: -2, name: 'HQ', address: '1 Way', url: 'https://m' } },
    { content: { attachments: [{ title: 'HQ', caption: '1 Way', url: 'https://m' }] } },
  ),
  said(
    'order--1',
    {
      type: 'order',
      order: { catalog_id: '35', text: '', product_items: [{ product_retailer_id: 'TEA', quantity: 3 }] },
    },
    { content: { structured: { catalog_id: '35', product_items: [{ quantity: 3 }] } } },
  ),
  older('text--1', { type: 'text', text: { body: 'Hi' } }, { content: { text: 'Hi' }, sentAt: at }),
  said('text--2', { type: 'text', text: { body: 'Hi' } }, { content: { text: 'Hi' }, sentAt: at }),
  said(
    'text-forwarded--1',
    { type: 'text', text: { body: 'Hi' }, context: { forwarded: true } },
    { content: { forwarded: 'once' } },
  ),
  said(
    'text-frequently-forwarded--1',
    { type: 'text', text: { body: 'Hi' }, context: { frequently_forwarded: true } },
    { content: { forwarded: 'often' } },
  ),
  older(
    'text-referral--1',
    {
      type: 'text',
      text: { body: 'Hi' },
      referral: { source_url: 'https://a', source_id: 'ad1', source_type: 'ad', video_url: 'v' },
    },
    { referral: { source: 'ad', adId: 'ad1', url: 'https://a', mediaUrl: 'v', clickId: undefined } },
  ),
  said(
    'text-referral--2',
    {
      type: 'text',
      text: { body: 'Hi' },
      referral: { source_id: 'ad1', source_type: 'ad', ctwa_clid: 'C', headline: 'H' },
    },
    { referral: { clickId: 'C', headline: 'H' }, content: { referral: { ctwa_clid: 'C' } } },
  ),
  said('text-reply--1', { type: 'text', text: { body: 'Hi' }, ...answering }, { replyToMessageId: 'wamid.Q' }),
  older(
    'unsupported--1',
    { type: 'unsupported', errors: [{ code: 131_051 }] },
    { content: { errors: [{ code: 131_051 }] } },
  ),
  said('unsupported--2', { type: 'unsupported', errors: [{ code: 131_051 }] }),
  said(
    'unsupported--3',
    { type: 'unsupported', errors: [{ code: 131_051 }], unsupported: { type: 'poll' } },
    { content: { structured: { type: 'poll' } } },
  ),
  said('sticker--2', { type: 'sticker', sticker: { ...media, animated: false } }, attached('sticker')),
  said('sticker--3', { type: 'sticker', sticker: { ...media, animated: true } }, attached('sticker')),
  said(
    'video--2',
    { type: 'video', video: { ...media, caption: 'Look' }, context: { forwarded: true } },
    attached('video', { caption: 'Look' }),
  ),
];

const reaction = (label: string, emoji: string | undefined, told: Json): Sample => [
  `message-reaction${label}`,
  fromAna({ type: 'reaction', reaction: { message_id: 'wamid.Q', emoji } }),
  ['message_reactions', { kind: 'reaction', by: 'customer', messageId: 'wamid.Q', ...told }],
];

const edited = { original_message_id: 'wamid.Q', message: { type: 'text', text: { body: 'B' } } };
const fromPhone = (message: Json) =>
  fromAna(
    { from: '15550783881', to: '5511999', to_user_id: 'BR.77', ...message },
    'message_echoes',
    'smb_message_echoes',
  );

const changes: Sample[] = [
  reaction('--1', '👍🏻', { emoji: '👍🏻' }),
  reaction('--2', '😮', { emoji: '😮' }),
  reaction('-removed--1', '', { emoji: undefined }),
  reaction('-removed--2', undefined, { emoji: undefined }),
  [
    'message-edit-image--1',
    fromAna({
      type: 'edit',
      edit: {
        original_message_id: 'wamid.Q',
        message: { context: { id: 'M0' }, type: 'image', image: { ...media, caption: 'New', url: 'https://x' } },
      },
    }),
    [
      'message_edits',
      {
        kind: 'edit',
        by: 'customer',
        messageId: 'wamid.Q',
        revision: 0,
        type: 'image',
        content: { attachments: [{ caption: 'New' }] },
      },
    ],
  ],
  [
    'message-revoke--1',
    fromAna({ type: 'revoke', revoke: { original_message_id: 'wamid.Q' } }),
    ['messages', { kind: 'deletion', by: 'customer', messageId: 'wamid.Q' }],
  ],
  [
    'smb_message_echoes-edit--1',
    fromPhone({ type: 'edit', edit: edited }),
    ['message_edits', { kind: 'edit', by: 'business', messageId: 'wamid.Q', content: { text: 'B' } }],
  ],
  [
    'smb_message_echoes-revoke--1',
    fromPhone({ type: 'revoke', revoke: { original_message_id: 'wamid.Q' } }),
    ['message_echoes', { kind: 'deletion', by: 'business', messageId: 'wamid.Q' }],
  ],
  [
    'smb_message_echoes-text--1',
    fromPhone({ type: 'text', text: { body: 'Hi' }, to_parent_user_id: 'BR.ENT.1' }),
    ['message_echoes', { kind: 'message', direction: 'outbound', messageId: 'wamid.A1', customer: ana }],
  ],
  [
    'message-system-customer_identity_changed--1',
    fromAna({
      type: 'system',
      identity: { hash: 'h' },
      system: { body: 'changed', type: 'customer_identity_changed' },
    }),
    ['messages', { kind: 'identity_change', change: 'security_code', customer: ana, previous: {} }],
  ],
  [
    'message-system-user_changed_number--1',
    whatsApp({
      ...olderContact,
      messages: [
        { from: '5511999', id: 'wamid.A1', type: 'system', system: { new_wa_id: '5512', type: 'user_changed_number' } },
      ],
    }),
    [
      'messages',
      { kind: 'identity_change', change: 'number', customer: { waId: '5512' }, previous: { waId: '5511999' } },
    ],
  ],
  [
    'message-system-user_changed_number--2',
    whatsApp({
      messages: [
        { from: '5511999', id: 'wamid.A1', type: 'system', system: { wa_id: '5512', type: 'user_changed_number' } },
      ],
    }),
    [
      'messages',
      { kind: 'identity_change', change: 'number', customer: { waId: '5512' }, previous: { waId: '5511999' } },
    ],
  ],
  [
    'user_id_update--1',
    whatsApp(
      {
        ...olderContact,
        user_id_update: [
          {
            wa_id: '5511999',
            user_id: { previous: 'BR.1', current: 'BR.2' },
            detail: 'updated',
            timestamp: `${seconds}`,
          },
        ],
      },
      'user_id_update',
    ),
    [
      'user_id_update',
      {
        kind: 'identity_change',
        change: 'user_id',
        customer: { userId: 'BR.2', waId: '5511999' },
        previous: { userId: 'BR.1' },
      },
    ],
  ],
  ...(['resume', 'signup'] as const).map(
    (value, index): Sample => [
      `user_preferences--${index + 1}`,
      whatsApp(
        {
          contacts: [{ wa_id: '5511999', user_id: 'BR.77' }],
          user_preferences: [
            { wa_id: '5512', category: 'marketing_messages', value, detail: 'd', signup_id: '13', timestamp: seconds },
          ],
        },
        'user_preferences',
      ),
      [
        'user_preferences',
        {
          kind: 'preference',
          customer: { waId: '5512', userId: undefined },
          category: 'marketing_messages',
          value,
          at,
        },
      ],
    ],
  ),
];

const status = (label: string, element: Json, told: Json): Sample => [
  `status-${label}`,
  whatsApp({
    contacts: [{ wa_id: '5511999', user_id: 'BR.77' }],
    statuses: [{ id: 'wamid.S', timestamp: `${seconds}`, recipient_id: '5511999', ...element }],
  }),
  ['statuses', { kind: 'status', messageId: 'wamid.S', at, ...told }],
];
const billed = {
  pricing: { billable: true, pricing_model: 'CBP' },
  conversation: { id: 'c', origin: { type: 'service' } },
};
const inGroup = {
  status: 'read',
  recipient_id: '1203@g.us',
  recipient_type: 'group',
  recipient_participant_id: '5511999',
  recipient_participant_user_id: 'BR.77',
};
const toMember = {
  status: 'read',
  groupId: '1203@g.us',
  participantId: 'BR.77',
  customer: { userId: 'BR.77', waId: '5511999' },
};

const statuses: Sample[] = [
  ...['delivered--1', 'played--1', 'read--1', 'sent--2'].map((label) =>
    status(
      label,
      { status: label.split('-')[0], ...billed },
      { status: label.split('-')[0], customer: { waId: '5511999' } },
    ),
  ),
  status(
    'delivered-bsuid-only--1',
    { status: 'delivered', recipient_id: undefined, recipient_user_id: 'BR.77', parent_recipient_user_id: 'BR.ENT.1' },
    { status: 'delivered', customer: { userId: 'BR.77' } },
  ),
  status(
    'failed--2',
    { status: 'failed', errors: [{ code: 130_472, title: 'Experiment', error_data: { details: 'd' } }] },
    { status: 'failed', errors: [{ code: 130_472, title: 'Experiment', details: 'd' }] },
  ),
  status('read-group--1', inGroup, toMember),
  status('read-group--2', { ...inGroup, recipient_participant_parent_user_id: 'BR.ENT.1' }, toMember),
  status(
    'sent-callback-data--1',
    { status: 'sent', biz_opaque_callback_data: 'ours', ...billed },
    { callbackData: 'ours' },
  ),
];

const calls = (label: string, list: 'calls' | 'statuses', element: Json, told: Json, errors?: unknown): Sample => {
  const value = {
    contacts: [{ wa_id: '5511999', user_id: 'BR.77' }],
    [list]: [{ id: 'wacid.1', timestamp: `${seconds}`, ...element }],
  };
  const items: [string, Told][] = [['calls', { kind: 'call', callId: 'wacid.1', at, ...told }]];
  if (errors !== undefined) items.push(['calls', { kind: 'error' }]);
  return [`calls-${label}`, whatsApp(errors === undefined ? value : { ...value, errors }, 'calls'), ...items];
};
const ours = { from: '1631', to: '5511999', direction: 'BUSINESS_INITIATED' };

const called: Sample[] = [
  calls(
    'connect-business_initiated--1',
    'calls',
    { ...ours, event: 'connect', session: { sdp_type: 'answer', sdp: 's' } },
    { event: 'connect', direction: 'outbound', customer: { waId: '5511999' } },
  ),
  calls(
    'connect-user_initiated--1',
    'calls',
    { from: '5511999', to: '1631', direction: 'USER_INITIATED', event: 'connect' },
    { event: 'connect', direction: 'inbound', customer: { userId: 'BR.77', waId: '5511999' } },
  ),
  calls(
    'status-ringing--1',
    'statuses',
    { type: 'call', status: 'RINGING', recipient_id: '5511999' },
    { event: 'ringing' },
  ),
  calls(
    'terminate-business_initiated--1',
    'calls',
    {
      ...ours,
      event: 'terminate',
      status: 'COMPLETED',
      start_time: `${seconds}`,
      end_time: `${seconds + 120}`,
      duration: 120,
    },
    { event: 'terminate', outcome: 'COMPLETED', durationSeconds: 120, startedAt: at, endedAt: at + 120_000 },
    [{ code: 12_455, message: 'm' }],
  ),
];

const field = (label: string, name: string, value: Json, told: Told): Sample => [
  label,
  { object: 'whatsapp_business_account', entry: [{ id: wabaId, time: seconds, changes: [{ field: name, value }] }] },
  [name, { at, ...told }],
];
const update = (label: string, value: Json, told: Json = {}): Sample =>
  field(`account_update-${label}`, 'account_update', value, {
    kind: 'account',
    change: 'update',
    event: value.event,
    ...told,
  });
const partner = { waba_info: { waba_id: '980', owner_business_id: '23' } };
const template = { message_template_id: 7, message_template_name: 'order', message_template_language: 'en_US' };
const named = { kind: 'template', templateId: '7', name: 'order', language: 'en_US' } as const;

const accounts: Sample[] = [
  ...['ACCOUNT_DELETED', 'ACCOUNT_OFFBOARDED', 'ACCOUNT_RECONNECTED'].map((event) =>
    update(`${event.toLowerCase()}--1`, { event }),
  ),
  update('account_restriction--1', {
    event: 'ACCOUNT_RESTRICTION',
    restriction_info: [{ restriction_type: 'R', expiration: seconds }],
  }),
  update(
    'account_violation--1',
    { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'ADULT' } },
    { reason: 'ADULT' },
  ),
  update('auth_intl_price_eligibility_update--1', {
    event: 'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE',
    auth_international_rate_eligibility: {},
  }),
  update('business_primary_location_country_update--1', {
    event: 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE',
    country: 'IN',
  }),
  ...['SCHEDULE_FOR_DISABLE', 'REINSTATE'].map((reason, index) =>
    update(
      `disabled_update--${index + 1}`,
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: reason } },
      { reason },
    ),
  ),
  ...[
    'AD_ACCOUNT_LINKED',
    'MM_LITE_TERMS_SIGNED',
    'PARTNER_ADDED',
    'PARTNER_APP_INSTALLED',
    'PARTNER_APP_UNINSTALLED',
  ].map((event) => update(`${event.toLowerCase()}--1`, { event, ...partner })),
  update('partner_client_certification_status_update--1', {
    event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
    partner_client_certification_info: { status: 'APPROVED' },
  }),
  update('partner_removed--1', { event: 'PARTNER_REMOVED', ...partner }),
  update(
    'partner_removed--2',
    { event: 'PARTNER_REMOVED', ...partner, disconnection_info: { reason: 'PRIMARY_INACTIVITY' } },
    { reason: 'PRIMARY_INACTIVITY' },
  ),
  update('volume_based_pricing_tier_update--1', {
    event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
    volume_tier_info: { tier: '1:2' },
  }),
  field(
    'business_username_update--1',
    'business_username_update',
    { display_phone_number: '1555', username: 'acme', status: 'approved' },
    { kind: 'phone_number', change: 'username', displayNumber: '1555', username: 'acme', status: 'approved' },
  ),
  field(
    'phone_number_name_update--1',
    'phone_number_name_update',
    { display_phone_number: '1555', decision: 'APPROVED', requested_verified_name: 'Acme', rejection_reason: null },
    { kind: 'phone_number', change: 'name', decision: 'APPROVED', verifiedName: 'Acme', reason: undefined },
  ),
  ...[true, false].map((whole, index) =>
    field(
      `message_template_components_update--${index + 1}`,
      'message_template_components_update',
      {
        ...template,
        message_template_element: 'Hi {{1}}',
        ...(whole ? { message_template_title: 'T', message_template_footer: 'F', message_template_buttons: [{}] } : {}),
      },
      { ...named, change: 'components', components: { body: 'Hi {{1}}', header: whole ? 'T' : undefined } },
    ),
  ),
  field(
    'message_template_quality_update--1',
    'message_template_quality_update',
    { ...template, previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' },
    { ...named, change: 'quality', quality: 'YELLOW', previousQuality: 'GREEN' },
  ),
  ...[null, 'NONE'].map((reason, index) =>
    field(
      `message_template_status_update-approved--${index + 1}`,
      'message_template_status_update',
      { ...template, event: 'APPROVED', reason },
      { ...named, change: 'status', status: 'APPROVED', reason: undefined },
    ),
  ),
  field(
    'message_template_status_update-rejected--1',
    'message_template_status_update',
    {
      ...template,
      event: 'REJECTED',
      reason: 'INVALID_FORMAT',
      message_template_category: 'MARKETING',
      rejection_info: { reason: 'Why', recommendation: 'What' },
    },
    {
      ...named,
      status: 'REJECTED',
      reason: 'INVALID_FORMAT',
      category: 'MARKETING',
      explanation: 'Why',
      recommendation: 'What',
    },
  ),
  field(
    'template_category_update--1',
    'template_category_update',
    { ...template, new_category: 'MARKETING' },
    { ...named, change: 'category', category: 'MARKETING' },
  ),
];

/** Forms that were not recorded: as Meta's documentation and the field tell them. */
const past = (history: unknown[]) => whatsApp({ history }, 'history', { time: seconds });

export const documentedWhatsApp: Sample[] = [
  [
    'history of two sides',
    past([
      {
        metadata: { phase: 1, chunk_order: 2, progress: 55 },
        threads: [
          {
            id: '5511999',
            messages: [
              {
                from: '5511999',
                id: 'wamid.1',
                timestamp: '1700000000',
                type: 'text',
                text: { body: 'Hi' },
                history_context: { status: 'READ' },
              },
              {
                from: '15550783881',
                to: '5511999',
                id: 'wamid.2',
                timestamp: '1700000060',
                type: 'media_placeholder',
                history_context: { status: 'ERROR' },
              },
            ],
          },
        ],
      },
    ]),
    ['history', { kind: 'history', phase: 1, chunk: 2, progress: 55, threads: 1, messages: 2 }],
    [
      'history',
      {
        kind: 'message',
        direction: 'inbound',
        messageId: 'wamid.1',
        sentAt: 1_700_000_000_000,
        imported: { status: 'read' },
      },
    ],
    [
      'history',
      {
        kind: 'message',
        direction: 'outbound',
        messageId: 'wamid.2',
        type: 'media_placeholder',
        customer: { waId: '5511999' },
        imported: { status: 'failed' },
      },
    ],
  ],
  [
    'history of a customer without a number',
    past([
      {
        threads: [
          {
            context: { user_id: 'BR.77', username: '@ana' },
            messages: [
              { from_user_id: 'BR.77', id: 'wamid.1', timestamp: '1700000000', type: 'text', text: { body: 'Hi' } },
            ],
          },
        ],
      },
    ]),
    ['history', { kind: 'history', threads: 1, messages: 1 }],
    [
      'history',
      { kind: 'message', direction: 'inbound', customer: { userId: 'BR.77', username: '@ana' }, imported: {} },
    ],
  ],
  [
    'history of what became of messages',
    past([
      {
        threads: [
          {
            id: '5511999',
            messages: [
              {
                from: '5511999',
                id: 'wamid.3',
                timestamp: '1700000000',
                type: 'reaction',
                reaction: { message_id: 'wamid.2', emoji: '👍' },
                history_context: { status: 'READ' },
              },
              {
                from: '15550783881',
                to: '5511999',
                id: 'wamid.4',
                timestamp: '1700000060',
                type: 'edit',
                edit: { original_message_id: 'wamid.2', message: { type: 'text', text: { body: 'Yes, red' } } },
              },
              {
                from: '5511999',
                id: 'wamid.5',
                timestamp: '1700000120',
                type: 'revoke',
                revoke: { original_message_id: 'wamid.1' },
              },
            ],
          },
        ],
      },
    ]),
    ['history', { kind: 'history', threads: 1, messages: 3 }],
    [
      'history',
      {
        ...{ kind: 'reaction', messageId: 'wamid.2', emoji: '👍', by: 'customer', customer: { waId: '5511999' } },
        ...{ at: 1_700_000_000_000, imported: true },
      },
    ],
    [
      'history',
      {
        ...{ kind: 'edit', messageId: 'wamid.2', by: 'business', type: 'text', content: { text: 'Yes, red' } },
        imported: true,
      },
    ],
    ['history', { kind: 'deletion', messageId: 'wamid.1', by: 'customer', imported: true }],
  ],
  [
    'states of history',
    whatsApp(
      { statuses: [{ id: 'wamid.2', status: 'read', timestamp: `${seconds}`, recipient_id: '5511999' }] },
      'history',
    ),
    ['history', { kind: 'status', messageId: 'wamid.2', status: 'read', at, imported: true }],
  ],
  [
    'history declined',
    past([{ errors: [{ code: 2_593_109, message: 'Not shared' }] }]),
    ['history', { kind: 'history', errors: [{ code: 2_593_109 }], messages: 0 }],
  ],
  [
    'media of history',
    fromAna({ type: 'image', image: media }, 'messages', 'history'),
    ['history', { kind: 'message', direction: 'inbound', type: 'image', imported: {} }],
  ],
  [
    'address book',
    whatsApp(
      {
        state_sync: [
          {
            type: 'contact',
            contact: { full_name: 'Ana Diaz', phone_number: '+5511999' },
            action: 'add',
            metadata: { timestamp: `${seconds}` },
          },
        ],
      },
      'smb_app_state_sync',
    ),
    [
      'smb_app_state_sync',
      { kind: 'address_book', action: 'add', customer: { waId: '5511999', name: 'Ana Diaz' }, at },
    ],
  ],
  [
    'standby',
    whatsApp(
      {
        standby: {
          messages: [{ from: '5511', id: 'wamid.1', timestamp: `${seconds}`, type: 'text', text: { body: 'Hi' } }],
        },
      },
      'standby',
    ),
    ['standby', { kind: 'standby', told: { kind: 'message', messageId: 'wamid.1' } }],
  ],
  [
    'handover',
    whatsApp(
      {
        type: 'control_passed',
        timestamp: seconds,
        sender: { phone_number: '5511' },
        recipient: { phone_number_id: numberId },
        control_passed: { previous_owner_role: 'AGENT', new_owner_role: 'BUSINESS', metadata: 'm' },
      },
      'messaging_handovers',
    ),
    [
      'message_handovers',
      { kind: 'handover', action: 'passed', newOwner: 'BUSINESS', previousOwner: 'AGENT', customer: { waId: '5511' } },
    ],
  ],
  [
    'marketing stopped',
    whatsApp(
      { user_preferences: [{ user_id: 'BR.77', category: 'marketing_messages', value: 'stop', timestamp: seconds }] },
      'user_preferences',
    ),
    ['user_preferences', { kind: 'preference', customer: { userId: 'BR.77' }, value: 'stop' }],
  ],
  [
    'user id changed',
    fromAna({ type: 'system', system: { type: 'user_changed_user_id', user_id: 'BR.78', previous_user_id: 'BR.77' } }),
    [
      'messages',
      {
        kind: 'identity_change',
        change: 'user_id',
        customer: { userId: 'BR.78', waId: '5511999' },
        previous: { userId: 'BR.77' },
      },
    ],
  ],
  ['field nobody knows', whatsApp({ something: 'new' }, 'something_new'), ['something_new', { kind: 'notice' }]],
  ['welcome', fromAna({ type: 'request_welcome' }), ['messages', { kind: 'welcome_request', customer: ana }]],
  [
    'link click',
    whatsApp({ user_actions: [{ action_type: 'marketing_messages_link_click', wa_id: '5511', timestamp: seconds }] }),
    ['user_actions', { kind: 'link_click', action: 'marketing_messages_link_click', customer: { waId: '5511' } }],
  ],
  [
    'automatic event',
    whatsApp(
      { automatic_events: [{ id: 'wamid.1', event_name: 'LeadSubmitted', timestamp: seconds, ctwa_clid: 'C' }] },
      'automatic_events',
    ),
    ['automatic_events', { kind: 'conversion', event: 'LeadSubmitted', messageId: 'wamid.1', clickId: 'C', at }],
  ],
  [
    'group of people',
    whatsApp(
      {
        groups: [
          {
            group_id: 'g1',
            type: 'group_participants_add',
            timestamp: seconds,
            request_id: 'r',
            added_participants: [{ wa_id: '5511' }, { user_id: 'BR.1' }],
          },
        ],
      },
      'group_participants_update',
    ),
    [
      'group_participants_update',
      {
        kind: 'group',
        groupId: 'g1',
        change: 'group_participants_add',
        requestId: 'r',
        added: [{ waId: '5511' }, { userId: 'BR.1' }],
      },
    ],
  ],
  ...['group_lifecycle_update', 'group_settings_update', 'group_status_update'].map(
    (name): Sample => [
      name,
      whatsApp({ groups: [{ group_id: 'g1', type: 't', timestamp: seconds }] }, name),
      [name, { kind: 'group', groupId: 'g1', change: 't', added: [], at }],
    ],
  ),
  [
    'message in a group',
    fromAna({ type: 'text', text: { body: 'Hi' }, group_id: 'g1' }),
    ['messages', { kind: 'message', groupId: 'g1', customer: ana }],
  ],
  [
    'question about a product',
    fromAna({
      type: 'text',
      text: { body: 'Red?' },
      context: { referred_product: { catalog_id: 1, product_retailer_id: 'TEA' } },
    }),
    ['messages', { kind: 'message', content: { product: { catalogId: '1', retailerId: 'TEA' } } }],
  ],
  [
    'status deleted',
    whatsApp({ statuses: [{ id: 'wamid.S', status: 'deleted', timestamp: `${seconds}`, recipient_id: '5511' }] }),
    ['statuses', { kind: 'deletion', messageId: 'wamid.S', by: 'customer' }],
  ],
  ...(
    [
      [
        'account_alerts',
        {
          entity_type: 'BUSINESS',
          entity_id: 9,
          alert_info: { alert_type: 'OBA', alert_severity: 'INFORMATIONAL', alert_description: 'd' },
        },
        {
          kind: 'account',
          change: 'alert',
          event: 'OBA',
          severity: 'INFORMATIONAL',
          reason: 'd',
          entity: { type: 'BUSINESS', id: '9' },
        },
      ],
      ['account_review_update', { decision: 'APPROVED' }, { kind: 'account', change: 'review', event: 'APPROVED' }],
      [
        'account_settings_update',
        { type: 'phone_number_settings', phone_number_settings: { phone_number_id: numberId, calling: {} } },
        { kind: 'phone_number', change: 'settings' },
      ],
      [
        'business_capability_update',
        { max_daily_conversations_per_business: 2000, max_phone_numbers_per_business: 2 },
        { kind: 'account', change: 'capability', dailyLimit: 2000 },
      ],
      [
        'phone_number_quality_update',
        { display_phone_number: '1555', event: 'UPGRADE', max_daily_conversations_per_business: 'TIER_10K' },
        { kind: 'phone_number', change: 'quality', displayNumber: '1555', event: 'UPGRADE', limit: 'TIER_10K' },
      ],
      [
        'phone_number_quality_update',
        { display_phone_number: '1555', event: 'FLAGGED', current_limit: 'TIER_1K' },
        { kind: 'phone_number', event: 'FLAGGED', limit: 'TIER_1K' },
      ],
      ['security', { event: 'PIN_CHANGED' }, { kind: 'account', change: 'security', event: 'PIN_CHANGED' }],
      ['flows', { event: 'FLOW_STATUS_CHANGE', flow_id: '1' }, { kind: 'account', change: 'flow' }],
      ['partner_solutions', { event: 'SOLUTION_CREATED' }, { kind: 'account', change: 'partner_solution' }],
      [
        'payment_configuration_update',
        { status: 'Active' },
        { kind: 'account', change: 'payment_configuration', event: 'Active' },
      ],
      [
        'template_correct_category_detection',
        { ...template, category: 'UTILITY', correct_category: 'MARKETING' },
        { ...named, change: 'category', category: 'UTILITY', correctCategory: 'MARKETING' },
      ],
    ] as [string, Json, Told][]
  ).map(([name, value, told]) => field(name, name, value, told)),
];

export const recordedWhatsApp: Sample[] = [...messages, ...changes, ...statuses, ...called, ...accounts].map(
  ([label, ...rest]): Sample => [`whatsapp/${label}`, ...rest],
);
