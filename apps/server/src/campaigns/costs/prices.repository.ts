import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { PaidMessages, PriceList } from './pricing';

@Injectable()
export class PricesRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string): Promise<(PriceList & { updatedAt: Date }) | undefined> {
    const { rows } = await this.database.query<PriceList & { updatedAt: Date }>(
      `select currency, prices, updated_at as "updatedAt" from campaign_prices where workspace_id = $1`,
      [workspaceId],
    );
    return rows[0];
  }

  async save(workspaceId: string, { currency, prices }: PriceList): Promise<void> {
    await this.database.query(
      `insert into campaign_prices (workspace_id, currency, prices) values ($1, $2, $3::json)
       on conflict (workspace_id) do update set currency = excluded.currency, prices = excluded.prices, updated_at = now()`,
      [workspaceId, currency, JSON.stringify(prices)],
    );
  }

  async remove(workspaceId: string): Promise<void> {
    await this.database.query(`delete from campaign_prices where workspace_id = $1`, [workspaceId]);
  }

  /** Messages of a campaign that reached somebody and are not free. Served by campaign_recipients_state. */
  async paid(workspaceId: string, campaignId: string): Promise<PaidMessages[]> {
    const { rows } = await this.database.query<PaidMessages>(
      `select pricing as category, coalesce(phone_prefix, '') as prefix, count(*)::int as count from campaign_recipients
        where workspace_id = $1 and campaign_id = $2 and state in ('delivered', 'read') and pricing is not null and pricing <> 'free'
        group by 1, 2`,
      [workspaceId, campaignId],
    );
    return rows;
  }
}
