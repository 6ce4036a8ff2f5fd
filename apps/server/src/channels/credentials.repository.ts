import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';

export interface StoredCredentials {
  channelId: string;
  workspaceId: string;
  token: string;
  tokenExpiresAt: Date | null;
  login: 'facebook' | 'instagram';
  graphHost: string | null;
  graphVersion: string | null;
}

/** A channel with what is needed to call the Graph API for it; the token is sealed. */
export interface AccountRow {
  id: string;
  workspaceId: string;
  platform: 'whatsapp' | 'messenger' | 'instagram';
  externalId: string;
  businessAccountId: string | null;
  name: string;
  status: 'connecting' | 'connected' | 'disconnected' | 'reconnecting' | 'failed';
  statusReason: string | null;
  token: string | null;
  login: 'facebook' | 'instagram' | null;
  graphHost: string | null;
  graphVersion: string | null;
  /** Sealed list of the secrets of its Meta app. */
  appSecrets: string;
}

@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  async save(credentials: StoredCredentials): Promise<void> {
    const { channelId: _, ...changed } = credentials;
    await this.database.orm
      .insert(schema.channelCredentials)
      .values(credentials)
      .onConflictDoUpdate({
        target: schema.channelCredentials.channelId,
        set: { ...changed, updatedAt: new Date() },
      });
  }

  /** Served by the primary keys. */
  async account(channelId: string): Promise<AccountRow | undefined> {
    const { rows } = await this.database.query<AccountRow>({
      name: 'channels-account',
      text: `
        select c.id, c.workspace_id as "workspaceId", c.platform, c.external_id as "externalId",
               c.business_account_id as "businessAccountId", c.name, c.status, c.status_reason as "statusReason",
               k.token, k.login, k.graph_host as "graphHost", k.graph_version as "graphVersion", a.secrets as "appSecrets"
          from channels c join meta_apps a on a.id = c.meta_app_id
          left join channel_credentials k on k.channel_id = c.id
         where c.id = $1`,
      values: [channelId],
    });
    return rows[0];
  }

  /** Sets a channel's state. False where it is that already. */
  async setStatus(
    channelId: string,
    status: AccountRow['status'],
    reason: string | null,
  ): Promise<{ workspaceId: string; platform: AccountRow['platform']; attempt: number } | undefined> {
    const { rows } = await this.database.query<{
      workspaceId: string;
      platform: AccountRow['platform'];
      attempt: number;
    }>({
      name: 'channels-set-status',
      text: `
        update channels set status = $2, status_reason = $3, status_at = now(),
               status_attempt = case when $2 in ('connecting', 'reconnecting') then status_attempt + 1 when $2 = 'connected' then 0 else status_attempt end
         where id = $1 and (status, coalesce(status_reason, '')) is distinct from ($2, coalesce($3, ''))
        returning workspace_id as "workspaceId", platform, status_attempt as attempt`,
      values: [channelId, status, reason],
    });
    return rows[0];
  }
}
