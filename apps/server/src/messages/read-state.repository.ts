import { Injectable } from '@nestjs/common';
import type { Platform } from '@switchboard/contracts';
import { Database, firstIdOf } from '@switchboard/database';

/** A conversation with a customer. */
export interface ConversationReadState {
  id: string;
  channelId: string;
  contactId: string;
  inboundCount: number;
}

export interface WorkspaceMember {
  workspaceId: string;
  userId: string;
}

/**
 * One for each channel of the workspace that has had messages, and for each internal conversation of the user with something unread
 * (platform `internal`, `channelId` its id); one without a channel where there is neither.
 */
export interface UnreadRow extends WorkspaceMember {
  /** The last event of the workspace's log that this takes in. */
  head: number;
  channelId: string | null;
  platform: Platform | 'internal';
  inbound: number;
  read: number;
}

/** A message that is older was committed before, whatever its transaction waited for: those take seconds. */
const settled = `interval '5 minutes'`;
/** Ids tell the time of the process that made them. */
const recentIdsMs = 10 * 60_000;

/** How far each user has read. */
@Injectable()
export class ReadStateRepository {
  constructor(private readonly database: Database) {}

  async lockConversation(workspaceId: string, conversationId: string): Promise<ConversationReadState | undefined> {
    const { rows } = await this.database.query<ConversationReadState>(
      `select id, channel_id as "channelId", contact_id as "contactId", inbound_count as "inboundCount"
         from conversations where workspace_id = $1 and id = $2 and channel_id is not null for update`,
      [workspaceId, conversationId],
    );
    return rows[0];
  }

  /** The position of an inbound message; of an outbound one, that of the last inbound message before it. */
  async positionOf(conversationId: string, messageId: string): Promise<number | undefined> {
    const { rows } = await this.database.query<{ position: number | null }>(
      `select coalesce(m.inbound_seq, (
                select max(p.inbound_seq) from messages p where p.conversation_id = m.conversation_id and p.sent_at <= m.sent_at), 0) as position
         from messages m where m.id = $2 and m.conversation_id = $1`,
      [conversationId, messageId],
    );
    return rows[0]?.position ?? undefined;
  }

  /**
   * Moves a user's position forward, and the channel's sum with it. Returns by how much; 0 when it stood there already. Where none is
   * written, the user has read what came before they joined (see `startRead`).
   */
  async moveUser(userId: string, conversation: ConversationReadState, position: number): Promise<number> {
    const { rows } = await this.database.query<{ moved: number }>(
      `with before as (
         select coalesce(
           (select read_count from read_positions where user_id = $1 and conversation_id = $2),
           (select max(m.inbound_seq) from messages m join memberships j on j.workspace_id = m.workspace_id and j.user_id = $1
             where m.conversation_id = $2 and m.created_at < j.created_at - ${settled}),
           0) as count
       ), moved as (
         insert into read_positions as r (user_id, conversation_id, channel_id, read_count) select $1, $2, $3, $4::int from before where count < $4::int
         on conflict (user_id, conversation_id) do update set read_count = excluded.read_count where r.read_count < excluded.read_count
         returning read_count
       ), summed as (
         insert into user_read_counters as u (user_id, channel_id, read_count)
         select $1, $3, moved.read_count - before.count from moved, before
         on conflict (user_id, channel_id) do update set read_count = u.read_count + excluded.read_count
       )
       select coalesce((select moved.read_count - before.count from moved, before), 0) as moved`,
      [userId, conversation.id, conversation.channelId, position],
    );
    return rows[0]!.moved;
  }

  /**
   * A new member has read what came before them: the channels' sums say so at once. Positions are written only for conversations with a
   * message of the last minutes, whose time does not tell on which side of this moment it was committed; of the others it does. One
   * statement, so that positions and sums are of one moment, in the transaction that makes the membership. Recent messages are found by
   * their ids.
   */
  async startRead(workspaceId: string, userId: string): Promise<void> {
    await this.database.query(
      `with recent as (
         select distinct conversation_id as id from messages
          where id >= $3::uuid and workspace_id = $1 and inbound_seq is not null and created_at >= now() - ${settled}
       ), written as (
         insert into read_positions (user_id, conversation_id, channel_id, read_count)
         select $2, c.id, c.channel_id, c.inbound_count from recent join conversations c using (id) where c.channel_id is not null
         on conflict (user_id, conversation_id) do nothing
       ), brought as (
         update read_positions r set read_count = c.inbound_count from conversations c
          where r.user_id = $2 and c.id = r.conversation_id and c.workspace_id = $1 and r.read_count < c.inbound_count
       )
       insert into user_read_counters as u (user_id, channel_id, read_count)
       select $2, channel_id, inbound_count from channel_counters where workspace_id = $1
       on conflict (user_id, channel_id) do update set read_count = greatest(u.read_count, excluded.read_count)`,
      [workspaceId, userId, firstIdOf(new Date(Date.now() - recentIdsMs))],
    );
  }

  /** The inbound messages between two positions, oldest first, at most `limit`. Served by messages_history, in which the positions are. */
  async between(conversationId: string, after: number, upTo: number, limit: number): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from messages where conversation_id = $1 and inbound_seq > $2 and inbound_seq <= $3 order by inbound_seq limit $4`,
      [conversationId, after, upTo, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Meta's id of the inbound message at a position. Likewise. */
  async platformIdAt(conversationId: string, position: number): Promise<string | null> {
    const { rows } = await this.database.query<{ id: string | null }>(
      `select platform_message_id as id from messages where conversation_id = $1 and inbound_seq = $2
        order by sent_at desc, id desc limit 1`,
      [conversationId, position],
    );
    return rows[0]?.id ?? null;
  }

  /** The conversation counts as read as far as anybody has read it. Returns what is unread still. */
  async moveConversation(conversationId: string, position: number): Promise<number> {
    const { rows } = await this.database.query<{ unread: number }>(
      `update conversations set read_count = greatest(read_count, $2) where id = $1 returning inbound_count - read_count as unread`,
      [conversationId, position],
    );
    return rows[0]?.unread ?? 0;
  }

  /**
   * What users have been sent and have read, by channel, in any number of workspaces. Of one moment: it holds what the events up to
   * `head` tell and nothing more. By the indexes channel_counters_workspace and
   * conversation_participants_user (OFFSET 0 keeps the planner from hashing whole tables).
   */
  async unread(members: readonly WorkspaceMember[]): Promise<UnreadRow[]> {
    const { rows } = await this.database.query<UnreadRow>({
      name: 'read-unread',
      text: `
        select u.workspace_id as "workspaceId", u.user_id as "userId",
               coalesce((select h.head from workspace_heads h where h.workspace_id = u.workspace_id), 0) as head,
               n."channelId", n.platform, n.inbound, n.read
          from unnest($1::uuid[], $2::uuid[]) as u(workspace_id, user_id)
          left join lateral (
            select k.channel_id as "channelId", c.platform, k.inbound_count as inbound,
                   coalesce((select r.read_count from user_read_counters r where r.user_id = u.user_id and r.channel_id = k.channel_id), 0) as read
              from channel_counters k join channels c on c.id = k.channel_id
             where k.workspace_id = u.workspace_id
            union all
            select a.conversation_id, 'internal', i.inbound_count, a.read_count
              from conversation_participants a join conversations i on i.id = a.conversation_id
             where a.workspace_id = u.workspace_id and a.user_id = u.user_id and i.inbound_count > a.read_count
            offset 0
          ) n on true`,
      values: [members.map((m) => m.workspaceId), members.map((m) => m.userId)],
    });
    return rows;
  }
}
