import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ContactCondition } from '../contact-records.repository';
import { Parameters } from '../sql';

export interface SegmentRow {
  id: string;
  name: string;
  filter: unknown;
  createdAt: Date;
  updatedAt: Date;
}

const columns = `id, name, filter, created_at as "createdAt", updated_at as "updatedAt"`;

@Injectable()
export class SegmentsRepository {
  constructor(private readonly database: Database) {}

  /** Served by contact_segments_workspace. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<SegmentRow[]> {
    const { rows } = await this.database.query<SegmentRow>(
      `select ${columns} from contact_segments where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<SegmentRow | undefined> {
    const { rows } = await this.database.query<SegmentRow>(
      `select ${columns} from contact_segments where workspace_id = $1 and id = $2`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** Which of these tags and channels the workspace has. */
  async held(workspaceId: string, ids: readonly string[]): Promise<{ what: 'tag' | 'channel'; id: string }[]> {
    const { rows } = await this.database.query<{ what: 'tag' | 'channel'; id: string }>(
      `select 'tag' as what, id from contact_tags where workspace_id = $1 and id = any($2::uuid[])
       union all select 'channel', id from channels where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, ids],
    );
    return rows;
  }

  /** A name that is taken is the database's unique violation. */
  async insert(workspaceId: string, id: string, name: string, filter: string): Promise<void> {
    await this.database.query(
      `insert into contact_segments (id, workspace_id, name, filter) values ($1, $2, $3, $4::json)`,
      [id, workspaceId, name, filter],
    );
  }

  async update(workspaceId: string, id: string, name: string, filter: string): Promise<void> {
    await this.database.query(
      `update contact_segments set name = $3, filter = $4::json, updated_at = now() where workspace_id = $1 and id = $2`,
      [workspaceId, id, name, filter],
    );
  }

  async delete(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query(`delete from contact_segments where workspace_id = $1 and id = $2`, [
      workspaceId,
      id,
    ]);
    return (rowCount ?? 0) > 0;
  }

  /** Reads every contact of the workspace by contacts_workspace, unless the filter has an index of its own. */
  async count(workspaceId: string, condition: ContactCondition): Promise<number> {
    const parameters = new Parameters();
    const workspace = parameters.add(workspaceId, 'uuid');
    const { rows } = await this.database.query<{ count: number }>(
      `select count(*)::int as count from contacts c where c.workspace_id = ${workspace} and c.erased_at is null and ${condition(parameters)}`,
      parameters.values,
    );
    return rows[0]!.count;
  }

  /** Ids in ascending order after one, for work that goes through a whole segment. Served by contacts_workspace. */
  async ids(
    workspaceId: string,
    condition: ContactCondition,
    after: string | undefined,
    limit: number,
  ): Promise<string[]> {
    const parameters = new Parameters();
    const workspace = parameters.add(workspaceId, 'uuid');
    const from = after ? `and c.id > ${parameters.add(after, 'uuid')}` : '';
    const { rows } = await this.database.query<{ id: string }>(
      `select c.id from contacts c
        where c.workspace_id = ${workspace} and c.erased_at is null ${from} and ${condition(parameters)}
        order by c.id limit ${parameters.add(limit, 'int')}`,
      parameters.values,
    );
    return rows.map(({ id }) => id);
  }
}
