import type { AttachmentContent, MessageContent } from '@switchboard/meta';
import { isMetaCdn } from '../media-hosts';

/** Where Meta has a file. */
export interface Remote {
  /** WhatsApp's media id. */
  id?: string;
  url?: string;
}

export interface FetchableMedia {
  /** Of the attachment within its message. */
  position: number;
  remote: Remote;
  mimeType: string | null;
  filename: string | null;
  sha256: Buffer | null;
}

/** Attachments that are files. */
const files = new Set(['image', 'video', 'audio', 'voice', 'document', 'file', 'sticker']);
/**
 * Attachments that are files where they lie on Meta's network, and links to a page otherwise. Stories are not among them: Meta wants them
 * forgotten when they end.
 */
const shares = new Set(['reel', 'ig_reel', 'share', 'ig_post', 'media']);

/** The files of a message that are to be fetched from Meta. */
export function fetchableMedia({ attachments = [] }: MessageContent): FetchableMedia[] {
  return attachments.flatMap((attachment, position) => {
    const remote = remoteOf(attachment);
    if (!remote) return [];
    const { mimeType = null, filename = null, sha256 } = attachment;
    return [
      { position, remote, mimeType: plain(mimeType, 200), filename: plain(filename, 500), sha256: readSha256(sha256) },
    ];
  });
}

function remoteOf({ type, id, url }: AttachmentContent): Remote | undefined {
  if (files.has(type)) return id || url ? { ...(id ? { id } : {}), ...(url ? { url } : {}) } : undefined;
  if (shares.has(type) && url && URL.canParse(url) && isMetaCdn(new URL(url))) return { url };
  return undefined;
}

/** Base64 in webhooks, hexadecimal in the Graph API's answers. */
export function readSha256(text: unknown): Buffer | null {
  if (typeof text !== 'string') return null;
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  return bytes.length === 32 ? bytes : null;
}

/** PostgreSQL's text takes no NUL. */
function plain(text: string | null, most: number): string | null {
  return text === null ? null : text.replaceAll('\0', '').slice(0, most).toWellFormed();
}
