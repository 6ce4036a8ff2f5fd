import { Injectable } from '@nestjs/common';
import type { ContactSummary, Platform } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { ConversationRow, MessageRow } from './message-views';
import { contactJson, conversationColumns, messageColumns } from './sql-columns';

export type ConversationWithContact = ConversationRow & { contact: ContactSummary };
export type ListedMessage = MessageRow & { platform: Platform; replyToMessageId: string | null };

/** Reads of conversations and their messages, always within one workspace. */
@Injectable()
export class ConversationsRepository {
  constructor(private readonly database: Database) {}

  /** One with a customer. */
  async find(workspaceId: string, id: string): Promise<ConversationWithContact | undefined> {
    const { rows } = await this.database.query<ConversationWithContact>(
      `select ${conversationColumns('c')}, ${contactJson}
         from conversations c join contacts p on p.id = c.contact_id where c.workspace_id = $1 and c.id = $2`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** Newest first by Meta's clock. Served by messages_history. */
  async messages(
    workspaceId: string,
    conversationId: string,
    before: string | undefined,
    limit: number,
  ): Promise<ListedMessage[]> {
    const { rows } = await this.database.query<ListedMessage>(
      `select ${messageColumns('m')}, c.platform, r.id as "replyToMessageId"
         from messages m join conversations c on c.id = m.conversation_id
         left join messages r on r.channel_id = m.channel_id and r.platform_message_id = m.reply_to
        where m.conversation_id = $2 and c.workspace_id = $1
          and ($3::uuid is null or (m.sent_at, m.id) < (select sent_at, id from messages where id = $3 and conversation_id = $2))
        order by m.sent_at desc, m.id desc limit $4`,
      [workspaceId, conversationId, before ?? null, limit],
    );
    return rows;
  }
}
