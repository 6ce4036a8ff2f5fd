import type { Platform } from '../items';
import type { PrivateReplyContent, SendKind } from './content';
import { exactlyOne } from './rules';
import { flag, id, number, optional, type Shape, text, unstated } from './shape';
import { contacts } from './shapes/contacts';
import * as interactive from './shapes/interactive';
import { media } from './shapes/media';
import * as messaging from './shapes/messaging';
import { template } from './shapes/template';
import { object } from './structure';

type Kinds = { readonly [Kind in SendKind]?: Shape };

const caption = optional(text({ max: 1_024 }));
const filename = optional(text({ max: unstated }));

const whatsApp: Kinds = {
  text: object({ text: text({ max: 4_096 }), previewUrl: optional(flag) }),
  template,
  image: object({ media: media('whatsapp', 'image'), caption }),
  video: object({ media: media('whatsapp', 'video'), caption }),
  audio: object({ media: media('whatsapp', 'audio') }),
  voice: object({ media: media('whatsapp', 'voice') }),
  document: object({ media: media('whatsapp', 'document'), caption, filename }),
  sticker: object({ media: media('whatsapp', 'sticker') }),
  location: object({
    latitude: number({ min: -90, max: 90 }),
    longitude: number({ min: -180, max: 180 }),
    ...messaging.locationFields,
  }),
  contacts: object({ contacts }),
  buttons: interactive.buttons,
  list: interactive.listMessage,
  cta_url: interactive.ctaUrl,
  flow: interactive.flow,
  product: interactive.product,
  product_list: interactive.productList,
  location_request: interactive.locationRequest,
  reaction: reaction('whatsapp'),
};

const messenger: Kinds = {
  text: object({ text: text({ max: 2_000 }) }),
  image: object({ media: media('messenger', 'image') }),
  video: object({ media: media('messenger', 'video') }),
  audio: object({ media: media('messenger', 'audio') }),
  document: object({ media: media('messenger', 'document') }),
  quick_replies: object({ text: text({ max: 2_000 }), quickReplies: messaging.quickReplies('messenger') }),
  buttons: messaging.buttonTemplate('messenger'),
  generic_template: messaging.genericTemplate('messenger'),
  media_template: messaging.mediaTemplate,
  reaction: reaction('messenger'),
  private_reply: object(
    { commentId: optional(id), postId: optional(id), text: text({ max: 2_000 }) },
    exactlyOne<PrivateReplyContent>('commentId', 'postId'),
  ),
  public_reply: object({ commentId: id, text: messaging.commentText('messenger') }),
};

/** "Message text must be UTF-8 and be 1000 bytes or less": instagram-messaging/features/send-message. */
const instagramText = text({ max: 1_000, unit: 'bytes' });

const instagram: Kinds = {
  text: object({ text: instagramText }),
  image: object({ media: media('instagram', 'image') }),
  video: object({ media: media('instagram', 'video') }),
  audio: object({ media: media('instagram', 'audio') }),
  document: object({ media: media('instagram', 'document') }),
  quick_replies: object({ text: instagramText, quickReplies: messaging.quickReplies('instagram') }),
  buttons: messaging.buttonTemplate('instagram'),
  generic_template: messaging.genericTemplate('instagram'),
  reaction: reaction('instagram'),
  private_reply: object({ commentId: id, text: instagramText }),
  public_reply: object({ commentId: id, text: messaging.commentText('instagram') }),
};

function reaction(platform: Platform): Shape {
  return object({ messageId: text({ max: 512 }), emoji: messaging.emoji(platform) });
}

/** What each platform can be sent, and within which limits (meta-platform reference §E and Meta's page of each kind). */
export const sendable: Readonly<Record<Platform, Kinds>> = { whatsapp: whatsApp, messenger, instagram };

export function kindsOf(platform: Platform): SendKind[] {
  return Object.keys(sendable[platform]) as SendKind[];
}
