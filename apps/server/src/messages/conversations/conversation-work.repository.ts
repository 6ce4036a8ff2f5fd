import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ConversationWithContact } from '../conversations.repository';
import { contactJson, conversationColumns } from '../sql-columns';
import type { ConversationState } from './conversation-change';

const conversation = `${conversationColumns('c')}, ${contactJson}`;

/** Changes of conversations with customers. */
@Injectable()
export class ConversationWorkRepository {
  constructor(private readonly database: Database) {}

  async lock(workspaceId: string, id: string): Promise<ConversationWithContact | undefined> {
    const { rows } = await this.database.query<ConversationWithContact>(
      `select ${conversation} from conversations c join contacts p on p.id = c.contact_id
        where c.workspace_id = $1 and c.id = $2 for update of c`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** Of a locked conversation. */
  async change(workspaceId: string, id: string, state: ConversationState): Promise<ConversationWithContact> {
    const { rows } = await this.database.query<ConversationWithContact>(
      `update conversations c
          set status = $3, snoozed_until = $4, assignee_id = $5, label_ids = $6::uuid[], version = c.version + 1
         from contacts p where c.workspace_id = $1 and c.id = $2 and p.id = c.contact_id
       returning ${conversation}`,
      [workspaceId, id, state.status, state.snoozedUntil, state.assigneeId, state.labelIds],
    );
    return rows[0]!;
  }

  /** Users of the workspace who may work with conversations, of those asked for; kept from being removed meanwhile. */
  async members(workspaceId: string, userIds: readonly string[], roles: readonly string[]): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select user_id as id from memberships where workspace_id = $1 and user_id = any($2::uuid[]) and role = any($3::text[])
        order by user_id for key share`,
      [workspaceId, userIds, roles],
    );
    return rows.map(({ id }) => id);
  }

  /** Opens snoozed conversations whose time has come, of all workspaces, at most `limit`. Served by conversations_snoozed. */
  async wake(limit: number): Promise<ConversationWithContact[]> {
    const { rows } = await this.database.query<ConversationWithContact>(
      `update conversations c set status = 'open', snoozed_until = null, version = c.version + 1
         from (select d.id from conversations d where d.status = 'snoozed' and d.snoozed_until <= now()
                order by d.snoozed_until limit $1 for update skip locked) due, contacts p
        where c.id = due.id and p.id = c.contact_id
       returning ${conversation}`,
      [limit],
    );
    return rows;
  }
}
