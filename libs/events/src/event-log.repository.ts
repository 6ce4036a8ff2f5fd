import { Injectable } from '@nestjs/common';
import type { EventType } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { type LogHead, type PositionedBatch, type StoredEvent, withRaw } from './stored-event';

interface EventRow {
  workspaceId: string;
  sequence: number;
  id: string;
  type: string;
  audience: string;
  field: string | null;
  occurredAt: string;
  data: string;
  raw: string | null;
}

interface RelayRow extends EventRow {
  position: number;
}

/** Rooms and time as text: taking arrays and dates apart in the driver was two thirds of what reading an event costs here. */
const columns = `e.workspace_id as "workspaceId", e.sequence, e.id, e.type, array_to_string(e.audience, ' ') as audience, e.field,
  to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt", e.data::text as data, (select i.raw from webhook_items i where i.id = e.item_id) as raw`;

/**
 * All SQL that records and reads. `events` is read by the primary key (workspace_id, sequence) of each of its partitions: which of them
 * holds a sequence is not known beforehand, and they are few.
 */
@Injectable()
export class EventLogRepository {
  constructor(private readonly database: Database) {}

  /**
   * Gives the events their sequence and writes them, in the order given within each workspace. The row locks on
   * `workspace_heads`, taken in ascending id, are held until the transaction ends: so this is its last statement.
   * Does not wait for it: `bases` tells, by the time the transaction has committed, the sequence before the first of each workspace.
   */
  async append(events: readonly EncodedEvent[]): Promise<{ bases: Promise<Map<string, number>> }> {
    const counts = new Map<string, number>();
    const places = events.map(({ workspaceId }) => {
      const place = (counts.get(workspaceId) ?? 0) + 1;
      counts.set(workspaceId, place);
      return place;
    });
    const { result } = await this.database.send<{ id: string; base: number }>({
      name: 'events-append',
      // The upsert finds the heads by its index, whatever the planner believes of the table (a join scanned it twice).
      text: `
        with counts as (
          select * from unnest($1::uuid[], $2::bigint[]) as n(workspace_id, n)
        ), moved as (
          insert into workspace_heads as h (workspace_id, head) select workspace_id, n from counts order by workspace_id
          on conflict (workspace_id) do update set head = h.head + excluded.head
          returning h.workspace_id, h.head
        ), bases as (
          select m.workspace_id, m.head - c.n as base from moved m join counts c using (workspace_id)
        ), written as (
          insert into events (workspace_id, sequence, id, type, audience, field, item_id, occurred_at, data, partition)
          select n.workspace_id, b.base + n.place, n.id, n.type, string_to_array(n.audience, ' '), n.field, n.item_id, n.occurred_at, n.data::json,
                 (select max(p.number) from event_partitions p where p.opened_at is not null)
            from unnest($3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::timestamptz[], $11::text[])
              as n(workspace_id, place, id, type, audience, field, item_id, occurred_at, data)
            join bases b using (workspace_id)
        )
        select workspace_id as id, base from bases`,
      values: [
        [...counts.keys()],
        [...counts.values()],
        events.map((e) => e.workspaceId),
        places,
        events.map((e) => e.id),
        events.map((e) => e.type),
        events.map((e) => e.audience),
        events.map((e) => e.field),
        events.map((e) => e.itemId),
        events.map((e) => e.occurredAt),
        events.map((e) => e.data),
      ],
    });
    return { bases: result.then(({ rows }) => new Map(rows.map(({ id, base }) => [id, base]))) };
  }

  async heads(workspaceIds: string[]): Promise<Map<string, LogHead>> {
    const { rows } = await this.database.query<{ id: string; head: number; floor: number }>({
      name: 'events-heads',
      text: 'select workspace_id as id, head, floor from workspace_heads where workspace_id = any($1::uuid[])',
      values: [workspaceIds],
    });
    return new Map(rows.map(({ id, head, floor }) => [id, { head, floor }]));
  }

  /** Of workspaces by a sequence, those whose log goes further, and to where. Asked each second of all that a gateway serves. */
  async ahead(known: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    const { rows } = await this.database.query<{ id: string; head: number }>({
      name: 'events-ahead',
      // LATERAL, so that the heads are found by their key and not read from end to end.
      text: `
        select n.workspace_id as id, h.head from unnest($1::uuid[], $2::bigint[]) as n(workspace_id, position)
         cross join lateral (select head from workspace_heads where workspace_id = n.workspace_id and head > n.position offset 0) h`,
      values: [[...known.keys()], [...known.values()]],
    });
    return new Map(rows.map(({ id, head }) => [id, head]));
  }

  /** Events of a workspace with `after < sequence ≤ upTo`, ascending. Fewer than asked for are missing only below the floor. */
  async read(workspaceId: string, after: number, upTo: number, limit: number): Promise<StoredEvent[]> {
    const { rows } = await this.database.query<EventRow>({
      name: 'events-read',
      text: `
        select ${columns}
          from events e
         where e.workspace_id = $1 and e.sequence > $2 and e.sequence <= $3
         order by e.sequence limit $4`,
      values: [workspaceId, after, upTo, limit],
    });
    return rows.map(stored);
  }

  /**
   * Events of some types with `after < sequence ≤ upTo`, ascending; of `webhook.received` those of some fields. For whoever follows
   * little of a log: what else there is is passed in the database.
   */
  async readOf(
    workspaceId: string,
    { after, upTo }: { after: number; upTo: number },
    types: readonly EventType[],
    fields: readonly string[],
  ): Promise<StoredEvent[]> {
    const { rows } = await this.database.query<EventRow>({
      name: 'events-read-of',
      text: `
        select ${columns}
          from events e
         where e.workspace_id = $1 and e.sequence > $2 and e.sequence <= $3 and e.type = any($4::text[])
           and (e.type <> 'webhook.received' or e.field = any($5::text[]))
         order by e.sequence`,
      values: [workspaceId, after, upTo, types, fields],
    });
    return rows.map(stored);
  }

  /** What a consumer has not been handed yet of these workspaces, in order, at most `limit` events. */
  async readAfterPosition(consumer: string, workspaceIds: string[], limit: number): Promise<PositionedBatch[]> {
    const { rows } = await this.database.query<RelayRow>({
      name: 'events-relay',
      // LATERAL with LIMIT holds the planner to the primary key, whatever it believes of the tables' sizes (2 ms instead of 7).
      text: `
        select e.*, w.position
          from (select n.workspace_id, h.position
                  from unnest($2::uuid[]) as n(workspace_id) cross join lateral (
                    select h.head, greatest(h.floor, (
                             select p.position from consumer_positions p where p.consumer = $1 and p.workspace_id = h.workspace_id)) as position
                      from workspace_heads h where h.workspace_id = n.workspace_id offset 0) h
                 where h.head > h.position) w
          cross join lateral (
            select ${columns} from events e where e.workspace_id = w.workspace_id and e.sequence > w.position
             order by e.sequence limit $3
          ) e
         order by e."workspaceId", e.sequence limit $3`,
      values: [consumer, workspaceIds, limit],
    });
    const batches: PositionedBatch[] = [];
    for (const row of rows) {
      const event = stored(row);
      const last = batches.at(-1);
      if (last?.workspaceId === row.workspaceId) {
        last.events.push(event);
        last.head = event.sequence;
      } else {
        batches.push({ workspaceId: row.workspaceId, prev: row.position, head: event.sequence, events: [event] });
      }
    }
    return batches;
  }

  /**
   * Moves a consumer forward, never back. Not flushed to disk: a position lost in a crash only hands events on again,
   * and every consumer knows what it has.
   */
  async advance(consumer: string, positions: readonly { workspaceId: string; head: number }[]): Promise<void> {
    await this.database.query({
      name: 'events-advance',
      text: `
        with relaxed as (select set_config('synchronous_commit', 'off', true))
        insert into consumer_positions (consumer, workspace_id, position)
        select $1, n.workspace_id, n.position from relaxed, unnest($2::uuid[], $3::bigint[]) as n(workspace_id, position)
         order by n.workspace_id
        on conflict (consumer, workspace_id) do update set position = excluded.position
          where consumer_positions.position < excluded.position`,
      values: [consumer, positions.map((p) => p.workspaceId), positions.map((p) => p.head)],
    });
  }

  /**
   * Moves a consumer over batches that it was handed from elsewhere than the log, where it stands right before them. Returns the
   * workspaces moved; in the others it has something else to be handed first, or has had these. Flushed as little as `advance`.
   */
  async advanceOver(consumer: string, batches: readonly Omit<PositionedBatch, 'events'>[]): Promise<Set<string>> {
    // Locked in this order, as `advance` does.
    const sorted = batches.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1));
    const { rows } = await this.database.query<{ id: string }>({
      name: 'events-advance-over',
      text: `
        with relaxed as (select set_config('synchronous_commit', 'off', true)), over as (
          select n.* from relaxed, unnest($2::uuid[], $3::bigint[], $4::bigint[]) as n(workspace_id, prev, head)
        ), there as (
          select o.workspace_id, o.head from over o cross join lateral (
            select 1 from consumer_positions p
             where p.consumer = $1 and p.workspace_id = o.workspace_id and p.position = o.prev for update) p
        ), moved as (
          update consumer_positions p set position = t.head from there t where p.consumer = $1 and p.workspace_id = t.workspace_id
          returning p.workspace_id
        ), first as (
          insert into consumer_positions (consumer, workspace_id, position)
          select $1, o.workspace_id, o.head from over o where o.prev = 0
          on conflict do nothing returning workspace_id
        )
        select workspace_id as id from moved union all select workspace_id from first`,
      values: [
        consumer,
        sorted.map((batch) => batch.workspaceId),
        sorted.map((batch) => batch.prev),
        sorted.map((batch) => batch.head),
      ],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Workspaces with events that a consumer has not been handed. Reads every head: for the sweeper, not for each batch. */
  async behind(consumer: string): Promise<{ workspaceId: string; position: number; lag: number }[]> {
    const { rows } = await this.database.query<{ workspaceId: string; position: number; lag: number }>(
      `select h.workspace_id as "workspaceId", greatest(coalesce(p.position, 0), h.floor) as position,
              (h.head - greatest(coalesce(p.position, 0), h.floor))::int as lag
         from workspace_heads h left join consumer_positions p on p.consumer = $1 and p.workspace_id = h.workspace_id
        where h.head > greatest(coalesce(p.position, 0), h.floor)`,
      [consumer],
    );
    return rows;
  }

  /** Deletes what one workspace is to lose at once. Raises the floor first: a reader that finds events missing sees in the same moment that they are below it. */
  async prune(workspaceId: string, upTo: number): Promise<number> {
    const { rowCount } = await this.database.query(
      `with raised as (
         update workspace_heads set floor = least(head, $2::bigint) where workspace_id = $1 and floor < least(head, $2::bigint) returning floor
       )
       delete from events e using raised r where e.workspace_id = $1 and e.sequence <= r.floor`,
      [workspaceId, upTo],
    );
    return rowCount ?? 0;
  }
}

/** An event ready for SQL: JSON as text, rooms joined by a space (a room name has none). */
export interface EncodedEvent {
  workspaceId: string;
  id: string;
  type: string;
  audience: string;
  field: string | null;
  itemId: string | null;
  occurredAt: Date;
  data: string;
}

function stored(row: EventRow): StoredEvent {
  return {
    workspaceId: row.workspaceId,
    sequence: row.sequence,
    id: row.id,
    type: row.type as StoredEvent['type'],
    audience: (row.audience === '' ? [] : row.audience.split(' ')) as StoredEvent['audience'],
    field: row.field,
    occurredAt: row.occurredAt,
    data: withRaw(row.data, row.raw),
  };
}
