import { Injectable } from '@nestjs/common';
import type { Platform, ReferralView } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { columnsOf } from '../sql-columns';

export interface NewReferral {
  id: string;
  workspaceId: string;
  channelId: string;
  contactId: string;
  platformMessageId: string | null;
  source: string | null;
  ref: string | null;
  adId: string | null;
  clickId: string | null;
  /** JSON text. */
  referral: string;
  at: Date;
}

export interface ReferralRow {
  id: string;
  channelId: string;
  contactId: string;
  platform: Platform;
  platformMessageId: string | null;
  referral: ReferralView;
  at: Date;
}

/** What brought contacts to a channel. */
@Injectable()
export class ReferralsRepository {
  constructor(private readonly database: Database) {}

  /** Returns the conversation of each that has one. Served by conversations_contact. */
  async add(referrals: readonly NewReferral[]): Promise<Map<string, string>> {
    const { rows } = await this.database.query<{ id: string; conversationId: string }>({
      name: 'referrals-add',
      text: `
        with added as (
          insert into referrals (id, workspace_id, channel_id, contact_id, platform_message_id, source, ref, ad_id, click_id, referral, at)
          select id, workspace_id, channel_id, contact_id, platform_message_id, source, ref, ad_id, click_id, referral::json, at
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[], $11::timestamptz[])
              as n(id, workspace_id, channel_id, contact_id, platform_message_id, source, ref, ad_id, click_id, referral, at)
          returning id, channel_id, contact_id
        )
        select a.id, c.id as "conversationId"
          from added a join conversations c on c.channel_id = a.channel_id and c.contact_id = a.contact_id`,
      values: columnsOf(
        referrals,
        'id',
        'workspaceId',
        'channelId',
        'contactId',
        'platformMessageId',
        'source',
        'ref',
        'adId',
        'clickId',
        'referral',
        'at',
      ),
    });
    return new Map(rows.map(({ id, conversationId }) => [id, conversationId]));
  }

  /** Newest first. Served by referrals_contact. */
  async list(
    workspaceId: string,
    conversation: { channelId: string; contactId: string },
    before: string | undefined,
    limit: number,
  ): Promise<ReferralRow[]> {
    const { rows } = await this.database.query<ReferralRow>(
      `select r.id, r.channel_id as "channelId", r.contact_id as "contactId", c.platform,
              r.platform_message_id as "platformMessageId", r.referral, r.at
         from referrals r join channels c on c.id = r.channel_id
        where r.workspace_id = $1 and r.channel_id = $2 and r.contact_id = $3 and ($4::uuid is null or r.id < $4)
        order by r.id desc limit $5`,
      [workspaceId, conversation.channelId, conversation.contactId, before ?? null, limit],
    );
    return rows;
  }
}
