import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { Arrival } from '@switchboard/flows';
import { type ExecutionRow, executionColumns, isLive } from '../execution-row';
import { json } from '../json';

/** An execution that is being moved, and what is told of it. Its row is locked until the transaction ends. */
export interface Held extends ExecutionRow {
  flowName: string;
  version: number | null;
  /** A person has the conversation until then. */
  heldUntil: Date | null;
  /** Of the workspace's log, when it was locked. */
  head: number;
}

export interface NewExecution
  extends Pick<
    ExecutionRow,
    | 'id'
    | 'workspaceId'
    | 'flowId'
    | 'versionId'
    | 'test'
    | 'lane'
    | 'machine'
    | 'trigger'
    | 'message'
    | 'contactId'
    | 'conversationId'
    | 'channelId'
    | 'parentId'
    | 'depth'
    | 'replayOf'
  > {
  /** Not where the contact was taken in after this. */
  again: Date | null;
  /** Not where the contact was taken in so often within the last hour. */
  mostWithinHour: number | null;
}

/** Whether one to be begun may be: `n` has its ids and bounds, $2 is the time. Served by flow_executions_contact. */
const mayBegin = `
  (n.again is null or not exists (
    select 1 from flow_executions e where e.contact_id = n."contactId" and e.flow_id = n."flowId" and e.started_at > n.again and not e.test))
  and (n."mostWithinHour" is null or not exists (
    select 1 from flow_executions e where e.contact_id = n."contactId" and e.flow_id = n."flowId"
       and e.started_at > $2::timestamptz - interval '1 hour' order by e.started_at offset n."mostWithinHour" - 1 limit 1))
  and not exists (select 1 from flow_holds h where h.conversation_id = n."conversationId" and h.until > $2::timestamptz)`;

const held = `${executionColumns('x')}, f.name as "flowName", v.number as version, h.until as "heldUntil", coalesce(w.head, 0) as head`;
// `offset 0` holds the planner to a look by primary key for each: it would read all flows and versions for a hundred executions.
const beside = `
  cross join lateral (select f.name from flows f where f.id = x.flow_id offset 0) f
  cross join lateral (select v.number from flow_versions v where v.id = x.version_id offset 0) v
  left join lateral (
    select h.until from flow_holds h where h.conversation_id = x.conversation_id and h.until > $1::timestamptz offset 0) h on true
  left join lateral (select w.head from workspace_heads w where w.workspace_id = x.workspace_id offset 0) w on true`;

/** Executions as workers move them. */
@Injectable()
export class ExecutionsRepository {
  constructor(private readonly database: Database) {}

  /** Who is in the flow already, and who is in a conversation that a person has, is left out. @returns the ids of those that began */
  async start(executions: readonly NewExecution[], now: Date): Promise<Set<string>> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'flow-executions-start',
      text: `
        insert into flow_executions (id, workspace_id, flow_id, version_id, test, state, lane, machine, at_step, trigger, message, contact_id,
          conversation_id, channel_id, due_at, parent_id, depth, replay_of, started_at, updated_at)
        select n.id, n."workspaceId", n."flowId", n."versionId", n.test, 'running', n.lane, n.machine, n.machine ->> 'at', n.trigger, n.message,
               n."contactId", n."conversationId", n."channelId", $2::timestamptz, n."parentId", n.depth, n."replayOf", $2::timestamptz, $2::timestamptz
          from json_to_recordset($1::json) as n(id uuid, "workspaceId" uuid, "flowId" uuid, "versionId" uuid, test boolean, lane smallint,
            machine json, trigger json, message json, "contactId" uuid, "conversationId" uuid, "channelId" uuid, "parentId" uuid,
            depth smallint, "replayOf" uuid, again timestamptz, "mostWithinHour" int)
         where ${mayBegin}
        on conflict (flow_id, contact_id) where state in ('running', 'waiting') do nothing
        returning id`,
      values: [json(executions), now],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** What is due in a lane, locked; what another worker has is passed over. Served by flow_executions_due. */
  async claim(lane: number, now: Date, most: number): Promise<Held[]> {
    const { rows } = await this.database.query<Held>({
      name: 'flow-executions-claim',
      text: `
        with x as materialized (
          select * from flow_executions x where ${isLive('x')} and x.lane = $2 and x.due_at <= $1::timestamptz
           order by x.due_at limit $3 for update skip locked)
        select ${held} from x ${beside} order by x.due_at`,
      values: [now, lane, most],
    });
    return rows;
  }

  /** One that stands where it did when it was last seen; undefined where somebody has it, or it has moved. */
  async take(id: string, turn: number, now: Date): Promise<Held | undefined> {
    const { rows } = await this.database.query<Held>({
      name: 'flow-executions-take',
      text: `
        with x as materialized (
          select * from flow_executions x where x.id = $2 and x.turn = $3 and ${isLive('x')} for update skip locked)
        select ${held} from x ${beside}`,
      values: [now, id, turn],
    });
    return rows[0];
  }

  /** As `take`, and waits for whoever has it. */
  async hold(workspaceId: string, ids: readonly string[], now: Date): Promise<Held[]> {
    const { rows } = await this.database.query<Held>({
      name: 'flow-executions-hold',
      text: `
        with x as materialized (
          select * from flow_executions x where x.workspace_id = $2 and x.id = any($3::uuid[]) and ${isLive('x')} order by x.id for update)
        select ${held} from x ${beside} order by x.id`,
      values: [now, workspaceId, ids],
    });
    return rows;
  }

  /** Writes where executions stand that are locked. */
  async save(executions: readonly ExecutionRow[], now: Date): Promise<void> {
    if (executions.length === 0) return;
    await this.database.query({
      name: 'flow-executions-save',
      text: `
        update flow_executions x set state = n.state, machine = n.machine, at_step = n.machine ->> 'at', n = n.n, message = n.message,
               conversation_id = n."conversationId", channel_id = n."channelId", due_at = n."dueAt", held_due_at = null, wait = n.wait,
               waits_for = n."waitsFor", waits_after = n."waitsAfter", arrival = n.arrival, outside = n.outside, turn = x.turn + 1,
               outcome = n.outcome, error = n.error, updated_at = $2::timestamptz,
               finished_at = case when n.state not in ('running', 'waiting') then $2::timestamptz end
          from json_to_recordset($1::json) as n(id uuid, state text, machine json, n int, message json, "conversationId" uuid,
            "channelId" uuid, "dueAt" timestamptz, wait json, "waitsFor" text, "waitsAfter" bigint, arrival json, outside boolean,
            outcome text, error json)
         where x.id = n.id`,
      values: [json(executions), now],
    });
  }

  /** Executions whose waiting is over, and whose turn it is with what came. */
  async wake(woken: readonly { id: string; arrival: Arrival; message?: unknown }[], now: Date): Promise<void> {
    if (woken.length === 0) return;
    await this.database.query({
      name: 'flow-executions-wake',
      text: `
        update flow_executions x set arrival = n.arrival, message = coalesce(n.message, x.message), due_at = $2::timestamptz, held_due_at = null,
               waits_for = null, turn = x.turn + 1, updated_at = $2::timestamptz
          from json_to_recordset($1::json) as n(id uuid, arrival json, message json)
         where x.id = n.id and x.state = 'waiting'`,
      values: [json(woken), now],
    });
  }

  /** Parents of calls that have ended. @returns the lanes of those that still wait */
  async answerCalls(
    calls: readonly { parentId: string; childId: string; arrival: Arrival }[],
    now: Date,
  ): Promise<number[]> {
    if (calls.length === 0) return [];
    const { rows } = await this.database.query<{ lane: number }>({
      name: 'flow-executions-answer-calls',
      text: `
        update flow_executions x set arrival = n.arrival, due_at = $2::timestamptz, held_due_at = null, waits_for = null, turn = x.turn + 1, updated_at = $2::timestamptz
          from json_to_recordset($1::json) as n("parentId" uuid, "childId" text, arrival json)
         where x.id = n."parentId" and x.state = 'waiting' and x.waits_for = 'call ' || n."childId" returning x.lane`,
      values: [json(calls), now],
    });
    return [...new Set(rows.map(({ lane }) => lane))];
  }

  /** Live executions that these have called, and those that they have; deepest first. Served by flow_executions_parent. */
  async calledBy(ids: readonly string[]): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'flow-executions-called-by',
      text: `
        with recursive called as (
          select x.id, 1 as depth from flow_executions x where x.parent_id = any($1::uuid[]) and ${isLive('x')}
          union all
          select x.id, c.depth + 1 from flow_executions x join called c on x.parent_id = c.id where ${isLive('x')} and c.depth < 20
        ) select id from called order by depth desc`,
      values: [ids],
    });
    return rows.map(({ id }) => id);
  }

  /** Live executions in whose place these may begin. Served by flow_executions_live. */
  async replacedBy(executions: readonly NewExecution[], now: Date): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'flow-executions-replaced-by',
      text: `
        select distinct x.id
          from json_to_recordset($1::json) as n("flowId" uuid, "contactId" uuid, "conversationId" uuid, again timestamptz, "mostWithinHour" int)
          join flow_executions x on x.flow_id = n."flowId" and x.contact_id = n."contactId" and ${isLive('x')}
         where ${mayBegin}`,
      values: [json(executions), now],
    });
    return rows.map(({ id }) => id);
  }

  /** A person has the conversation of these: their time comes when that is over. */
  async defer(ids: readonly string[], now: Date): Promise<void> {
    await this.database.query({
      name: 'flow-executions-defer',
      text: `
        update flow_executions x set held_due_at = coalesce(x.held_due_at, x.due_at), due_at = h.until, turn = x.turn + 1
          from flow_holds h where x.id = any($1::uuid[]) and h.conversation_id = x.conversation_id and h.until > $2::timestamptz`,
      values: [ids, now],
    });
  }

  /** They stand where they stood, and are due later. */
  async putOff(ids: readonly string[], until: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query({
      name: 'flow-executions-put-off',
      text: 'update flow_executions set due_at = $2::timestamptz, turn = turn + 1 where id = any($1::uuid[])',
      values: [ids, until],
    });
  }

  /** @param arrival what has come meanwhile, to be taken up then */
  async postpone(id: string, until: Date, arrival: Arrival | null): Promise<void> {
    await this.database.query({
      name: 'flow-executions-postpone',
      text: `
        update flow_executions set due_at = $2::timestamptz, turn = turn + 1, arrival = coalesce($3::json, arrival),
               outside = outside and $3::json is null where id = $1`,
      values: [id, until, arrival && json(arrival)],
    });
  }

  /** Whose turn it was while a person had their conversation. Served by flow_executions_conversation. @returns their lanes */
  async release(conversationIds: readonly string[]): Promise<number[]> {
    const { rows } = await this.database.query<{ lane: number }>({
      name: 'flow-executions-release',
      text: `
        update flow_executions x set due_at = x.held_due_at, held_due_at = null, turn = x.turn + 1
         where x.conversation_id = any($1::uuid[]) and ${isLive('x')} and x.held_due_at is not null
        returning x.lane`,
      values: [conversationIds],
    });
    return [...new Set(rows.map(({ lane }) => lane))];
  }

  /** Lanes with something due, and for how long the oldest has been. Served by flow_executions_due, a look each. */
  async lanesDue(lanes: number, now: Date): Promise<{ lane: number; since: Date }[]> {
    const { rows } = await this.database.query<{ lane: number; since: Date }>({
      name: 'flow-executions-lanes-due',
      text: `
        select l.lane, d.due_at as since from generate_series(0, $1::int - 1) as l(lane) cross join lateral (
          select x.due_at from flow_executions x where ${isLive('x')} and x.lane = l.lane and x.due_at <= $2::timestamptz
           order by x.due_at limit 1) d`,
      values: [lanes, now],
    });
    return rows;
  }

  /** Deletes some of what has ended before; with its history. Served by flow_executions_finished. */
  async prune(before: Date, most: number): Promise<number> {
    const { rows } = await this.database.query<{ gone: number }>({
      name: 'flow-executions-prune',
      text: `
        with old as (select id from flow_executions where finished_at is not null and finished_at < $1::timestamptz order by finished_at limit $2 for update skip locked),
             steps as (delete from flow_execution_steps s where s.execution_id = any(array(select id from old))),
             gone as (delete from flow_executions x where x.id = any(array(select id from old)) returning x.id, x.version_id, x.test),
             tried as (delete from flow_versions v using gone g where v.id = g.version_id and g.test and v.number is null),
             counted as (delete from flow_step_counts c using gone g where c.version_id = g.version_id and g.test)
        select count(*)::int as gone from gone`,
      values: [before, most],
    });
    return rows[0]!.gone;
  }
}
