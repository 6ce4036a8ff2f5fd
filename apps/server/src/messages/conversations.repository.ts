import { Injectable } from '@nestjs/common';
import type { ContactSummary, Platform } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { ConversationRow, MessageRow } from './message-views';
import { conversationColumns, messageColumns } from './sql-columns';

export type ConversationWithContact = ConversationRow & { contact: ContactSummary };
export type ListedMessage = MessageRow & { platform: Platform; replyToMessageId: string | null };

const contactJson = `json_build_object('id', p.id, 'name', p.name, 'username', p.username, 'phone', p.phone) as contact`;

/** Reads of conversations and their messages, always within one workspace. */
@Injectable()
export class ConversationsRepository {
  constructor(private readonly database: Database) {}

  /** Latest message first. Served by conversations_inbox. */
  async list(
    workspaceId: string,
    filter: { before?: string; channelId?: string; limit: number },
  ): Promise<ConversationWithContact[]> {
    const { rows } = await this.database.query<ConversationWithContact>(
      `select ${conversationColumns('c')}, ${contactJson}
         from conversations c join contacts p on p.id = c.contact_id
        where c.workspace_id = $1 and ($2::uuid is null or c.channel_id = $2)
          and ($3::uuid is null or (c.last_message_at, c.id) < (select last_message_at, id from conversations where id = $3 and workspace_id = $1))
        order by c.last_message_at desc, c.id desc limit $4`,
      [workspaceId, filter.channelId ?? null, filter.before ?? null, filter.limit],
    );
    return rows;
  }

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
