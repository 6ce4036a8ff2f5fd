import { Injectable } from '@nestjs/common';
import type { RecipientState } from '@switchboard/contracts';
import { Database } from '@switchboard/database';

/** A recipient as a line of the report. */
export interface ReportRow {
  contactId: string;
  name: string | null;
  phone: string | null;
  variant: string;
  state: RecipientState;
  reason: string | null;
  code: string | null;
  message: string | null;
  messageId: string | null;
  queuedAt: Date | null;
  repliedAt: Date | null;
  conversions: number;
  /** By currency: `49.9 EUR; 3 USD`. */
  value: string | null;
}

@Injectable()
export class ReportsRepository {
  constructor(private readonly database: Database) {}

  /** By ascending contact, from after one. Served by the primary key and conversions_campaign. */
  async page(workspaceId: string, campaignId: string, after: string | undefined, limit: number): Promise<ReportRow[]> {
    const { rows } = await this.database.query<ReportRow>(
      `select r.contact_id as "contactId", p.name, p.phone, r.variant, r.state, r.reason, r.error ->> 'code' as code,
              r.error ->> 'message' as message, r.message_id as "messageId", r.queued_at as "queuedAt", r.replied_at as "repliedAt",
              coalesce(v.conversions, 0)::int as conversions, v.value
         from campaign_recipients r left join contacts p on p.id = r.contact_id and p.erased_at is null
         left join lateral (
           select sum(s.count) as conversions, string_agg(trim_scale(s.value) || ' ' || s.currency, '; ' order by s.currency) as value
             from (select currency, count(*) as count, sum(value) as value from conversions o
                    where o.campaign_id = r.campaign_id and o.recipient_id = r.contact_id group by currency) s) v on true
        where r.workspace_id = $1 and r.campaign_id = $2 and ($3::uuid is null or r.contact_id > $3)
        order by r.contact_id limit $4`,
      [workspaceId, campaignId, after ?? null, limit],
    );
    return rows;
  }
}
