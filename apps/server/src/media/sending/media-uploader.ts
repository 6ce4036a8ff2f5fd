import { Inject, Injectable } from '@nestjs/common';
import { GraphClient, type GraphTarget, type MediaKind } from '@switchboard/meta';
import { type ChannelAccount, inboxNode } from '../../channels';
import type { MediaRow } from '../media.repository';
import { MEDIA_STORAGE, type MediaStorage, storageKey } from '../storage/media-storage';
import { multipartForm } from './multipart-form';

/** 100 MB in it are 1 MB a second. */
const timeoutMs = 100_000;

/** What Messenger calls it. */
const attachmentTypes: Partial<Record<MediaKind, string>> = { document: 'file', voice: 'audio', sticker: 'image' };

/** Gives Meta a copy of a file, streamed from the store. */
@Injectable()
export class MediaUploader {
  constructor(
    private readonly graph: GraphClient,
    @Inject(MEDIA_STORAGE) private readonly storage: MediaStorage,
  ) {}

  /** The platform's id of the copy. @throws GraphError, MediaMissing */
  async upload(account: ChannelAccount, target: GraphTarget, media: MediaRow, kind: MediaKind): Promise<string> {
    const mimeType = media.mimeType!;
    const whatsApp = account.platform === 'whatsapp';
    const type = attachmentTypes[kind] ?? kind;
    const fields: Record<string, string> = whatsApp
      ? { messaging_product: 'whatsapp', type: mimeType }
      : { message: JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }) };
    const content = await this.storage.read(storageKey(media));
    const filename = media.filename ?? `file.${mimeType.split('/')[1]!.replace(/\W.*$/, '')}`;
    const file = { name: whatsApp ? 'file' : 'filedata', filename, mimeType, size: media.size!, content };
    const stream = multipartForm(fields, file);
    try {
      const { body } = await this.graph.call<{ id?: unknown; attachment_id?: unknown }>(target, {
        method: 'POST',
        path: `${encodeURIComponent(inboxNode(account))}/${whatsApp ? 'media' : 'message_attachments'}`,
        stream,
        timeoutMs,
      });
      const id = whatsApp ? body.id : body.attachment_id;
      if (typeof id === 'string' || typeof id === 'number') return String(id);
      throw new Error('Meta took the file and gave no id for it.');
    } finally {
      content.destroy();
    }
  }
}
