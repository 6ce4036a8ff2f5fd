import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { NewEvent } from '@switchboard/events';
import { type EffectItem, ItemEffects } from '../../item-effects';
import { ContactDirectory } from '../contact-directory.service';
import type { ConsentChange } from './consents.repository';
import { ContactConsents } from './contact-consents.service';

/** WhatsApp's own words for a customer's choice on marketing messages. */
const states: Readonly<Record<string, ConsentChange['state']>> = {
  stop: 'opted_out',
  resume: 'opted_in',
  signup: 'opted_in',
};

/** What customers choose in the app itself counts as what they tell us. */
@Injectable()
export class CustomerPreferences implements OnModuleInit {
  constructor(
    private readonly effects: ItemEffects,
    private readonly directory: ContactDirectory,
    private readonly consents: ContactConsents,
  ) {}

  onModuleInit(): void {
    this.effects.on('preference', (items) => this.apply(items));
  }

  private async apply(items: readonly EffectItem<'preference'>[]): Promise<NewEvent[]> {
    const asked = items.map(({ effect, channel }) => ({
      customer: effect.customer,
      scope: { workspaceId: channel.workspaceId, channelId: channel.id, platform: channel.platform },
      // Somebody who has never written may still say that they want nothing.
      create: true,
    }));
    const resolved = await this.directory.resolve(asked, await this.directory.known(asked));
    await resolved.confirmed;
    const changes = new Map<string, ConsentChange[]>();
    items.forEach(({ effect, channel }, position) => {
      const state = states[effect.value ?? ''];
      const contact = resolved.contacts[position];
      if (!state || !contact) return;
      const change: ConsentChange = {
        contactId: contact.id,
        channelId: channel.id,
        state,
        source: 'whatsapp',
        at: new Date(effect.at),
        detail: effect.detail ?? effect.category ?? null,
      };
      changes.set(channel.workspaceId, [...(changes.get(channel.workspaceId) ?? []), change]);
    });
    const events: NewEvent[] = [];
    for (const [workspaceId, some] of changes) events.push(...(await this.consents.record(workspaceId, some)));
    return events;
  }
}
