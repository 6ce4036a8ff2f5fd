import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

export interface Workspace {
  id: string;
  name: string;
  createdAt: Date;
}

const columns = 'w.id, w.name, w.created_at as "createdAt"';

@Injectable()
export class WorkspacesRepository {
  constructor(private readonly database: Database) {}

  /** Adds a workspace with the head of its event log. One that exists is left as it is. */
  async add(id: string, name: string): Promise<Workspace> {
    await this.database.query('insert into workspaces (id, name) values ($1, $2) on conflict (id) do nothing', [
      id,
      name,
    ]);
    await this.database.query(
      'insert into workspace_heads (workspace_id) values ($1) on conflict (workspace_id) do nothing',
      [id],
    );
    const { rows } = await this.database.query<Workspace>(`select ${columns} from workspaces w where w.id = $1`, [id]);
    return rows[0]!;
  }

  /** In descending id, newest first, as all lists. */
  async list(before: string | undefined, limit: number): Promise<Workspace[]> {
    const { rows } = await this.database.query<Workspace>(
      `select ${columns} from workspaces w where ($1::uuid is null or w.id < $1) order by w.id desc limit $2`,
      [before ?? null, limit],
    );
    return rows;
  }

  async listOf(userId: string, before: string | undefined, limit: number): Promise<Workspace[]> {
    const { rows } = await this.database.query<Workspace>(
      `select ${columns} from memberships m join workspaces w on w.id = m.workspace_id
        where m.user_id = $1 and ($2::uuid is null or w.id < $2) order by w.id desc limit $3`,
      [userId, before ?? null, limit],
    );
    return rows;
  }
}
