import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import { ErasedPeople } from '../../contacts';
import { type ChannelItem, type EffectItem, ofKind } from '../intake/channel-item';
import { rankOf } from '../message-status';
import { leaveQueue } from './kept-request';
import { OutcomesRepository } from './outcomes.repository';
import { acceptedEvents } from './settled-events';
import { toldState } from './told-state';

/** An outbound message of ours that Meta has told of before it answered our call, or instead. */
interface Claimed {
  channelId: string;
  messageId: string;
  platformMessageId: string;
  /** Whose watermarks may have come before. Messenger and Instagram. */
  customer: string | null;
  /** When Meta had the message, by its echo. */
  sentAt: Date | null;
}

const toldBefore = toldState({
  channelId: 'n.channel_id',
  platformMessageId: 'n.platform_message_id',
  customer: 'n.customer',
  since: 'n.sent_at',
});

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Gives messages of ours the platform's id when a status or an echo brings it: WhatsApp's status carries our message id as
 * `biz_opaque_callback_data`, Messenger's echo as `metadata`. Instagram's echo carries nothing; there a message of the same customer and
 * text that waits for its outcome is it, where there is only one. Of a message to somebody who has been erased neither is there any more:
 * it is told by a keyed hash of both, and whichever of several it is, the echo makes nobody known.
 */
@Injectable()
export class Adoption {
  constructor(
    private readonly database: Database,
    private readonly outcomes: OutcomesRepository,
    private readonly erased: ErasedPeople,
  ) {}

  /**
   * Inside the intake's transaction, before anything else is applied: afterwards these messages are known by the platform's id.
   * @returns our ids of those that were not known by it before
   */
  async adopt(items: readonly ChannelItem[]): Promise<string[]> {
    const claimed = [...byCallback(ofKind(items, 'status')), ...byMetadata(ofKind(items, 'message'))];
    const echoes = ofKind(items, 'message').filter(mayBeOurs);
    return [
      ...(claimed.length > 0 ? await this.byOurId(claimed) : []),
      ...(echoes.length > 0 ? await this.byText(echoes) : []),
    ];
  }

  /** `message.sent` for each that was adopted, and what had been told of it before. Inside the same transaction, before what else is told of them. */
  async eventsOf(adopted: readonly string[]): Promise<NewEvent[]> {
    return adopted.length === 0 ? [] : (await this.outcomes.views(adopted)).flatMap(acceptedEvents);
  }

  /** With that it is settled, and never sent again: what its call says, if it is still under way, changes nothing. */
  private async byOurId(claimed: readonly Claimed[]): Promise<string[]> {
    const distinct = [...new Map(claimed.map((one) => [one.messageId, one])).values()];
    const { rows } = await this.database.query<{ id: string }>({
      name: 'adoption-by-our-id',
      text: `
        with adopted as (
          update messages m set platform_message_id = n.platform_message_id, status = coalesce(t.status, 'sent'),
                 status_rank = coalesce(t.rank, $6), error = case when t.status = 'failed' then t.errors -> 0 end
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
              as n(channel_id, message_id, platform_message_id, customer, sent_at)
            left join lateral (${toldBefore}) t on true
           where m.id = n.message_id and m.channel_id = n.channel_id and m.direction = 'outbound' and m.platform_message_id is null
             and not exists (select 1 from messages o where o.channel_id = n.channel_id and o.platform_message_id = n.platform_message_id)
          returning m.id
        ), ${leaveQueue('using adopted a where o.message_id = a.id')}
        select id from adopted`,
      values: [
        distinct.map(({ channelId }) => channelId),
        distinct.map(({ messageId }) => messageId),
        distinct.map(({ platformMessageId }) => platformMessageId),
        distinct.map(({ customer }) => customer),
        distinct.map(({ sentAt }) => sentAt),
        rankOf('sent'),
      ],
    });
    return rows.map(({ id }) => id);
  }

  /** Served by outbound_unsettled: what waits for its outcome is little. */
  private async byText(echoes: readonly EffectItem<'message'>[]): Promise<string[]> {
    const distinct = [
      ...new Map(
        echoes.map((one) => [`${one.channel.id} ${one.effect.customer.userId} ${one.effect.content.text}`, one]),
      ).values(),
    ];
    const { rows } = await this.database.query<{ id: string }>({
      name: 'adoption-by-text',
      text: `
        with candidates as (
          select n.channel_id, n.customer, n.platform_message_id, n.sent_at, (array_agg(m.id order by o.sequence))[1] as id, count(*) as found,
                 bool_or(o.request -> 'echoes' is not null) as erased
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $7::text[])
              as n(channel_id, customer, platform_message_id, text, sent_at, fingerprints)
            join outbound_messages o on o.channel_id = n.channel_id and o.state in ('sending', 'unknown')
            join messages m on m.id = o.message_id and m.platform_message_id is null
              and (o.request -> 'to' ->> 'userId' = n.customer and m.content ->> 'text' = n.text
                or exists (select 1 from json_array_elements_text(o.request -> 'echoes') e where e = any(string_to_array(n.fingerprints, ' '))))
           where not exists (select 1 from messages k where k.channel_id = n.channel_id and k.platform_message_id = n.platform_message_id)
           group by 1, 2, 3, 4
        ), adopted as (
          update messages m set platform_message_id = n.platform_message_id, status = coalesce(t.status, 'sent'),
                 status_rank = coalesce(t.rank, $6), error = null
            from candidates n left join lateral (${toldBefore}) t on true where m.id = n.id and (n.found = 1 or n.erased)
          returning m.id
        ), ${leaveQueue('using adopted a where o.message_id = a.id')}
        select id from adopted`,
      values: [
        distinct.map(({ channel }) => channel.id),
        distinct.map(({ effect }) => effect.customer.userId ?? ''),
        distinct.map(({ effect }) => effect.messageId),
        distinct.map(({ effect }) => effect.content.text ?? null),
        distinct.map(({ effect }) => new Date(effect.sentAt)),
        rankOf('sent'),
        distinct.map(({ channel, effect }) =>
          this.erased.fingerprints(channel.id, effect.customer.userId ?? '', effect.content.text).join(' '),
        ),
      ],
    });
    return rows.map(({ id }) => id);
  }
}

function byCallback(statuses: readonly EffectItem<'status'>[]): Claimed[] {
  return statuses.flatMap(({ channel, effect }) =>
    effect.callbackData && uuidPattern.test(effect.callbackData)
      ? [
          {
            channelId: channel.id,
            messageId: effect.callbackData,
            platformMessageId: effect.messageId,
            customer: null,
            sentAt: null,
          },
        ]
      : [],
  );
}

function byMetadata(messages: readonly EffectItem<'message'>[]): Claimed[] {
  return messages.flatMap(({ channel, effect }) =>
    effect.echo?.metadata && uuidPattern.test(effect.echo.metadata)
      ? [
          {
            channelId: channel.id,
            messageId: effect.echo.metadata,
            platformMessageId: effect.messageId,
            customer: effect.customer.userId ?? null,
            sentAt: new Date(effect.sentAt),
          },
        ]
      : [],
  );
}

function mayBeOurs({ channel, effect }: EffectItem<'message'>): boolean {
  return channel.platform === 'instagram' && effect.direction === 'outbound' && !effect.imported;
}
