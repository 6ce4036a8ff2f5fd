import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { TemplateOwner } from './templates.repository';

/** When the templates of channels are read: kept on the channels. */
@Injectable()
export class TemplateSyncRepository {
  constructor(private readonly database: Database) {}

  /** The templates of these channels are read soon. */
  async markDue(channelIds: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'templates-mark-due',
      text: `
        update channels set templates_due_at = now()
         where id = any($1::uuid[]) and platform = 'whatsapp' and business_account_id is not null and released_at is null`,
      values: [channelIds],
    });
  }

  /** Channels whose templates are to be read now; nobody else is given them for `leaseMs`. Served by channels_templates_due. */
  async takeDue(most: number, leaseMs: number): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'templates-take-due',
      text: `
        update channels c set templates_due_at = now() + $2::float8 * interval '1 ms'
         where c.id in (
           select d.id from channels d where d.templates_due_at <= now() and d.status in ('connected', 'reconnecting')
            order by d.templates_due_at limit $1 for update skip locked)
        returning c.id`,
      values: [most, leaseMs],
    });
    return rows.map(({ id }) => id);
  }

  /** Every channel of the business account knows them now. @returns whether it is the first time. */
  async synced({ workspaceId, businessAccountId }: TemplateOwner, since: Date, againMs: number): Promise<void> {
    await this.database.query({
      name: 'templates-synced',
      text: `
        update channels set templates_synced_at = $3::timestamptz, templates_due_at = now() + $4::float8 * interval '1 ms'
         where workspace_id = $1 and business_account_id = $2 and released_at is null`,
      values: [workspaceId, businessAccountId, since, againMs],
    });
  }

  async everSynced({ workspaceId, businessAccountId }: TemplateOwner): Promise<boolean> {
    const { rows } = await this.database.query<{ ever: boolean }>({
      name: 'templates-ever-synced',
      text: `
        select exists (select 1 from channels where workspace_id = $1 and business_account_id = $2
          and templates_synced_at is not null) as ever`,
      values: [workspaceId, businessAccountId],
    });
    return rows[0]!.ever;
  }

  /** A channel of the workspace whose token may change the business account's templates. */
  async channelOf({ workspaceId, businessAccountId }: TemplateOwner): Promise<string | undefined> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'templates-channel-of',
      text: `
        select c.id from channels c join channel_credentials k on k.channel_id = c.id
         where c.workspace_id = $1 and c.business_account_id = $2 order by c.status <> 'connected', c.id limit 1`,
      values: [workspaceId, businessAccountId],
    });
    return rows[0]?.id;
  }
}
