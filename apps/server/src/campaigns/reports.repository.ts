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
}

@Injectable()
export class ReportsRepository {
  constructor(private readonly database: Database) {}

  /** By ascending contact, from after one. Served by the primary key. */
  async page(workspaceId: string, campaignId: string, after: string | undefined, limit: number): Promise<ReportRow[]> {
    const { rows } = await this.database.query<ReportRow>(
      `select r.contact_id as "contactId", p.name, p.phone, r.variant, r.state, r.reason, r.error ->> 'code' as code,
              r.error ->> 'message' as message, r.message_id as "messageId", r.queued_at as "queuedAt", r.replied_at as "repliedAt"
         from campaign_recipients r left join contacts p on p.id = r.contact_id and p.erased_at is null
        where r.workspace_id = $1 and r.campaign_id = $2 and ($3::uuid is null or r.contact_id > $3)
        order by r.contact_id limit $4`,
      [workspaceId, campaignId, after ?? null, limit],
    );
    return rows;
  }
}
