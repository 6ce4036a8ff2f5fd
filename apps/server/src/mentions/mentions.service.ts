import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { newId } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import { Sweeper } from '@switchboard/queue';
import { type DataSubject, PersonalDataSources } from '../contacts';
import { type EffectItem, ItemEffects } from '../item-effects';
import { mentionReadEvent, mentionView } from './mention-views';
import { MentionsRepository, type NewMention } from './mentions.repository';

/** Mentions as webhooks tell them. One without its words is due to be read (MentionReading). */
@Injectable()
export class Mentions implements OnModuleInit {
  constructor(
    private readonly repository: MentionsRepository,
    private readonly effects: ItemEffects,
    private readonly sources: PersonalDataSources,
    private readonly sweeper: Sweeper,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.effects.on('mention', (items) => this.apply(items));
    const { repository } = this;
    this.sources.register({
      name: 'mentions',
      read: (subject) => this.read(subject),
      itemIds: (subject) => repository.itemsBy(subject),
      erase: (subject) => repository.erase(subject),
    });
    this.sweeper.register({
      name: 'mention-retention',
      everyMs: 600_000,
      run: () => repository.prune(new Date(Date.now() - this.config.webhookRetention)),
    });
  }

  /** Set-based, inside the intake's transaction. One that is known is not taken again, whatever Meta repeats. */
  private async apply(items: readonly EffectItem<'mention'>[]): Promise<NewEvent[]> {
    const mentions = items.filter(({ effect }) => effect.verb !== 'remove').map(mentionOf);
    if (mentions.length === 0) return [];
    const added = await this.repository.add(mentions);
    return added.filter(({ readAt }) => readAt !== null).map(mentionReadEvent);
  }

  private async *read(subject: DataSubject): AsyncIterable<unknown> {
    for (const row of await this.repository.writtenBy(subject)) yield mentionView(row);
  }
}

/** PostgreSQL's text takes no NUL. */
const storable = (text: string | undefined): string | null => text?.replaceAll('\0', '') ?? null;

function mentionOf({ id, channel, effect }: EffectItem<'mention'>): NewMention {
  const { mediaId = null, postId = null, commentId = null, text, from, at } = effect;
  return {
    ...{ id: newId(), workspaceId: channel.workspaceId, channelId: channel.id, itemId: id },
    ...{ targetId: commentId ?? mediaId ?? postId ?? '', mediaId, postId, commentId },
    text: storable(text),
    authorId: storable(from?.id),
    authorName: storable(from?.name),
    authorUsername: storable(from?.username),
    mentionedAt: new Date(at),
  };
}
