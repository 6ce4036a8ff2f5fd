import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

/** Rows that each want one read of the Graph API, in a table with `channel_id`, `due_at` and `attempts`. The names are ours, never a user's. */
export interface ReadQueue {
  /** Of the sweep, the statements and the rate. */
  name: string;
  table: string;
  /** Columns that tell one row from the others. */
  key: readonly string[];
  /** What is told of a row that is taken, in terms of the table. */
  returning: string;
}

/** The queues of what is read beside the inbound lane, and how fast each channel's may be emptied. */
@Injectable()
export class BackgroundReadsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes rows that are due, of each connected page and Instagram account at most `ofEach` a second, whatever process asks; nobody else
   * is given them for `leaseMs`. The table has an index over (channel_id, due_at).
   */
  async take<T extends object>({ name, table, key, returning }: ReadQueue, ofEach: number, leaseMs: number) {
    const { rows } = await this.database.query<T & { attempts: number }>({
      name: `${name}-take`,
      text: `
        with waiting as (
          select c.id from channels c join channel_credentials k on k.channel_id = c.id
           where c.status = 'connected' and c.platform in ('messenger', 'instagram')
             and exists (select 1 from ${table} q where q.channel_id = c.id and q.due_at <= now())
        ), free as (
          insert into graph_rates as r (channel_id, kind, next_at)
          select id, '${name}', now() + interval '1 s' from waiting order by id
          on conflict (channel_id, kind) do update set next_at = excluded.next_at where r.next_at <= now()
          returning channel_id
        ), due as (
          select d.* from free f cross join lateral (
            select ${key.map((column) => `q.${column}`).join(', ')} from ${table} q
             where q.channel_id = f.channel_id and q.due_at <= now() order by q.due_at limit $1 for update skip locked) d
        )
        update ${table} set due_at = now() + $2::float8 * interval '1 ms', attempts = attempts + 1
          from due where ${key.map((column) => `${table}.${column} = due.${column}`).join(' and ')}
        returning ${returning}, attempts`,
      values: [ofEach, leaseMs],
    });
    return rows;
  }

  /** Nothing is read for these channels before their time is over. */
  async wait({ name }: ReadQueue, waits: readonly { channelId: string; ms: number }[]): Promise<void> {
    await this.database.query({
      name: `${name}-wait`,
      text: `
        insert into graph_rates as r (channel_id, kind, next_at)
        select channel_id, '${name}', now() + max(ms) * interval '1 ms' from unnest($1::uuid[], $2::float8[]) as n(channel_id, ms)
         group by channel_id order by channel_id
        on conflict (channel_id, kind) do update set next_at = greatest(r.next_at, excluded.next_at)`,
      values: [waits.map(({ channelId }) => channelId), waits.map(({ ms }) => ms)],
    });
  }
}
