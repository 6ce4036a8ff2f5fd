import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { DataSubject } from './personal-data-sources';

const aboutSubject = `(e.audience && $4::text[] or e.item_id = any($6::uuid[])
  or e.item_id = any(array(select w.item_id from webhook_item_contacts w where w.contact_id = any($5::uuid[]))))`;
/** What tells of the erasure itself names no more than the contact's id. */
const auditing = `('contact.deleted', 'contact.exported', 'contact.erased')`;

export interface EventPage {
  /** Up to which the log has been looked through. */
  position: number;
  done: boolean;
}

/** Where a person's data is. */
@Injectable()
export class PersonalDataRepository {
  constructor(private readonly database: Database) {}

  async subject(workspaceId: string, contactId: string): Promise<DataSubject> {
    const { rows } = await this.database.query<Omit<DataSubject, 'workspaceId' | 'contactId'>>(
      `with recursive everyone as (
         select $2::uuid as id
         union select m.merged_contact_id from contact_merges m join everyone e on m.contact_id = e.id
          where m.workspace_id = $1 and m.undone_at is null
       )
       select (select array_agg(id) from everyone) as "contactIds",
              array(select distinct i.value from contact_identities i join everyone e on i.contact_id = e.id) as values,
              array(select distinct p.username from contact_identities i join everyone e on i.contact_id = e.id
                      join contact_profiles p on p.channel_id = i.scope_id and p.customer = i.value
                     where i.kind in ('psid', 'igsid') and p.username is not null) as usernames`,
      [workspaceId, contactId],
    );
    return { workspaceId, contactId, ...rows[0]! };
  }

  async contact({ workspaceId, contactId }: DataSubject): Promise<unknown> {
    const { rows } = await this.database.query(
      `select to_jsonb(c) - 'search' - 'workspace_id' - 'erased_at' as contact from contacts c where c.workspace_id = $1 and c.id = $2`,
      [workspaceId, contactId],
    );
    return rows[0]?.contact ?? null;
  }

  async small({ workspaceId, contactIds }: DataSubject): Promise<Record<string, unknown[]>> {
    const { rows } = await this.database.query(
      `select
         (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value)), '[]') from contact_identities i
           where i.contact_id = any($2::uuid[])) as identities,
         (select coalesce(json_agg(t.name), '[]') from contact_taggings g join contact_tags t on t.id = g.tag_id
           where g.workspace_id = $1 and g.contact_id = any($2::uuid[])) as tags,
         (select coalesce(json_agg(to_jsonb(h) - 'workspace_id' order by h.at), '[]') from contact_consent_changes h
           where h.workspace_id = $1 and h.contact_id = any($2::uuid[])) as consents,
         (select coalesce(json_agg(to_jsonb(m) - 'workspace_id' order by m.id), '[]') from contact_merges m
           where m.workspace_id = $1 and m.contact_id = any($2::uuid[])) as merges,
         (select coalesce(json_agg(k.record order by k.import_id, k.line), '[]') from contact_import_rows k
           where k.workspace_id = $1 and k.contact_id = any($2::uuid[])) as "importRows",
         (select coalesce(json_agg(to_jsonb(v) - 'workspace_id' - 'search' order by v.id), '[]') from conversations v
           where v.workspace_id = $1 and v.contact_id = any($2::uuid[])) as conversations`,
      [workspaceId, contactIds],
    );
    return rows[0]!;
  }

  /** In the order in which they became known. By conversations_contact and messages_history. */
  async messages(
    { workspaceId, contactIds }: DataSubject,
    after: string | undefined,
    limit: number,
  ): Promise<{ id: string }[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select m.id, m.conversation_id as "conversationId", m.channel_id as "channelId", m.platform_message_id as "platformMessageId",
              m.direction, m.author, m.type, m.content, m.status, m.reply_to as "replyTo", m.sent_at as "sentAt", m.deleted_at as "deletedAt",
              (select json_agg(json_build_object('actor', r.actor, 'emoji', r.emoji, 'at', r.at)) from message_reactions r
                where r.channel_id = m.channel_id and r.platform_message_id = m.platform_message_id) as reactions
         from messages m
        where m.workspace_id = $1 and m.conversation_id in (select id from conversations where workspace_id = $1 and contact_id = any($2::uuid[]))
          and ($3::uuid is null or m.id > $3) order by m.id limit $4`,
      [workspaceId, contactIds, after ?? null, limit],
    );
    return rows;
  }

  /**
   * Of a stretch of the log, by its primary key: an index of the log by contact would cost every event, for what is rarely asked.
   * @param itemIds webhook items that are about them besides those that stand beside their contact
   */
  async events(
    subject: DataSubject,
    itemIds: readonly string[],
    after: number,
    stretch: number,
  ): Promise<EventPage & { events: unknown[] }> {
    const head = await this.head(subject.workspaceId);
    const { rows } = await this.database.query(
      `select e.id, e.type, e.occurred_at as "occurredAt", e.data from events e
        where e.workspace_id = $1 and e.sequence > $2 and e.sequence <= $3 and ${aboutSubject} order by e.sequence`,
      [subject.workspaceId, after, after + stretch, ...aboutOf(subject), itemIds],
    );
    return { events: rows, position: Math.min(head, after + stretch), done: after + stretch >= head };
  }

  /** Where the log begins. */
  async floor(workspaceId: string): Promise<number> {
    const { rows } = await this.database.query<{ floor: number }>(
      `select floor from workspace_heads where workspace_id = $1`,
      [workspaceId],
    );
    return rows[0]?.floor ?? 0;
  }

  async eraseEvents(subject: DataSubject, after: number, stretch: number): Promise<EventPage> {
    const head = await this.head(subject.workspaceId);
    await this.database.query(
      `update events e set data = '{"erased":true}', item_id = null
        where e.workspace_id = $1 and e.sequence > $2 and e.sequence <= $3 and e.type not in ${auditing} and ${aboutSubject}`,
      [subject.workspaceId, after, after + stretch, ...aboutOf(subject), []],
    );
    return { position: Math.min(head, after + stretch), done: after + stretch >= head };
  }

  private async head(workspaceId: string): Promise<number> {
    const { rows } = await this.database.query<{ head: number }>(
      `select head from workspace_heads where workspace_id = $1`,
      [workspaceId],
    );
    return rows[0]?.head ?? 0;
  }
}

const aboutOf = ({ contactIds }: DataSubject): unknown[] => [contactIds.map((id) => `contact:${id}`), contactIds];
