import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Sweeper } from '@switchboard/queue';
import { MediaRepository } from './media.repository';
import { MEDIA_STORAGE, type MediaStorage, storageKey } from './storage/media-storage';

/** An upload that no message shows is kept so long. */
const unusedMs = 7 * 24 * 3_600_000;
/** No file takes longer to be written: what is older was cut off. */
const unfinishedMs = 24 * 3_600_000;
const atOnce = 500;

/** Deletes files that have no message any more, and what crashes have left of them. */
@Injectable()
export class MediaRetention implements OnModuleInit {
  private readonly logger = new Logger(MediaRetention.name);

  constructor(
    private readonly repository: MediaRepository,
    private readonly sweeper: Sweeper,
    @Inject(MEDIA_STORAGE) private readonly storage: MediaStorage,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'media-leaving', everyMs: 2000, run: () => this.deleteLeaving() });
    this.sweeper.register({ name: 'media-unused', everyMs: 600_000, run: () => this.prune() });
  }

  /** The bytes first: a row without them can be swept again, bytes without a row would stay for ever. */
  private async deleteLeaving(): Promise<number> {
    const leaving = await this.repository.leaving(atOnce);
    if (leaving.length === 0) return 0;
    await this.storage.delete(leaving.map(storageKey));
    await this.repository.forget(leaving.map(({ id }) => id));
    return 0;
  }

  private async prune(): Promise<number> {
    const unused = await this.repository.leaveUnused(unusedMs);
    if (unused > 0) this.logger.log(`${unused} uploads that no message shows are deleted after 7 days.`);
    return unused + (await this.storage.tidy(unfinishedMs));
  }
}
