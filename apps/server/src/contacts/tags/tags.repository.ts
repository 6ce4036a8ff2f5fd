import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';

export interface TagRow {
  id: string;
  name: string;
}

@Injectable()
export class TagsRepository {
  constructor(private readonly database: Database) {}

  /** Served by contact_tags_workspace. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<TagRow[]> {
    const { rows } = await this.database.query<TagRow>(
      `select id, name from contact_tags where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  /** Tags of these names, in whatever case. Served by contact_tags_name. */
  async named(workspaceId: string, names: readonly string[]): Promise<TagRow[]> {
    if (names.length === 0) return [];
    const { rows } = await this.database.query<TagRow>(
      `select id, name from contact_tags where workspace_id = $1 and lower(name) in (select lower(n) from unnest($2::text[]) n)`,
      [workspaceId, names],
    );
    return rows;
  }

  async existing(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from contact_tags where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Adds tags that are not there, in the order of their names. */
  async add(workspaceId: string, names: readonly string[]): Promise<number> {
    const { rowCount } = await this.database.query(
      `insert into contact_tags (id, workspace_id, name)
       select id, $1, name from unnest($2::uuid[], $3::text[]) as n(id, name) order by lower(name)
       on conflict do nothing`,
      [workspaceId, names.map(() => newId()), names],
    );
    return rowCount ?? 0;
  }

  /** False where there is no such tag. A name that is taken is the database's unique violation. */
  async rename(workspaceId: string, id: string, name: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update contact_tags set name = $3 where workspace_id = $1 and id = $2`,
      [workspaceId, id, name],
    );
    return (rowCount ?? 0) > 0;
  }

  async delete(workspaceId: string, id: string): Promise<boolean> {
    const { rows } = await this.database.query<{ gone: number }>(
      `with gone as (delete from contact_tags where workspace_id = $1 and id = $2 returning id),
            taggings as (delete from contact_taggings t using gone g where t.tag_id = g.id)
       select count(*)::int as gone from gone`,
      [workspaceId, id],
    );
    return rows[0]!.gone > 0;
  }

  /** Tags contacts, in key order; returns the contacts that had not all of them. */
  async tag(workspaceId: string, taggings: readonly { contactId: string; tagId: string }[]): Promise<Set<string>> {
    if (taggings.length === 0) return new Set();
    const { rows } = await this.database.query<{ contactId: string }>({
      name: 'tags-tag',
      text: `
        insert into contact_taggings (tag_id, contact_id, workspace_id)
        select distinct n.tag_id, n.contact_id, $1::uuid from unnest($2::uuid[], $3::uuid[]) as n(tag_id, contact_id)
          join contact_tags t on t.id = n.tag_id and t.workspace_id = $1::uuid
         order by 1, 2
        on conflict do nothing returning contact_id as "contactId"`,
      values: [workspaceId, taggings.map((one) => one.tagId), taggings.map((one) => one.contactId)],
    });
    return new Set(rows.map(({ contactId }) => contactId));
  }

  /** A contact has these tags and no others. */
  async replace(workspaceId: string, contactId: string, tagIds: readonly string[]): Promise<void> {
    await this.database.query(
      `delete from contact_taggings where workspace_id = $1 and contact_id = $2 and tag_id <> all($3::uuid[])`,
      [workspaceId, contactId, tagIds],
    );
    await this.tag(
      workspaceId,
      tagIds.map((tagId) => ({ contactId, tagId })),
    );
  }
}
