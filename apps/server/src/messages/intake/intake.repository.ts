import { Injectable } from '@nestjs/common';
import type { ContactSummary, MessageStatus } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { MessageContent } from '@switchboard/meta';
import type { ConversationRow, MessageRow } from '../message-views';
import { columnsOf, contactJson, conversationColumns } from '../sql-columns';

/** A message by the platform's id, within its channel. */
export interface PlatformMessageKey {
  channelId: string;
  platformMessageId: string;
}

/** What is known of a platform message id before a batch is applied. */
export interface KnownMessage extends PlatformMessageKey {
  messageId: string | null;
  conversationId: string | null;
  contactId: string | null;
  sentAt: Date | null;
  deletedAt: Date | null;
  type: string | null;
  /** The latest edit that Meta has told of. */
  editedAt: Date | null;
  editedType: string | null;
  editedContent: MessageContent | null;
  /** The highest state Meta has told of it. */
  status: MessageStatus | null;
}

export interface ConversationTouch {
  id: string;
  workspaceId: string;
  channelId: string;
  contactId: string;
  platform: string;
  inbound: number;
  lastMessageId: string | null;
  lastMessageType: string | null;
  lastMessagePreview: string | null;
  lastMessageDirection: string | null;
  lastMessageAt: Date;
  lastInboundAt: Date | null;
}

export interface NewMessage extends Omit<MessageRow, 'author' | 'content'> {
  author: string;
  content: string;
  statusRank: number;
  inboundSeq: number | null;
}

/** A conversation that was brought forward. */
export interface TouchedConversation extends ConversationRow {
  created: boolean;
  /** The campaign that wrote to the customer last. */
  campaignId: string | null;
  /** The message that opened it again last. */
  reopenedBy: string | null;
}

@Injectable()
export class MessageIntakeRepository {
  constructor(private readonly database: Database) {}

  /** Served by messages_platform_id and the primary keys of message_deletions, message_edits and message_statuses. */
  async known(keys: readonly PlatformMessageKey[]): Promise<KnownMessage[]> {
    const { rows } = await this.database.query<KnownMessage>({
      name: 'intake-known',
      text: `
        select n.channel_id as "channelId", n.platform_message_id as "platformMessageId",
               m.id as "messageId", m.conversation_id as "conversationId", m.contact_id as "contactId", m.sent_at as "sentAt",
               m.type, d.at as "deletedAt", e.at as "editedAt", e.type as "editedType", e.content as "editedContent",
               (select s.status from message_statuses s
                 where s.channel_id = n.channel_id and s.platform_message_id = n.platform_message_id and s.participant = ''
                 order by s.rank desc limit 1) as status
          from unnest($1::uuid[], $2::text[]) as n(channel_id, platform_message_id)
          left join messages m on m.channel_id = n.channel_id and m.platform_message_id = n.platform_message_id
          left join message_deletions d on d.channel_id = n.channel_id and d.platform_message_id = n.platform_message_id
          left join message_edits e on e.channel_id = n.channel_id and e.platform_message_id = n.platform_message_id`,
      values: columnsOf(keys, 'channelId', 'platformMessageId'),
    });
    return rows;
  }

  /** Creates or brings forward conversations, in key order. A closed or snoozed one opens again when the customer writes. */
  async touch(touches: readonly ConversationTouch[]): Promise<TouchedConversation[]> {
    const { rows } = await this.database.query<TouchedConversation>({
      name: 'intake-touch',
      text: `
        insert into conversations as c (id, workspace_id, channel_id, contact_id, platform, inbound_count, last_message_id,
          last_message_type, last_message_preview, last_message_direction, last_message_at, last_inbound_at)
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::uuid[], $8::text[], $9::text[],
          $10::text[], $11::timestamptz[], $12::timestamptz[]) as n(id, workspace_id, channel_id, contact_id)
         order by channel_id, contact_id
        on conflict (channel_id, contact_id) do update set
          inbound_count = c.inbound_count + excluded.inbound_count,
          last_inbound_at = greatest(c.last_inbound_at, excluded.last_inbound_at),
          status = case when excluded.inbound_count > 0 and c.status in ('closed', 'snoozed') then 'open' else c.status end,
          snoozed_until = case when excluded.inbound_count > 0 then null else c.snoozed_until end,
          reopened_by = case when excluded.inbound_count > 0 and c.status in ('closed', 'snoozed') then excluded.last_message_id else c.reopened_by end,
          version = case when excluded.inbound_count > 0 and c.status in ('closed', 'snoozed') then c.version + 1 else c.version end,
          last_message_id = case when excluded.last_message_at >= c.last_message_at then excluded.last_message_id else c.last_message_id end,
          last_message_type = case when excluded.last_message_at >= c.last_message_at then excluded.last_message_type else c.last_message_type end,
          last_message_preview = case when excluded.last_message_at >= c.last_message_at then excluded.last_message_preview else c.last_message_preview end,
          last_message_direction = case when excluded.last_message_at >= c.last_message_at then excluded.last_message_direction else c.last_message_direction end,
          last_message_at = greatest(c.last_message_at, excluded.last_message_at)
        returning ${conversationColumns('c')}, c.campaign_id as "campaignId", c.reopened_by as "reopenedBy", (xmax = 0) as created`,
      values: columnsOf(
        touches,
        'id',
        'workspaceId',
        'channelId',
        'contactId',
        'platform',
        'inbound',
        'lastMessageId',
        'lastMessageType',
        'lastMessagePreview',
        'lastMessageDirection',
        'lastMessageAt',
        'lastInboundAt',
      ),
    });
    return rows;
  }

  /** In the order in which they were made. */
  async conversations(ids: readonly string[]): Promise<(ConversationRow & { contact: ContactSummary })[]> {
    const { rows } = await this.database.query<ConversationRow & { contact: ContactSummary }>({
      name: 'intake-conversations',
      text: `select ${conversationColumns('c')}, ${contactJson}
               from conversations c join contacts p on p.id = c.contact_id where c.id = any($1::uuid[]) order by c.id`,
      values: [ids],
    });
    return rows;
  }

  /** Puts what a history brought later into the messages it had only announced. Served by the primary key of messages. */
  async fill(messages: readonly NewMessage[]): Promise<void> {
    await this.database.send({
      name: 'intake-fill',
      text: `
        update messages m set type = n.type, content = n.content::json
          from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as n(id, workspace_id, type, content)
         where m.id = n.id and m.workspace_id = n.workspace_id and m.deleted_at is null`,
      values: columnsOf(messages, 'id', 'workspaceId', 'type', 'content'),
    });
  }

  /** Writes new messages and counts the inbound ones by channel (channels in ascending id). */
  async insert(messages: readonly NewMessage[]): Promise<void> {
    await this.database.send({
      name: 'intake-insert',
      text: `
        with new as (
          insert into messages (id, workspace_id, channel_id, conversation_id, contact_id, platform_message_id, direction, author, type,
            content, status, status_rank, reply_to, inbound_seq, sent_at, deleted_at, edited_at)
          select id, workspace_id, channel_id, conversation_id, contact_id, platform_message_id, direction, author::json, type,
                 content::json, status, status_rank, reply_to, inbound_seq, sent_at, deleted_at, edited_at
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[], $11::text[], $12::smallint[], $13::text[], $14::int[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[])
              as n(id, workspace_id, channel_id, conversation_id, contact_id, platform_message_id, direction, author, type, content,
                status, status_rank, reply_to, inbound_seq, sent_at, deleted_at, edited_at)
          returning channel_id, workspace_id, inbound_seq
        )
        insert into channel_counters as c (channel_id, workspace_id, inbound_count)
        select channel_id, workspace_id, count(*) from new where inbound_seq is not null group by 1, 2 order by 1
        on conflict (channel_id) do update set inbound_count = c.inbound_count + excluded.inbound_count`,
      values: columnsOf(
        messages,
        'id',
        'workspaceId',
        'channelId',
        'conversationId',
        'contactId',
        'platformMessageId',
        'direction',
        'author',
        'type',
        'content',
        'status',
        'statusRank',
        'replyTo',
        'inboundSeq',
        'sentAt',
        'deletedAt',
        'editedAt',
      ),
    });
  }
}
