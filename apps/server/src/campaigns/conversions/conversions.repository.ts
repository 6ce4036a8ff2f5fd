import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

export interface NewConversion {
  id: string;
  workspaceId: string;
  key: string;
  contactId: string;
  name: string;
  value: number | null;
  currency: string | null;
  at: Date;
}

export interface ConversionRow extends NewConversion {
  campaignId: string | null;
  variant: string | null;
  /** Of the campaign. */
  channelId: string | null;
}

/** Conversions that are alike. */
export interface ConversionSum {
  variant: string;
  name: string;
  currency: string | null;
  count: number;
  value: number;
}

@Injectable()
export class ConversionsRepository {
  constructor(private readonly database: Database) {}

  /** Served by contact_identities_value. */
  async contactOf(
    workspaceId: string,
    { contactId, phone }: { contactId?: string | undefined; phone?: string | undefined },
  ) {
    const { rows } = await this.database.query<{ id: string }>(
      `select c.id from contacts c where c.workspace_id = $1 and c.erased_at is null and (c.id = $2 or c.id in (
         select i.contact_id from contact_identities i where i.scope_id = $1 and i.kind = 'wa_id' and i.value = $3))`,
      [workspaceId, contactId ?? null, phone ?? null],
    );
    return rows[0]?.id;
  }

  /**
   * Writes it down, put down to the latest campaign that sent to the contact, or to whom they were before a merge, and within whose time it
   * happened. Served by campaign_recipients_contact and contact_merges_contact.
   * @returns false where the key is known
   */
  async insert(made: NewConversion): Promise<boolean> {
    const { rowCount } = await this.database.query({
      name: 'conversions-insert',
      text: `
        with latest as (
          select r.campaign_id, r.contact_id, r.variant from campaign_recipients r join campaigns c on c.id = r.campaign_id
           where r.workspace_id = $2 and r.queued_at is not null and r.state in ('sent', 'delivered', 'read', 'unknown', 'queued')
             and (r.contact_id = $4 or r.contact_id in (
               select m.merged_contact_id from contact_merges m where m.contact_id = $4 and m.undone_at is null))
             and r.queued_at <= $8::timestamptz and $8::timestamptz < r.queued_at + c.attribution_hours * interval '1 hour'
           order by r.queued_at desc, r.campaign_id desc limit 1
        )
        insert into conversions (id, workspace_id, key, contact_id, name, value, currency, at, campaign_id, recipient_id, variant)
        select $1, $2, $3, $4, $5, $6::numeric, $7, $8::timestamptz, l.campaign_id, l.contact_id, l.variant from (select 1) one left join latest l on true
        on conflict (workspace_id, key) do nothing`,
      values: [made.id, made.workspaceId, made.key, made.contactId, made.name, made.value, made.currency, made.at],
    });
    return rowCount === 1;
  }

  /** Served by conversions_key. */
  async find(workspaceId: string, key: string): Promise<ConversionRow | undefined> {
    const { rows } = await this.database.query<ConversionRow>(
      `select v.id, v.workspace_id as "workspaceId", v.key, v.contact_id as "contactId", v.name, v.value::float8 as value, v.currency, v.at,
              v.campaign_id as "campaignId", v.variant, c.channel_id as "channelId"
         from conversions v left join campaigns c on c.id = v.campaign_id where v.workspace_id = $1 and v.key = $2`,
      [workspaceId, key],
    );
    return rows[0];
  }

  /** Served by conversions_campaign. */
  async ofCampaign(workspaceId: string, campaignId: string): Promise<ConversionSum[]> {
    const { rows } = await this.database.query<ConversionSum>(
      `select variant, name, currency, count(*)::int as count, coalesce(sum(value), 0)::float8 as value from conversions
        where workspace_id = $1 and campaign_id = $2 group by 1, 2, 3 order by 4 desc, 2, 3, 1`,
      [workspaceId, campaignId],
    );
    return rows;
  }

  /** Of these people: who and what else they bought goes, that it happened stays. Served by conversions_contact. */
  async erase(workspaceId: string, contactIds: readonly string[]): Promise<void> {
    await this.database.query(
      `update conversions set key = id::text where workspace_id = $1 and contact_id = any($2::uuid[])`,
      [workspaceId, contactIds],
    );
  }

  async ofContacts(workspaceId: string, contactIds: readonly string[]): Promise<object[]> {
    const { rows } = await this.database.query<object>(
      `select id, key, name, value::float8 as value, currency, at, campaign_id as "campaignId" from conversions
        where workspace_id = $1 and contact_id = any($2::uuid[]) order by id`,
      [workspaceId, contactIds],
    );
    return rows;
  }
}
