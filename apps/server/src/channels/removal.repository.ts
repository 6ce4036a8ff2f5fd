import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ChannelRow } from './channels.repository';

/** What is kept by channel beside its conversations. */
const tables = [
  'channel_credentials',
  'channel_counters',
  'send_rates',
  'bulk_rates',
  'send_pairs',
  'message_statuses',
  'message_watermarks',
  'message_reactions',
  'message_deletions',
  'user_read_counters',
  'contact_profiles',
  'mentions',
  'graph_rates',
  'channel_backfills',
];

@Injectable()
export class RemovalRepository {
  constructor(private readonly database: Database) {}

  /** The lock under which webhooks of the channel are taken in; until the transaction ends. */
  async lock(id: string): Promise<void> {
    await this.database.query({
      name: 'channels-removal-lock',
      text: 'select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))',
      values: [id],
    });
  }

  /** Served by conversations_channel_contact. */
  async hasHistory(id: string): Promise<boolean> {
    const { rows } = await this.database.query<{ has: boolean }>({
      name: 'channels-has-history',
      text: 'select exists (select 1 from conversations where channel_id = $1) as has',
      values: [id],
    });
    return rows[0]!.has;
  }

  async release(id: string): Promise<void> {
    await this.database.query({
      name: 'channels-release',
      text: 'update channels set released_at = now() where id = $1 and released_at is null',
      values: [id],
    });
  }

  async delete({ id, workspaceId, businessAccountId }: ChannelRow): Promise<void> {
    for (const table of tables) await this.database.query(`delete from ${table} where channel_id = $1`, [id]);
    await this.database.query('delete from channels where workspace_id = $1 and id = $2', [workspaceId, id]);
    await this.database.query({
      name: 'channels-delete-templates',
      text: `
        delete from message_templates t where t.workspace_id = $1 and t.business_account_id = $2
          and not exists (select 1 from channels c where c.workspace_id = $1 and c.business_account_id = $2)`,
      values: [workspaceId, businessAccountId],
    });
  }
}
