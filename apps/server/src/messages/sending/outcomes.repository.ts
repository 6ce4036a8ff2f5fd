import { Injectable } from '@nestjs/common';
import type { ContactSummary, MessageErrorView, Platform } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { rankOf } from '../message-status';
import type { ConversationRow, MessageRow } from '../message-views';
import { conversationColumns, messageColumns } from '../sql-columns';
import { leaveQueue } from './kept-request';
import { toErased } from './outbound.repository';
import { toldState } from './told-state';

/** A message whose outcome was settled, with all that is told of it. */
export interface SettledMessage {
  message: MessageRow & { platform: Platform };
  conversation: ConversationRow;
  contact: ContactSummary;
}

export interface AcceptedMessage {
  messageId: string;
  /** A status or an echo had brought its id before. */
  told: boolean;
}

/** Another message that held an id which Meta's answer says is ours. */
export interface EchoOfOurs {
  messageId: string;
  workspaceId: string;
  channelId: string;
  conversationId: string;
  contactId: string;
  platformMessageId: string;
  /** True for an echo stored as a message of its own; false for one of ours that was taken for it. */
  gone: boolean;
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

  /**
   * Takes the ids away from whoever else holds them: an echo that came first is gone; an unknown message that was taken for this one, by its
   * text, was never told of, and has failed. Served by messages_platform_id.
   */
  async takeBack(
    accepted: readonly { messageId: string; channelId: string; platformMessageId: string }[],
  ): Promise<EchoOfOurs[]> {
    const { rows } = await this.database.query<EchoOfOurs>({
      name: 'outcomes-take-back',
      text: `
        with n as (
          select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as n(message_id, channel_id, platform_message_id)
        ), held as (
          select e.id, n.platform_message_id, e.author ->> 'kind' = 'meta_app' as gone
            from n join messages e on e.channel_id = n.channel_id and e.platform_message_id = n.platform_message_id
           where e.id <> n.message_id and e.direction = 'outbound'
        ), echoes as (
          delete from messages e using held h where e.id = h.id and h.gone
          returning e.id, e.workspace_id, e.channel_id, e.conversation_id, e.contact_id, h.platform_message_id, true as gone
        ), mistaken as (
          update messages e set platform_message_id = null, status = 'failed', status_rank = $4, error = $5::json
            from held h where e.id = h.id and not h.gone
          returning e.id, e.workspace_id, e.channel_id, e.conversation_id, e.contact_id, h.platform_message_id, false as gone
        )
        select id as "messageId", workspace_id as "workspaceId", channel_id as "channelId", conversation_id as "conversationId",
               contact_id as "contactId", platform_message_id as "platformMessageId", gone
          from (select * from echoes union all select * from mistaken) taken`,
      values: [
        accepted.map((one) => one.messageId),
        accepted.map((one) => one.channelId),
        accepted.map((one) => one.platformMessageId),
        rankOf('failed'),
        JSON.stringify(mistakenError),
      ],
    });
    return rows;
  }

  /**
   * Meta has taken them. Each becomes `sent`, or what a status or a watermark has told of it already; its place in the queue goes. Meta's
   * answer counts more than what was believed here while none had come (`unknown`, and the `failed` that follows it).
   */
  async accept(
    accepted: readonly { messageId: string; channelId: string; platformMessageId: string }[],
  ): Promise<AcceptedMessage[]> {
    const { rows } = await this.database.query<AcceptedMessage>({
      name: 'outcomes-accept',
      text: `
        with n as (
          select n.*, s.status, s.rank, s.errors -> 0 as error
            from unnest($1::uuid[], $2::uuid[], $3::text[]) as n(message_id, channel_id, platform_message_id)
            left join outbound_messages o on o.message_id = n.message_id
            left join lateral (${toldBefore}) s on true
        ), ${leaveQueue('using n where o.message_id = n.message_id')}
        update messages m set platform_message_id = n.platform_message_id,
               error = case when m.status_rank < $5 and n.status = 'failed' then coalesce(m.error, n.error) end,
               status = case when m.status_rank < $5 then coalesce(n.status, 'sent') else m.status end,
               status_rank = case when m.status_rank < $5 then coalesce(n.rank, $4) else m.status_rank end
          from n join messages b on b.id = n.message_id
         where m.id = n.message_id and m.channel_id = n.channel_id
           and (m.platform_message_id is null or m.platform_message_id = n.platform_message_id)
        returning m.id as "messageId", b.platform_message_id is not null as told`,
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

  /**
   * Failed, or unknown: told on the message, and kept in the queue. Returns those whose state changed; only what stands in `from` does. What
   * Meta has told of meanwhile has been sent, whatever its answer looked like: that leaves the queue, and so does what failed to reach
   * somebody who has been erased.
   */
  async mark(
    status: 'failed' | 'unknown',
    from: readonly ('queued' | 'held' | 'paused' | 'sending' | 'unknown')[],
    marked: readonly { messageId: string; error: MessageErrorView }[],
  ): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: `outcomes-mark-${status}`,
      text: `
        with n as (select * from unnest($1::uuid[], $2::text[]) as n(message_id, error)),
        kept as (
          update outbound_messages o set state = $3, sending_since = null,
                 unknown_since = case when $3 = 'unknown' then clock_timestamp() else o.unknown_since end
            from n join messages m on m.id = n.message_id
           where o.message_id = n.message_id and o.state = any($5::text[]) and m.platform_message_id is null
             and not ($3 = 'failed' and ${toErased})
          returning o.message_id
        ), gone as (
          delete from outbound_messages o using n join messages m on m.id = n.message_id
           where o.message_id = n.message_id and o.state = any($5::text[])
             and (m.platform_message_id is not null or $3 = 'failed' and ${toErased})
          returning o.message_id, m.platform_message_id is null as failed
        )
        update messages m set status = $3, status_rank = $4, error = n.error::json
          from n join (select message_id from kept union all select message_id from gone where failed) k using (message_id)
         where m.id = n.message_id and m.status_rank < $4
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

const toldBefore = toldState({
  channelId: 'n.channel_id',
  platformMessageId: 'n.platform_message_id',
  customer: `o.request -> 'to' ->> 'userId'`,
  since: 'o.sending_since',
});

const mistakenError: MessageErrorView = {
  reason: 'outcome_unknown',
  message:
    'Meta gave no answer when it was sent, and what was taken for it since was another message of the same text.',
  mayRetry: false,
};

/** JSON has no dates. */
function withDates<T extends object>(row: T, ...keys: (keyof T)[]): T {
  const dated = { ...row };
  for (const key of keys) {
    const value = row[key] as unknown;
    if (typeof value === 'string') dated[key] = new Date(value) as T[keyof T];
  }
  return dated;
}
