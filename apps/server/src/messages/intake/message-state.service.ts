import { Injectable } from '@nestjs/common';
import type { ContactSummary, MessageErrorView, MessageStatus, Platform } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import { Media } from '../../media';
import { CampaignSignals } from '../campaign-signals';
import { eventOf, rankOf } from '../message-status';
import { BulkRates } from '../sending/bulk-rates.service';
import { statusErrors } from '../sending/send-outcome';
import { conversationAudience, type EffectItem, messageKey } from './channel-item';
import { MessageIntakeRepository } from './intake.repository';
import type { ReadUpTo } from './message-arrival.service';
import { MessageStateRepository, type MovedMessage, type StatusRecord, type Watermark } from './state.repository';

type Contacts = ReadonlyMap<string, ContactSummary | undefined>;
/** A watermark may speak of thousands of messages; an event names at most this many. */
const namedMessages = 100;

/** What Meta says of messages: states, watermarks, reactions, deletions. */
@Injectable()
export class MessageState {
  constructor(
    private readonly repository: MessageStateRepository,
    private readonly messages: MessageIntakeRepository,
    private readonly media: Media,
    private readonly campaigns: CampaignSignals,
    private readonly bulkRates: BulkRates,
  ) {}

  async statuses(items: readonly EffectItem<'status'>[]): Promise<NewEvent[]> {
    if (items.length === 0) return [];
    const records = items.map(statusRecord);
    await this.repository.keepStatuses(records);
    // A group member's state is not the message's.
    const highest = new Map<string, { record: StatusRecord; item: EffectItem<'status'> }>();
    records.forEach((record, position) => {
      if (record.participant !== '') return;
      const key = messageKey(record.channelId, record.platformMessageId);
      const best = highest.get(key);
      if (!best || best.record.rank < record.rank) highest.set(key, { record, item: items[position]! });
    });
    if (highest.size === 0) return [];
    const moved = await this.repository.moveByStatus([...highest.values()].map(({ record }) => record));
    await this.campaigns.moved(ofCampaigns(moved));
    await this.bulkRates.refused(
      moved.flatMap(({ channelId, workspaceId, platformMessageId }) => {
        const errors = highest.get(messageKey(channelId, platformMessageId))!.item.effect.errors ?? [];
        return errors.map(({ code }) => ({ channelId, workspaceId, code }));
      }),
    );
    return moved.map((message) => {
      const { record, item } = highest.get(messageKey(message.channelId, message.platformMessageId))!;
      return stateEvent(
        [message],
        record.status,
        record.at,
        item.channel.platform,
        null,
        message.requestKept ? statusErrors(item.effect.errors) : finalErrors(item),
      );
    });
  }

  async watermarks(
    watermarks: readonly EffectItem<'watermark'>[],
    seen: readonly EffectItem<'seen'>[],
    readUpTo: readonly ReadUpTo[],
    contacts: Contacts,
  ): Promise<NewEvent[]> {
    if (watermarks.length + seen.length + readUpTo.length === 0) return [];
    const marks: PlacedMark[] = watermarks.map(({ id, effect, channel }) => ({
      mark: {
        channelId: channel.id,
        customer: effect.customer.userId ?? '',
        status: effect.status,
        watermark: new Date(effect.watermark),
      },
      contactId: contacts.get(id)?.id,
      platform: channel.platform,
    }));
    for (const { message, at } of readUpTo) {
      marks.push({
        mark: {
          channelId: message.channel.id,
          customer: message.effect.customer.userId ?? '',
          status: 'read',
          watermark: at,
        },
        contactId: message.contact.id,
        platform: message.channel.platform,
      });
    }
    marks.push(...(await this.marksOfSeen(seen)));
    return this.applyMarks(marks);
  }

  async reactions(items: readonly EffectItem<'reaction'>[], contacts: Contacts): Promise<NewEvent[]> {
    const latest = new Map<string, EffectItem<'reaction'>>();
    for (const item of items) {
      const key = `${messageKey(item.channel.id, item.effect.messageId)} ${actorOf(item, contacts)}`;
      const other = latest.get(key);
      if (!other || other.effect.at <= item.effect.at) latest.set(key, item);
    }
    if (latest.size === 0) return [];
    const changed = await this.repository.react(
      [...latest.values()].map((item) => ({
        channelId: item.channel.id,
        platformMessageId: item.effect.messageId,
        actor: actorOf(item, contacts),
        emoji: item.effect.emoji ?? null,
        name: item.effect.name ?? null,
        at: new Date(item.effect.at),
      })),
    );
    return changed.map(({ channelId, platformMessageId, actor, messageId, conversationId }) => {
      const { id, effect, channel } = latest.get(`${messageKey(channelId, platformMessageId)} ${actor}`)!;
      const contactId = contacts.get(id)?.id ?? null;
      return {
        type: 'message.reacted',
        workspaceId: channel.workspaceId,
        audience: conversationAudience({ workspaceId: channel.workspaceId, channelId, conversationId, contactId }),
        occurredAt: effect.at,
        data: {
          messageId,
          platformMessageId,
          conversationId,
          channelId,
          by: effect.by,
          contactId,
          emoji: effect.emoji ?? null,
          at: new Date(effect.at).toISOString(),
        },
      };
    });
  }

  async deletions(items: readonly EffectItem<'deletion'>[]): Promise<NewEvent[]> {
    if (items.length === 0) return [];
    const byKey = new Map(items.map((item) => [messageKey(item.channel.id, item.effect.messageId), item]));
    const gone = await this.repository.remove(
      [...byKey.values()].map(({ channel, effect }) => ({
        channelId: channel.id,
        platformMessageId: effect.messageId,
        by: effect.by,
        at: new Date(effect.at),
      })),
    );
    await this.media.eraseWith(gone);
    return gone.map((message) => {
      const { effect } = byKey.get(messageKey(message.channelId, message.platformMessageId))!;
      return {
        type: 'message.deleted',
        workspaceId: message.workspaceId,
        audience: conversationAudience(message),
        occurredAt: effect.at,
        data: {
          messageId: message.messageId,
          platformMessageId: message.platformMessageId,
          conversationId: message.conversationId,
          channelId: message.channelId,
          by: effect.by,
          deletedAt: new Date(effect.at).toISOString(),
        },
      };
    });
  }

  /** Instagram names a message where Messenger names a time. Kept by its id; where it is known, its time is the watermark. */
  private async marksOfSeen(seen: readonly EffectItem<'seen'>[]): Promise<PlacedMark[]> {
    if (seen.length === 0) return [];
    await this.repository.keepStatuses(
      seen.map(({ channel, effect }) => ({
        channelId: channel.id,
        platformMessageId: effect.messageId,
        participant: '',
        status: 'read',
        rank: rankOf('read'),
        at: new Date(effect.at),
        errors: null,
        finalErrors: null,
      })),
    );
    const known = await this.messages.known(
      seen.map(({ channel, effect }) => ({ channelId: channel.id, platformMessageId: effect.messageId })),
    );
    const byKey = new Map(known.map((one) => [messageKey(one.channelId, one.platformMessageId), one]));
    return seen.flatMap(({ channel, effect }) => {
      const message = byKey.get(messageKey(channel.id, effect.messageId));
      if (!message?.sentAt || !message.contactId) return [];
      const mark: Watermark = {
        channelId: channel.id,
        customer: effect.customer.userId ?? '',
        status: 'read',
        watermark: message.sentAt,
      };
      return [{ mark, contactId: message.contactId, platform: channel.platform }];
    });
  }

  private async applyMarks(marks: readonly PlacedMark[]): Promise<NewEvent[]> {
    const highest = new Map<string, PlacedMark>();
    for (const placed of marks) {
      const { channelId, customer, status, watermark } = placed.mark;
      const key = `${channelId} ${customer} ${status}`;
      const other = highest.get(key);
      if (!other || other.mark.watermark < watermark) highest.set(key, placed);
    }
    if (highest.size === 0) return [];
    const events: NewEvent[] = [];
    const raised = await this.repository.raise([...highest.values()].map(({ mark }) => mark));
    const placed = raised.map((mark) => highest.get(`${mark.channelId} ${mark.customer} ${mark.status}`)!);
    // Delivered before read: where both rose, the lower one must not be told after the higher.
    for (const status of ['delivered', 'read'] as const) {
      const rising = placed.filter((one) => one.mark.status === status && one.contactId !== undefined);
      if (rising.length === 0) continue;
      const moved = await this.repository.moveByWatermark(
        rising.map(({ mark, contactId }) => ({ ...mark, contactId: contactId!, rank: rankOf(status) })),
      );
      await this.campaigns.moved(ofCampaigns(moved));
      for (const messages of byConversation(moved)) {
        const first = messages[0]!;
        const source = rising.find(
          ({ mark, contactId }) => mark.channelId === first.channelId && contactId === first.contactId,
        )!;
        events.push(stateEvent(messages, status, source.mark.watermark, source.platform, source.mark.watermark));
      }
    }
    return events;
  }
}

const ofCampaigns = (moved: readonly MovedMessage[]) =>
  moved.flatMap(({ campaignId, messageId }) => (campaignId ? [{ campaignId, messageId }] : []));

interface PlacedMark {
  mark: Watermark;
  contactId: string | undefined;
  platform: Platform;
}

/** Of a message that was not sent from here, or whose content is not kept any more: nothing here can send it again. */
const finalErrors = ({ effect }: EffectItem<'status'>): MessageErrorView[] | undefined =>
  statusErrors(effect.errors)?.map((error) => ({ ...error, mayRetry: false }));

function statusRecord(item: EffectItem<'status'>): StatusRecord {
  const { effect, channel } = item;
  return {
    channelId: channel.id,
    platformMessageId: effect.messageId,
    participant: effect.participantId ?? '',
    status: effect.status,
    rank: rankOf(effect.status),
    at: new Date(effect.at),
    errors: effect.errors ? JSON.stringify(statusErrors(effect.errors)) : null,
    finalErrors: effect.errors ? JSON.stringify(finalErrors(item)) : null,
  };
}

function actorOf({ id, effect }: EffectItem<'reaction'>, contacts: Contacts): string {
  if (effect.by === 'business') return 'business';
  return contacts.get(id)?.id ?? effect.customer.userId ?? effect.customer.waId ?? 'customer';
}

function byConversation<T extends MovedMessage>(messages: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const message of messages) {
    const group = groups.get(message.conversationId);
    if (group) group.push(message);
    else groups.set(message.conversationId, [message]);
  }
  return [...groups.values()];
}

function stateEvent(
  messages: readonly MovedMessage[],
  status: MessageStatus,
  at: Date,
  platform: Platform,
  watermark: Date | null,
  errors?: MessageErrorView[],
): NewEvent {
  const first = messages[0]!;
  return {
    type: eventOf(status),
    workspaceId: first.workspaceId,
    audience: conversationAudience(first),
    occurredAt: at.getTime(),
    data: {
      conversationId: first.conversationId,
      channelId: first.channelId,
      contactId: first.contactId,
      platform,
      status,
      at: at.toISOString(),
      messageIds: messages.slice(0, namedMessages).map((message) => message.messageId),
      changed: messages.length,
      watermark: watermark?.toISOString() ?? null,
      ...(errors ? { errors } : {}),
    },
  };
}
