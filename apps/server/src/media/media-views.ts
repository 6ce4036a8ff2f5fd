import { Injectable } from '@nestjs/common';
import type { MediaFacts, MediaView, MessageView } from '@switchboard/contracts';
import type { AttachmentContent, MessageContent } from '@switchboard/meta';
import { MediaRepository, type MediaRow } from './media.repository';
import { MediaUrls } from './media-urls';

/** Shows the files of messages to those who may see the messages. */
@Injectable()
export class MediaViews {
  constructor(
    private readonly repository: MediaRepository,
    private readonly urls: MediaUrls,
  ) {}

  /** The messages with `media` in their attachments: one look for all of them, and none where no message has a file. */
  async show(workspaceId: string, messages: readonly MessageView[]): Promise<MessageView[]> {
    const ids = messages.filter(mayHaveMedia).map(({ id }) => id);
    if (ids.length === 0) return [...messages];
    const byMessage = new Map<string, Map<number, MediaView>>();
    for (const row of await this.repository.shownIn(workspaceId, ids)) {
      const shown = byMessage.get(row.messageId) ?? new Map<number, MediaView>();
      byMessage.set(row.messageId, shown.set(row.position, this.view(row)));
    }
    return messages.map((message) => {
      const media = byMessage.get(message.id);
      return media ? { ...message, content: withMedia(message.content as MessageContent, media) } : message;
    });
  }

  view(row: MediaRow): MediaView {
    const { id, state, mimeType, size, sha256, filename, error } = row;
    const stored = state === 'stored';
    return {
      id,
      status: stored ? 'stored' : state === 'failed' ? 'failed' : 'pending',
      url: stored ? this.urls.of(id) : null,
      mimeType,
      size: stored ? size : null,
      sha256: stored ? (sha256?.toString('hex') ?? null) : null,
      filename,
      error: stored ? null : error,
    };
  }
}

/** What a file is, without an address of it. */
export function mediaFacts(
  id: string,
  { mimeType, size, sha256 }: { mimeType: string; size: number; sha256: Buffer },
): MediaFacts {
  return { id, mimeType, size, sha256: sha256.toString('hex') };
}

/** A file of ours in the header of a template or of buttons is in no attachment; only what is sent has those. */
function mayHaveMedia({ content, direction }: MessageView): boolean {
  const { attachments = [], structured } = (content ?? {}) as MessageContent;
  return attachments.length > 0 || (direction === 'outbound' && structured !== undefined);
}

function withMedia(content: MessageContent, media: ReadonlyMap<number, MediaView>): MessageContent {
  const attachments = [...(content.attachments ?? [])];
  for (const [position, view] of media) {
    const attachment: AttachmentContent = attachments[position] ?? { type: view.mimeType?.split('/')[0] ?? 'file' };
    attachments[position] = { ...attachment, media: view } as AttachmentContent;
  }
  return { ...content, attachments: attachments.filter(Boolean) };
}
