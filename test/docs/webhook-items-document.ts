import { type ItemEffect, type Platform, parseWebhook, platforms, type WebhookItem } from '@switchboard/meta';
import { documentedMessaging, recordedMessaging } from '../../libs/meta/test/samples/messaging';
import { documentedWhatsApp, recordedWhatsApp } from '../../libs/meta/test/samples/whatsapp';
import { table } from './table';

export type EffectKind = ItemEffect['kind'];
type EffectOf<K extends EffectKind> = Extract<ItemEffect, { kind: K }>;

/** Between these two lines docs/webhook-items.md is made from the code. */
export const begin = '<!-- made from the code: npm run docs -->';
export const end = '<!-- end -->';

/** How the deed of an effect begins that nothing here acts on. */
export const toldOnly = 'told';

/** What Switchboard does about each effect, in the words of docs/webhook-items.md. */
export const deeds: Record<EffectKind, string> = {
  message:
    "contact, conversation, message; `message.received` or, of Meta's own apps, `message.sent` by `meta_app`. Of the past: stored with its time and state, unread to nobody; one `conversation.created` or `conversation.updated` for each conversation of a batch, and media that come later fill their placeholder",
  status:
    '`message.sent`, `message.delivered`, `message.read` or `message.failed`; each only if it is news. One that fails for the account (it cannot pay) stops the channel: `channel.status_changed`',
  watermark: '`message.delivered` or `message.read`, once for all messages of a conversation up to that time',
  seen: '`message.read` for that message and those before it',
  reaction: '`message.reacted`; the later of two reactions of one side counts. Of the past: applied, told to nobody',
  deletion: '`message.deleted`; words and edits are deleted here too',
  edit: '`message.edited`. The highest number, then the latest time counts, in whatever order edits and message come; none comes back to a message that was taken back',
  referral:
    'kept for the conversation (`GET /v1/conversations/:id/referrals`), `conversation.referred`; makes the person a contact. One that comes with a message or a postback is kept too',
  optin: 'told, without its token',
  handover: 'told',
  account_link: 'told, without its code',
  call: 'told',
  welcome_request: 'told; being withdrawn by Meta',
  link_click: 'told',
  conversion: 'told',
  identity_change:
    "the contact learns the new ids, keeps the old, and shows the new number; `contact.updated`. An id that is another contact's stays theirs. Of a changed security code nothing but the webhook is told",
  preference:
    'opts the contact out of the channel (`stop`) or in (`resume`, `signup`), `contact.opted_out` or `contact.opted_in`; makes the person a contact',
  address_book: 'told',
  history: 'told, with phase, progress and counts; its messages are items of their own',
  group: 'told',
  template:
    'status, category and quality are kept, `template.status_changed`. What is not known here is read from Meta soon',
  account: '`channel.alert`, and the account is read from Meta anew',
  phone_number: '`channel.alert`, and the number and its limits are read from Meta anew',
  error: 'told',
  comment: 'told; `own`: by the page or account itself',
  mention: 'its words are read through the Graph API: `webhook.mention_read`, `GET /v1/mentions`',
  post: 'told',
  post_reaction: 'told',
  review: 'told',
  lead: 'told',
  story_insights: 'told',
  standby: 'told with what it would have done, and nothing else: somebody else answers',
  notice: 'told, or kept for the operator where it names no account',
};

type Word = string | false | undefined;

/** What tells items of one effect apart, where it matters. */
const forms: { readonly [K in EffectKind]?: (effect: EffectOf<K>) => Word[] } = {
  message: ({ direction, imported, groupId, referral, replyToMessageId, content: { forwarded, product, story } }) => [
    imported ? 'of the past' : direction === 'inbound' ? 'by the customer' : 'by the business',
    groupId && 'in a group',
    referral && 'with a referral',
    replyToMessageId && 'answering a message',
    story && 'answering a story',
    forwarded && 'forwarded',
    product && 'about a product',
  ],
  status: ({ status, participantId }) => [`\`${status}\``, participantId && "of a group's member"],
  watermark: ({ status }) => [`\`${status}\``],
  reaction: ({ by, emoji, name }) => [`by the ${by}`, emoji === undefined && name === undefined && 'taken back'],
  deletion: ({ by }) => [`by the ${by}`],
  edit: ({ by, content }) => [`by the ${by}`, !content && 'without its words'],
  optin: ({ type }) => [type === undefined ? 'of a plugin' : `\`${type}\``],
  handover: ({ action }) => [`\`${action}\``],
  account_link: ({ status }) => [`\`${status}\``],
  call: ({ direction }) => [direction ?? 'a state of it'],
  identity_change: ({ change }) => [`\`${change}\``],
  preference: ({ value }) => [`\`${value}\``],
  history: ({ errors }) => [errors ? 'declined' : 'a chunk'],
  template: ({ change }) => [`\`${change}\``],
  account: ({ change }) => [`\`${change}\``],
  phone_number: ({ change }) => [`\`${change}\``],
  comment: ({ own, live, parentId, media, verb }) => [
    own ? 'by the page or account' : 'by somebody else',
    parentId && 'answering a comment',
    live && 'live',
    media?.adId && 'under an advertisement',
    `\`${verb}\``,
  ],
  mention: ({ commentId, postId }) => [commentId ? 'in a comment' : postId ? 'in a post' : 'in a caption'],
  post: ({ item, own }) => [`\`${item}\``, own && 'by the page'],
  post_reaction: ({ commentId, verb }) => [commentId ? 'to a comment' : 'to a post', `\`${verb}\``],
  review: ({ recommendation }) => [recommendation ? 'a recommendation' : 'stars'],
  standby: ({ told }) => [told && `\`${told.kind}\``],
};

const names: Record<Platform, string> = { whatsapp: 'WhatsApp', messenger: 'Messenger', instagram: 'Instagram' };
const platformNames = platforms.map((platform) => names[platform]);

/** What our own samples of Meta's webhooks are taken for. */
const items: readonly WebhookItem[] = [
  ...recordedWhatsApp,
  ...documentedWhatsApp,
  ...recordedMessaging,
  ...documentedMessaging,
].flatMap(([, body]) => parseWebhook(JSON.parse(JSON.stringify(body))).items);

/** Kinds that a sample is taken for on a platform. */
export const yielded: ReadonlySet<EffectKind> = new Set(
  items.filter(({ platform }) => platform !== undefined).map(({ effect }) => effect.kind),
);

/** The tables of docs/webhook-items.md. */
export function itemTables(): string {
  const kinds = Object.keys(deeds) as EffectKind[];
  const effects = table(
    ['effect', ...platformNames, 'what Switchboard does'],
    kinds.map((kind) => [`\`${kind}\``, ...platforms.map((platform) => fieldsOf(kind, platform)), deeds[kind]]),
  );
  const types = platformsBy(({ effect }) => (effect.kind === 'message' ? [`\`${effect.type}\``] : []));
  const told = kinds.flatMap((kind) =>
    platformsBy(({ effect }) => (effect.kind === kind ? formsOf(effect) : [])).map((row) => [`\`${kind}\``, ...row]),
  );
  return `${effects}
### Types of messages

${table(['type', ...platformNames], types)}
### Forms of an effect

${table(['effect', 'form', ...platformNames], told)}`;
}

/** The document with its tables as the code has them. */
export function withItems(written: string): string {
  const [before, rest = ''] = written.split(begin);
  const [, after = ''] = rest.split(end);
  return `${before}${begin}\n\n${itemTables()}\n${end}${after}`;
}

/** The fields under which a platform tells an effect. A notice may have any. */
function fieldsOf(kind: EffectKind, platform: Platform): string {
  const fields = items
    .filter((item) => item.platform === platform && item.effect.kind === kind)
    .map(({ field }) => `\`${field}\``);
  if (kind === 'notice' && fields.length > 0) return 'whatever else';
  return [...new Set(fields)].sort().join(', ') || '–';
}

function formsOf<K extends EffectKind>(effect: EffectOf<K>): string[] {
  const said = (forms[effect.kind] as ((effect: EffectOf<K>) => Word[]) | undefined)?.(effect) ?? [];
  return said.filter((word) => typeof word === 'string' && word !== '') as string[];
}

/** A row for each word that items have, sorted: the word, and on which platforms. */
function platformsBy(wordsOf: (item: WebhookItem) => string[]): string[][] {
  const by = new Map<string, Set<Platform | undefined>>();
  for (const item of items) {
    for (const word of wordsOf(item)) by.set(word, (by.get(word) ?? new Set()).add(item.platform));
  }
  return [...by]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, on]) => [word, ...platforms.map((platform) => (on.has(platform) ? 'yes' : '–'))]);
}
