import { fileTypeFromBuffer } from 'file-type/core';

export const anyType = 'application/octet-stream';

/** Other names of the same. */
const aliases: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-aac': 'audio/aac',
  'audio/opus': 'audio/ogg',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'video/3gp': 'video/3gpp',
  'audio/3gpp': 'video/3gpp',
  'video/x-msvideo': 'video/avi',
  'video/vnd.avi': 'video/avi',
  'application/x-zip-compressed': 'application/zip',
};

/** Kinds of file that the same first bytes begin. */
const containers: RegExp[] = [
  /^(audio|video)\/(mp4|quicktime|3gpp)$/,
  /^(audio|video|application)\/ogg$/,
  /^(audio|video)\/(webm|matroska)$/,
  /^application\/(zip|epub\+zip|java-archive|vnd\.(openxmlformats-officedocument|oasis\.opendocument|ms-[a-z]+\.[a-z.]*macroenabled).*)$/i,
  /^application\/(x-cfb|msword|vnd\.ms-(excel|powerpoint|outlook|project|works)|x-msi)$/,
];

/** Types whose files always begin in a way that is known: one that does not is another thing. */
const recognisable = /^(image\/(?!svg)|audio\/|video\/|application\/pdf$)/;

/** What a file is by its first bytes; `undefined` where they tell nothing, as with texts. */
export async function sniff(head: Buffer): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(head);
  if (found) return essence(found.mime);
  return head.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) ? 'application/zip' : undefined;
}

/** `undefined` where the file is not what it is said to be. */
export function agreedType(
  declared: string | undefined,
  sniffed: string | undefined,
  head: Buffer,
): string | undefined {
  const said = essence(declared ?? '') || anyType;
  if (said === anyType) return sniffed ?? anyType;
  if (sniffed === undefined) {
    if (recognisable.test(said)) return undefined;
    return said.startsWith('text/') && head.includes(0) ? undefined : said;
  }
  const [one, other] = [canonical(said), canonical(sniffed)];
  if (one === other || containers.some((type) => type.test(one) && type.test(other))) return said;
  return undefined;
}

/** The type without its parameters, in small letters; empty for what is none. */
export function essence(mimeType: string): string {
  const type = mimeType.replace(/;.*$/s, '').trim().toLowerCase();
  return /^[a-z0-9!#$&^_.+-]{1,80}\/[a-z0-9!#$&^_.+-]{1,120}$/.test(type) ? type : '';
}

const canonical = (type: string): string => aliases[type] ?? type;

/** Whether a WebP file moves; `undefined` for others. Its extended header says so (RIFF container, VP8X chunk, bit 1). */
export function isAnimated(mimeType: string, head: Buffer): boolean | undefined {
  if (mimeType !== 'image/webp') return undefined;
  return head.length > 20 && head.toString('latin1', 12, 16) === 'VP8X' && (head[20]! & 0x02) !== 0;
}
