import { Injectable } from '@nestjs/common';
import type { FlowExecutionState } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { type ExecutionRow, executionColumns, isLive, type StepRow } from './execution-row';

export type ShownExecution = ExecutionRow & { flowName: string; version: number | null; held: boolean };

export interface ExecutionFilter {
  flowId?: string | undefined;
  contactId?: string | undefined;
  conversationId?: string | undefined;
  state?: FlowExecutionState | undefined;
  /** The only channels that are seen. */
  channelIds?: readonly string[] | undefined;
}

/** How often a step of a flow was come to, and how many are at it now. */
export interface StepCount {
  step: string;
  entered: number;
  completed: number;
  failed: number;
  here: number;
}

const shown = `
  select ${executionColumns('x')}, f.name as "flowName", v.number as version, x.held_due_at is not null as held
    from flow_executions x join flows f on f.id = x.flow_id join flow_versions v on v.id = x.version_id`;

/** Executions as REST shows them, always within one workspace. */
@Injectable()
export class ExecutionViewsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by flow_executions_list, _flow and _contact. */
  async list(
    workspaceId: string,
    { flowId, contactId, conversationId, state, channelIds }: ExecutionFilter,
    before: string | undefined,
    limit: number,
  ): Promise<ShownExecution[]> {
    const { rows } = await this.database.query<ShownExecution>(
      `${shown} where x.workspace_id = $1 and ($2::uuid is null or x.id < $2) and ($3::uuid is null or x.flow_id = $3)
          and ($4::uuid is null or x.contact_id = $4) and ($5::uuid is null or x.conversation_id = $5)
          and ($6::text is null or x.state = $6) and ($7::uuid[] is null or x.channel_id = any($7::uuid[]))
        order by x.id desc limit $8`,
      [
        ...[workspaceId, before ?? null, flowId ?? null, contactId ?? null, conversationId ?? null, state ?? null],
        ...[channelIds ?? null, limit],
      ],
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<ShownExecution | undefined> {
    const { rows } = await this.database.query<ShownExecution>(`${shown} where x.workspace_id = $1 and x.id = $2`, [
      workspaceId,
      id,
    ]);
    return rows[0];
  }

  /** In the order in which they were done. */
  async steps(executionId: string): Promise<StepRow[]> {
    const { rows } = await this.database.query<StepRow>(
      `select execution_id as "executionId", n, step, kind, state, input, output, error, message_id as "messageId",
              started_at as "startedAt", finished_at as "finishedAt"
         from flow_execution_steps where execution_id = $1 order by n`,
      [executionId],
    );
    return rows;
  }

  /** Counted and yet to be counted. `here`: served by flow_executions_here. */
  async counts(flowId: string, versionId: string): Promise<StepCount[]> {
    const { rows } = await this.database.query<StepCount>(
      `with counted as (
         select step, entered, completed, failed from flow_step_counts where version_id = $2
         union all
         select step, entered, completed, failed from flow_step_moves where version_id = $2
       ), here as (
         select x.at_step as step, count(*)::int as here from flow_executions x
          where x.flow_id = $1 and x.version_id = $2 and ${isLive('x')} group by 1
       )
       select step, sum(entered)::int as entered, sum(completed)::int as completed, sum(failed)::int as failed,
              coalesce((select h.here from here h where h.step = c.step), 0) as here
         from counted c group by step order by step`,
      [flowId, versionId],
    );
    return rows;
  }

  /** Executions of a version by how they stand, tests left out. */
  async states(flowId: string, versionId: string): Promise<{ state: FlowExecutionState; count: number }[]> {
    const { rows } = await this.database.query<{ state: FlowExecutionState; count: number }>(
      'select state, count(*)::int as count from flow_executions where flow_id = $1 and version_id = $2 group by 1',
      [flowId, versionId],
    );
    return rows;
  }

  async live(flowId: string, most: number): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select x.id from flow_executions x where x.flow_id = $1 and ${isLive('x')} limit $2`,
      [flowId, most],
    );
    return rows.map(({ id }) => id);
  }

  async liveOf(flowId: string, contactId: string): Promise<string | undefined> {
    const { rows } = await this.database.query<{ id: string }>(
      `select x.id from flow_executions x where x.flow_id = $1 and x.contact_id = $2 and ${isLive('x')}`,
      [flowId, contactId],
    );
    return rows[0]?.id;
  }

  async hasContact(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'select 1 from contacts where workspace_id = $1 and id = $2 and erased_at is null',
      [workspaceId, id],
    );
    return rowCount === 1;
  }

  async hasChannel(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query('select 1 from channels where workspace_id = $1 and id = $2', [
      workspaceId,
      id,
    ]);
    return rowCount === 1;
  }
}
