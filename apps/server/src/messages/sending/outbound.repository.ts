import { Injectable } from '@nestjs/common';
import { Database, firstIdOf } from '@switchboard/database';
import type { DataSubject } from '../../contacts';
import { columnsOf } from '../sql-columns';
import { arrivalMs, pairBurst, pairIntervalMs, type RateKind, slowestPace } from './send-rate';
import type { SendRequest } from './send-request';

/** As failures in the queue. */
const keptForRetryMs = 30 * 24 * 3_600_000;

export interface NewOutbound {
  messageId: string;
  workspaceId: string;
  channelId: string;
  conversationId: string;
  contactId: string;
  priority: number;
  state: 'queued' | 'held';
  rate: RateKind;
  request: SendRequest;
}

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

/** A message that has been taken for sending: from here on nobody else sends it. */
export interface TakenMessage {
  messageId: string;
  workspaceId: string;
  conversationId: string;
  contactId: string;
  rate: RateKind;
  request: SendRequest;
  attempts: number;
  pairThrottled: number;
}

/** A message that Meta may have. */
export interface UnknownMessage {
  messageId: string;
  channelId: string;
  contactId: string;
  rate: RateKind;
  request: SendRequest;
  text: string | null;
  sentAt: Date;
}

/** Whether a message `o` goes to somebody who has been erased: conversations follow merges, the queue does not. */
export const toErased = `exists (
  select 1 from conversations ev join contacts ec on ec.id = ev.contact_id where ev.id = o.conversation_id and ec.erased_at is not null)`;

/** The queue of what is to be sent. Every statement is of one channel, or of messages named by id. */
@Injectable()
export class OutboundRepository {
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

  /** Inside the transaction that stores the messages. */
  async enqueue(messages: readonly NewOutbound[]): Promise<void> {
    await this.addRates(messages);
    await this.database.query({
      name: 'outbound-enqueue',
      text: `
        insert into outbound_messages (message_id, workspace_id, channel_id, conversation_id, contact_id, priority, state, rate, request)
        select message_id, workspace_id, channel_id, conversation_id, contact_id, priority, state, rate, request::json
          from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::smallint[], $7::text[], $8::text[], $9::text[])
            with ordinality as n(message_id, workspace_id, channel_id, conversation_id, contact_id, priority, state, rate, request, position)
         order by position`,
      values: columnsOf(
        messages.map((one) => ({ ...one, request: JSON.stringify(one.request) })),
        'messageId',
        'workspaceId',
        'channelId',
        'conversationId',
        'contactId',
        'priority',
        'state',
        'rate',
        'request',
      ),
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

  /**
   * Takes what is next, at most so many of each rate: by priority, then in the order given to be sent; of a conversation only
   * the first, and none while another of it is on its way. Served by outbound_due, outbound_order and the key of send_pairs.
   */
  async take(
    channelId: string,
    most: readonly { rate: RateKind; most: number }[],
    pairs: boolean,
  ): Promise<TakenMessage[]> {
    const { rows } = await this.database.query<TakenMessage>({
      name: 'outbound-take',
      text: `
        with due as (
          select d.message_id, d.priority, d.sequence, d.throttled
            from unnest($2::text[], $3::int[]) as r(rate, most)
            cross join lateral (
              select o.message_id, o.priority, o.sequence, coalesce(p.throttled, 0) as throttled
                from outbound_messages o
                left join send_pairs p on $4 and p.channel_id = o.channel_id and p.contact_id = o.contact_id
               where o.channel_id = $1 and o.state = 'queued' and o.rate = r.rate and o.next_at <= clock_timestamp()
                 and not exists (
                   select 1 from outbound_messages e
                    where e.conversation_id = o.conversation_id and e.message_id <> o.message_id
                      and (e.state = 'sending' or (e.state in ('held', 'queued') and e.priority = o.priority and e.sequence < o.sequence)))
                 and coalesce(p.next_slot - $5::int * interval '1 ms' <= clock_timestamp(), true)
                 and coalesce(p.blocked_until <= clock_timestamp(), true)
               order by o.priority, o.sequence limit r.most) d
        ), taken as (
          update outbound_messages o set state = 'sending', attempts = o.attempts + 1, sending_since = clock_timestamp()
            from due where o.message_id = due.message_id and o.state = 'queued'
          returning o.message_id, o.workspace_id, o.conversation_id, o.contact_id, o.rate, o.request, o.attempts, due.priority, due.sequence,
            due.throttled
        )
        select message_id as "messageId", workspace_id as "workspaceId", conversation_id as "conversationId", contact_id as "contactId",
               rate, request, attempts, throttled as "pairThrottled" from taken order by priority, sequence`,
      values: [
        channelId,
        most.map(({ rate }) => rate),
        most.map((one) => one.most),
        pairs,
        (pairBurst - 1) * pairIntervalMs,
      ],
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

  /** Back into the queue, not before their time. What was believed unknown while nobody had sent it is not. Nothing goes to who was erased. */
  async putBack(messages: readonly { messageId: string; delayMs: number }[]): Promise<void> {
    await this.database.query({
      name: 'outbound-put-back',
      text: `
        with n as (select * from unnest($1::uuid[], $2::float8[]) as n(message_id, delay)),
        gone as (
          delete from outbound_messages o using n where o.message_id = n.message_id and o.state in ('sending', 'unknown') and ${toErased}
        )
        update outbound_messages o set state = 'queued', sending_since = null, lookups = 0,
               next_at = clock_timestamp() + n.delay * interval '1 ms'
          from n where o.message_id = n.message_id and o.state in ('sending', 'unknown') and not ${toErased}`,
      values: columnsOf(messages, 'messageId', 'delayMs'),
    });
  }

  /** Messages that wait for something else than their turn: when they are due. */
  async dueIn(messages: readonly { messageId: string; delayMs: number }[]): Promise<void> {
    await this.database.query({
      name: 'outbound-due-in',
      text: `
        update outbound_messages o set next_at = clock_timestamp() + n.delay * interval '1 ms'
          from unnest($1::uuid[], $2::float8[]) as n(message_id, delay) where o.message_id = n.message_id and o.state = 'queued'`,
      values: columnsOf(messages, 'messageId', 'delayMs'),
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

  /** Channels with something due that Meta has not told to wait. Served by outbound_due: it stops at the first message of a channel. */
  async channelsDue(): Promise<string[]> {
    const { rows } = await this.database.query<{ channelId: string }>(
      `select distinct r.channel_id as "channelId" from send_rates r
        where coalesce(r.blocked_until <= clock_timestamp(), true) and exists (
          select 1 from outbound_messages o
           where o.channel_id = r.channel_id and o.state = 'queued' and o.rate = r.rate and o.next_at <= clock_timestamp())`,
    );
    return rows.map(({ channelId }) => channelId);
  }

  /** Channels for which messages are held. Served by outbound_held. */
  async channelsHeld(): Promise<string[]> {
    const { rows } = await this.database.query<{ channelId: string }>(
      `select distinct channel_id as "channelId" from outbound_messages where state = 'held'`,
    );
    return rows.map(({ channelId }) => channelId);
  }

  /** A status or an echo has told meanwhile that Meta has them. */
  async forgetTold(afterMs: number): Promise<void> {
    await this.database.query(
      `delete from outbound_messages o using messages m
        where o.state in ('sending', 'unknown') and o.message_id = m.id and m.platform_message_id is not null
          and coalesce(o.unknown_since, o.sending_since) < clock_timestamp() - $1::float8 * interval '1 ms'`,
      [afterMs],
    );
  }

  /** Handed to Meta so long ago that whoever did it is gone. Served by outbound_unsettled. */
  async abandoned(afterMs: number, most: number): Promise<{ messageId: string; channelId: string }[]> {
    const { rows } = await this.database.query<{ messageId: string; channelId: string }>(
      `select message_id as "messageId", channel_id as "channelId" from outbound_messages
        where state = 'sending' and sending_since < clock_timestamp() - $1::float8 * interval '1 ms' order by sending_since limit $2`,
      [afterMs, most],
    );
    return rows;
  }

  /**
   * Messages of unknown outcome whose platform has a history that can be searched, due for the next search: after 5, 25 and 125 s. They
   * count as searched with this. Served by outbound_unsettled.
   */
  async toLookUp(most: number): Promise<UnknownMessage[]> {
    const { rows } = await this.database.query<UnknownMessage>(
      `with due as (
         select o.message_id from outbound_messages o join conversations c on c.id = o.conversation_id
          where o.state = 'unknown' and o.lookups < 3 and c.platform in ('messenger', 'instagram')
            and o.unknown_since < clock_timestamp() - power(5, o.lookups + 1) * interval '1 s'
          order by o.unknown_since limit $1 for update of o skip locked)
       update outbound_messages o set lookups = lookups + 1 from due, messages m
        where o.message_id = due.message_id and m.id = o.message_id
       returning o.message_id as "messageId", o.channel_id as "channelId", o.contact_id as "contactId", o.rate, o.request,
         m.content ->> 'text' as text, m.sent_at as "sentAt"`,
      [most],
    );
    return rows;
  }

  /** Which of these the channel has as messages already. Served by messages_platform_id. */
  async known(channelId: string, platformMessageIds: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.database.query<{ id: string }>(
      `select platform_message_id as id from messages where channel_id = $1 and platform_message_id = any($2::text[])`,
      [channelId, platformMessageIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Whether another message of these words to the same customer may be on its way. Served by outbound_conversation. */
  async hasTwin({ messageId, text }: UnknownMessage): Promise<boolean> {
    const { rows } = await this.database.query<{ twin: boolean }>(
      `select exists (
         select 1 from outbound_messages u
           join outbound_messages o on o.conversation_id = u.conversation_id and o.message_id <> u.message_id and o.state in ('sending', 'unknown')
           join messages m on m.id = o.message_id and coalesce(m.content ->> 'text', '') = coalesce($2, '') and m.platform_message_id is null
          where u.message_id = $1) as twin`,
      [messageId, text],
    );
    return rows[0]!.twin;
  }

  /** Unknown for longer than this. */
  async undecided(afterMs: number, most: number): Promise<{ messageId: string; channelId: string }[]> {
    const { rows } = await this.database.query<{ messageId: string; channelId: string }>(
      `select message_id as "messageId", channel_id as "channelId" from outbound_messages
        where state = 'unknown' and unknown_since < clock_timestamp() - $1::float8 * interval '1 ms' order by unknown_since limit $2`,
      [afterMs, most],
    );
    return rows;
  }

  /** What waits on a channel that cannot send. */
  async waiting(channelId: string, most: number): Promise<{ messageId: string; hold: boolean }[]> {
    const { rows } = await this.database.query<{ messageId: string; hold: boolean }>(
      `select message_id as "messageId", coalesce((request ->> 'hold')::boolean, false) as hold from outbound_messages
        where channel_id = $1 and state = 'queued' limit $2`,
      [channelId, most],
    );
    return rows;
  }

  async hold(messageIds: readonly string[]): Promise<void> {
    await this.database.query(
      `with gone as (
         delete from outbound_messages o where o.message_id = any($1::uuid[]) and o.state in ('queued', 'sending') and ${toErased}
       )
       update outbound_messages o set state = 'held', sending_since = null
        where o.message_id = any($1::uuid[]) and o.state in ('queued', 'sending') and not ${toErased}`,
      [messageIds],
    );
  }

  /** Served by outbound_held. */
  async held(channelId: string, most: number): Promise<string[]> {
    const { rows } = await this.database.query<{ messageId: string }>(
      `select message_id as "messageId" from outbound_messages where channel_id = $1 and state = 'held' limit $2`,
      [channelId, most],
    );
    return rows.map(({ messageId }) => messageId);
  }

  /** The channel can send again. */
  async release(channelId: string): Promise<number> {
    const { rowCount } = await this.database.query(
      `update outbound_messages set state = 'queued', next_at = clock_timestamp() where channel_id = $1 and state = 'held'`,
      [channelId],
    );
    return rowCount ?? 0;
  }

  /**
   * When somebody is erased: what was to be sent to them is not. What Meta may have stays, without words and address, until it is known
   * what became of it. Served by outbound_conversation.
   */
  async eraseOf({ workspaceId, contactIds }: DataSubject): Promise<void> {
    await this.database.query(
      `with theirs as (
         select id from conversations where workspace_id = $1 and contact_id = any($2::uuid[])
       ), kept as (
         delete from sent_requests s using theirs t join messages m on m.conversation_id = t.id where s.message_id = m.id
       ), gone as (
         delete from outbound_messages o using theirs t where o.conversation_id = t.id and o.state in ('held', 'queued', 'failed')
       )
       update outbound_messages o set request = '{"to":{}}' from theirs t
        where o.conversation_id = t.id and o.state in ('sending', 'unknown')`,
      [workspaceId, contactIds],
    );
  }

  /** Whether a call is under way. Served by outbound_order. */
  async isSendingTo({ workspaceId, contactIds }: DataSubject): Promise<boolean> {
    const { rows } = await this.database.query<{ sending: boolean }>(
      `select exists (
         select 1 from conversations v join outbound_messages o on o.conversation_id = v.id and o.state = 'sending'
          where v.workspace_id = $1 and v.contact_id = any($2::uuid[])) as sending`,
      [workspaceId, contactIds],
    );
    return rows[0]!.sending;
  }

  /** Keys that no client repeats any more, pairs whose limit has long been free, and requests that nobody can or may want to send again. */
  async prune(): Promise<number> {
    const { rowCount } = await this.database.query(
      `delete from send_keys where created_at < now() - interval '7 days'`,
    );
    const pairs = await this.database.query(`delete from send_pairs where next_slot < now() - interval '1 day'`);
    const failed = await this.database.query(
      `delete from outbound_messages where state = 'failed' and created_at < now() - interval '30 days'`,
    );
    const sent = await this.database.query(
      `delete from sent_requests s where s.message_id < $1
          or not exists (select 1 from messages m where m.id = s.message_id and m.status in ('sent', 'failed') and m.deleted_at is null)`,
      [firstIdOf(new Date(Date.now() - keptForRetryMs))],
    );
    return (rowCount ?? 0) + (pairs.rowCount ?? 0) + (failed.rowCount ?? 0) + (sent.rowCount ?? 0);
  }
}
