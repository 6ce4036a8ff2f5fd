import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';
import { and, desc, eq, lt } from 'drizzle-orm';

export type ChannelRow = typeof schema.channels.$inferSelect;

/** What decides whose an item is. */
export interface ChannelOwner {
  id: string;
  workspaceId: string;
  platform: 'whatsapp' | 'messenger' | 'instagram';
  externalId: string;
  businessAccountId: string | null;
  metaAppId: string;
}

export interface AccountRef {
  platform: string | null;
  accountId: string | null;
  businessAccountId: string | null;
}

@Injectable()
export class ChannelsRepository {
  constructor(private readonly database: Database) {}

  /**
   * The channels of these accounts, each locked until the transaction ends (in ascending id): a message and a status of it
   * that come at the same moment in two lanes must see each other.
   */
  async lockOwners(accounts: readonly AccountRef[]): Promise<ChannelOwner[]> {
    const { rows } = await this.database.query<ChannelOwner>({
      name: 'channels-lock-owners',
      text: `
        select o.*, pg_advisory_xact_lock(hashtextextended(o.id::text, 0)) as locked from (
          select c.id, c.workspace_id as "workspaceId", c.platform, c.external_id as "externalId",
                 c.business_account_id as "businessAccountId", c.meta_app_id as "metaAppId"
            from channels c
           where (c.platform, c.external_id) in (select * from unnest($1::text[], $2::text[]))
              or c.business_account_id = any($3::text[])
           order by c.id
        ) o`,
      values: [
        accounts.map(({ platform }) => platform),
        accounts.map(({ accountId }) => accountId),
        accounts.filter(({ accountId }) => accountId === null).map(({ businessAccountId }) => businessAccountId),
      ],
    });
    return rows;
  }

  async insert(channel: typeof schema.channels.$inferInsert): Promise<ChannelRow | undefined> {
    const [row] = await this.database.orm.insert(schema.channels).values(channel).onConflictDoNothing().returning();
    return row;
  }

  async list(workspaceId: string, before: string | undefined, limit: number): Promise<ChannelRow[]> {
    const { channels } = schema;
    return this.database.orm
      .select()
      .from(channels)
      .where(and(eq(channels.workspaceId, workspaceId), before ? lt(channels.id, before) : undefined))
      .orderBy(desc(channels.id))
      .limit(limit);
  }

  async find(workspaceId: string, id: string): Promise<ChannelRow | undefined> {
    const { channels } = schema;
    const [row] = await this.database.orm
      .select()
      .from(channels)
      .where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, id)));
    return row;
  }

  async workspaceExists(id: string): Promise<boolean> {
    const rows = await this.database.orm
      .select({ id: schema.workspaces.id })
      .from(schema.workspaces)
      .where(eq(schema.workspaces.id, id));
    return rows.length > 0;
  }
}
