import type { Platform } from '../../items';
import type { MediaKind, MediaSource } from '../content';
import { inWords, kilobyte, megabyte } from '../measure';
import { oneOf, type Problems, quoted } from '../problems';
import { exactlyOne } from '../rules';
import { flag, id, number, optional, type Shape, text, url } from '../shape';
import { object, type Rule } from '../structure';

export interface MediaLimits {
  /** Bytes. */
  size: number;
  /** Bytes, where a file that stands still may be no larger. */
  stillSize?: number;
  /** MIME types, or `image/` for all of a family; empty: any. */
  mimeTypes: readonly string[];
}

const webp = ['image/webp'];
const opus = ['audio/ogg', 'audio/opus'];

/**
 * WhatsApp: "Supported media types" of business-messaging/whatsapp/business-phone-numbers/media, the same as on each
 * messages/*-messages page. Documents of other types than those it lists "may be sent", so any is let through.
 */
const whatsApp: Record<MediaKind, MediaLimits> = {
  image: { size: 5 * megabyte, mimeTypes: ['image/jpeg', 'image/png'] },
  video: { size: 16 * megabyte, mimeTypes: ['video/mp4', 'video/3gpp', 'video/3gp'] },
  audio: { size: 16 * megabyte, mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', ...opus] },
  voice: { size: 16 * megabyte, mimeTypes: opus },
  document: { size: 100 * megabyte, mimeTypes: [] },
  sticker: { size: 500 * kilobyte, stillSize: 100 * kilobyte, mimeTypes: webp },
};

type AttachmentKind = 'image' | 'video' | 'audio' | 'document';

/** Messenger: messenger-platform/send-messages/saving-assets. 25 MB, images by link 8 MB; no list of types. */
const messenger: Record<AttachmentKind, MediaLimits> = {
  image: { size: 25 * megabyte, mimeTypes: ['image/'] },
  video: { size: 25 * megabyte, mimeTypes: ['video/'] },
  audio: { size: 25 * megabyte, mimeTypes: ['audio/'] },
  document: { size: 25 * megabyte, mimeTypes: [] },
};

/** Messenger fetches images of up to this size, in bytes. */
const messengerImageByLink = 8 * megabyte;

/** Instagram: instagram-messaging/features/send-message and features/attachment-upload (which adds gif). */
const instagram: Record<AttachmentKind, MediaLimits> = {
  image: { size: 8 * megabyte, mimeTypes: ['image/png', 'image/jpeg', 'image/gif'] },
  video: {
    size: 25 * megabyte,
    mimeTypes: ['video/mp4', 'video/ogg', 'video/avi', 'video/x-msvideo', 'video/quicktime', 'video/webm'],
  },
  audio: {
    size: 25 * megabyte,
    mimeTypes: ['audio/aac', 'audio/m4a', 'audio/x-m4a', 'audio/mp4', 'audio/wav', 'audio/x-wav', 'audio/wave'],
  },
  document: { size: 25 * megabyte, mimeTypes: ['application/pdf'] },
};

const limits: Record<Platform, Partial<Record<MediaKind, MediaLimits>>> = {
  whatsapp: whatsApp,
  messenger,
  instagram,
};

/** What a platform takes of a kind of file; `undefined` where it has no such kind. */
export function mediaLimits(platform: Platform, kind: MediaKind): MediaLimits | undefined {
  return limits[platform][kind];
}

const source = {
  id: optional(id),
  link: optional(url),
  mediaId: optional({ ...id, schema: { type: 'string', format: 'uuid' } }),
  mimeType: optional(text({ max: 256 })),
  size: optional(number({ min: 0, integer: true })),
  animated: optional(flag),
};

/** A file by id or link, with a rule of its own; its members are told once, in the docs' own words. */
export function mediaSource(rule: Rule<MediaSource>): Shape {
  return { ...object<MediaSource>(source, exactlyOne<MediaSource>('id', 'link', 'mediaId'), rule), parts: {} };
}

/** A file by id or link; where its type and size are known, they are held to the platform's limits. */
export function media(platform: Platform, kind: MediaKind): Shape {
  const own = limits[platform][kind]!;
  return mediaSource({
    says: mediaWords(platform, kind, own),
    check(value, field, problems) {
      checkFile(value, field, own, problems);
      if (platform === 'messenger' && kind === 'image' && value.link !== undefined) {
        checkSize(value.size, field, messengerImageByLink, problems);
      }
    },
  });
}

/** The problems of a file of a kind, known by its type and size, before it is uploaded. */
export function checkFile(file: MediaSource, field: string, own: MediaLimits, problems: Problems): void {
  const type = essence(file.mimeType);
  if (type !== undefined && own.mimeTypes.length > 0 && !own.mimeTypes.some((known) => takes(known, type)))
    problems.add(
      `${field}.mimeType`,
      'media_type',
      `${field} must be ${oneOf(own.mimeTypes.map(familyWords))}; it is ${quoted(type)}.`,
    );
  checkSize(file.size, field, file.animated === false ? (own.stillSize ?? own.size) : own.size, problems);
}

/** The MIME type without its parameters: `audio/ogg; codecs=opus` is `audio/ogg`. */
function essence(mimeType: string | undefined): string | undefined {
  return mimeType?.replace(/;.*$/s, '').trim().toLowerCase();
}

function checkSize(size: number | undefined, field: string, most: number, problems: Problems): void {
  if (size === undefined) return;
  if (size === 0) problems.add(`${field}.size`, 'media_size', `${field} is an empty file.`);
  else if (size > most)
    problems.add(`${field}.size`, 'media_size', `${field} may be at most ${inWords(most)}; it is ${inWords(size)}.`);
}

function takes(known: string, type: string): boolean {
  return known.endsWith('/') ? type.startsWith(known) : type === known;
}

function familyWords(known: string): string {
  return known.endsWith('/') ? `${known}*` : known;
}

function mediaWords(platform: Platform, kind: MediaKind, { size, stillSize, mimeTypes }: MediaLimits): string {
  const still = stillSize === undefined ? '' : ` (${inWords(stillSize)} unless animated)`;
  const byLink =
    platform === 'messenger' && kind === 'image' ? ` (${inWords(messengerImageByLink)} where by \`link\`)` : '';
  const types = mimeTypes.length === 0 ? 'any MIME type' : oneOf(mimeTypes.map((known) => `\`${familyWords(known)}\``));
  return `at most ${inWords(size)}${still}${byLink}; ${types}`;
}
