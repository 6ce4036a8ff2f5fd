import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { rooms } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { GraphClient, GraphError } from '@switchboard/meta';
import { Nudges, Sweeper } from '@switchboard/queue';
import { ChannelAccess, type ChannelAccount } from '../../channels';
import type { StoredFacts } from '../media.repository';
import { mediaFacts } from '../media-views';
import { MediaRefused, measured } from '../storage/measured';
import { MEDIA_STORAGE, type MediaStorage, storageKey } from '../storage/media-storage';
import { agreedType, anyType, isAnimated, sniff } from '../uploads/mime';
import { readSha256 } from './fetchable';
import { type ClaimedMedia, InboundMediaRepository } from './inbound-media.repository';
import { type Download, DownloadFailed, MediaDownload } from './media-download';

/** Files of one channel that are fetched at once. */
const atOnce = 4;
/** After a crash another process takes over within this. Extended while a file is fetched. */
const leaseMs = 60_000;
const extendEveryMs = 20_000;
/** A file that takes longer is tried again: 100 MB in it are 350 kB a second. */
const longestMs = 5 * 60_000;
/** WhatsApp's URLs are good for five minutes from the webhook on. */
const freshMs = 4 * 60_000;
/** Meta keeps a file for seven days. */
const keptByMetaMs = 7 * 24 * 3_600_000;
const longestPauseMs = 3_600_000;
/** A file that differs from what Meta told of it may have been cut off on the way. */
const mostMismatches = 3;

/** What became of a try. */
type Outcome =
  | { kind: 'stored'; facts: StoredFacts }
  | { kind: 'failed'; reason: string }
  | { kind: 'later'; delayMs: number; reason: string };

/** Fetches the files that customers have sent, streamed from Meta into the store. */
@Injectable()
export class MediaFetch implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(MediaFetch.name);
  private readonly stopping = new AbortController();

  constructor(
    private readonly repository: InboundMediaRepository,
    private readonly database: Database,
    private readonly recorder: EventRecorder,
    private readonly access: ChannelAccess,
    private readonly graph: GraphClient,
    private readonly download: MediaDownload,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
    @Inject(MEDIA_STORAGE) private readonly storage: MediaStorage,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'mediaMaxBytes'>,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'media-fetches', everyMs: 1000, run: () => this.nudgeDue() });
    this.access.onConnected(async (channelId) => {
      if ((await this.repository.dueNow(channelId)) > 0) this.nudges.mediaFetches(channelId);
    });
  }

  /** What is being fetched is given back, and fetched by whoever is next. */
  onModuleDestroy(): void {
    this.stopping.abort(new Error('this process stops'));
  }

  /** Until nothing of the channel is due, or `until` says stop (milliseconds of performance.now()). */
  async run(channelId: string, until: number): Promise<void> {
    const underWay = new Set<Promise<void>>();
    while (performance.now() < until && !this.stopping.signal.aborted) {
      if (!(await this.canFetch(channelId))) break;
      const claimed = await this.repository.claim(channelId, atOnce - underWay.size, leaseMs);
      for (const one of claimed) {
        const work: Promise<void> = this.fetch(channelId, one).finally(() => underWay.delete(work));
        underWay.add(work);
      }
      if (underWay.size === 0) return;
      await Promise.race(underWay);
    }
    await Promise.all(underWay);
  }

  /** Without a token nothing is asked of Meta for a channel; what waits is due once it is connected. */
  private async canFetch(channelId: string): Promise<boolean> {
    const account = await this.access.account(channelId);
    if (account?.target) return true;
    const reason = account
      ? `The channel ${account.name} has no token; connect it.`
      : 'The channel does not exist any more.';
    await this.repository.wait(channelId, longestPauseMs, reason);
    return false;
  }

  private async nudgeDue(): Promise<number> {
    for (const channelId of await this.repository.channelsDue()) this.nudges.mediaFetches(channelId);
    return 0;
  }

  private async fetch(channelId: string, media: ClaimedMedia): Promise<void> {
    const ended = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, ended.signal, AbortSignal.timeout(longestMs)]);
    const lease = this.keepLease(media, ended);
    try {
      const outcome = await this.tried(channelId, media, signal);
      await this.settle(channelId, media, outcome);
    } catch (error) {
      // The database or the process: the lease brings it back.
      this.logger.warn(`Media ${media.id} is fetched again later: ${(error as Error).message}`);
    } finally {
      lease.abort();
    }
  }

  private keepLease(media: ClaimedMedia, ended: AbortController): AbortController {
    const done = new AbortController();
    void (async () => {
      for (;;) {
        await pause(extendEveryMs, undefined, { signal: done.signal, ref: false });
        if (!(await this.repository.extend(media, leaseMs))) ended.abort(new Error('it is not wanted any more'));
      }
    })().catch(() => undefined);
    return done;
  }

  private async tried(channelId: string, media: ClaimedMedia, signal: AbortSignal): Promise<Outcome> {
    try {
      const account = await this.access.account(channelId);
      if (!account?.target)
        return { kind: 'later', delayMs: longestPauseMs, reason: 'The channel has no token any more.' };
      const { download, sha256 } = await this.open(account, media, signal);
      return { kind: 'stored', facts: await this.take(media, download, sha256) };
    } catch (error) {
      if (this.stopping.signal.aborted)
        return { kind: 'later', delayMs: 0, reason: 'The process that fetched it stopped.' };
      return this.outcomeOf(error, channelId, media);
    }
  }

  /** WhatsApp's own URL while it is fresh, else the one that the Graph API gives for the id. */
  private async open(
    account: ChannelAccount,
    { remote: { id, url }, sha256, attempts, ageMs }: ClaimedMedia,
    signal: AbortSignal,
  ): Promise<{ download: Download; sha256: Buffer | null }> {
    if (url !== undefined && (id === undefined || (attempts === 1 && ageMs < freshMs))) {
      try {
        return { download: await this.download.open(url, account, false, signal), sha256 };
      } catch (error) {
        if (id === undefined || !(error instanceof DownloadFailed)) throw error;
      }
    }
    const { body } = await this.graph.call<{ url?: unknown; sha256?: unknown }>(account.target!, {
      method: 'GET',
      path: encodeURIComponent(id!),
      ...(account.platform === 'whatsapp' ? { query: { phone_number_id: account.externalId } } : {}),
      timeoutMs: 15_000,
    });
    if (typeof body.url !== 'string') throw new DownloadFailed('later', 'The Graph API gave no URL for the file.');
    const download = await this.download.open(body.url, account, true, signal);
    return { download, sha256: sha256 ?? readSha256(body.sha256) };
  }

  private async take(media: ClaimedMedia, { body, mimeType }: Download, sha256: Buffer | null): Promise<StoredFacts> {
    const expected = { limit: this.config.mediaMaxBytes, sha256: sha256 ?? undefined };
    const key = storageKey(media);
    const { head, ...facts } = await measured(body, expected, (source) => this.storage.write(key, source));
    const sniffed = await sniff(head);
    // What a stranger's file claims to be counts only where its bytes agree.
    const type = agreedType(media.mimeType ?? mimeType, sniffed, head) ?? sniffed ?? anyType;
    return { ...facts, mimeType: type, animated: isAnimated(type, head) ?? null };
  }

  private async outcomeOf(error: unknown, channelId: string, media: ClaimedMedia): Promise<Outcome> {
    const { message } = error as Error;
    const tooOld = media.ageMs > keptByMetaMs;
    if (error instanceof MediaRefused && (error.code !== 'wrong_sha256' || media.attempts >= mostMismatches)) {
      return { kind: 'failed', reason: message };
    }
    if (error instanceof DownloadFailed && error.kind !== 'later') return { kind: 'failed', reason: message };
    if (error instanceof GraphError) {
      const { errorClass, retryAfterMs } = error;
      if (errorClass === 'invalid' || errorClass === 'undeliverable') return { kind: 'failed', reason: message };
      const account = errorClass === 'auth' ? await this.access.account(channelId) : undefined;
      if (account) await this.access.stop(account, 'token', message);
      if (retryAfterMs !== undefined && !tooOld) return { kind: 'later', delayMs: retryAfterMs, reason: message };
    }
    if (tooOld) return { kind: 'failed', reason: `${message} Meta keeps a file for seven days, and they are over.` };
    const delayMs = Math.min(longestPauseMs, 1000 * 2 ** Math.min(media.attempts, 12)) * (0.75 + Math.random() / 2);
    return { kind: 'later', delayMs, reason: message };
  }

  private async settle(channelId: string, media: ClaimedMedia, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'later') return this.repository.later(media, outcome.delayMs, outcome.reason);
    if (outcome.kind === 'failed') {
      this.logger.warn(`A file that came by channel ${channelId} cannot be fetched: ${outcome.reason}`);
    }
    const kept = await this.database.transaction(async () => {
      const mine =
        outcome.kind === 'stored'
          ? await this.repository.store(media, outcome.facts)
          : await this.repository.fail(media, outcome.reason);
      if (mine) await this.recorder.record(await this.eventsOf(media, outcome));
      return mine;
    });
    // Erased meanwhile, and its row may be gone by now.
    if (!kept && outcome.kind === 'stored' && !(await this.repository.isHeldByAnother(media))) {
      await this.storage.delete([storageKey(media)]);
    }
  }

  private async eventsOf(
    { id, workspaceId }: ClaimedMedia,
    outcome: Extract<Outcome, { kind: 'stored' | 'failed' }>,
  ): Promise<NewEvent[]> {
    const showing = await this.repository.showing(workspaceId, id);
    return showing.map(({ position, ...message }) => {
      const { channelId, conversationId, contactId } = message;
      const at = { ...message, attachment: position };
      const audience = [
        rooms.workspace(workspaceId),
        rooms.channel(channelId),
        rooms.conversation(conversationId),
        rooms.contact(contactId),
      ];
      if (outcome.kind === 'failed') {
        const data = { ...at, mediaId: id, reason: outcome.reason };
        return { type: 'message.media_failed', workspaceId, audience, data };
      }
      return {
        type: 'message.media_stored',
        workspaceId,
        audience,
        data: { ...at, media: mediaFacts(id, outcome.facts) },
      };
    });
  }
}
