import { Injectable } from '@nestjs/common';
import { Database, firstIdOf } from '@switchboard/database';

export interface NewDelivery {
  metaAppId: string;
  lane: number;
  body: Buffer;
}

export interface PendingDelivery {
  id: number;
  metaAppId: string;
  body: Buffer;
  receivedAt: Date;
}

export interface Taken {
  deliveries: PendingDelivery[];
  /** Whether there may be more in the lane. */
  more: boolean;
}

@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: Database) {}

  /** One commit for all. The bodies travel as one binary parameter: an array of bytea would be sent in hex, at twice the size. */
  async keep(deliveries: readonly NewDelivery[]): Promise<void> {
    let offset = 1;
    const offsets = deliveries.map(({ body }) => {
      const start = offset;
      offset += body.length;
      return start;
    });
    await this.database.query({
      name: 'deliveries-keep',
      text: `
        with kept as (
          insert into webhook_deliveries (meta_app_id, lane, body)
          select meta_app_id, lane, substr($5::bytea, start, length)
            from unnest($1::uuid[], $2::smallint[], $3::int[], $4::int[]) as n(meta_app_id, lane, start, length)
          returning lane, id, received_at
        )
        insert into webhook_pending (lane, delivery_id, received_at) select lane, id, received_at from kept`,
      values: [
        deliveries.map((d) => d.metaAppId),
        deliveries.map((d) => d.lane),
        offsets,
        deliveries.map((d) => d.body.length),
        Buffer.concat(deliveries.map((d) => d.body)),
      ],
    });
  }

  /**
   * Takes the oldest of a lane, at most `count`, of at most `bytes` (one at least). They are no longer pending once the transaction
   * commits, and pending again should it not.
   */
  async take(lane: number, { count, bytes }: { count: number; bytes: number }): Promise<Taken> {
    const { rows } = await this.database.query<PendingDelivery & { waiting: number }>({
      name: 'deliveries-take',
      text: `
        with oldest as (
          select d.id, sum(octet_length(d.body)) over (order by d.id) - octet_length(d.body) as before
            from (select delivery_id from webhook_pending where lane = $1 order by delivery_id limit $2) p
            join webhook_deliveries d on d.id = p.delivery_id
        ), taken as (
          delete from webhook_pending p using oldest o where p.lane = $1 and p.delivery_id = o.id and o.before < $3
          returning p.delivery_id
        )
        select d.id, d.meta_app_id as "metaAppId", d.body, d.received_at as "receivedAt", (select count(*) from oldest) as waiting
          from taken t join webhook_deliveries d on d.id = t.delivery_id order by d.id`,
      values: [lane, count, bytes],
    });
    const [first] = rows;
    return { deliveries: rows, more: first !== undefined && (first.waiting >= count || first.waiting > rows.length) };
  }

  /** Makes deliveries that were taken pending again, in another lane. */
  async putInto(lane: number, ids: readonly number[]): Promise<void> {
    await this.database.send({
      name: 'deliveries-put-into',
      text: `insert into webhook_pending (lane, delivery_id, received_at)
             select $1::smallint, id, received_at from webhook_deliveries where id = any($2::bigint[])`,
      values: [lane, ids],
    });
  }

  /** Lanes in which something has waited for longer than a nudge takes. */
  async lanesWaiting(longerThanMs: number): Promise<number[]> {
    const { rows } = await this.database.query<{ lane: number }>(
      `select distinct lane from webhook_pending where received_at < now() - $1 * interval '1 millisecond'`,
      [longerThanMs],
    );
    return rows.map(({ lane }) => lane);
  }

  async load(ids: readonly number[]): Promise<PendingDelivery[]> {
    const { rows } = await this.database.query<PendingDelivery>(
      `select id, meta_app_id as "metaAppId", body, received_at as "receivedAt" from webhook_deliveries where id = any($1::bigint[])`,
      [ids],
    );
    return rows;
  }

  /**
   * Deletes raw bodies and items past their time, some thousand at once; returns how many. Never a body that is still to be taken in,
   * in whatever lane it waits: that may be another than it came in by.
   */
  async prune(before: Date): Promise<number> {
    const { rows } = await this.database.query<{ pruned: number }>(
      `with items as (
         delete from webhook_items where id in (select id from webhook_items where id < $2::uuid limit 5000) returning 1
       ), bodies as (
         delete from webhook_deliveries d where d.id in (
           select id from webhook_deliveries w where received_at < $1
              and not exists (select 1 from webhook_pending p where p.delivery_id = w.id) order by id limit 5000)
         returning 1
       ) select (select count(*) from items)::int + (select count(*) from bodies)::int as pruned`,
      [before, firstIdOf(before)],
    );
    return rows[0]!.pruned;
  }
}
