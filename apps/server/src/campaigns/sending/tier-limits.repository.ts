import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

@Injectable()
export class TierLimitsRepository {
  constructor(private readonly database: Database) {}

  /**
   * To how many contacts campaigns of a business account have sent since, counted no further than `most`, and when the first of them was.
   * Served by campaign_recipients_sent.
   */
  async sentSince(
    { workspaceId, businessAccountId }: { workspaceId: string; businessAccountId: string },
    since: Date,
    most: number,
  ): Promise<{ count: number; first: Date | null }> {
    const { rows } = await this.database.query<{ count: number; first: Date | null }>({
      name: 'campaign-tier-sent-since',
      text: `
        select count(distinct s.contact_id)::int as count, min(s.queued_at) as first
          from (select r.contact_id, r.queued_at from campaign_recipients r
                  join campaigns c on c.id = r.campaign_id
                  join channels h on h.id = c.channel_id and h.business_account_id = $2
                 where r.workspace_id = $1 and r.queued_at > $3::timestamptz and r.state <> 'excluded' and r.state <> 'cancelled'
                 order by r.queued_at desc limit $4) s`,
      values: [workspaceId, businessAccountId, since, most],
    });
    return rows[0]!;
  }
}
