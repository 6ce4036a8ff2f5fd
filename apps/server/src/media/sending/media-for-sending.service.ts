import { BadRequestException, Injectable } from '@nestjs/common';
import {
  GraphError,
  type MediaKind,
  type MediaSource,
  type OwnMedia,
  ownMedia,
  replaceMedia,
  type SendContent,
} from '@switchboard/meta';
import type { ChannelAccount } from '../../channels';
import { MediaRepository, type MediaRow } from '../media.repository';
import { MediaUrls } from '../media-urls';
import { MediaMissing } from '../storage/media-storage';
import { MediaUploader } from './media-uploader';
import { PlatformMediaRepository } from './platform-media.repository';

const day = 24 * 3_600_000;
/** WhatsApp keeps a copy for 30 days; a send may wait for one of them. Messenger states no end; the same does it no harm. */
const copyLifeMs = 29 * day;
/** Of one process, to Meta. */
const mostUploads = 8;

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Content as it can be put into Meta's form, or the upload that has to come first. */
export type ReadyContent = { content: SendContent } | { upload: Promise<void> };

/** A file cannot be sent, and no repeating helps. */
export class MediaNotSendable extends Error {
  readonly code = 'media_not_sendable';
}

/** Puts files of ours into what is sent: `media.mediaId` becomes the platform's id of a copy, or a URL that it can fetch. */
@Injectable()
export class MediaForSending {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(
    private readonly repository: MediaRepository,
    private readonly copies: PlatformMediaRepository,
    private readonly uploader: MediaUploader,
    private readonly urls: MediaUrls,
  ) {}

  /**
   * Content that is to be checked and sent, with what is known of its files (type, size), so that the platform's limits hold for them.
   * Takes any JSON. @throws BadRequestException where a file is not one of the workspace's
   */
  async describe(workspaceId: string, platform: ChannelAccount['platform'], content: unknown): Promise<unknown> {
    const named = ownMedia(content);
    if (named.length === 0) return content;
    const ids = named.map(({ mediaId }) => mediaId).filter((id) => uuidForm.test(id));
    const found = new Map((await this.repository.find(workspaceId, ids)).map((row) => [row.id, row]));
    if (platform === 'instagram' && !this.urls.arePublic) {
      throw invalid(
        'Instagram fetches files by URL, and this server does not know its own: the operator must set PUBLIC_URL.',
      );
    }
    return replaceMedia(content, ({ mediaId }, source) => {
      const row = found.get(mediaId.toLowerCase());
      if (!row || row.state === 'failed')
        throw invalid('there is no such file in this workspace; upload it with POST /v1/media.');
      if (row.state !== 'stored')
        throw invalid('the file is still being fetched from Meta; send it once it is stored.');
      const { mimeType, size, animated } = row;
      return {
        ...source,
        mediaId: row.id,
        mimeType: mimeType!,
        size: size!,
        ...(animated === null ? {} : { animated }),
      };
    });
  }

  /** In the transaction that stores a message that is to be sent: it shows its files. */
  async use(workspaceId: string, messageId: string, content: SendContent): Promise<void> {
    const ids = [...new Set(ownMedia(content).map(({ mediaId }) => mediaId))];
    if (ids.length > 0) await this.repository.use(workspaceId, messageId, ids);
  }

  /** The same for many messages at once. */
  async useInAll(workspaceId: string, messages: readonly { messageId: string; content: SendContent }[]): Promise<void> {
    const uses = messages.flatMap(({ messageId, content }) =>
      [...new Set(ownMedia(content).map(({ mediaId }) => mediaId))].map((mediaId, position) => ({
        ...{ messageId, mediaId, position },
      })),
    );
    if (uses.length > 0) await this.repository.useInAll(workspaceId, uses);
  }

  /**
   * Content without files of ours, ready to be sent; or the upload to Meta that it needs first: ask again when that has ended. An upload
   * that fails fails with GraphError, whose class says what may be done; nothing was sent by it, whatever the class.
   * @throws MediaNotSendable
   */
  async resolve(account: ChannelAccount, content: SendContent): Promise<ReadyContent> {
    const named = ownMedia(content);
    if (named.length === 0) return { content };
    const ids = named.map(({ mediaId }) => mediaId);
    const { workspaceId, id: channelId, platform } = account;
    const rows = new Map((await this.repository.find(workspaceId, ids)).map((row) => [row.id, row]));
    for (const { mediaId } of named) {
      if (rows.get(mediaId)?.state !== 'stored')
        throw new MediaNotSendable('The file has been deleted; upload it again.');
    }
    if (platform === 'instagram') return { content: replaceMedia(content, this.byUrl) };
    const known = new Map(
      (await this.copies.of(workspaceId, channelId, ids)).map((copy) => [
        `${copy.mediaId} ${copy.kind}`,
        copy.platformMediaId,
      ]),
    );
    const missing = named.filter((one) => !known.has(keyOf(one)));
    if (missing.length === 0) {
      return { content: replaceMedia(content, (one, source) => sent(source, { id: known.get(keyOf(one))! })) };
    }
    const uploads = missing.map((one) => this.upload(account, rows.get(one.mediaId)!, one.kind));
    const upload = Promise.all(uploads).then(() => undefined);
    upload.catch(() => undefined);
    return { upload };
  }

  /** Meta has refused a message for what is in it: its copies may have ended before their time. */
  async distrust(account: ChannelAccount, content: SendContent): Promise<void> {
    const ids = ownMedia(content).map(({ mediaId }) => mediaId);
    if (ids.length > 0) await this.copies.forget(account.workspaceId, account.id, ids);
  }

  private readonly byUrl = ({ mediaId }: OwnMedia, source: MediaSource): MediaSource => {
    if (!this.urls.arePublic)
      throw new MediaNotSendable('Instagram fetches files by URL: the operator must set PUBLIC_URL.');
    return sent(source, { link: this.urls.of(mediaId) });
  };

  /** One upload of a file for a channel at a time, whoever asks. */
  private upload(account: ChannelAccount, media: MediaRow, kind: MediaKind): Promise<void> {
    const key = `${account.id} ${media.id} ${kind}`;
    const other = this.underWay.get(key);
    if (other) return other;
    const upload = this.uploadNow(account, media, kind).finally(() => this.underWay.delete(key));
    this.underWay.set(key, upload);
    return upload;
  }

  private async uploadNow(account: ChannelAccount, media: MediaRow, kind: MediaKind): Promise<void> {
    if (!account.target) throw new GraphError('not_executed', { message: 'the channel has no token' });
    if (this.running >= mostUploads) await new Promise<void>((go) => this.waiting.push(go));
    this.running += 1;
    try {
      const platformMediaId = await this.uploader.upload(account, account.target, media, kind);
      const { workspaceId, id: channelId } = account;
      await this.copies.keep({ mediaId: media.id, channelId, kind, workspaceId, platformMediaId }, copyLifeMs);
    } catch (error) {
      if (error instanceof MediaMissing)
        throw new MediaNotSendable('The file is missing in the media store; upload it again.');
      throw error;
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }
}

/** What we know of a file is not for Meta. */
function sent({ mediaId: _, ...source }: MediaSource, place: { id: string } | { link: string }): MediaSource {
  return { ...source, ...place };
}

const keyOf = ({ mediaId, kind }: OwnMedia): string => `${mediaId} ${kind}`;

const invalid = (why: string) =>
  new BadRequestException({
    code: 'invalid',
    message: `content.media.mediaId: ${why}`,
    details: [{ field: 'content.media.mediaId', problems: [why] }],
  });
