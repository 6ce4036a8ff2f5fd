export type Attachment = Record<string, unknown> & { type: string };
export type FileKind = 'image' | 'video' | 'audio' | 'document';

/** Meta's words for files. */
const kinds: Record<string, FileKind> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  audio: 'audio',
  voice: 'audio',
  document: 'document',
  file: 'document',
};

/** What is attached to a message as it is stored; empty where the content is something else. */
export function attachmentsOf(content: unknown): Attachment[] {
  const attachments = (content as { attachments?: unknown } | null)?.attachments;
  return Array.isArray(attachments) ? attachments.filter(isAttachment) : [];
}

const isAttachment = (value: unknown): value is Attachment =>
  typeof value === 'object' && value !== null && typeof (value as Attachment).type === 'string';

/** The first file of these kinds (of any, where none are named); null where there is none. */
export function fileIn(attachments: Attachment[], types?: FileKind[]): Attachment | null {
  const isWanted = ({ type }: Attachment): boolean => {
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    return kind !== undefined && (types === undefined || types.includes(kind));
  };
  return attachments.find(isWanted) ?? null;
}

export interface Place {
  latitude: number;
  longitude: number;
  name: string | null;
  address: string | null;
}

export function locationIn(attachments: Attachment[]): Place | null {
  for (const { latitude, longitude, title, caption } of attachments) {
    if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) continue;
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    return { latitude: latitude as number, longitude: longitude as number, name: text(title), address: text(caption) };
  }
  return null;
}
