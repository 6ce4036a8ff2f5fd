import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { RateKind } from './send-rate';
import type { SendRequest } from './send-request';

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

/** Messages in the queue that do not go on by themselves: held, or of an outcome that nobody has told. */
@Injectable()
export class UnsettledRepository {
  constructor(private readonly database: Database) {}

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

  /** Channels for which messages are held. Served by outbound_held. */
  async channelsHeld(): Promise<string[]> {
    const { rows } = await this.database.query<{ channelId: string }>(
      `select distinct channel_id as "channelId" from outbound_messages where state = 'held'`,
    );
    return rows.map(({ channelId }) => channelId);
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
}
