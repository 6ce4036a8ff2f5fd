import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { DataSubject } from '../contacts';
import { isLive } from './execution-row';

/** Of a person: their executions, and those that comments of theirs started while they were no contact. */
const theirs = `x.workspace_id = $1 and (x.contact_id = any($2::uuid[]) or (x.contact_id is null and x.trigger ->> 'author' = any($3::text[])))`;

/** Executions of one person. Served by flow_executions_contact and flow_executions_author. */
@Injectable()
export class PersonalExecutionsRepository {
  constructor(private readonly database: Database) {}

  async read({ workspaceId, contactIds, values }: DataSubject): Promise<unknown[]> {
    const { rows } = await this.database.query(
      `select x.id as "executionId", f.name as flow, x.state, x.outcome, x.trigger, x.machine -> 'vars' as vars, x.started_at as "startedAt",
              x.finished_at as "finishedAt",
              (select coalesce(json_agg(json_build_object('n', s.n, 'step', s.step, 'kind', s.kind, 'state', s.state, 'input', s.input,
                 'output', s.output, 'error', s.error, 'messageId', s.message_id, 'at', s.started_at) order by s.n), '[]')
                 from flow_execution_steps s where s.execution_id = x.id) as steps
         from flow_executions x join flows f on f.id = x.flow_id
        where ${theirs} order by x.id`,
      [workspaceId, contactIds, values],
    );
    return rows;
  }

  async live({ workspaceId, contactIds, values }: DataSubject): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select x.id from flow_executions x where ${theirs} and ${isLive('x')}`,
      [workspaceId, contactIds, values],
    );
    return rows.map(({ id }) => id);
  }

  async erase({ workspaceId, contactIds, values }: DataSubject): Promise<void> {
    await this.database.query(
      `with gone as (delete from flow_executions x where ${theirs} returning x.id),
            steps as (delete from flow_execution_steps s using gone g where s.execution_id = g.id)
       delete from flow_budgets where contact_id = any($2::uuid[])`,
      [workspaceId, contactIds, values],
    );
  }
}
