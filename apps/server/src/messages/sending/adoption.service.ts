import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { type ChannelItem, type EffectItem, ofKind } from '../intake/channel-item';

/** An outbound message of ours that Meta has told of before it answered our call, or instead. */
interface Claimed {
  channelId: string;
  messageId: string;
  platformMessageId: string;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Gives messages of ours the platform's id when a status or an echo brings it: WhatsApp's status carries our message id as
 * `biz_opaque_callback_data`, Messenger's echo as `metadata`. Instagram's echo carries nothing; there a message of the same customer and
 * text that waits for its outcome is it, where there is only one.
 */
@Injectable()
export class Adoption {
  constructor(private readonly database: Database) {}

  /** Inside the intake's transaction, before anything else is applied: afterwards these messages are known by the platform's id. */
  async adopt(items: readonly ChannelItem[]): Promise<void> {
    const claimed = [...byCallback(ofKind(items, 'status')), ...byMetadata(ofKind(items, 'message'))];
    if (claimed.length > 0) await this.byOurId(claimed);
    const echoes = ofKind(items, 'message').filter(mayBeOurs);
    if (echoes.length > 0) await this.byText(echoes);
  }

  /** What was unknown is settled with that; a call that is still under way settles its own. */
  private async byOurId(claimed: readonly Claimed[]): Promise<void> {
    const distinct = [...new Map(claimed.map((one) => [one.messageId, one])).values()];
    await this.database.query({
      name: 'adoption-by-our-id',
      text: `
        with adopted as (
          update messages m set platform_message_id = n.platform_message_id, status = 'sent', status_rank = 20, error = null
            from unnest($1::uuid[], $2::uuid[], $3::text[]) as n(channel_id, message_id, platform_message_id)
           where m.id = n.message_id and m.channel_id = n.channel_id and m.direction = 'outbound' and m.platform_message_id is null
             and not exists (select 1 from messages o where o.channel_id = n.channel_id and o.platform_message_id = n.platform_message_id)
          returning m.id
        )
        delete from outbound_messages o using adopted a where o.message_id = a.id and o.state in ('unknown', 'failed')`,
      values: [
        distinct.map(({ channelId }) => channelId),
        distinct.map(({ messageId }) => messageId),
        distinct.map(({ platformMessageId }) => platformMessageId),
      ],
    });
  }

  /** Served by outbound_unsettled: what waits for its outcome is little. */
  private async byText(echoes: readonly EffectItem<'message'>[]): Promise<void> {
    const distinct = [
      ...new Map(
        echoes.map((one) => [`${one.channel.id} ${one.effect.customer.userId} ${one.effect.content.text}`, one]),
      ).values(),
    ];
    await this.database.query({
      name: 'adoption-by-text',
      text: `
        with candidates as (
          select n.channel_id, n.platform_message_id, (array_agg(m.id))[1] as id, count(*) as found
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n(channel_id, customer, platform_message_id, text)
            join outbound_messages o on o.channel_id = n.channel_id and o.state in ('sending', 'unknown')
              and o.request -> 'to' ->> 'userId' = n.customer
            join messages m on m.id = o.message_id and m.platform_message_id is null and m.content ->> 'text' = n.text
           where not exists (select 1 from messages k where k.channel_id = n.channel_id and k.platform_message_id = n.platform_message_id)
           group by 1, 2
        ), adopted as (
          update messages m set platform_message_id = c.platform_message_id, status = 'sent', status_rank = 20, error = null
            from candidates c where m.id = c.id and c.found = 1
          returning m.id
        )
        delete from outbound_messages o using adopted a where o.message_id = a.id and o.state = 'unknown'`,
      values: [
        distinct.map(({ channel }) => channel.id),
        distinct.map(({ effect }) => effect.customer.userId ?? ''),
        distinct.map(({ effect }) => effect.messageId),
        distinct.map(({ effect }) => effect.content.text ?? ''),
      ],
    });
  }
}

function byCallback(statuses: readonly EffectItem<'status'>[]): Claimed[] {
  return statuses.flatMap(({ channel, effect }) =>
    effect.callbackData && uuidPattern.test(effect.callbackData)
      ? [{ channelId: channel.id, messageId: effect.callbackData, platformMessageId: effect.messageId }]
      : [],
  );
}

function byMetadata(messages: readonly EffectItem<'message'>[]): Claimed[] {
  return messages.flatMap(({ channel, effect }) =>
    effect.echo?.metadata && uuidPattern.test(effect.echo.metadata)
      ? [{ channelId: channel.id, messageId: effect.echo.metadata, platformMessageId: effect.messageId }]
      : [],
  );
}

function mayBeOurs({ channel, effect }: EffectItem<'message'>): boolean {
  return (
    channel.platform === 'instagram' &&
    effect.direction === 'outbound' &&
    !effect.imported &&
    effect.content.text !== undefined
  );
}
