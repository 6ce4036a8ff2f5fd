import type { Readable } from 'node:stream';
import { HttpException, Inject, Injectable, Logger } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { newId } from '@switchboard/database';
import { MediaRepository, type MediaRow } from '../media.repository';
import { MediaRefused, measured } from '../storage/measured';
import { MEDIA_STORAGE, type MediaStorage, storageKey } from '../storage/media-storage';
import { agreedType, essence, isAnimated, sniff } from './mime';

export interface UploadedFile {
  stream: Readable;
  /** As the client says. */
  mimeType: string | undefined;
  filename: string | undefined;
}

const longestName = 240;

/** Takes in files that are to be sent. */
@Injectable()
export class MediaUploads {
  private readonly logger = new Logger(MediaUploads.name);

  constructor(
    private readonly repository: MediaRepository,
    @Inject(MEDIA_STORAGE) private readonly storage: MediaStorage,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'mediaMaxBytes'>,
  ) {}

  /** @throws HttpException `too_large`, `invalid`, `wrong_type`; nothing is kept then */
  async keep(workspaceId: string, userId: string, { stream, ...told }: UploadedFile): Promise<MediaRow> {
    const media = { id: newId(), workspaceId };
    let broken: Error | undefined;
    stream.once('error', (error) => {
      broken = error;
    });
    await this.repository.begin({ ...media, filename: fileName(told.filename), uploadedBy: userId });
    try {
      const limit = { limit: this.config.mediaMaxBytes };
      const { head, ...facts } = await measured(stream, limit, (body) => this.storage.write(storageKey(media), body));
      const sniffed = await sniff(head);
      const mimeType = agreedType(told.mimeType, sniffed, head);
      if (mimeType === undefined) throw wrongType(told.mimeType, sniffed);
      const animated = isAnimated(mimeType, head) ?? null;
      return await this.repository.finish(workspaceId, media.id, { ...facts, mimeType, animated });
    } catch (error) {
      await this.undo(media);
      if (error instanceof MediaRefused) throw refused(error);
      throw broken !== undefined && error === broken ? cutOff(broken) : error;
    }
  }

  private async undo(media: { id: string; workspaceId: string }): Promise<void> {
    try {
      await this.storage.delete([storageKey(media)]);
      await this.repository.drop(media.workspaceId, media.id);
    } catch (error) {
      this.logger.warn(`What is left of a failed upload is deleted in a day: ${(error as Error).message}`);
    }
  }
}

/** The last part of what is given, which is never a path here: it is told to others and names no file. */
export function fileName(given: string | undefined): string | null {
  const name = (given ?? '')
    .split(/[/\\]/)
    .at(-1)!
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim();
  return name === '' || /^\.+$/.test(name) ? null : name.slice(0, longestName).toWellFormed();
}

function refused({ code, message }: MediaRefused): HttpException {
  const tooLarge = code === 'too_large';
  const details = [{ field: 'file', problems: [message] }];
  return new HttpException(
    { code: tooLarge ? 'too_large' : 'invalid', message: `file: ${message}`, details },
    tooLarge ? 413 : 400,
  );
}

function cutOff({ message }: Error): HttpException {
  const problem = `The form ended before the file did: ${message}.`;
  return new HttpException(
    { code: 'invalid', message: `file: ${problem}`, details: [{ field: 'file', problems: [problem] }] },
    400,
  );
}

function wrongType(declared: string | undefined, sniffed: string | undefined): HttpException {
  const message = `file: it is said to be ${essence(declared ?? '') || 'nothing'}, and begins like ${sniffed ?? 'no such file'}; send it with its own Content-Type, or as application/octet-stream.`;
  return new HttpException({ code: 'wrong_type', message, details: [{ field: 'file', problems: [message] }] }, 400);
}
