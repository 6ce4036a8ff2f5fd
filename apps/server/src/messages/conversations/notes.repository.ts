import { Injectable } from '@nestjs/common';
import type { MessageAuthor } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { MessageRow } from '../message-views';
import { messageColumns } from '../sql-columns';

export interface NewNote {
  id: string;
  workspaceId: string;
  channelId: string;
  conversationId: string;
  contactId: string;
  author: MessageAuthor;
  content: { text: string; mentions: string[] };
}

/** Notes stand among the messages of a conversation: nothing is counted, nothing is brought forward. */
@Injectable()
export class NotesRepository {
  constructor(private readonly database: Database) {}

  async insert(note: NewNote): Promise<MessageRow> {
    const { rows } = await this.database.query<MessageRow>(
      `insert into messages as m (id, workspace_id, channel_id, conversation_id, contact_id, direction, author, type, content, status,
         status_rank, sent_at)
       values ($1, $2, $3, $4, $5, 'internal', $6::json, 'note', $7::json, 'sent', 20, date_trunc('milliseconds', clock_timestamp()))
       returning ${messageColumns('m')}`,
      [
        note.id,
        note.workspaceId,
        note.channelId,
        note.conversationId,
        note.contactId,
        JSON.stringify(note.author),
        JSON.stringify(note.content),
      ],
    );
    return rows[0]!;
  }
}
