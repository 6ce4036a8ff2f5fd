import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

export interface SecretRow {
  id: string;
  name: string;
  updatedAt: Date;
}

/** Sealed secrets of flows. */
@Injectable()
export class FlowSecretsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by flow_secrets_name, whose rows of a workspace are few. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<SecretRow[]> {
    const { rows } = await this.database.query<SecretRow>(
      `select id, name, updated_at as "updatedAt" from flow_secrets
        where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  async put(workspaceId: string, made: { id: string; name: string; sealed: string }): Promise<SecretRow> {
    const { rows } = await this.database.query<SecretRow>(
      `insert into flow_secrets (id, workspace_id, name, sealed) values ($1, $2, $3, $4)
       on conflict (workspace_id, name) do update set sealed = excluded.sealed, updated_at = now()
       returning id, name, updated_at as "updatedAt"`,
      [made.id, workspaceId, made.name, made.sealed],
    );
    return rows[0]!;
  }

  async remove(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query('delete from flow_secrets where workspace_id = $1 and id = $2', [
      workspaceId,
      id,
    ]);
    return rowCount === 1;
  }

  async names(workspaceId: string): Promise<string[]> {
    const { rows } = await this.database.query<{ name: string }>(
      'select name from flow_secrets where workspace_id = $1',
      [workspaceId],
    );
    return rows.map(({ name }) => name);
  }

  async sealed(workspaceId: string): Promise<{ name: string; sealed: string }[]> {
    const { rows } = await this.database.query<{ name: string; sealed: string }>({
      name: 'flow-secrets-sealed',
      text: 'select name, sealed from flow_secrets where workspace_id = $1',
      values: [workspaceId],
    });
    return rows;
  }
}
