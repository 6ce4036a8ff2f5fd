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

export interface LockedOwner extends ChannelOwner {
  locked: boolean;
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
   * that come at the same moment in two lanes must see each other. With `try`, those that another transaction holds come back unlocked.
   */
  async lockOwners(accounts: readonly AccountRef[], mode: 'wait' | 'try'): Promise<LockedOwner[]> {
    const named = accounts.filter(({ accountId }) => accountId !== null);
    const businesses = accounts.flatMap(({ accountId, businessAccountId }) =>
      accountId === null && businessAccountId !== null ? [businessAccountId] : [],
    );
    const columns = `c.id, c.workspace_id as "workspaceId", c.platform, c.external_id as "externalId",
      c.business_account_id as "businessAccountId", c.meta_app_id as "metaAppId"`;
    const lock = mode === 'try' ? 'pg_try_advisory_xact_lock' : 'pg_advisory_xact_lock';
    const { rows } = await this.database.query<ChannelOwner & { locked: unknown }>({
      name: `channels-lock-owners-${mode}`,
      // OFFSET 0 holds the planner to the indexes, whatever it believes of the table's size.
      text: `
        select o.*, ${lock}(hashtextextended(o.id::text, 0)) as locked from (
          select c.* from unnest($1::text[], $2::text[]) as n(platform, external_id)
            cross join lateral (
              select ${columns} from channels c where c.platform = n.platform and c.external_id = n.external_id offset 0) c
          union
          select c.* from unnest($3::text[]) as n(business_account_id)
            cross join lateral (select ${columns} from channels c where c.business_account_id = n.business_account_id offset 0) c
           order by id
        ) o`,
      values: [named.map(({ platform }) => platform), named.map(({ accountId }) => accountId), businesses],
    });
    // The lock that waits returns nothing.
    return rows.map((row) => ({ ...row, locked: row.locked !== false }));
  }

  /** Locks every channel of a workspace as `lockOwners` does, waiting, in ascending id. */
  async lockAll(workspaceId: string): Promise<void> {
    await this.database.query(
      `select pg_advisory_xact_lock(hashtextextended(o.id::text, 0)) from (
         select id from channels where workspace_id = $1 order by id offset 0) o`,
      [workspaceId],
    );
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
