import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { columnsOf } from '../sql-columns';
import type { NewOutbound } from './outbound.repository';
import { arrivalMs, pairIntervalMs, type RateKind, slowestPace } from './send-rate';

export interface RateRow {
  rate: RateKind;
  /** Milliseconds since the epoch, by the database's clock, as are the others. */
  nextSlot: number;
  blockedUntil: number | null;
  throttled: number;
  /** Part of the rate that is used since the last throttling; see paceOf. */
  pace: number;
  now: number;
}

/** What may leave a channel when, and go to one recipient. */
@Injectable()
export class SendRatesRepository {
  constructor(private readonly database: Database) {}

  /** Rates that a channel has not used before; a burst is free at once. */
  async addRates(rates: readonly Pick<NewOutbound, 'channelId' | 'rate' | 'workspaceId'>[]): Promise<void> {
    await this.database.query({
      name: 'outbound-rates',
      text: `
        insert into send_rates (channel_id, rate, workspace_id, next_slot)
        select distinct channel_id, rate, workspace_id, now() - interval '1 hour'
          from unnest($1::uuid[], $2::text[], $3::uuid[]) as n(channel_id, rate, workspace_id)
         order by channel_id, rate
        on conflict do nothing`,
      values: columnsOf(rates, 'channelId', 'rate', 'workspaceId'),
    });
  }

  /** The channel's rates, locked until the transaction ends: claims of one channel stand in a row, whatever process makes them. */
  async lockRates(channelId: string): Promise<RateRow[]> {
    const { rows } = await this.database.query<RateRow>({
      name: 'outbound-lock-rates',
      text: `
        select rate, extract(epoch from next_slot)::float8 * 1000 as "nextSlot", extract(epoch from blocked_until)::float8 * 1000 as "blockedUntil",
               throttled, pace, extract(epoch from clock_timestamp())::float8 * 1000 as now
          from send_rates where channel_id = $1 order by rate for update`,
      values: [channelId],
    });
    return rows;
  }

  async moveSlots(channelId: string, slots: readonly { rate: RateKind; nextSlot: number }[]): Promise<void> {
    await this.database.query({
      name: 'outbound-move-slots',
      text: `
        update send_rates r set next_slot = to_timestamp(n.next_slot / 1000)
          from unnest($2::text[], $3::float8[]) as n(rate, next_slot) where r.channel_id = $1 and r.rate = n.rate`,
      values: [channelId, slots.map(({ rate }) => rate), slots.map(({ nextSlot }) => nextSlot)],
    });
  }

  /** One message more to each of these recipients. */
  async movePairs(channelId: string, contactIds: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'outbound-move-pairs',
      text: `
        insert into send_pairs as p (channel_id, contact_id, next_slot)
        select $1, c, clock_timestamp() + ($3::int + $4::int) * interval '1 ms' from unnest($2::uuid[]) as c order by c
        on conflict (channel_id, contact_id) do update set
          next_slot = greatest(p.next_slot, clock_timestamp() + $4::int * interval '1 ms') + $3::int * interval '1 ms'`,
      values: [channelId, contactIds, pairIntervalMs, arrivalMs],
    });
  }

  /** Throttled again soon after a wait, the channel is too fast for its number, whatever Meta's figures say. */
  async blockChannel(channelId: string, rate: RateKind, delayMs: number): Promise<void> {
    await this.database.query({
      name: 'outbound-block',
      text: `
        update send_rates set throttled = throttled + 1,
               pace = case when throttled > 0 then greatest($4::real, pace / 2)
                 else least(1, greatest(pace, pace * power(2, coalesce(least(10, floor(extract(epoch from clock_timestamp() - blocked_until) / 60)), 10)) / 2)) end,
               blocked_until = greatest(blocked_until, clock_timestamp() + $3::float8 * interval '1 ms')
         where channel_id = $1 and rate = $2 and coalesce(blocked_until <= clock_timestamp(), true)`,
      values: [channelId, rate, delayMs, slowestPace],
    });
  }

  /** The recipient of a message that is in the queue: their contact may have become another while it was on its way. */
  async blockPair(messageId: string, delayMs: number): Promise<void> {
    await this.database.query({
      name: 'outbound-block-pair',
      text: `
        insert into send_pairs as p (channel_id, contact_id, next_slot, blocked_until, throttled)
        select channel_id, contact_id, clock_timestamp(), clock_timestamp() + $2::float8 * interval '1 ms', 1
          from outbound_messages where message_id = $1
        on conflict (channel_id, contact_id) do update set throttled = p.throttled + 1, blocked_until = excluded.blocked_until`,
      values: [messageId, delayMs],
    });
  }

  /** After sends that went well: the next throttle counts from one again. */
  async unthrottle(channelIds: readonly string[], contactIds: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'outbound-unthrottle',
      text: `
        with pairs as (
          update send_pairs p set throttled = 0, blocked_until = null
            from unnest($1::uuid[], $2::uuid[]) as n(channel_id, contact_id)
           where p.channel_id = n.channel_id and p.contact_id = n.contact_id and p.throttled > 0
        )
        update send_rates set throttled = 0 where channel_id = any($1::uuid[]) and throttled > 0
          and blocked_until < clock_timestamp() - interval '10 s'`,
      values: [channelIds, contactIds],
    });
  }
}
