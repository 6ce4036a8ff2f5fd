import { Injectable } from '@nestjs/common';
import type { ContactSummary, MessageErrorView, MessageStatus, Platform } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { rankOf } from '../message-status';
import type { ConversationRow, MessageRow } from '../message-views';
import { conversationColumns, messageColumns } from '../sql-columns';

/** A message whose outcome was settled, with all that is told of it. */
export interface SettledMessage {
  message: MessageRow & { platform: Platform };
  conversation: ConversationRow;
  contact: ContactSummary;
}

export interface AcceptedMessage {
  messageId: string;
  platformMessageId: string;
  /** Its state now: a status may have come before Meta's answer. */
  status: MessageStatus;
  /** The state before. */
  was: MessageStatus;
}

/** An echo was stored as a message of its own before Meta's answer said that it is ours. */
export interface EchoOfOurs {
  messageId: string;
  workspaceId: string;
  channelId: string;
  conversationId: string;
  contactId: string;
  platformMessageId: string;
}

/** What sending writes to messages. Inside transactions that hold the locks of the channels. */
@Injectable()
export class OutcomesRepository {
  constructor(private readonly database: Database) {}

  /** As the intake takes them, and in the same order: an echo or a status and Meta's answer must see each other. */
  async lockChannels(channelIds: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'outcomes-lock-channels',
      text: `select pg_advisory_xact_lock(hashtextextended(o.id::text, 0)) from (select distinct id from unnest($1::uuid[]) as n(id) order by id offset 0) o`,
      values: [channelIds],
    });
  }

  /** Served by messages_platform_id. */
  async takeAwayEchoes(
    accepted: readonly { messageId: string; channelId: string; platformMessageId: string }[],
  ): Promise<EchoOfOurs[]> {
    const { rows } = await this.database.query<EchoOfOurs>({
      name: 'outcomes-take-away-echoes',
      text: `
        delete from messages e using unnest($1::uuid[], $2::uuid[], $3::text[]) as n(message_id, channel_id, platform_message_id)
         where e.channel_id = n.channel_id and e.platform_message_id = n.platform_message_id and e.id <> n.message_id
           and e.direction = 'outbound' and e.author ->> 'kind' = 'meta_app' and not exists (select 1 from outbound_messages o where o.message_id = e.id)
        returning e.id as "messageId", e.workspace_id as "workspaceId", e.channel_id as "channelId",
          e.conversation_id as "conversationId", e.contact_id as "contactId", e.platform_message_id as "platformMessageId"`,
      values: [
        accepted.map((one) => one.messageId),
        accepted.map((one) => one.channelId),
        accepted.map((one) => one.platformMessageId),
      ],
    });
    return rows;
  }

  /**
   * Meta has taken them. Each becomes `sent`, or what a status has told of it already; its place in the queue goes. Meta's answer counts
   * more than what was believed here while none had come (`unknown`, and the `failed` that follows it).
   */
  async accept(
    accepted: readonly { messageId: string; channelId: string; platformMessageId: string }[],
  ): Promise<AcceptedMessage[]> {
    const { rows } = await this.database.query<AcceptedMessage>({
      name: 'outcomes-accept',
      text: `
        with n as (
          select n.*, coalesce((
            select s.status from message_statuses s
             where s.channel_id = n.channel_id and s.platform_message_id = n.platform_message_id and s.participant = '' and s.rank > $4
             order by s.rank desc limit 1), 'sent') as status,
            greatest($4::smallint, (
              select max(s.rank) from message_statuses s
               where s.channel_id = n.channel_id and s.platform_message_id = n.platform_message_id and s.participant = '')) as rank
            from unnest($1::uuid[], $2::uuid[], $3::text[]) as n(message_id, channel_id, platform_message_id)
        ), gone as (
          delete from outbound_messages o using n where o.message_id = n.message_id
        )
        update messages m set platform_message_id = n.platform_message_id, error = null,
               status = case when m.status_rank < $5 then n.status else m.status end,
               status_rank = case when m.status_rank < $5 then n.rank else m.status_rank end
          from n join messages b on b.id = n.message_id
         where m.id = n.message_id and m.channel_id = n.channel_id
           and (m.platform_message_id is null or m.platform_message_id = n.platform_message_id)
        returning m.id as "messageId", m.platform_message_id as "platformMessageId", m.status, b.status as was`,
      values: [
        accepted.map((one) => one.messageId),
        accepted.map((one) => one.channelId),
        accepted.map((one) => one.platformMessageId),
        rankOf('sent'),
        rankOf('delivered'),
      ],
    });
    return rows;
  }

  /** Failed, or unknown: told on the message, and kept in the queue. Returns those whose state changed; only what stands in `from` does. */
  async mark(
    status: 'failed' | 'unknown',
    from: readonly ('queued' | 'sending' | 'unknown')[],
    marked: readonly { messageId: string; error: MessageErrorView }[],
  ): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: `outcomes-mark-${status}`,
      text: `
        with n as (select * from unnest($1::uuid[], $2::text[]) as n(message_id, error)),
        kept as (
          update outbound_messages o set state = $3, sending_since = null,
                 unknown_since = case when $3 = 'unknown' then clock_timestamp() else o.unknown_since end
            from n where o.message_id = n.message_id and o.state = any($5::text[])
          returning o.message_id
        )
        update messages m set status = $3, status_rank = $4, error = n.error::json
          from n join kept using (message_id) where m.id = n.message_id and m.status_rank < $4
        returning m.id`,
      values: [
        marked.map((one) => one.messageId),
        marked.map((one) => JSON.stringify(one.error)),
        status,
        rankOf(status),
        from,
      ],
    });
    return rows.map(({ id }) => id);
  }

  /** All that is told of these messages. */
  async views(messageIds: readonly string[]): Promise<SettledMessage[]> {
    const { rows } = await this.database.query<SettledMessage>({
      name: 'outcomes-views',
      text: `
        select row_to_json(m) as message, row_to_json(c) as conversation,
               json_build_object('id', p.id, 'name', p.name, 'username', p.username, 'phone', p.phone) as contact
          from unnest($1::uuid[]) with ordinality as n(id, position)
          cross join lateral (select ${messageColumns('m')} from messages m where m.id = n.id) m
          cross join lateral (select ${conversationColumns('c')} from conversations c where c.id = m."conversationId") c
          join contacts p on p.id = m."contactId"
         order by n.position`,
      values: [messageIds],
    });
    return rows.map(({ message, conversation, contact }) => ({
      message: { ...withDates(message, 'sentAt', 'deletedAt'), platform: conversation.platform },
      conversation: withDates(conversation, 'lastMessageAt', 'lastInboundAt'),
      contact,
    }));
  }

  /** A message is gone that the list may have shown as the latest. */
  async showLatest(conversationIds: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'outcomes-show-latest',
      text: `
        update conversations c set last_message_id = l.id
          from unnest($1::uuid[]) as n(id)
          cross join lateral (
            select m.id from messages m where m.conversation_id = n.id order by m.sent_at desc, m.id desc limit 1) l
         where c.id = n.id`,
      values: [conversationIds],
    });
  }
}

/** JSON has no dates. */
function withDates<T extends object>(row: T, ...keys: (keyof T)[]): T {
  const dated = { ...row };
  for (const key of keys) {
    const value = row[key] as unknown;
    if (typeof value === 'string') dated[key] = new Date(value) as T[keyof T];
  }
  return dated;
}
