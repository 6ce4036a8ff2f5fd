import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { StepRow } from '../execution-row';
import { json } from '../json';

/** How the counts of one step change. */
export interface StepMove {
  versionId: string;
  step: string;
  entered: number;
  completed: number;
  failed: number;
}

/** The history of executions, and how often each step was come to. */
@Injectable()
export class StepsRepository {
  constructor(private readonly database: Database) {}

  /** Writes what steps began, or how they ended. What is null here stays as it is. */
  async write(steps: readonly StepRow[], moves: readonly StepMove[]): Promise<void> {
    if (steps.length === 0) return;
    await this.database.send({
      name: 'flow-steps-write',
      text: `
        with moved as (
          insert into flow_step_moves (version_id, step, entered, completed, failed)
          select m."versionId", m.step, sum(m.entered), sum(m.completed), sum(m.failed)
            from json_to_recordset($2::json) as m("versionId" uuid, step text, entered int, completed int, failed int) group by 1, 2
        )
        insert into flow_execution_steps as s (execution_id, n, step, kind, state, input, output, error, message_id, started_at, finished_at)
        select n."executionId", n.n, n.step, n.kind, n.state, n.input, n.output, n.error, n."messageId", n."startedAt", n."finishedAt"
          from json_to_recordset($1::json) as n("executionId" uuid, n int, step text, kind text, state text, input json, output json,
            error json, "messageId" uuid, "startedAt" timestamptz, "finishedAt" timestamptz)
        on conflict (execution_id, n) do update set state = excluded.state, input = coalesce(s.input, excluded.input),
          output = coalesce(excluded.output, s.output), error = coalesce(excluded.error, s.error),
          message_id = coalesce(excluded.message_id, s.message_id), finished_at = excluded.finished_at`,
      values: [json(steps), json(moves)],
    });
  }

  /** What Meta's answers say of messages that steps have sent. Served by flow_execution_steps_message. */
  async follow(messages: readonly { messageId: string; state: string; error: unknown }[]): Promise<void> {
    if (messages.length === 0) return;
    await this.database.query({
      name: 'flow-steps-follow',
      text: `
        update flow_execution_steps s set state = case when s.state = 'waiting' then s.state else n.state end, error = n.error
          from json_to_recordset($1::json) as n("messageId" uuid, state text, error json)
         where s.message_id = n."messageId" and (n.state <> 'completed' or s.state = 'unknown')`,
      values: [json(messages)],
    });
  }

  /** Adds what has moved to the counts. In one process at a time: the others find nothing. */
  async fold(most: number): Promise<number> {
    const { rows } = await this.database.query<{ taken: number }>({
      name: 'flow-steps-fold',
      text: `
        with taken as (
          delete from flow_step_moves m using (select id from flow_step_moves order by id limit $1 for update skip locked) d where m.id = d.id
          returning m.version_id, m.step, m.entered, m.completed, m.failed
        ), added as (
          insert into flow_step_counts as c (version_id, step, entered, completed, failed)
          select version_id, step, sum(entered), sum(completed), sum(failed) from taken group by 1, 2 order by 1, 2
          on conflict (version_id, step) do update set entered = c.entered + excluded.entered,
            completed = c.completed + excluded.completed, failed = c.failed + excluded.failed
        )
        select count(*)::int as taken from taken`,
      values: [most],
    });
    return rows[0]!.taken;
  }
}
