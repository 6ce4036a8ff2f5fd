import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { InternalMessageRow } from './internal-views';

export const internalMessageColumns = `
  m.id, m.conversation_id as "conversationId", m.author, m.type, m.content, m.client_id as "clientId", m.sent_at as "sentAt"`;

/** Messages of internal conversations. Their callers have seen to it that the user takes part. */
@Injectable()
export class InternalMessagesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by messages_history. */
  async page(
    workspaceId: string,
    conversationId: string,
    before: string | undefined,
    limit: number,
  ): Promise<InternalMessageRow[]> {
    const { rows } = await this.database.query<InternalMessageRow>(
      `select ${internalMessageColumns} from messages m
        where m.workspace_id = $1 and m.conversation_id = $2
          and ($3::uuid is null or (m.sent_at, m.id) < (select sent_at, id from messages where id = $3 and conversation_id = $2))
        order by m.sent_at desc, m.id desc limit $4`,
      [workspaceId, conversationId, before ?? null, limit],
    );
    return rows;
  }

  /** Served by messages_internal_client. */
  async byClientId(conversationId: string, userId: string, clientId: string): Promise<InternalMessageRow | undefined> {
    const { rows } = await this.database.query<InternalMessageRow>(
      `select ${internalMessageColumns} from messages m
        where m.conversation_id = $1 and m.author ->> 'id' = $2 and m.client_id = $3 and m.channel_id is null`,
      [conversationId, userId, clientId],
    );
    return rows[0];
  }

  /** The next message of a locked conversation. Who writes has read what is there. */
  async post(message: {
    id: string;
    workspaceId: string;
    conversationId: string;
    authorId: string;
    text: string;
    preview: string;
    clientId: string | null;
  }): Promise<InternalMessageRow> {
    const { rows } = await this.database.query<InternalMessageRow>(
      `with counted as (
         update conversations set inbound_count = inbound_count + 1, last_message_id = $1, last_message_type = 'text',
                last_message_preview = $6, last_message_direction = 'internal',
                last_message_at = greatest(last_message_at, date_trunc('milliseconds', clock_timestamp()))
          where workspace_id = $2 and id = $3 returning inbound_count, last_message_at
       ), seen as (
         update conversation_participants p set read_count = counted.inbound_count from counted
          where p.conversation_id = $3 and p.user_id = $4
       )
       insert into messages as m (id, workspace_id, conversation_id, direction, author, type, content, status, status_rank, client_id,
         inbound_seq, sent_at)
       select $1, $2, $3, 'internal', json_build_object('kind', 'user', 'id', $4::uuid), 'text', $5::json, 'sent', 20, $7,
              inbound_count, last_message_at from counted
       returning ${internalMessageColumns}`,
      [
        message.id,
        message.workspaceId,
        message.conversationId,
        message.authorId,
        JSON.stringify({ text: message.text }),
        message.preview,
        message.clientId,
      ],
    );
    return rows[0]!;
  }

  async positionOf(conversationId: string, messageId: string): Promise<number | undefined> {
    const { rows } = await this.database.query<{ position: number }>(
      'select inbound_seq as position from messages where id = $2 and conversation_id = $1',
      [conversationId, messageId],
    );
    return rows[0]?.position;
  }

  /** Moves a participant's position forward, never back. Returns where it stood; undefined where it did not move. */
  async moveParticipant(conversationId: string, userId: string, position: number): Promise<number | undefined> {
    const { rows } = await this.database.query<{ before: number }>(
      `update conversation_participants p set read_count = $3
         from (select read_count from conversation_participants where conversation_id = $1 and user_id = $2 for update) b
        where p.conversation_id = $1 and p.user_id = $2 and b.read_count < $3 returning b.read_count as before`,
      [conversationId, userId, position],
    );
    return rows[0]?.before;
  }
}
