import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { columnsOf } from '../sql-columns';
import type { PlatformMessageKey } from './intake.repository';
import type { MovedMessage } from './state.repository';

export interface EditRecord extends PlatformMessageKey {
  revision: number;
  at: Date;
  by: 'customer' | 'business';
  type: string;
  /** JSON text. */
  content: string;
  preview: string;
}

/** What messages were changed to. Each statement serves a whole batch; an older edit never comes after a newer one. */
@Injectable()
export class EditsRepository {
  constructor(private readonly database: Database) {}

  /** Keeps the edits that are newer than what is kept, known message or not, unless the message was taken back. Returns those. */
  async keep(edits: readonly EditRecord[]): Promise<PlatformMessageKey[]> {
    const { rows } = await this.database.query<PlatformMessageKey>({
      name: 'edits-keep',
      text: `
        insert into message_edits as e (channel_id, platform_message_id, revision, at, by, type, content)
        select n.channel_id, n.platform_message_id, n.revision, n.at, n.by, n.type, n.content::json
          from unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
            as n(channel_id, platform_message_id, revision, at, by, type, content)
         where not exists (select 1 from message_deletions d
                            where d.channel_id = n.channel_id and d.platform_message_id = n.platform_message_id)
         order by n.channel_id, n.platform_message_id
        on conflict (channel_id, platform_message_id) do update
          set revision = excluded.revision, at = excluded.at, by = excluded.by, type = excluded.type, content = excluded.content
          where (e.revision, e.at) < (excluded.revision, excluded.at)
        returning e.channel_id as "channelId", e.platform_message_id as "platformMessageId"`,
      values: columnsOf(edits, 'channelId', 'platformMessageId', 'revision', 'at', 'by', 'type', 'content'),
    });
    return rows;
  }

  /** Puts kept edits into their messages and into the conversations that show them. Served by messages_platform_id. */
  async apply(edits: readonly EditRecord[]): Promise<MovedMessage[]> {
    const { rows } = await this.database.query<MovedMessage>({
      name: 'edits-apply',
      text: `
        with edited as (
          update messages m set content = n.content::json, type = n.type, edited_at = n.at
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
              as n(channel_id, platform_message_id, type, content, at)
           where m.channel_id = n.channel_id and m.platform_message_id = n.platform_message_id and m.deleted_at is null
          returning m.*
        ), shown as (
          update conversations c set last_message_preview = n.preview, last_message_type = e.type
            from edited e
            join unnest($1::uuid[], $2::text[], $6::text[]) as n(channel_id, platform_message_id, preview)
              on n.channel_id = e.channel_id and n.platform_message_id = e.platform_message_id
           where c.id = e.conversation_id and c.last_message_id = e.id
        )
        select e.channel_id as "channelId", e.platform_message_id as "platformMessageId", e.id as "messageId",
               e.workspace_id as "workspaceId", e.conversation_id as "conversationId", e.contact_id as "contactId"
          from edited e`,
      values: columnsOf(edits, 'channelId', 'platformMessageId', 'type', 'content', 'at', 'preview'),
    });
    return rows;
  }
}
