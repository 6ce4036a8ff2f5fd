import { Injectable } from '@nestjs/common';
import { type RoomName, rooms } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { Session } from '@switchboard/realtime';
import type { ConversationPosition } from '../conversations/conversation-filter';
import { conversationAudience } from '../intake/channel-item';
import type { InternalConversationRow } from './internal-views';

const conversation = `
  c.id, c.workspace_id as "workspaceId", i.kind, i.title, i.created_by as "createdBy", i.created_at as "createdAt",
  c.last_message_id as "lastMessageId", c.last_message_type as "lastMessageType", c.last_message_preview as "lastMessagePreview",
  c.last_message_at as "lastMessageAt",
  coalesce((select json_agg(json_build_object('userId', a.user_id, 'name', coalesce(u.name, u.email),
              'unreadCount', greatest(0, c.inbound_count - a.read_count)) order by a.joined_at, a.user_id)
              from conversation_participants a left join users u on u.id = a.user_id where a.conversation_id = c.id), '[]') as participants`;

export interface ConversationAudience {
  /** With a customer, and not between users. */
  customer: boolean;
  rooms: RoomName[];
}

/** Internal conversations: rows of `conversations` without channel and contact. Every statement names the participant who asks. */
@Injectable()
export class InternalRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, id: string, userId: string): Promise<InternalConversationRow | undefined> {
    const { rows } = await this.database.query<InternalConversationRow>(
      `select ${conversation} from conversations c
         join internal_conversations i on i.conversation_id = c.id
         join conversation_participants me on me.conversation_id = c.id and me.user_id = $3
        where c.workspace_id = $1 and c.id = $2`,
      [workspaceId, id, userId],
    );
    return rows[0];
  }

  /** As `find`, whoever asks: for telling what has just been changed. */
  async reload(workspaceId: string, id: string): Promise<InternalConversationRow> {
    const { rows } = await this.database.query<InternalConversationRow>(
      `select ${conversation} from conversations c join internal_conversations i on i.conversation_id = c.id
        where c.workspace_id = $1 and c.id = $2`,
      [workspaceId, id],
    );
    return rows[0]!;
  }

  /** Latest message first. By conversation_participants_user: what it costs grows with the conversations of this user alone. */
  async page(
    { workspaceId, userId }: { workspaceId: string; userId: string },
    unread: boolean | undefined,
    before: ConversationPosition | undefined,
    limit: number,
  ): Promise<InternalConversationRow[]> {
    const { rows } = await this.database.query<InternalConversationRow>(
      `select ${conversation} from conversation_participants me
         join conversations c on c.id = me.conversation_id
         join internal_conversations i on i.conversation_id = c.id
        where me.workspace_id = $1 and me.user_id = $2 and ($3::bool is null or $3 = (c.inbound_count > me.read_count))
          and ($4::uuid is null or (c.last_message_at, c.id) < (coalesce($5::timestamptz,
                (select b.last_message_at from conversations b where b.workspace_id = $1 and b.id = $4)), $4))
        order by c.last_message_at desc, c.id desc limit $6`,
      [workspaceId, userId, unread ?? null, before?.id ?? null, before?.at ?? null, limit],
    );
    return rows;
  }

  /** The direct conversation of two, made if there is none. Two who make it at once get the same. */
  async direct(
    workspaceId: string,
    id: string,
    directKey: string,
    createdBy: string,
  ): Promise<{ id: string; created: boolean }> {
    const made = await this.database.query(
      `insert into internal_conversations (conversation_id, workspace_id, kind, direct_key, created_by)
       values ($1, $2, 'direct', $3, $4) on conflict (workspace_id, direct_key) do nothing`,
      [id, workspaceId, directKey, createdBy],
    );
    if (made.rowCount === 1) return { id, created: true };
    const { rows } = await this.database.query<{ id: string }>(
      'select conversation_id as id from internal_conversations where workspace_id = $1 and direct_key = $2',
      [workspaceId, directKey],
    );
    return { id: rows[0]!.id, created: false };
  }

  async group(workspaceId: string, id: string, title: string, createdBy: string): Promise<void> {
    await this.database.query(
      `insert into internal_conversations (conversation_id, workspace_id, kind, title, created_by) values ($1, $2, 'group', $3, $4)`,
      [id, workspaceId, title, createdBy],
    );
  }

  async open(workspaceId: string, id: string, userIds: readonly string[]): Promise<void> {
    await this.database.query(
      `with opened as (
         insert into conversations (id, workspace_id, platform, last_message_at)
         values ($2, $1, 'internal', date_trunc('milliseconds', clock_timestamp()))
       )
       insert into conversation_participants (conversation_id, user_id, workspace_id) select $2, u, $1 from unnest($3::uuid[]) u`,
      [workspaceId, id, userIds],
    );
  }

  /** The conversation as it stands for one of its participants, locked. */
  async lock(
    workspaceId: string,
    id: string,
    userId: string,
  ): Promise<{ kind: 'direct' | 'group'; createdBy: string; count: number; participants: number } | undefined> {
    const { rows } = await this.database.query(
      `select i.kind, i.created_by as "createdBy", c.inbound_count as count,
              (select count(*)::int from conversation_participants a where a.conversation_id = c.id) as participants
         from conversations c join internal_conversations i on i.conversation_id = c.id
         join conversation_participants me on me.conversation_id = c.id and me.user_id = $3
        where c.workspace_id = $1 and c.id = $2 for update of c`,
      [workspaceId, id, userId],
    );
    return rows[0];
  }

  /** New participants have read what came before them, and may look it up. */
  async add(workspaceId: string, id: string, userIds: readonly string[], readCount: number): Promise<number> {
    const { rowCount } = await this.database.query(
      `insert into conversation_participants (conversation_id, user_id, workspace_id, read_count)
       select $2, u, $1, $4 from unnest($3::uuid[]) u on conflict do nothing`,
      [workspaceId, id, userIds, readCount],
    );
    return rowCount ?? 0;
  }

  async remove(workspaceId: string, id: string, userId: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'delete from conversation_participants where workspace_id = $1 and conversation_id = $2 and user_id = $3',
      [workspaceId, id, userId],
    );
    return rowCount === 1;
  }

  /** Who is to be told of what happens in a conversation; `undefined` where this user may not see it. */
  async audience(
    { workspaceId, userId, channelIds }: Pick<Session, 'workspaceId' | 'userId' | 'channelIds'>,
    id: string,
  ): Promise<ConversationAudience | undefined> {
    const { rows } = await this.database.query<{
      channelId: string | null;
      contactId: string | null;
      participants: string[];
    }>(
      `select c.channel_id as "channelId", c.contact_id as "contactId",
              array(select a.user_id::text from conversation_participants a where a.conversation_id = c.id) as participants
         from conversations c where c.workspace_id = $1 and c.id = $2`,
      [workspaceId, id],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { channelId, contactId, participants } = row;
    if (channelId) {
      if (channelIds && !channelIds.includes(channelId)) return undefined;
      return { customer: true, rooms: conversationAudience({ workspaceId, channelId, contactId, conversationId: id }) };
    }
    return participants.includes(userId) ? { customer: false, rooms: participants.map(rooms.user) } : undefined;
  }
}
