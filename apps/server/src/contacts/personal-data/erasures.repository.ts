import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { DataSubject } from './personal-data-sources';

export interface ErasureRow {
  id: string;
  workspaceId: string;
  contactId: string;
  subject: DataSubject;
  state: 'running' | 'done';
  position: number;
  requestedBy: string;
  requestedAt: Date;
  finishedAt: Date | null;
}

const columns = `id, workspace_id as "workspaceId", contact_id as "contactId", subject, state, position, requested_by as "requestedBy",
  requested_at as "requestedAt", finished_at as "finishedAt"`;

@Injectable()
export class ErasuresRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by contact_erasures_workspace. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<ErasureRow[]> {
    const { rows } = await this.database.query<ErasureRow>(
      `select ${columns} from contact_erasures where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  /**
   * Erases what is about a contact in the tables of contacts, conversations and messages. The contact's row stays, empty, for the
   * conversations that name it. By conversations_contact, messages_history and the contact indexes.
   */
  async eraseRecords({ workspaceId, contactId, contactIds, values }: DataSubject): Promise<void> {
    await this.database.query(
      `with gone as (
         update messages m set content = '{}', deleted_at = coalesce(m.deleted_at, now())
           from conversations v where v.workspace_id = $1 and v.contact_id = any($2::uuid[]) and m.conversation_id = v.id
         returning m.channel_id, m.platform_message_id
       )
       delete from message_reactions r using gone g
        where r.channel_id = g.channel_id and r.platform_message_id = g.platform_message_id`,
      [workspaceId, contactIds],
    );
    await this.database.query(
      `update conversations set last_message_preview = '' where workspace_id = $1 and contact_id = any($2::uuid[])`,
      [workspaceId, contactIds],
    );
    await this.database.query(
      `delete from message_watermarks where customer = any($2::text[]) and channel_id in (select id from channels where workspace_id = $1)`,
      [workspaceId, values],
    );
    await this.database.query(
      `with merges as (
         delete from contact_merges where workspace_id = $1 and (contact_id = any($2::uuid[]) or merged_contact_id = any($2::uuid[])) returning id
       ), moved as (
         delete from contact_merge_messages b using merges m where b.merge_id = m.id
       ), identities as (delete from contact_identities where contact_id = any($2::uuid[])),
          taggings as (delete from contact_taggings where workspace_id = $1 and contact_id = any($2::uuid[])),
          consents as (delete from contact_consents where workspace_id = $1 and contact_id = any($2::uuid[])),
          changes as (delete from contact_consent_changes where workspace_id = $1 and contact_id = any($2::uuid[]))
       update contacts set name = null, platform_name = null, username = null, phone = null, email = null, attributes = '{}', erased_at = now(), updated_at = now()
        where workspace_id = $1 and id = $3`,
      [workspaceId, contactIds, contactId],
    );
    await this.database.query(
      `delete from contact_import_rows where workspace_id = $1 and contact_id = any($2::uuid[])`,
      [workspaceId, contactIds],
    );
    // Rows of files that were refused, however the number was written.
    await this.database.query(
      `delete from contact_import_errors e where e.workspace_id = $1 and exists (
         select 1 from unnest(e.record) r where lower(trim(r)) = any($2::text[]) or regexp_replace(r, '\\D', '', 'g') = any($2::text[]))`,
      [workspaceId, values],
    );
  }

  async insert(id: string, subject: DataSubject, position: number, requestedBy: string): Promise<void> {
    await this.database.query(
      `insert into contact_erasures (id, workspace_id, contact_id, subject, state, position, requested_by) values ($1, $2, $3, $4::json, 'running', $5, $6)`,
      [id, subject.workspaceId, subject.contactId, JSON.stringify(subject), position, requestedBy],
    );
  }

  /** Those that are due, whoever has waited longest first. Served by contact_erasures_state. */
  async running(): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from contact_erasures where state = 'running' and next_at <= now() order by next_at limit 20`,
    );
    return rows.map(({ id }) => id);
  }

  /** Until the transaction ends; nothing where another process is at it, or it is done. */
  async hold(id: string): Promise<ErasureRow | undefined> {
    const { rows } = await this.database.query<ErasureRow>(
      `select ${columns} from contact_erasures where id = $1 and state = 'running' for update skip locked`,
      [id],
    );
    return rows[0];
  }

  /** It cannot go on now; others come before it. */
  async later(id: string, delayMs: number): Promise<void> {
    await this.database.query(
      `update contact_erasures set next_at = clock_timestamp() + $2::float8 * interval '1 ms' where id = $1`,
      [id, delayMs],
    );
  }

  async advance(id: string, position: number): Promise<void> {
    await this.database.query(`update contact_erasures set position = $2 where id = $1`, [id, position]);
  }

  /** Nothing remains that names the person. */
  async finish({ id, subject }: ErasureRow): Promise<void> {
    await this.database.query(`delete from webhook_item_contacts where contact_id = any($1::uuid[])`, [
      subject.contactIds,
    ]);
    await this.database.query(
      `update contact_erasures set state = 'done', subject = '{}', finished_at = now() where id = $1`,
      [id],
    );
  }
}
