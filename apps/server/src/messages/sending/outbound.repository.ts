import { Injectable } from '@nestjs/common';
import { Database, firstIdOf } from '@switchboard/database';
import { sentContentOf, sentTypeOf } from '@switchboard/meta';
import { type DataSubject, ErasedPeople } from '../../contacts';
import { columnsOf } from '../sql-columns';
import { pairBurst, pairIntervalMs, type RateKind } from './send-rate';
import { SendRatesRepository } from './send-rates.repository';
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

interface UnderWay {
  messageId: string;
  channelId: string;
  platform: string;
  /** Without content where it is of somebody who was erased before. */
  request: Partial<SendRequest>;
}

/** Whether a message `o` goes to somebody who has been erased: conversations follow merges, the queue does not. */
export const toErased = `exists (
  select 1 from conversations ev join contacts ec on ec.id = ev.contact_id where ev.id = o.conversation_id and ec.erased_at is not null)`;

/** The queue of what is to be sent. Every statement is of one channel, or of messages named by id. */
@Injectable()
export class OutboundRepository {
  constructor(
    private readonly database: Database,
    private readonly rates: SendRatesRepository,
    private readonly erased: ErasedPeople,
  ) {}

  /** Inside the transaction that stores the messages. */
  async enqueue(messages: readonly NewOutbound[]): Promise<void> {
    await this.rates.addRates(messages);
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

  /**
   * When somebody is erased: what was to be sent to them is not. What Meta may have stays, without words and address, until it is known
   * what became of it; Instagram's echo, which carries no id of ours, is known again by a keyed hash of both. Served by
   * outbound_conversation.
   */
  async eraseOf({ workspaceId, contactIds, values }: DataSubject): Promise<void> {
    await this.database.query(
      `with theirs as (
         select id from conversations where workspace_id = $1 and contact_id = any($2::uuid[])
       ), kept as (
         delete from sent_requests s using theirs t join messages m on m.conversation_id = t.id where s.message_id = m.id
       )
       delete from outbound_messages o using theirs t
        where o.conversation_id = t.id and o.state in ('held', 'queued', 'paused', 'failed')`,
      [workspaceId, contactIds],
    );
    // After what waited is gone: nothing of it has been taken for sending since.
    const { rows } = await this.database.query<UnderWay>(
      `select o.message_id as "messageId", o.channel_id as "channelId", v.platform, o.request
         from conversations v join outbound_messages o on o.conversation_id = v.id
        where v.workspace_id = $1 and v.contact_id = any($2::uuid[]) and o.state in ('sending', 'unknown') for update of o`,
      [workspaceId, contactIds],
    );
    await this.database.query(
      `update outbound_messages o set request = n.request::json from unnest($1::uuid[], $2::text[]) as n(message_id, request)
        where o.message_id = n.message_id`,
      [
        rows.map(({ messageId }) => messageId),
        rows.map((one) => JSON.stringify({ to: {}, ...(one.platform === 'instagram' && this.echoesOf(one, values)) })),
      ],
    );
  }

  private echoesOf({ channelId, request: { content } }: UnderWay, customers: readonly string[]): { echoes: string[] } {
    const isText = content && sentTypeOf('instagram', content) === 'text';
    const text = isText ? sentContentOf('instagram', content).text : undefined;
    return { echoes: customers.flatMap((customer) => this.erased.fingerprints(channelId, customer, text)[0] ?? []) };
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
