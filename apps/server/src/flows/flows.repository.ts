import { Injectable } from '@nestjs/common';
import type { FlowState } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { FlowDefinition } from '@switchboard/flows';
import { type FlowRow, flowColumns, type VersionRow, versionColumns } from './flow-row';
import { json } from './json';

export interface NewVersion {
  id: string;
  flowId: string;
  workspaceId: string;
  /** Null: a draft, to be tried. */
  number: number | null;
  definition: FlowDefinition;
  createdBy: string;
}

/** The consumer of the log that flows are. */
export const flowsConsumer = 'flows';

/** Flows as REST shows and changes them, always within one workspace; and their versions, which never change. */
@Injectable()
export class FlowsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by flows_list. */
  async list(
    workspaceId: string,
    { state }: { state?: FlowState | undefined },
    before: string | undefined,
    limit: number,
  ): Promise<FlowRow[]> {
    const { rows } = await this.database.query<FlowRow>(
      `select ${flowColumns('f')} from flows f
        where f.workspace_id = $1 and ($2::uuid is null or f.id < $2) and ($3::text is null or f.state = $3)
        order by f.id desc limit $4`,
      [workspaceId, before ?? null, state ?? null, limit],
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<FlowRow | undefined> {
    const { rows } = await this.database.query<FlowRow>(
      `select ${flowColumns('f')} from flows f where f.workspace_id = $1 and f.id = $2`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** Held until the transaction ends: of two who publish at once, the second publishes after the first. */
  async lock(workspaceId: string, id: string): Promise<FlowRow | undefined> {
    const { rows } = await this.database.query<FlowRow>(
      `select ${flowColumns('f')} from flows f where f.workspace_id = $1 and f.id = $2 for update`,
      [workspaceId, id],
    );
    return rows[0];
  }

  async insert(made: Pick<FlowRow, 'id' | 'workspaceId' | 'name' | 'draft' | 'createdBy'>): Promise<void> {
    await this.database.query(
      'insert into flows (id, workspace_id, name, draft, created_by) values ($1, $2, $3, $4::json, $5)',
      [made.id, made.workspaceId, made.name, json(made.draft), made.createdBy],
    );
  }

  async change(workspaceId: string, id: string, name: string, draft: FlowDefinition): Promise<void> {
    await this.database.query(
      'update flows set name = $3, draft = $4::json, updated_at = now() where workspace_id = $1 and id = $2',
      [workspaceId, id, name, json(draft)],
    );
  }

  /** Deletes a flow that was never published, and what was tried of it. False where it was, or is not there. */
  async remove(workspaceId: string, id: string): Promise<boolean> {
    const { rows } = await this.database.query<{ gone: number }>(
      `with gone as (delete from flows where workspace_id = $1 and id = $2 and version = 0 returning id),
            versions as (delete from flow_versions v using gone g where v.flow_id = g.id returning v.id),
            counts as (delete from flow_step_counts c using versions v where c.version_id = v.id),
            executions as (delete from flow_executions e using gone g where e.flow_id = g.id returning e.id),
            steps as (delete from flow_execution_steps s using executions e where s.execution_id = e.id)
       select count(*)::int as gone from gone`,
      [workspaceId, id],
    );
    return rows[0]!.gone > 0;
  }

  async insertVersion(made: NewVersion): Promise<void> {
    await this.database.query(
      `insert into flow_versions (id, flow_id, workspace_id, number, definition, created_by) values ($1, $2, $3, $4, $5::json, $6)`,
      [made.id, made.flowId, made.workspaceId, made.number, json(made.definition), made.createdBy],
    );
  }

  /** Of a locked flow. */
  async publish(
    id: string,
    { versionId, number, scheduled }: { versionId: string; number: number; scheduled: boolean },
    now: Date,
  ): Promise<void> {
    await this.database.query(
      `update flows set state = 'published', version_id = $2, version = $3, scheduled = $5, published_at = $4::timestamptz, updated_at = $4::timestamptz
        where id = $1`,
      [id, versionId, number, now, scheduled],
    );
  }

  async turnOff(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update flows set state = 'off', updated_at = now() where workspace_id = $1 and id = $2 and state = 'published'`,
      [workspaceId, id],
    );
    return rowCount === 1;
  }

  /** Newest first, those that were published. Served by flow_versions_number. */
  async versions(flowId: string, before: number | undefined, limit: number): Promise<VersionRow[]> {
    const { rows } = await this.database.query<VersionRow>(
      `select ${versionColumns('v')} from flow_versions v
        where v.flow_id = $1 and v.number is not null and ($2::int is null or v.number < $2) order by v.number desc limit $3`,
      [flowId, before ?? null, limit],
    );
    return rows;
  }

  async version(flowId: string, number: number): Promise<VersionRow | undefined> {
    const { rows } = await this.database.query<VersionRow>(
      `select ${versionColumns('v')} from flow_versions v where v.flow_id = $1 and v.number = $2`,
      [flowId, number],
    );
    return rows[0];
  }

  async versionsById(ids: readonly string[]): Promise<VersionRow[]> {
    const { rows } = await this.database.query<VersionRow>({
      name: 'flow-versions-by-id',
      text: `select ${versionColumns('v')} from flow_versions v where v.id = any($1::uuid[])`,
      values: [ids],
    });
    return rows;
  }

  /** Flows that may start, oldest first. Served by flows_published. */
  async published(workspaceId: string): Promise<{ id: string; name: string; versionId: string; version: number }[]> {
    const { rows } = await this.database.query<{ id: string; name: string; versionId: string; version: number }>({
      name: 'flows-published',
      text: `select id, name, version_id as "versionId", version from flows where workspace_id = $1 and state = 'published' order by id`,
      values: [workspaceId],
    });
    return rows;
  }

  /** Flows of all workspaces that begin by the clock. Served by flows_scheduled. */
  async scheduled(): Promise<{ id: string; workspaceId: string; versionId: string; publishedAt: Date }[]> {
    const { rows } = await this.database.query<{
      id: string;
      workspaceId: string;
      versionId: string;
      publishedAt: Date;
    }>({
      name: 'flows-scheduled',
      text: `select id, workspace_id as "workspaceId", version_id as "versionId", published_at as "publishedAt" from flows where state = 'published' and scheduled`,
    });
    return rows;
  }

  async names(ids: readonly string[]): Promise<Map<string, { name: string; workspaceId: string }>> {
    const { rows } = await this.database.query<{ id: string; name: string; workspaceId: string }>({
      name: 'flows-names',
      text: 'select id, name, workspace_id as "workspaceId" from flows where id = any($1::uuid[])',
      values: [ids],
    });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Flows hear what is told from here on. Where they do already, they go on where they are; the row is written all the same, so that
   * whoever is about to stop hearing waits and then looks again.
   */
  async follow(workspaceId: string): Promise<void> {
    await this.database.query(
      `insert into consumer_positions as p (consumer, workspace_id, position)
       select $1, $2::uuid, coalesce((select head from workspace_heads where workspace_id = $2::uuid), 0)
       on conflict (consumer, workspace_id) do update set position = p.position`,
      [flowsConsumer, workspaceId],
    );
  }
}
