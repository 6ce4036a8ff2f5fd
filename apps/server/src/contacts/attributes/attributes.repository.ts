import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { AttributeDefinition } from './attribute-values';

const columns = `id, key, label, type, choices`;
const purgedAtOnce = 2000;

@Injectable()
export class AttributesRepository {
  constructor(private readonly database: Database) {}

  /** Served by contact_attributes_workspace. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<AttributeDefinition[]> {
    const { rows } = await this.database.query<AttributeDefinition>(
      `select ${columns} from contact_attributes
        where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  async all(workspaceId: string): Promise<AttributeDefinition[]> {
    const { rows } = await this.database.query<AttributeDefinition>(
      `select ${columns} from contact_attributes where workspace_id = $1 order by id`,
      [workspaceId],
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<AttributeDefinition | undefined> {
    const { rows } = await this.database.query<AttributeDefinition>(
      `select ${columns} from contact_attributes where workspace_id = $1 and id = $2`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** False where the key is taken. */
  async insert(workspaceId: string, { id, key, label, type, choices }: AttributeDefinition): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `insert into contact_attributes (id, workspace_id, key, label, type, choices) values ($1, $2, $3, $4, $5, $6::text[])
       on conflict do nothing`,
      [id, workspaceId, key, label, type, choices],
    );
    return (rowCount ?? 0) > 0;
  }

  async update(workspaceId: string, id: string, label: string, choices: string[] | null): Promise<void> {
    await this.database.query(
      `update contact_attributes set label = $3, choices = $4::text[] where workspace_id = $1 and id = $2`,
      [workspaceId, id, label, choices],
    );
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.query(`delete from contact_attributes where workspace_id = $1 and id = $2`, [workspaceId, id]);
  }

  /** Takes an attribute's values from some of the contacts that have one; returns from how many. By contacts_workspace. */
  async purge(workspaceId: string, key: string): Promise<number> {
    const { rowCount } = await this.database.query(
      `update contacts c set attributes = attributes - $2::text
        where c.id in (select id from contacts where workspace_id = $1 and attributes ? $2::text order by id limit ${purgedAtOnce} for update)`,
      [workspaceId, key],
    );
    return rowCount ?? 0;
  }

  /** Whether any contact has one of these choices. By contacts_workspace: only when choices are taken away. */
  async uses(workspaceId: string, key: string, choices: readonly string[]): Promise<boolean> {
    const { rows } = await this.database.query(
      `select 1 from contacts where workspace_id = $1 and (attributes -> $2::text) ?| $3::text[] limit 1`,
      [workspaceId, key, choices],
    );
    return rows.length > 0;
  }
}
