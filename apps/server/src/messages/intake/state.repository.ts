import { Injectable } from '@nestjs/common';
import type { MessageStatus, Platform } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { columnsOf } from '../sql-columns';
import type { PlatformMessageKey } from './intake.repository';

export interface StatusRecord extends PlatformMessageKey {
  participant: string;
  status: MessageStatus;
  rank: number;
  at: Date;
  errors: string | null;
  /** The same, of a message that cannot be sent again from here. */
  finalErrors: string | null;
}

/** A message whose state moved forward. */
export interface MovedMessage extends PlatformMessageKey {
  messageId: string;
  /** Whose it is, where a campaign wrote it. */
  campaignId?: string | null;
  workspaceId: string;
  conversationId: string;
  contactId: string;
}

export interface Watermark {
  channelId: string;
  customer: string;
  status: 'delivered' | 'read';
  watermark: Date;
}

export interface ReactionRecord extends PlatformMessageKey {
  actor: string;
  emoji: string | null;
  name: string | null;
  at: Date;
}

export interface DeletionRecord extends PlatformMessageKey {
  by: 'customer' | 'business';
  at: Date;
}

const campaignOf = `case when m.author ->> 'kind' = 'campaign' then m.author ->> 'id' end as "campaignId"`;

/** What Meta says of messages after they were sent. Each statement serves a whole batch and only moves state forward. */
@Injectable()
export class MessageStateRepository {
  constructor(private readonly database: Database) {}

  /** Keeps statuses by platform id, whether or not the message is known yet. */
  async keepStatuses(records: readonly StatusRecord[]): Promise<void> {
    await this.database.send({
      name: 'state-keep',
      text: `
        insert into message_statuses (channel_id, platform_message_id, participant, status, rank, at, errors)
        select channel_id, platform_message_id, participant, status, rank, at, errors::json
          from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::timestamptz[], $7::text[])
            as n(channel_id, platform_message_id, participant, status, rank, at, errors)
         order by channel_id, platform_message_id, participant, status
        on conflict do nothing`,
      values: columnsOf(records, 'channelId', 'platformMessageId', 'participant', 'status', 'rank', 'at', 'errors'),
    });
  }

  /** @returns those that moved, and whether what was asked of Meta is kept, so that they can be sent again */
  async moveByStatus(records: readonly StatusRecord[]): Promise<(MovedMessage & { requestKept: boolean })[]> {
    const { rows } = await this.database.query<MovedMessage & { requestKept: boolean }>({
      name: 'state-move',
      text: `
        update messages m set status = n.status, status_rank = n.rank,
               error = case when n.status = 'failed' then
                 (case when exists (select 1 from sent_requests s where s.message_id = m.id) then n.errors else n.final_errors end)::json -> 0 end
          from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[])
            as n(channel_id, platform_message_id, status, rank, errors, final_errors)
         where m.channel_id = n.channel_id and m.platform_message_id = n.platform_message_id
           and m.direction = 'outbound' and m.status_rank < n.rank
        returning m.channel_id as "channelId", m.platform_message_id as "platformMessageId", m.id as "messageId",
          m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.contact_id as "contactId", ${campaignOf},
          n.status = 'failed' and exists (select 1 from sent_requests s where s.message_id = m.id) as "requestKept"`,
      values: columnsOf(records, 'channelId', 'platformMessageId', 'status', 'rank', 'errors', 'finalErrors'),
    });
    return rows;
  }

  /** Raises watermarks; returns those that rose. */
  async raise(watermarks: readonly Watermark[]): Promise<Watermark[]> {
    const { rows } = await this.database.query<Watermark>({
      name: 'state-raise',
      text: `
        insert into message_watermarks as w (channel_id, customer, status, watermark)
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) as n(channel_id, customer, status, watermark)
         order by channel_id, customer, status
        on conflict (channel_id, customer, status) do update set watermark = excluded.watermark where w.watermark < excluded.watermark
        returning channel_id as "channelId", customer, status, watermark`,
      values: columnsOf(watermarks, 'channelId', 'customer', 'status', 'watermark'),
    });
    return rows;
  }

  async watermarksOf(customers: readonly { channelId: string; customer: string }[]): Promise<Watermark[]> {
    const { rows } = await this.database.query<Watermark>({
      name: 'state-watermarks',
      text: `
        select w.channel_id as "channelId", w.customer, w.status, w.watermark
          from message_watermarks w join unnest($1::uuid[], $2::text[]) as n(channel_id, customer) using (channel_id, customer)`,
      values: columnsOf(customers, 'channelId', 'customer'),
    });
    return rows;
  }

  /** Everything sent to a conversation up to its watermark; what still waits to be sent is not. Served by the partial index messages_awaiting. */
  async moveByWatermark(
    marks: readonly { channelId: string; contactId: string; status: string; rank: number; watermark: Date }[],
  ): Promise<(MovedMessage & { status: MessageStatus })[]> {
    const { rows } = await this.database.query<MovedMessage & { status: MessageStatus }>({
      name: 'state-move-by-watermark',
      text: `
        update messages m set status = n.status, status_rank = n.rank
          from unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::timestamptz[]) as n(channel_id, contact_id, status, rank, watermark)
          join conversations c on c.channel_id = n.channel_id and c.contact_id = n.contact_id
         where m.conversation_id = c.id and m.direction = 'outbound' and m.status_rank < 40
           and m.platform_message_id is not null and m.sent_at <= n.watermark and m.status_rank < n.rank and m.status <> 'failed'
        returning m.channel_id as "channelId", m.platform_message_id as "platformMessageId", m.id as "messageId",
          m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.contact_id as "contactId", ${campaignOf}, n.status`,
      values: columnsOf(marks, 'channelId', 'contactId', 'status', 'rank', 'watermark'),
    });
    return rows;
  }

  /** The later of two reactions of one side to a message counts, whichever comes first. Returns those that changed something. */
  async react(
    reactions: readonly ReactionRecord[],
  ): Promise<(PlatformMessageKey & { actor: string; messageId: string | null; conversationId: string | null })[]> {
    const { rows } = await this.database.query({
      name: 'state-react',
      text: `
        with changed as (
          insert into message_reactions as r (channel_id, platform_message_id, actor, emoji, name, at)
          select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
            as n(channel_id, platform_message_id, actor, emoji, name, at) order by channel_id, platform_message_id, actor
          on conflict (channel_id, platform_message_id, actor) do update
            set emoji = excluded.emoji, name = excluded.name, at = excluded.at where r.at <= excluded.at
          returning channel_id, platform_message_id, actor
        )
        select x.channel_id as "channelId", x.platform_message_id as "platformMessageId", x.actor,
               m.id as "messageId", m.conversation_id as "conversationId"
          from changed x left join messages m on m.channel_id = x.channel_id and m.platform_message_id = x.platform_message_id`,
      values: columnsOf(reactions, 'channelId', 'platformMessageId', 'actor', 'emoji', 'name', 'at'),
    });
    return rows;
  }

  /** Keeps the deletions, and takes the words out of the messages and of the conversations that show them. */
  async remove(deletions: readonly DeletionRecord[]): Promise<(MovedMessage & { platform: Platform })[]> {
    const values = columnsOf(deletions, 'channelId', 'platformMessageId', 'by', 'at');
    await this.database.send({
      name: 'state-keep-deletions',
      text: `
        insert into message_deletions (channel_id, platform_message_id, by, at)
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) as n(channel_id, platform_message_id, by, at)
         order by channel_id, platform_message_id
        on conflict do nothing`,
      values,
    });
    const { rows } = await this.database.query<MovedMessage & { platform: Platform }>({
      name: 'state-remove',
      text: `
        with gone as (
          update messages m set deleted_at = n.at, content = '{}'
            from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) as n(channel_id, platform_message_id, by, at)
           where m.channel_id = n.channel_id and m.platform_message_id = n.platform_message_id and m.deleted_at is null
          returning m.*
        ), blanked as (
          update conversations c set last_message_preview = '' from gone g where c.id = g.conversation_id and c.last_message_id = g.id
        ), unasked as (
          delete from sent_requests s using gone g where s.message_id = g.id
        ), unsaid as (
          delete from message_edits e using unnest($1::uuid[], $2::text[]) as n(channel_id, platform_message_id)
           where e.channel_id = n.channel_id and e.platform_message_id = n.platform_message_id
        )
        select g.channel_id as "channelId", g.platform_message_id as "platformMessageId", g.id as "messageId",
               g.workspace_id as "workspaceId", g.conversation_id as "conversationId", g.contact_id as "contactId"
          from gone g`,
      values,
    });
    return rows;
  }
}
