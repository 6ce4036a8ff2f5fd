import { Injectable } from '@nestjs/common';
import type { ContactSummary, Platform } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { ConversationRow } from '../message-views';
import { columnsOf, conversationColumns } from '../sql-columns';
import type { NewOutboundMessage } from './send-order.repository';

/** A contact as they can be reached on a channel. */
export interface Reachable {
  contactId: string;
  contact: ContactSummary & { email: string | null; attributes: Record<string, unknown> };
  waId: string | null;
  /** WhatsApp user id, page-scoped or Instagram-scoped id. */
  userId: string | null;
  lastInboundAt: Date | null;
}

export interface BulkTouch extends Pick<NewOutboundMessage, 'workspaceId' | 'channelId' | 'contactId' | 'sentAt'> {
  /** Of the conversation, where there is none yet. */
  id: string;
  platform: Platform;
  messageId: string;
  type: string;
  preview: string;
  campaignId: string;
}

/** What sending to many at once reads and writes: a fixed number of statements for a whole batch. */
@Injectable()
export class BulkSendsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks the contacts in ascending id, as a send to one does: their erasures and merges wait. Those that are gone are missing. Served by
   * the primary key, contact_identities_contact and conversations_contact.
   */
  async reach(
    workspaceId: string,
    channelId: string,
    platform: Platform,
    contactIds: readonly string[],
  ): Promise<Reachable[]> {
    const { rows } = await this.database.query<Reachable>({
      name: 'bulk-reach',
      text: `
        select p.id as "contactId",
               json_build_object('id', p.id, 'name', p.name, 'username', p.username, 'phone', p.phone, 'email', p.email,
                 'attributes', p.attributes) as contact,
               case when $3 = 'whatsapp' then
                 (select i.value from contact_identities i where i.contact_id = p.id and i.kind = 'wa_id' and i.scope_id = $1
                   order by (i.value = p.phone) desc nulls last limit 1) end as "waId",
               (select i.value from contact_identities i where i.contact_id = p.id
                   and (i.kind = 'wa_user_id' and i.scope_id = $1 and $3 = 'whatsapp'
                     or i.kind in ('psid', 'igsid') and i.scope_id = $2) limit 1) as "userId",
               v.last_inbound_at as "lastInboundAt"
          from contacts p left join conversations v on v.channel_id = $2 and v.contact_id = p.id
         where p.workspace_id = $1 and p.id = any($4::uuid[]) and p.erased_at is null
         order by p.id for key share of p`,
      values: [workspaceId, channelId, platform, contactIds],
    });
    return rows;
  }

  /** Makes conversations where there are none, and shows the messages as their latest. In key order, as the intake does. */
  async touch(touches: readonly BulkTouch[]): Promise<(ConversationRow & { created: boolean })[]> {
    const { rows } = await this.database.query<ConversationRow & { created: boolean }>({
      name: 'bulk-touch',
      text: `
        insert into conversations as c (id, workspace_id, channel_id, contact_id, platform, last_message_id, last_message_type,
          last_message_preview, last_message_direction, last_message_at, campaign_id)
        select n.id, n.workspace_id, n.channel_id, n.contact_id, n.platform, n.message_id, n.type, n.preview, 'outbound', n.sent_at, n.campaign_id
          from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::timestamptz[], $10::uuid[])
            as n(id, workspace_id, channel_id, contact_id, platform, message_id, type, preview, sent_at, campaign_id)
         order by n.channel_id, n.contact_id
        on conflict (channel_id, contact_id) do update set
          last_message_id = excluded.last_message_id, last_message_type = excluded.last_message_type,
          last_message_preview = excluded.last_message_preview, last_message_direction = 'outbound',
          last_message_at = greatest(c.last_message_at, excluded.last_message_at), campaign_id = excluded.campaign_id
        returning ${conversationColumns('c')}, (xmax = 0) as created`,
      values: columnsOf(
        touches,
        'id',
        'workspaceId',
        'channelId',
        'contactId',
        'platform',
        'messageId',
        'type',
        'preview',
        'sentAt',
        'campaignId',
      ),
    });
    return rows;
  }

  async insert(messages: readonly NewOutboundMessage[]): Promise<void> {
    await this.database.query({
      name: 'bulk-insert',
      text: `
        insert into messages (id, workspace_id, channel_id, conversation_id, contact_id, direction, author, type, content, status,
          status_rank, sent_at)
        select id, workspace_id, channel_id, conversation_id, contact_id, 'outbound', author::json, type, content::json, status,
               status_rank, sent_at
          from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::smallint[], $11::timestamptz[])
            as n(id, workspace_id, channel_id, conversation_id, contact_id, author, type, content, status, status_rank, sent_at)`,
      values: columnsOf(
        messages,
        'id',
        'workspaceId',
        'channelId',
        'conversationId',
        'contactId',
        'author',
        'type',
        'content',
        'status',
        'statusRank',
        'sentAt',
      ),
    });
  }

  /** Bulk messages that wait on a channel. Served by outbound_due. */
  async waiting(channelId: string, priority: number): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>({
      name: 'bulk-waiting',
      text: `select count(*)::int as count from outbound_messages where channel_id = $1 and state = 'queued' and priority = $2`,
      values: [channelId, priority],
    });
    return rows[0]!.count;
  }

  /** Messages that have not been handed to Meta do not go until `goOn`. */
  async pause(messageIds: readonly string[]): Promise<number> {
    const { rowCount } = await this.database.query({
      name: 'bulk-pause',
      // What a lane is taking at this moment is leaving.
      text: `
        with waiting as (
          select message_id from outbound_messages where message_id = any($1::uuid[]) and state in ('queued', 'held') for update skip locked)
        update outbound_messages o set state = 'paused' from waiting w where o.message_id = w.message_id`,
      values: [messageIds],
    });
    return rowCount ?? 0;
  }

  async goOn(messageIds: readonly string[]): Promise<number> {
    const { rowCount } = await this.database.query({
      name: 'bulk-go-on',
      text: `update outbound_messages set state = 'queued', next_at = clock_timestamp() where message_id = any($1::uuid[]) and state = 'paused'`,
      values: [messageIds],
    });
    return rowCount ?? 0;
  }
}
