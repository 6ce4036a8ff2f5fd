import type { Platform } from '../../items';
import type { GenericTemplateElement, MediaTemplateContent, QuickReply } from '../content';
import type { Button } from '../interactive-content';
import { type Problems, typeName } from '../problems';
import { someOf } from '../rules';
import { choice, optional, phone, type Shape, text, unstated, url } from '../shape';
import { list, object, variants } from '../structure';
import { checkFile, mediaLimits, mediaSource } from './media';

// Messenger: messenger-platform/send-messages/{quick-replies,buttons/*,template/*}.
// Instagram: instagram-messaging/{features/quick-replies,button-template,generic-template}.

type Messaging = Exclude<Platform, 'whatsapp'>;

const label = text({ max: 20 });
const payload = text({ max: 1_000 });

const quickReply = object<Omit<QuickReply, 'type'>>({
  title: label,
  payload: optional(payload),
});

/** Instagram's hold plain text only: no image, and nothing of the customer's to offer. */
export function quickReplies(platform: Messaging): Shape {
  const own = variants<QuickReply>(
    'type',
    platform === 'instagram'
      ? { text: quickReply }
      : {
          text: object<Omit<QuickReply, 'type'>>({
            title: label,
            payload: optional(payload),
            imageUrl: optional(url),
          }),
          user_email: object<Omit<QuickReply, 'type'>>({}),
          user_phone_number: object<Omit<QuickReply, 'type'>>({}),
        },
  );
  return list(own, { max: 13, of: 'quick replies' });
}

/** Phone buttons are Messenger's alone. */
export function buttons(platform: Messaging): Shape {
  const shapes = {
    reply: object({ id: payload, title: label }),
    url: object({ url, title: label }),
  };
  const own =
    platform === 'instagram'
      ? variants<Button>('type', shapes)
      : variants<Button>('type', { ...shapes, phone: object({ phone, title: label }) });
  return list(own, { max: 3, of: 'buttons' });
}

export function buttonTemplate(platform: Messaging): Shape {
  return object({ text: text({ max: 640 }), buttons: buttons(platform) });
}

export function genericTemplate(platform: Messaging): Shape {
  const element = object<GenericTemplateElement>(
    {
      title: text({ max: 80 }),
      subtitle: optional(text({ max: 80 })),
      imageUrl: optional(url),
      url: optional(url),
      buttons: optional(buttons(platform)),
    },
    someOf<GenericTemplateElement>('subtitle', 'imageUrl', 'url', 'buttons'),
  );
  return object({ elements: list(element, { max: 10, of: 'elements' }) });
}

const facebookUrl = /^https?:\/\/([a-z0-9-]+\.)*facebook\.com\//i;

/** An uploaded file, or one that lies on Facebook: "does not allow any external URL". */
export const mediaTemplate = object<Omit<MediaTemplateContent, 'type'>>(
  {
    mediaType: choice('image', 'video'),
    media: mediaSource({
      says: "`link` only to one of Facebook's own; at most 25 MB",
      check({ link }, field, problems) {
        if (link === undefined || facebookUrl.test(link)) return;
        const remedy = 'upload the file and give its id instead';
        problems.add(`${field}.link`, 'format', `${field}.link must be a URL of facebook.com; ${remedy}.`);
      },
    }),
    buttons: optional(buttons('messenger')),
  },
  {
    says: '',
    check({ mediaType, media }, _field, problems) {
      checkFile(media, 'media', mediaLimits('messenger', mediaType)!, problems);
    },
  },
);

const pictorial = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** A family of four with skin tones has 41 UTF-16 units, the longest in use. */
const longestEmoji = 64;
const hearts = ['❤️', '❤'];

/** One emoji, or nothing to take the reaction back. Instagram lets a business react with ❤️ alone. */
export function emoji(platform: Platform): Shape {
  const says = platform === 'instagram' ? '❤️, or empty to take it back' : 'one emoji, or empty to take it back';
  return {
    says,
    schema: { type: 'string', maxLength: longestEmoji },
    check(value, field, problems) {
      if (typeof value !== 'string') problems.add(field, 'type', `${field} must be a text; it is ${typeName(value)}.`);
      else if (value !== '') checkEmoji(value, field, platform, says, problems);
    },
  };
}

function checkEmoji(value: string, field: string, platform: Platform, says: string, problems: Problems): void {
  const fits =
    platform === 'instagram'
      ? hearts.includes(value)
      : value.length <= longestEmoji && pictorial.test(value) && [...graphemes.segment(value)].length === 1;
  if (!fits) problems.add(field, 'format', `${field} must be ${says}.`);
}

/** Of a public answer to a comment. Facebook's and Instagram's own limits, which no page of the API states. */
export function commentText(platform: Messaging): Shape {
  return text({ max: platform === 'instagram' ? 2_200 : 8_000 });
}

export const locationFields = { name: optional(text({ max: unstated })), address: optional(text({ max: unstated })) };
