import { Injectable } from '@nestjs/common';
import type { ContactAttributeValue } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { ContactIdentity } from '../contact-identities';
import { insertableColumns } from './insertable-columns';

export interface MergedFields {
  name: string | null;
  username: string | null;
  phone: string | null;
  email: string | null;
  attributes: Record<string, ContactAttributeValue>;
}

/** What a merge moved, and both contacts as they were. */
export interface Moved {
  /** The rows as JSON, whatever columns they have. */
  contact: MergedFields & { id: string };
  merged: MergedFields & { id: string };
  identities: ContactIdentity[];
  /** Of the merged contact; `gained`: those the other did not have. */
  tags: string[];
  gained: string[];
  consentChanges: string[];
  /** `into`: the other's conversation on the same channel; `row` and `intoRow` as they were then. */
  conversations: { id: string; channelId: string; into: string | null; row: object; intoRow?: object | null }[];
}

export interface MergeRow {
  id: string;
  contactId: string;
  mergedContactId: string;
  reason: 'manual' | 'linked';
  mergedBy: string | null;
  createdAt: Date;
  undoneAt: Date | null;
  moved: Moved;
}

const columns = `id, contact_id as "contactId", merged_contact_id as "mergedContactId", reason, merged_by as "mergedBy",
  created_at as "createdAt", undone_at as "undoneAt", moved`;

/** Records of merges, and what belongs to contacts themselves; their conversations are the business of ConversationMoves. */
@Injectable()
export class MergesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by contact_merges_contact. */
  async list(workspaceId: string, contactId: string, before: string | undefined, limit: number): Promise<MergeRow[]> {
    const { rows } = await this.database.query<MergeRow>(
      `select ${columns} from contact_merges
        where workspace_id = $1 and contact_id = $2 and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [workspaceId, contactId, before ?? null, limit],
    );
    return rows;
  }

  /** The latest merge into a contact that stands, and the one asked for, locked. */
  async lock(workspaceId: string, id: string): Promise<{ merge: MergeRow; latest: string } | undefined> {
    const { rows } = await this.database.query<MergeRow>(
      `select ${columns} from contact_merges where workspace_id = $1 and id = $2 for update`,
      [workspaceId, id],
    );
    const [merge] = rows;
    if (!merge) return undefined;
    const latest = await this.database.query<{ id: string }>(
      `select id from contact_merges where workspace_id = $1 and contact_id = $2 and undone_at is null order by id desc limit 1`,
      [workspaceId, merge.contactId],
    );
    return { merge, latest: latest.rows[0]?.id ?? id };
  }

  /** What is to be moved from one contact to another. Both are locked. */
  async gather(workspaceId: string, contactId: string, mergedId: string): Promise<Moved> {
    const { rows } = await this.database.query<Moved>(
      `select
         (select to_jsonb(c) - 'search' from contacts c where c.workspace_id = $1 and c.id = $2) as contact,
         (select to_jsonb(c) - 'search' from contacts c where c.workspace_id = $1 and c.id = $3) as merged,
         (select coalesce(json_agg(json_build_object('scopeId', i.scope_id, 'kind', i.kind, 'value', i.value)), '[]')
            from contact_identities i where i.contact_id = $3) as identities,
         (select coalesce(json_agg(g.tag_id), '[]') from contact_taggings g where g.contact_id = $3) as tags,
         (select coalesce(json_agg(g.tag_id), '[]') from contact_taggings g where g.contact_id = $3
             and not exists (select 1 from contact_taggings o where o.tag_id = g.tag_id and o.contact_id = $2)) as gained,
         (select coalesce(json_agg(h.id), '[]') from contact_consent_changes h where h.contact_id = $3
             and not exists (select 1 from contact_consent_changes o where o.contact_id = $2 and o.channel_id = h.channel_id
                                and o.at = h.at and o.state = h.state and o.source = h.source)) as "consentChanges",
         (select coalesce(json_agg(json_build_object('id', v.id, 'channelId', v.channel_id, 'into', o.id, 'row', to_jsonb(v), 'intoRow', to_jsonb(o)) order by v.id), '[]')
            from conversations v left join conversations o on o.channel_id = v.channel_id and o.contact_id = $2
           where v.workspace_id = $1 and v.contact_id = $3) as conversations`,
      [workspaceId, contactId, mergedId],
    );
    return rows[0]!;
  }

  async insert(merge: Omit<MergeRow, 'createdAt' | 'undoneAt'> & { workspaceId: string }): Promise<void> {
    await this.database.query(
      `insert into contact_merges (id, workspace_id, contact_id, merged_contact_id, reason, merged_by, moved) values ($1, $2, $3, $4, $5, $6, $7::json)`,
      [
        merge.id,
        merge.workspaceId,
        merge.contactId,
        merge.mergedContactId,
        merge.reason,
        merge.mergedBy,
        JSON.stringify(merge.moved),
      ],
    );
  }

  async markUndone(workspaceId: string, id: string): Promise<void> {
    await this.database.query(`update contact_merges set undone_at = now() where workspace_id = $1 and id = $2`, [
      workspaceId,
      id,
    ]);
    await this.database.query(`delete from contact_merge_messages where merge_id = $1`, [id]);
  }

  /** Gives identities, tags and consents of one contact to another, and deletes what then is empty. */
  async moveBelongings(workspaceId: string, moved: Moved): Promise<void> {
    const [to, from] = [moved.contact.id, moved.merged.id];
    await this.database.query(`update contact_identities set contact_id = $1 where contact_id = $2`, [to, from]);
    await this.database.query(
      `with gone as (delete from contact_taggings where workspace_id = $1 and contact_id = $3)
       insert into contact_taggings (tag_id, contact_id, workspace_id) select t, $2, $1 from unnest($4::uuid[]) t order by t
       on conflict do nothing`,
      [workspaceId, to, from, moved.gained],
    );
    await this.database.query(`update contact_consent_changes set contact_id = $1 where id = any($2::uuid[])`, [
      to,
      moved.consentChanges,
    ]);
    await this.settleConsents(workspaceId, [to, from]);
    await this.database.query(`delete from contacts where workspace_id = $1 and id = $2`, [workspaceId, from]);
  }

  /** The reverse: the merged contact is there again, with what was theirs. */
  async returnBelongings(workspaceId: string, moved: Moved): Promise<void> {
    const [from, to] = [moved.contact.id, moved.merged.id];
    const columns = await insertableColumns(this.database, 'contacts');
    await this.database.query(
      `insert into contacts (${columns}) select ${columns} from jsonb_populate_record(null::contacts, $2::jsonb) r where r.workspace_id = $1`,
      [workspaceId, JSON.stringify(moved.merged)],
    );
    await this.database.query(
      `update contact_identities i set contact_id = $1
         from unnest($3::uuid[], $4::text[], $5::text[]) as n(scope_id, kind, value)
        where i.scope_id = n.scope_id and i.kind = n.kind and i.value = n.value and i.contact_id = $2`,
      [
        to,
        from,
        moved.identities.map((one) => one.scopeId),
        moved.identities.map((one) => one.kind),
        moved.identities.map((one) => one.value),
      ],
    );
    await this.database.query(
      `with gone as (delete from contact_taggings where workspace_id = $1 and contact_id = $3 and tag_id = any($5::uuid[]))
       insert into contact_taggings (tag_id, contact_id, workspace_id)
       select t.id, $2, $1 from contact_tags t where t.workspace_id = $1 and t.id = any($4::uuid[]) order by t.id on conflict do nothing`,
      [workspaceId, to, from, moved.tags, moved.gained],
    );
    await this.database.query(`update contact_consent_changes set contact_id = $1 where id = any($2::uuid[])`, [
      to,
      moved.consentChanges,
    ]);
    await this.settleConsents(workspaceId, [to, from]);
  }

  /** States anew from all that was told. */
  private async settleConsents(workspaceId: string, contactIds: readonly string[]): Promise<void> {
    await this.database.query(`delete from contact_consents where workspace_id = $1 and contact_id = any($2::uuid[])`, [
      workspaceId,
      contactIds,
    ]);
    await this.database.query(
      `insert into contact_consents (contact_id, channel_id, workspace_id, state, source, detail, at)
       select distinct on (h.contact_id, h.channel_id) h.contact_id, h.channel_id, h.workspace_id, h.state, h.source, h.detail, h.at
         from contact_consent_changes h join contacts c on c.id = h.contact_id
        where h.workspace_id = $1 and h.contact_id = any($2::uuid[])
        order by h.contact_id, h.channel_id, h.at desc, h.state desc`,
      [workspaceId, contactIds],
    );
  }
}
