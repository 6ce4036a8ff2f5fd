import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';
import type { AccountDetails, Login } from '@switchboard/meta';
import { and, eq } from 'drizzle-orm';

export interface StoredCredentials {
  channelId: string;
  workspaceId: string;
  token: string;
  tokenExpiresAt: Date | null;
  login: Login;
  graphHost: string | null;
  graphVersion: string | null;
}

export type ChannelStatus = 'connecting' | 'connected' | 'disconnected' | 'reconnecting' | 'failed';

/** A channel with what is needed to call the Graph API for it; the token is sealed. */
export interface AccountRow {
  id: string;
  workspaceId: string;
  platform: 'whatsapp' | 'messenger' | 'instagram';
  externalId: string;
  businessAccountId: string | null;
  metaAppId: string;
  name: string;
  status: ChannelStatus;
  statusReason: string | null;
  /** Given up: kept to be read, and never connected again. */
  released: boolean;
  details: AccountDetails;
  token: string | null;
  /** When this token was given: another one has another time. */
  credentialsAt: Date | null;
  tokenExpiresAt: Date | null;
  login: Login | null;
  graphHost: string | null;
  graphVersion: string | null;
  /** Meta's id of its app. */
  appId: string;
  /** Sealed list of the secrets of its Meta app. */
  appSecrets: string;
}

export interface StatusChanged {
  workspaceId: string;
  platform: AccountRow['platform'];
  name: string;
  attempt: number;
}

export interface StatusChange {
  status: ChannelStatus;
  reason: string | null;
  /** Only while the channel still has the token given then: what an older one came to says nothing of it. */
  credentialsAt?: Date | null | undefined;
}

@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  async save(credentials: StoredCredentials): Promise<void> {
    const { channelId: _, ...changed } = credentials;
    // By our clock and to the millisecond, as it is read back.
    const updatedAt = new Date();
    await this.database.orm
      .insert(schema.channelCredentials)
      .values({ ...credentials, tokenRenewAt: null, updatedAt })
      .onConflictDoUpdate({
        target: schema.channelCredentials.channelId,
        set: { ...changed, tokenRenewAt: null, updatedAt },
      });
  }

  /** Replaces a token by the one it was renewed to, unless another was given meanwhile. */
  async renew(
    channelId: string,
    credentialsAt: Date,
    fresh: { token?: string; tokenExpiresAt: Date | null; tokenRenewAt: Date | null },
  ): Promise<boolean> {
    const { channelCredentials: credentials } = schema;
    const { token, ...times } = fresh;
    const renewed = await this.database.orm
      .update(credentials)
      .set({ ...times, ...(token === undefined ? {} : { token, updatedAt: new Date() }) })
      .where(and(eq(credentials.channelId, channelId), eq(credentials.updatedAt, credentialsAt)))
      .returning({ channelId: credentials.channelId });
    return renewed.length > 0;
  }

  async delete(channelId: string): Promise<void> {
    await this.database.orm.delete(schema.channelCredentials).where(eq(schema.channelCredentials.channelId, channelId));
  }

  /** Channels whose token is to be renewed now; nobody else is given them for `leaseMs`. Served by channel_credentials_renew. */
  async takeRenewals(most: number, leaseMs: number): Promise<string[]> {
    const { rows } = await this.database.query<{ channelId: string }>({
      name: 'channels-take-renewals',
      text: `
        update channel_credentials k set token_renew_at = now() + $2::float8 * interval '1 ms'
         where k.channel_id in (
           select d.channel_id from channel_credentials d where d.token_renew_at <= now()
            order by d.token_renew_at limit $1 for update skip locked)
        returning k.channel_id as "channelId"`,
      values: [most, leaseMs],
    });
    return rows.map(({ channelId }) => channelId);
  }

  /** Served by the primary keys. */
  async account(channelId: string): Promise<AccountRow | undefined> {
    const { rows } = await this.database.query<AccountRow>({
      name: 'channels-account',
      text: `
        select c.id, c.workspace_id as "workspaceId", c.platform, c.external_id as "externalId",
               c.business_account_id as "businessAccountId", c.meta_app_id as "metaAppId", c.name, c.status,
               c.status_reason as "statusReason", c.released_at is not null as released, c.details, k.token, k.updated_at as "credentialsAt",
               k.token_expires_at as "tokenExpiresAt", k.login,
               k.graph_host as "graphHost", k.graph_version as "graphVersion", a.app_id as "appId", a.secrets as "appSecrets"
          from channels c join meta_apps a on a.id = c.meta_app_id
          left join channel_credentials k on k.channel_id = c.id
         where c.id = $1`,
      values: [channelId],
    });
    return rows[0];
  }

  /**
   * Sets a channel's state. `undefined` where it is that already (a failure keeps its first reason: each of Meta's has a trace id of its
   * own), or the token is another one.
   */
  async setStatus(
    channelId: string,
    { status, reason, credentialsAt }: StatusChange,
  ): Promise<StatusChanged | undefined> {
    const { rows } = await this.database.query<StatusChanged>({
      name: 'channels-set-status',
      text: `
        update channels c set status = $2, status_reason = $3, status_at = now(),
               status_attempt = case when $2 in ('connecting', 'reconnecting') then status_attempt + 1 when $2 = 'connected' then 0 else status_attempt end
         where c.id = $1 and ((status, coalesce(status_reason, '')) is distinct from ($2, coalesce($3, '')) or $2 = 'reconnecting')
           and not (status = 'failed' and $2 = 'failed')
           and ($4::timestamptz is null
             or exists (select 1 from channel_credentials k where k.channel_id = c.id and k.updated_at = $4::timestamptz))
        returning workspace_id as "workspaceId", platform, name, status_attempt as attempt`,
      values: [channelId, status, reason, credentialsAt ?? null],
    });
    return rows[0];
  }
}
