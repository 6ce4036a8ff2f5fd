import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

interface BusinessAccount {
  workspaceId: string;
  businessAccountId: string;
}

@Injectable()
export class TierLimitsRepository {
  constructor(private readonly database: Database) {}

  /** Until the transaction ends: the channels of one business account share its limit, and are counted one after the other. */
  async lock({ workspaceId, businessAccountId }: BusinessAccount): Promise<void> {
    await this.database.query({
      name: 'campaign-tier-lock',
      text: `select pg_advisory_xact_lock(hashtextextended('campaign tier ' || $1::text || ' ' || $2::text, 0))`,
      values: [workspaceId, businessAccountId],
    });
  }

  /**
   * To how many contacts campaigns of a business account have sent since, counted no further than `most`, and when the first of these was
   * last sent to. Served by campaign_recipients_sent.
   */
  async sentSince(
    { workspaceId, businessAccountId }: BusinessAccount,
    since: Date,
    most: number,
  ): Promise<{ count: number; first: Date | null }> {
    const { rows } = await this.database.query<{ count: number; first: Date | null }>({
      name: 'campaign-tier-sent-since',
      text: `
        select count(*)::int as count, min(s.last) as first
          from (select r.contact_id, max(r.queued_at) as last from campaign_recipients r
                  join campaigns c on c.id = r.campaign_id
                  join channels h on h.id = c.channel_id and h.business_account_id = $2
                 where r.workspace_id = $1 and r.queued_at > $3::timestamptz and r.state <> 'excluded' and r.state <> 'cancelled'
                 group by 1 order by 2 desc limit $4) s`,
      values: [workspaceId, businessAccountId, since, most],
    });
    return rows[0]!;
  }
}
