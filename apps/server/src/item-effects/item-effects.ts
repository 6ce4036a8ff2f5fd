import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@switchboard/events';
import { type ChannelItem, type EffectItem, type EffectKind, ofKind } from './channel-item';

/**
 * Applies all items of one kind that a batch brought: of any workspaces and channels, each new and of a channel of ours, in the
 * order in which they stood. Runs inside the intake's transaction, which holds the lock of every channel of the batch: a fixed
 * number of statements however many items, no query in a loop, nothing emitted. What it throws undoes the batch, which is then
 * halved until the offending item stands alone, in quarantine.
 * @returns what is to be told, in order
 */
export type EffectHandler<K extends EffectKind> = (items: readonly EffectItem<K>[]) => Promise<readonly NewEvent[]>;

/**
 * Where a feature says what an effect of a webhook item means to it: `preference` to contacts, `template` to channels. Registered
 * when the module starts (`onModuleInit`); several for one kind run in the order of registration.
 */
@Injectable()
export class ItemEffects {
  private readonly handlers: {
    kind: EffectKind;
    apply: (items: readonly ChannelItem[]) => Promise<readonly NewEvent[]>;
  }[] = [];

  on<K extends EffectKind>(kind: K, apply: EffectHandler<K>): void {
    this.handlers.push({ kind, apply: (items) => apply(ofKind(items, kind)) });
  }

  /** Hands the items to whoever registered for their kinds. Costs nothing where nobody did. */
  async apply(items: readonly ChannelItem[]): Promise<NewEvent[]> {
    if (this.handlers.length === 0) return [];
    const events: NewEvent[] = [];
    const present = new Set(items.map(({ item }) => item.effect.kind));
    for (const { kind, apply } of this.handlers) {
      if (present.has(kind)) events.push(...(await apply(items)));
    }
    return events;
  }
}
