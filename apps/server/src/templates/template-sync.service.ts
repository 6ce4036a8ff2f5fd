import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { type ListedTemplate, readListedTemplate, readPage, templateFields } from '@switchboard/meta';
import { Sweeper } from '@switchboard/queue';
import { ChannelAccess, type ChannelAccount, ChannelGraph } from '../channels';
import { changeEvent } from './template-events';
import { TemplateSyncRepository } from './template-sync.repository';
import { type TemplateOwner, TemplatesRepository } from './templates.repository';

/** Read whole this often; what happens between is told by webhooks. */
const everyMs = 6 * 3_600_000;
/** Until a read that failed is tried again. */
const leaseMs = 15 * 60_000;
const most = 5;
const pageSize = 100;
/** Meta's limit is 6,000 templates; no answer leads round in a circle. */
const mostPages = 100;
const timeoutMs = 30_000;

/** Reads a business account's templates through the Graph API: when a number is connected, on demand, and every 6 hours. */
@Injectable()
export class TemplateSync implements OnModuleInit {
  private readonly logger = new Logger(TemplateSync.name);

  constructor(
    private readonly database: Database,
    private readonly repository: TemplatesRepository,
    private readonly schedule: TemplateSyncRepository,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.access.onConnected((channelId) => this.schedule.markDue([channelId]));
    this.sweeper.register({ name: 'templates', everyMs: 1000, run: () => this.sweep() });
  }

  /**
   * @returns how many templates Meta has
   * @throws GraphError, ChannelWithoutToken
   */
  async run(account: ChannelAccount & { businessAccountId: string }): Promise<number> {
    const { workspaceId, businessAccountId } = account;
    const owner: TemplateOwner = { workspaceId, businessAccountId };
    // What was there before is no news.
    const tell = await this.schedule.everSynced(owner);
    const since = await this.repository.now();
    let found = 0;
    for (let page = 0, after: string | undefined; page < mostPages; page += 1) {
      const { body } = await this.graph.call(account, {
        method: 'GET',
        path: `${encodeURIComponent(businessAccountId)}/message_templates`,
        query: { fields: templateFields, limit: pageSize, after },
        timeoutMs,
      });
      const { items, after: next } = readPage(body);
      found += await this.save(owner, items, tell);
      after = next;
      if (after === undefined) break;
      if (page === mostPages - 1) throw new Error(`Meta lists more than ${mostPages * pageSize} templates`);
    }
    await this.database.transaction(async () => {
      const removed = await this.repository.removeUnseen(owner, since);
      await this.schedule.synced(owner, since, everyMs);
      await this.recorder.record(removed.map(changeEvent));
    });
    return found;
  }

  private async save(owner: TemplateOwner, items: readonly unknown[], tell: boolean): Promise<number> {
    const listed = new Map<string, ListedTemplate>();
    for (const template of items.map(readListedTemplate)) {
      if (template) listed.set(`${template.name} ${template.language}`, template);
    }
    if (listed.size === 0) return 0;
    await this.database.transaction(async () => {
      const changes = await this.repository.save(owner, [...listed.values()]);
      if (tell) await this.recorder.record(changes.map(changeEvent));
    });
    return listed.size;
  }

  private async sweep(): Promise<number> {
    const done = new Set<string>();
    for (const channelId of await this.schedule.takeDue(most, leaseMs)) {
      const account = await this.access.currentAccount(channelId);
      const { businessAccountId = null, workspaceId = '' } = account ?? {};
      const key = `${workspaceId} ${businessAccountId}`;
      if (!account?.target || businessAccountId === null || done.has(key)) continue;
      done.add(key);
      await this.run({ ...account, businessAccountId }).catch((error: Error) =>
        this.logger.warn(
          `The templates of business account ${businessAccountId} could not be read (${error.message}); tried again later.`,
        ),
      );
    }
    return 0;
  }
}
