import { Injectable } from '@nestjs/common';
import type { ContactSummary, MessageErrorView, RecipientState } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { type CampaignRow, campaignColumns } from './campaign-row';

export interface RecipientRow {
  contactId: string;
  /** Null where they are gone. */
  contact: ContactSummary | null;
  variant: string;
  row: Record<string, string> | null;
  state: RecipientState;
  reason: string | null;
  error: MessageErrorView | null;
  messageId: string | null;
  dueAt: Date;
  queuedAt: Date | null;
  repliedAt: Date | null;
}

/** The recipients of campaigns, frozen. */
@Injectable()
export class RecipientsRepository {
  constructor(private readonly database: Database) {}

  /** By descending contact. Served by the primary key; with a state by campaign_recipients_state. */
  async list(
    workspaceId: string,
    campaignId: string,
    { state, variant }: { state?: RecipientState | undefined; variant?: string | undefined },
    before: string | undefined,
    limit: number,
  ): Promise<RecipientRow[]> {
    const { rows } = await this.database.query<RecipientRow>(
      `select r.contact_id as "contactId",
              case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'username', p.username, 'phone', p.phone) end as contact,
              r.variant, r.row, r.state, r.reason, r.error, r.message_id as "messageId", r.due_at as "dueAt", r.queued_at as "queuedAt",
              r.replied_at as "repliedAt"
         from campaign_recipients r left join contacts p on p.id = r.contact_id and p.erased_at is null
        where r.workspace_id = $1 and r.campaign_id = $2 and ($3::uuid is null or r.contact_id < $3)
          and ($4::text is null or r.state = $4) and ($5::text is null or r.variant = $5)
        order by r.contact_id desc limit $6`,
      [workspaceId, campaignId, before ?? null, state ?? null, variant ?? null, limit],
    );
    return rows;
  }

  /** Messages of a campaign that were queued and have not been seen to leave: as many as a channel's queue takes. Served by campaign_recipients_open. */
  async queued(campaignId: string): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'campaign-recipients-queued',
      text: `select message_id as id from campaign_recipients where campaign_id = $1 and state = 'queued'`,
      values: [campaignId],
    });
    return rows.map(({ id }) => id);
  }

  async cancelPending(campaignId: string): Promise<{ variant: string; count: number }[]> {
    const { rows } = await this.database.query<{ variant: string; count: number }>(
      `with cancelled as (
         update campaign_recipients set state = 'cancelled' where campaign_id = $1 and state = 'pending' returning variant
       ) select variant, count(*)::int as count from cancelled group by 1`,
      [campaignId],
    );
    return rows;
  }

  /** Served by the partial indexes: each looks at one row. */
  async complete(campaignId: string, now: Date): Promise<CampaignRow | undefined> {
    const { rows } = await this.database.query<CampaignRow>({
      name: 'campaigns-complete',
      text: `
        update campaigns c set status = 'completed', reason = null, finished_at = $2, updated_at = $2
         where c.id = $1 and c.status = 'running'
           and not exists (select 1 from campaign_recipients r where r.campaign_id = c.id and r.state = 'pending')
           and not exists (select 1 from campaign_recipients r where r.campaign_id = c.id and r.state = 'queued')
        returning ${campaignColumns('c')}`,
      values: [campaignId, now],
    });
    return rows[0];
  }
}
