import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { Partition } from './partition-plan';

/** Any constant: one process at a time changes the partitions. */
const partitionsLock = 5_948_271_303;

/**
 * So long a change waits for those who use the log, and whoever comes after waits behind it: it is tried again rather than the intake
 * held up. Shorter than `deadlock_timeout`, so that a deadlock is never found at the intake's cost.
 */
const lockTimeout = '100ms';

/** SQLSTATE */
const lockNotAvailable = '55P03';
const doneElsewhere = 'SB001';
const notSettled = 'SB002';

export type Outcome = 'done' | 'busy' | 'elsewhere' | 'unsettled';

/** So many heads are locked at once: the intake of their workspaces waits meanwhile, for milliseconds. */
const portion = 250;

/**
 * All SQL that changes which partitions `events` has. What takes a lock on the whole log is one DO block: a process that stands still
 * between two statements would hold it.
 */
@Injectable()
export class EventPartitionsRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<Partition[]> {
    const { rows } = await this.database.query<Partition>(
      `select p.number, coalesce(pg_total_relation_size(to_regclass('events_' || p.number)), 0) as bytes,
              (extract(epoch from clock_timestamp() - p.opened_at) * 1000)::float8 as "openedFor",
              (select false from events e where e.partition = p.number limit 1) is null as empty
         from event_partitions p order by p.number`,
    );
    return rows;
  }

  /** Makes the next partition ready. Nobody who reads or records waits: attaching takes no lock that they would meet. */
  async attach(number: number): Promise<Outcome> {
    const table = `events_${integer(number)}`;
    // A process that stood still since it looked does not bring back what was dropped meanwhile.
    const outcome = await this.change(`
      if exists (select from event_partitions where number >= ${number}) then
        raise exception 'attached by another process' using errcode = '${doneElsewhere}';
      end if;
      if to_regclass('${table}') is null then
        create table ${table} (like events including defaults, primary key (workspace_id, sequence));
        alter table events attach partition ${table} for values in (${number});
      end if;`);
    // Told of after the commit, so that `attached_at` is never before it.
    if (outcome === 'done') {
      await this.database.query('insert into event_partitions (number) values ($1) on conflict do nothing', [number]);
    }
    return outcome;
  }

  /**
   * Has what is recorded from now on go to this partition. Not while a transaction records that began before it was attached: one that
   * has the log open may not have heard of it, and its next event would find no place.
   */
  async open(number: number): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update event_partitions p set opened_at = clock_timestamp()
        where p.number = $1 and p.opened_at is null and not exists (
          select from pg_locks l join pg_stat_activity a on a.pid = l.pid
           where l.locktype = 'relation' and l.relation = 'events'::regclass and l.mode = 'RowExclusiveLock'
             and l.database = (select oid from pg_database where datname = current_database())
             and l.pid <> pg_backend_pid() and a.xact_start <= p.attached_at)`,
      [number],
    );
    return rowCount === 1;
  }

  /**
   * Raises the floors of all workspaces to the newest event that the partition holds of each, where every consumer has been handed it.
   * @returns how many workspaces have events in it that a consumer still has to be handed
   */
  async settle(number: number, consumers: readonly string[]): Promise<number> {
    // LATERAL with LIMIT: a look into the partition's primary key for each workspace, not a reading of the whole.
    const { rows } = await this.database.query<{ id: string; sequence: number; handedOn: boolean }>(
      `with consumers as materialized (select unnest($2::text[]) as consumer union select consumer from consumer_positions)
       select h.workspace_id as id, l.sequence,
              not exists (select from consumers c left join consumer_positions p on p.consumer = c.consumer and p.workspace_id = h.workspace_id
                           where coalesce(p.position, 0) < l.sequence) as "handedOn"
         from workspace_heads h cross join lateral (
           select e.sequence from events e where e.partition = $1 and e.workspace_id = h.workspace_id order by e.sequence desc limit 1) l
        where l.sequence > h.floor order by h.workspace_id`,
      [number, consumers],
    );
    const raised = rows.filter(({ handedOn }) => handedOn);
    for (let at = 0; at < raised.length; at += portion) await this.raiseFloors(raised.slice(at, at + portion));
    return rows.length - raised.length;
  }

  /** Locks the heads in the order in which events are recorded. */
  private async raiseFloors(floors: readonly { id: string; sequence: number }[]): Promise<void> {
    await this.database.query(
      `with locked as (
         select h.workspace_id, n.sequence from unnest($1::uuid[], $2::bigint[]) as n(workspace_id, sequence)
           join workspace_heads h on h.workspace_id = n.workspace_id and h.floor < n.sequence
          order by h.workspace_id for update of h
       )
       update workspace_heads h set floor = l.sequence from locked l where h.workspace_id = l.workspace_id and h.floor < l.sequence`,
      [floors.map(({ id }) => id), floors.map(({ sequence }) => sequence)],
    );
  }

  /**
   * Drops a partition below which no floor is left. With the whole log locked nobody records, and whoever waits reads anew where to record:
   * so nothing can be put into it any more, and what was put into it since it was settled is seen here.
   */
  async drop(number: number): Promise<Outcome> {
    const table = `events_${integer(number)}`;
    return this.change(`
      if not exists (select from event_partitions where number = ${number}) then
        raise exception 'dropped by another process' using errcode = '${doneElsewhere}';
      end if;
      lock table only events in access exclusive mode;
      if ${number} >= (select max(p.number) from event_partitions p where p.opened_at is not null) or exists (
        select from workspace_heads h cross join lateral (
          select from ${table} e where e.workspace_id = h.workspace_id and e.sequence > h.floor limit 1) served) then
        raise exception 'it holds events that are still served' using errcode = '${notSettled}';
      end if;
      drop table ${table};
      delete from event_partitions where number = ${number};`);
  }

  private async change(statements: string): Promise<Outcome> {
    try {
      await this.database.query(`do $$ begin
        if not pg_try_advisory_xact_lock(${partitionsLock}) then
          raise exception 'changed by another process' using errcode = '${doneElsewhere}';
        end if;
        perform set_config('lock_timeout', '${lockTimeout}', true);
        ${statements}
      end $$`);
      return 'done';
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === lockNotAvailable) return 'busy';
      if (code === doneElsewhere) return 'elsewhere';
      if (code === notSettled) return 'unsettled';
      throw error;
    }
  }
}

/** Goes into the text of a statement, which takes no parameters. */
function integer(number: number): number {
  if (!Number.isInteger(number)) throw new TypeError(`${number} is no number of a partition`);
  return number;
}
