import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { NewEvent } from '@switchboard/events';
import { type EffectItem, ItemEffects } from '../item-effects';
import { changeEvent } from './template-events';
import { type TemplateNews, TemplateNewsRepository } from './template-news.repository';
import { TemplateSyncRepository } from './template-sync.repository';

/** What webhooks tell of templates: decided on, paused, of another category or quality. */
@Injectable()
export class TemplateEffects implements OnModuleInit {
  constructor(
    private readonly news: TemplateNewsRepository,
    private readonly schedule: TemplateSyncRepository,
    private readonly effects: ItemEffects,
  ) {}

  onModuleInit(): void {
    this.effects.on('template', (items) => this.applyStatus(items));
  }

  /** Set-based, inside the intake's transaction. A template that is not known here, or says something else now, is read soon. */
  async applyStatus(items: readonly EffectItem<'template'>[]): Promise<NewEvent[]> {
    const told = latest(items);
    const { changes, known } = await this.news.apply(told);
    const unread = told.filter(({ key, reread }) => reread || !known.has(key)).map(({ channelId }) => channelId);
    if (unread.length > 0) await this.schedule.markDue([...new Set(unread)]);
    return changes.map(changeEvent);
  }
}

/** One for each template: of two words on the same thing the later counts. */
function latest(items: readonly EffectItem<'template'>[]): TemplateNews[] {
  const told = new Map<string, TemplateNews>();
  for (const { channel, item, effect } of [...items].sort((a, b) => a.effect.at - b.effect.at)) {
    const businessAccountId = item.businessAccountId ?? '';
    const { templateId = null, name = '', language = '' } = effect;
    const key = `${channel.workspaceId} ${businessAccountId} ${templateId ?? `${name} ${language}`}`;
    const before = told.get(key);
    told.set(key, {
      ...{ key, channelId: channel.id, workspaceId: channel.workspaceId, businessAccountId },
      ...{ metaTemplateId: templateId, name, language, at: new Date(effect.at) },
      status: (effect.change === 'status' ? effect.status : undefined) ?? before?.status ?? null,
      reason:
        (effect.change === 'status' ? (effect.reason ?? effect.explanation) : undefined) ?? before?.reason ?? null,
      category: effect.category ?? before?.category ?? null,
      quality: effect.quality ?? before?.quality ?? null,
      reread: effect.change === 'components' || (before?.reread ?? false),
    });
  }
  return [...told.values()];
}
