import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@switchboard/events';
import { previewOf } from '../message-views';
import { conversationAudience, type EffectItem, messageKey } from './channel-item';
import { type EditRecord, EditsRepository } from './edits.repository';

/** Messages that say something else now. The latest edit counts, in whatever order they come, before their message or after. */
@Injectable()
export class MessageEdits {
  constructor(private readonly repository: EditsRepository) {}

  async apply(items: readonly EffectItem<'edit'>[]): Promise<NewEvent[]> {
    const latest = new Map<string, EffectItem<'edit'>>();
    for (const item of items) {
      // One without its words is told as a webhook: the message is to be fetched.
      if (!item.effect.content) continue;
      const key = messageKey(item.channel.id, item.effect.messageId);
      const other = latest.get(key);
      if (!other || isLater(item.effect, other.effect)) latest.set(key, item);
    }
    if (latest.size === 0) return [];
    const records = new Map([...latest].map(([key, item]) => [key, recordOf(item)]));
    const kept = await this.repository.keep([...records.values()]);
    if (kept.length === 0) return [];
    const edited = await this.repository.apply(
      kept.map(({ channelId, platformMessageId }) => records.get(messageKey(channelId, platformMessageId))!),
    );
    return edited.map((message) => {
      const { effect } = latest.get(messageKey(message.channelId, message.platformMessageId))!;
      return {
        type: 'message.edited',
        workspaceId: message.workspaceId,
        audience: conversationAudience(message),
        occurredAt: effect.at,
        data: {
          messageId: message.messageId,
          platformMessageId: message.platformMessageId,
          conversationId: message.conversationId,
          channelId: message.channelId,
          by: effect.by,
          type: effect.type ?? 'text',
          content: effect.content ?? {},
          editedAt: new Date(effect.at).toISOString(),
        },
      };
    });
  }
}

type Edit = EffectItem<'edit'>['effect'];

const isLater = (one: Edit, other: Edit): boolean =>
  one.revision === other.revision ? one.at >= other.at : one.revision > other.revision;

function recordOf({ channel, effect }: EffectItem<'edit'>): EditRecord {
  const type = effect.type ?? 'text';
  const content = effect.content ?? {};
  return {
    channelId: channel.id,
    platformMessageId: effect.messageId,
    revision: effect.revision,
    at: new Date(effect.at),
    by: effect.by,
    type,
    content: JSON.stringify(content),
    preview: previewOf(type, content),
  };
}
