import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@switchboard/events';
import { InboundMedia } from '../../media';
import { conversationSummary } from '../message-views';
import {
  type Arrival,
  arrivalOf,
  type KnownMessages,
  keyOf,
  newMessage,
  pairOf,
  type ResolvedMessage,
  touchesOf,
} from './arrival';
import { conversationAudience } from './channel-item';
import { MessageIntakeRepository } from './intake.repository';

/** By this a history tells of a photo or document, which it brings later under the same id. */
const placeholder = 'media_placeholder';

/**
 * Messages of the past, thousands in a webhook: stored with their time and state, unread to nobody, and told as one event for each
 * conversation. A fixed number of statements for all of them.
 */
@Injectable()
export class HistoryImport {
  constructor(
    private readonly repository: MessageIntakeRepository,
    private readonly media: InboundMedia,
  ) {}

  /** @param live the messages of the same batch that are of now: one that is both is theirs */
  async apply(
    messages: readonly ResolvedMessage[],
    live: readonly ResolvedMessage[],
    known: KnownMessages,
  ): Promise<NewEvent[]> {
    if (messages.length === 0) return [];
    const taken = new Set(live.map(keyOf));
    const byKey = new Map<string, ResolvedMessage>();
    for (const one of messages) {
      const key = keyOf(one);
      const stored = known.get(key);
      if (taken.has(key) || (stored?.messageId && (stored.type !== placeholder || one.effect.type === placeholder)))
        continue;
      const other = byKey.get(key);
      if (!other || other.effect.type === placeholder) byKey.set(key, one);
    }
    if (byKey.size === 0) return [];
    const arrivals = [...byKey].map(([key, one]) =>
      placed(arrivalOf(one, known.get(key), new Map()), known.get(key)?.messageId),
    );
    const { brought, filled } = partition(arrivals, known);
    const touches = touchesOf(arrivals, () => false);
    const conversations = new Map(
      (await this.repository.touch([...touches.values()])).map((row) => [pairOf(row), row]),
    );
    for (const { row } of arrivals) row.conversationId = conversations.get(pairOf(row))!.id;
    if (brought.length > 0) await this.repository.insert(brought.map(newMessage));
    if (filled.length > 0) await this.repository.fill(filled.map(newMessage));
    await this.media.record(arrivals.map(({ row }) => row));

    const contacts = new Map(arrivals.map(({ row, source }) => [pairOf(row), source.contact]));
    return [...conversations].map(([pair, row]): NewEvent => {
      const at = { workspaceId: row.workspaceId, audience: conversationAudience({ ...row, conversationId: row.id }) };
      const conversation = conversationSummary(row, contacts.get(pair)!);
      if (row.created) return { ...at, type: 'conversation.created', data: { conversation } };
      return { ...at, type: 'conversation.updated', data: { conversation, changedBy: null, before: null } };
    });
  }

  /**
   * What is told of an import: each conversation once, as it is when all of it has been applied.
   * @param imported what `apply` returned @param changed events that changes of its messages would be, were they of now
   */
  async told(imported: readonly NewEvent[], changed: readonly NewEvent[]): Promise<readonly NewEvent[]> {
    const ids = new Set(changed.flatMap(({ data }) => ('conversationId' in data ? (data.conversationId ?? []) : [])));
    if (ids.size === 0) return imported;
    const now = new Map((await this.repository.conversations([...ids])).map((row) => [row.id, row]));
    const events = imported.map((event): NewEvent => {
      if (event.type !== 'conversation.created' && event.type !== 'conversation.updated') return event;
      const row = now.get(event.data.conversation.id);
      if (row === undefined) return event;
      now.delete(row.id);
      return { ...event, data: { ...event.data, conversation: conversationSummary(row, row.contact) } } as NewEvent;
    });
    const others = [...now.values()].map((row): NewEvent => {
      const audience = conversationAudience({ ...row, conversationId: row.id });
      const conversation = conversationSummary(row, row.contact);
      return {
        ...{ type: 'conversation.updated', workspaceId: row.workspaceId, audience },
        data: { conversation, changedBy: null, before: null },
      };
    });
    return [...events, ...others];
  }
}

/** One that fills a placeholder keeps the placeholder's id. */
function placed(arrival: Arrival, id: string | null | undefined): Arrival {
  if (id) arrival.row.id = id;
  return arrival;
}

function partition(arrivals: readonly Arrival[], known: KnownMessages): { brought: Arrival[]; filled: Arrival[] } {
  const isKnown = ({ source }: Arrival) => Boolean(known.get(keyOf(source))?.messageId);
  return { brought: arrivals.filter((one) => !isKnown(one)), filled: arrivals.filter(isKnown) };
}
