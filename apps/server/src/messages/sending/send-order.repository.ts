import { Injectable } from '@nestjs/common';
import type { ContactSummary, MessageErrorView, Platform } from '@switchboard/contracts';
import { Database, schema } from '@switchboard/database';
import { and, eq } from 'drizzle-orm';
import { rankOf } from '../message-status';
import type { ConversationRow, MessageRow } from '../message-views';
import { conversationColumns } from '../sql-columns';

/** A conversation and how its customer is reached. */
export interface SendTarget {
  conversation: ConversationRow;
  contact: ContactSummary;
  waId: string | null;
  /** WhatsApp user id, page-scoped or Instagram-scoped id. */
  userId: string | null;
  /** Nothing may be sent to them any more, whatever address was read. */
  erased: boolean;
}

/** A conversation, or whose it was when they have been merged into another contact while this waited. */
type Found = { channelId: string } & (
  | { target: SendTarget; goneContactId?: undefined }
  | { goneContactId: string; target?: undefined }
);

export interface NewOutboundMessage extends Omit<MessageRow, 'author' | 'content' | 'error'> {
  author: string;
  content: string;
  statusRank: number;
}

export interface MessageRef {
  id: string;
  platformMessageId: string | null;
  direction: string;
  sentAt: Date;
  deletedAt: Date | null;
}

export interface TakenForRetry {
  conversationId: string;
  request: unknown;
  /** It was unknown, and has failed with this. */
  ended: boolean;
  /** Our id of the message it answers. */
  replyToMessageId: string | null;
}

/** What sending reads and writes of conversations and messages, always within one workspace. */
@Injectable()
export class SendOrderRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks the customer: an erasure and a merge of theirs wait for the transaction, and this for one under way. Whoever locks more than the
   * customer does so after it, as merges and erasures do. A conversation that was merged into another meanwhile is that one.
   */
  async target(workspaceId: string, conversationId: string): Promise<SendTarget | undefined> {
    let id: string | undefined = conversationId;
    while (id !== undefined) {
      const found: Found | undefined = await this.find(workspaceId, id);
      if (!found?.goneContactId) return found?.target;
      // This statement sees what the one that waited could not.
      id = await this.survivorOf(workspaceId, found.channelId, found.goneContactId);
    }
    return undefined;
  }

  private async find(workspaceId: string, conversationId: string): Promise<Found | undefined> {
    const { rows } = await this.database.query<
      ConversationRow & { contact: ContactSummary | null; waId: string | null; userId: string | null; erased: boolean }
    >({
      name: 'send-target',
      text: `
        select ${conversationColumns('c')}, p.contact, p.erased,
               (select i.value from contact_identities i where i.contact_id = c.contact_id and i.kind = 'wa_id' and i.scope_id = c.workspace_id
                 order by (i.value = p.contact ->> 'phone') desc nulls last limit 1) as "waId",
               (select i.value from contact_identities i where i.contact_id = c.contact_id
                   and (i.kind = 'wa_user_id' and i.scope_id = c.workspace_id and c.platform = 'whatsapp'
                     or i.kind in ('psid', 'igsid') and i.scope_id = c.channel_id) limit 1) as "userId"
          from conversations c
          left join lateral (
            select json_build_object('id', p.id, 'name', p.name, 'username', p.username, 'phone', p.phone) as contact,
                   p.erased_at is not null as erased
              from contacts p where p.id = c.contact_id and p.workspace_id = c.workspace_id for key share) p on true
         where c.workspace_id = $1 and c.id = $2 and c.contact_id is not null`,
      values: [workspaceId, conversationId],
    });
    const [row] = rows;
    if (!row) return undefined;
    const { contact, waId, userId, erased, ...conversation } = row;
    const { channelId } = conversation;
    if (!contact) return { channelId, goneContactId: conversation.contactId };
    return { channelId, target: { conversation, contact, waId, userId, erased } };
  }

  /** The conversation on a channel of whoever a contact was merged into. Served by contact_merges_merged. */
  private async survivorOf(workspaceId: string, channelId: string, contactId: string): Promise<string | undefined> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'send-survivor-of',
      text: `
        select v.id from contact_merges m join conversations v on v.channel_id = $2 and v.contact_id = m.contact_id
         where m.workspace_id = $1 and m.merged_contact_id = $3 and m.undone_at is null order by m.id desc limit 1`,
      values: [workspaceId, channelId, contactId],
    });
    return rows[0]?.id;
  }

  /** A message of a customer's conversation. Served by the primary key. */
  async message(
    workspaceId: string,
    messageId: string,
  ): Promise<(MessageRef & { conversationId: string }) | undefined> {
    const { messages } = schema;
    const [row] = await this.database.orm
      .select({
        id: messages.id,
        conversationId: messages.conversationId,
        platformMessageId: messages.platformMessageId,
        direction: messages.direction,
        sentAt: messages.sentAt,
        deletedAt: messages.deletedAt,
      })
      .from(messages)
      .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)));
    return row;
  }

  /** Meta's id of the customer's last message. Served by messages_history. */
  async lastInbound(conversationId: string): Promise<string | undefined> {
    const { rows } = await this.database.query<{ id: string | null }>(
      `select platform_message_id as id from messages where conversation_id = $1 and direction = 'inbound' and deleted_at is null
        order by sent_at desc, id desc limit 1`,
      [conversationId],
    );
    return rows[0]?.id ?? undefined;
  }

  /** As `target` locks it; false where there is none, or it is merged away meanwhile. */
  async lockContact(workspaceId: string, contactId: string): Promise<boolean> {
    const { rowCount } = await this.database.query({
      name: 'send-lock-contact',
      text: 'select 1 from contacts where workspace_id = $1 and id = $2 for key share',
      values: [workspaceId, contactId],
    });
    return rowCount === 1;
  }

  /** The conversation of a contact, who is locked, on a channel; made where there is none. */
  async conversationOf(made: {
    id: string;
    workspaceId: string;
    channelId: string;
    contactId: string;
    platform: Platform;
  }): Promise<{ id: string; created: boolean }> {
    const { rows } = await this.database.query<{ id: string; created: boolean }>({
      name: 'send-conversation-of',
      text: `
        insert into conversations as c (id, workspace_id, channel_id, contact_id, platform, last_message_at)
        values ($1, $2, $3, $4, $5, now())
        on conflict (channel_id, contact_id) do update set channel_id = c.channel_id
        returning c.id, (xmax = 0) as created`,
      values: [made.id, made.workspaceId, made.channelId, made.contactId, made.platform],
    });
    return rows[0]!;
  }

  /** A message of the conversation, for a reply or a reaction to it. */
  async messageIn(conversationId: string, messageId: string): Promise<MessageRef | undefined> {
    const { messages } = schema;
    const [row] = await this.database.orm
      .select({
        id: messages.id,
        platformMessageId: messages.platformMessageId,
        direction: messages.direction,
        sentAt: messages.sentAt,
        deletedAt: messages.deletedAt,
      })
      .from(messages)
      .where(and(eq(messages.id, messageId), eq(messages.conversationId, conversationId)));
    return row;
  }

  async insert(message: NewOutboundMessage): Promise<void> {
    await this.database.query({
      name: 'send-insert',
      text: `
        insert into messages (id, workspace_id, channel_id, conversation_id, contact_id, direction, author, type, content, status,
          status_rank, reply_to, client_id, sent_at)
        values ($1, $2, $3, $4, $5, 'outbound', $6::json, $7, $8::json, $9, $10, $11, $12, $13)`,
      values: [
        message.id,
        message.workspaceId,
        message.channelId,
        message.conversationId,
        message.contactId,
        message.author,
        message.type,
        message.content,
        message.status,
        message.statusRank,
        message.replyTo,
        message.clientId,
        message.sentAt,
      ],
    });
  }

  /** Shows a message as the conversation's latest. `undefined` where it is another contact's by now: a merge was taken back. */
  async touch(message: NewOutboundMessage, preview: string): Promise<ConversationRow | undefined> {
    const { rows } = await this.database.query<ConversationRow>({
      name: 'send-touch',
      text: `
        update conversations c set last_message_id = $2, last_message_type = $3, last_message_preview = $4,
               last_message_direction = 'outbound', last_message_at = greatest(c.last_message_at, $5)
         where c.id = $1 and c.contact_id = $6 returning ${conversationColumns('c')}`,
      values: [message.conversationId, message.id, message.type, preview, message.sentAt, message.contactId],
    });
    return rows[0];
  }

  /**
   * Takes the key for this message. Where it is taken already, what it was taken for; a request under way with the same key is waited
   * for.
   */
  async takeKey(taken: {
    workspaceId: string;
    actorId: string;
    key: string;
    requestHash: Buffer;
    messageId: string;
  }): Promise<{ requestHash: Buffer; messageId: string } | undefined> {
    const { rowCount } = await this.database.query({
      name: 'send-take-key',
      text: `
        insert into send_keys (workspace_id, actor_id, key, request_hash, message_id) values ($1, $2, $3, $4, $5)
        on conflict do nothing`,
      values: [taken.workspaceId, taken.actorId, taken.key, taken.requestHash, taken.messageId],
    });
    if (rowCount === 1) return undefined;
    const { sendKeys } = schema;
    const [row] = await this.database.orm
      .select({ requestHash: sendKeys.requestHash, messageId: sendKeys.messageId })
      .from(sendKeys)
      .where(
        and(
          eq(sendKeys.workspaceId, taken.workspaceId),
          eq(sendKeys.actorId, taken.actorId),
          eq(sendKeys.key, taken.key),
        ),
      );
    return row;
  }

  /**
   * Takes a failed or unknown message out of the queue, or what is kept of one that failed later, to be sent anew as another. An unknown
   * one ends as failed with that, unless Meta tells of it later. `undefined` where there is none to take, or its customer has been erased.
   * The customer is locked: whoever erases or merges them takes these rows, too.
   */
  async takeForRetry(workspaceId: string, messageId: string): Promise<TakenForRetry | undefined> {
    const { rows } = await this.database.query<TakenForRetry>({
      name: 'send-take-for-retry',
      text: `
        with taken as (
          delete from outbound_messages where workspace_id = $1 and message_id = $2 and state in ('failed', 'unknown')
            and request -> 'content' is not null
          returning message_id, channel_id, conversation_id, request
        ), failed_later as (
          delete from sent_requests s using messages m
           where s.workspace_id = $1 and s.message_id = $2 and m.id = s.message_id and m.status = 'failed' and m.deleted_at is null
          returning m.id as message_id, m.channel_id, m.conversation_id, s.request
        ), ended as (
          update messages m set status = 'failed', status_rank = $3, error = $4::json
            from taken t where m.id = t.message_id and m.status = 'unknown'
          returning m.id
        )
        select t.conversation_id as "conversationId", t.request, exists (select 1 from ended) as ended,
               (select r.id from messages r where r.channel_id = t.channel_id and r.platform_message_id = t.request ->> 'replyTo'
                   and r.conversation_id = t.conversation_id) as "replyToMessageId"
          from (select * from taken union all select * from failed_later) t`,
      values: [workspaceId, messageId, rankOf('failed'), JSON.stringify(sentAgain)],
    });
    return rows[0];
  }
}

const sentAgain: MessageErrorView = {
  reason: 'outcome_unknown',
  message: 'It was sent again by hand before Meta told what became of it; it may have reached the customer.',
  mayRetry: false,
};
