import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';
import type { AccountDetails } from '@switchboard/meta';
import { and, desc, eq, getTableColumns, inArray, isNull, lt } from 'drizzle-orm';

export type ChannelRow = typeof schema.channels.$inferSelect;

/** A channel with what may be told of how the Graph API is called for it: never the token. */
export interface ChannelFacts extends ChannelRow {
  /** Meta's id of its app. */
  appId: string;
  login: 'facebook' | 'instagram' | null;
  tokenExpiresAt: Date | null;
  graphVersion: string | null;
}

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
              select ${columns} from channels c where c.platform = n.platform and c.external_id = n.external_id
                and c.released_at is null offset 0) c
          union
          select c.* from unnest($3::text[]) as n(business_account_id)
            cross join lateral (select ${columns} from channels c where c.business_account_id = n.business_account_id
                and c.released_at is null offset 0) c
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

  /** Served by channels_workspace. */
  /** `only`: the only channels there are for who asks. */
  async list(
    workspaceId: string,
    before: string | undefined,
    limit: number,
    only?: readonly string[],
  ): Promise<ChannelFacts[]> {
    const { channels } = schema;
    return this.facts()
      .where(
        and(
          eq(channels.workspaceId, workspaceId),
          before ? lt(channels.id, before) : undefined,
          only && inArray(channels.id, [...only]),
        ),
      )
      .orderBy(desc(channels.id))
      .limit(limit);
  }

  async find(workspaceId: string, id: string): Promise<ChannelFacts | undefined> {
    const { channels } = schema;
    const [row] = await this.facts().where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, id)));
    return row;
  }

  /** In whatever workspace; for the operator. */
  async findAnywhere(id: string): Promise<ChannelFacts | undefined> {
    const [row] = await this.facts().where(eq(schema.channels.id, id));
    return row;
  }

  /** Of whatever workspace: an account belongs to one. Served by channels_platform_external. */
  async byAccount(platform: ChannelRow['platform'], externalId: string): Promise<ChannelRow | undefined> {
    const { channels } = schema;
    const [row] = await this.database.orm
      .select()
      .from(channels)
      .where(and(eq(channels.platform, platform), eq(channels.externalId, externalId), isNull(channels.releasedAt)));
    return row;
  }

  async change(
    workspaceId: string,
    id: string,
    changed: Partial<Pick<ChannelRow, 'name' | 'businessAccountId' | 'metaAppId'>>,
  ): Promise<void> {
    const { channels } = schema;
    await this.database.orm
      .update(channels)
      .set(changed)
      .where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, id)));
  }

  /**
   * Keeps what the Graph API says of the account beside what is known already, to be read again after `againMs`.
   * @returns what was known before
   */
  async learn(id: string, details: AccountDetails, againMs: number): Promise<AccountDetails | undefined> {
    const { rows } = await this.database.query<{ before: AccountDetails }>({
      name: 'channels-learn',
      text: `
        update channels c set details = (b.details::jsonb || $2::jsonb)::json, details_due_at = now() + $3::float8 * interval '1 ms'
          from (select id, details from channels where id = $1 for update) b where c.id = b.id
        returning b.details as before`,
      values: [id, JSON.stringify(details), againMs],
    });
    return rows[0]?.before;
  }

  /** Nothing more is read or renewed for a channel without a token. */
  async rest(id: string): Promise<void> {
    const { channels } = schema;
    await this.database.orm
      .update(channels)
      .set({ detailsDueAt: null, templatesDueAt: null })
      .where(eq(channels.id, id));
  }

  /** Channels whose details are to be read now; nobody else is given them for `leaseMs`. Served by channels_details_due. */
  async takeDetailsDue(most: number, leaseMs: number): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'channels-take-details-due',
      text: `
        update channels c set details_due_at = now() + $2::float8 * interval '1 ms'
         where c.id in (
           select d.id from channels d where d.details_due_at <= now() and d.status in ('connected', 'reconnecting')
            order by d.details_due_at limit $1 for update skip locked)
        returning c.id`,
      values: [most, leaseMs],
    });
    return rows.map(({ id }) => id);
  }

  /** Of these channels and of all others of the workspace in the same business account the details are read at the next round. */
  async readAccountsNow(ids: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'channels-read-accounts-now',
      text: `
        update channels c set details_due_at = now() from channels n
         where n.id = any($1::uuid[]) and c.workspace_id = n.workspace_id
           and (c.id = n.id or c.business_account_id = n.business_account_id) and c.details_due_at is not null`,
      values: [ids],
    });
  }

  /** The details are read again soon; for whoever has seen a limit that the channel does not know of. */
  async readSoon(id: string, inMs: number): Promise<void> {
    await this.database.query({
      name: 'channels-read-soon',
      text: `
        update channels set details_due_at = now() + $2::float8 * interval '1 ms'
         where id = $1 and details_due_at > now() + $2::float8 * interval '1 ms'`,
      values: [id, inMs],
    });
  }

  /**
   * Channels whose connection was begun and not ended, or is to be tried again: 5 s after the first attempt, twice as long each time, at
   * most an hour. Nobody else is given them for as long. Served by channels_connecting.
   */
  async takeConnecting(most: number): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'channels-take-connecting',
      text: `
        update channels c set status_at = now()
         where c.id in (
           select d.id from channels d where d.status in ('connecting', 'reconnecting')
              and d.status_at <= now() - least(3600, 5 * power(2, least(d.status_attempt, 12) - 1)) * interval '1 s'
            order by d.status_at limit $1 for update skip locked)
        returning c.id`,
      values: [most],
    });
    return rows.map(({ id }) => id);
  }

  /** Whether another channel still needs the subscription of this one's business account or page. */
  async sharesSubscription(channel: { id: string; metaAppId: string; accounts: string[] }): Promise<boolean> {
    const { rows } = await this.database.query<{ shares: boolean }>({
      name: 'channels-shares-subscription',
      text: `
        select exists (
          select 1 from channels c join channel_credentials k on k.channel_id = c.id
           where c.meta_app_id = $2 and c.id <> $1
             and (c.business_account_id = any($3::text[]) or c.external_id = any($3::text[]) or c.details ->> 'pageId' = any($3::text[]))
        ) as shares`,
      values: [channel.id, channel.metaAppId, channel.accounts],
    });
    return rows[0]!.shares;
  }

  async namesMetaApp(metaAppId: string): Promise<boolean> {
    const { channels } = schema;
    const rows = await this.database.orm
      .select({ id: channels.id })
      .from(channels)
      .where(eq(channels.metaAppId, metaAppId))
      .limit(1);
    return rows.length > 0;
  }

  private facts() {
    const { channels, channelCredentials: credentials, metaApps } = schema;
    const { login, tokenExpiresAt, graphVersion } = credentials;
    return this.database.orm
      .select({ ...getTableColumns(channels), appId: metaApps.appId, login, tokenExpiresAt, graphVersion })
      .from(channels)
      .innerJoin(metaApps, eq(metaApps.id, channels.metaAppId))
      .leftJoin(credentials, eq(credentials.channelId, channels.id))
      .$dynamic();
  }

  async workspaceExists(id: string): Promise<boolean> {
    const rows = await this.database.orm
      .select({ id: schema.workspaces.id })
      .from(schema.workspaces)
      .where(eq(schema.workspaces.id, id));
    return rows.length > 0;
  }
}
