import { Injectable } from '@nestjs/common';
import type { ItemEffect, WebhookItem } from '@switchboard/meta';
import type { ChannelItem } from '../../item-effects';
import { ErasedPeople } from './erased-people.service';
import { ItemContactsRepository } from './item-contacts.repository';
import { type ItemIdentity, peopleNamed, toldBy } from './named-people';

/** By their items' ids: whom items name who has been erased and is not known again, by the ids in the item. */
export type LateItems = ReadonlyMap<string, readonly ItemIdentity[]>;

interface NamedPerson {
  itemId: string;
  item: WebhookItem;
  identities: readonly ItemIdentity[];
}

/** Said of messages there have been, whenever it is said. */
const ofMessages: ReadonlySet<ItemEffect['kind']> = new Set([
  ...(['message', 'status', 'watermark', 'seen', 'reaction', 'deletion', 'edit'] as const),
  ...(['link_click', 'conversion'] as const),
]);

/** Keeps whom raw webhook items are about, so that they are found when somebody asks for their data or is erased. */
@Injectable()
export class ItemPeople {
  constructor(
    private readonly items: ItemContactsRepository,
    private readonly erased: ErasedPeople,
  ) {}

  /**
   * In the transaction that takes the items in.
   * @param contactOf the contact that an item was found to be about
   * @returns items about the past of people who have been erased: nothing is kept of whom they name
   */
  async keep(items: readonly ChannelItem[], contactOf: (itemId: string) => string | undefined): Promise<LateItems> {
    const contacts = items.flatMap(({ id }) => {
      const contactId = contactOf(id);
      return contactId ? [{ itemId: id, contactId }] : [];
    });
    const named = items.filter(({ id }) => !contactOf(id)).flatMap(peopleOf);
    const late = await this.lateOf(named);
    const present = named.filter((one) => !late.has(one));
    await this.items.keep(
      contacts,
      present.flatMap(({ itemId, identities }) => identities.map((one) => ({ ...one, itemId }))),
    );
    return byItem(late);
  }

  /** Of items that are known already, those that name somebody who has been erased since, with whom. */
  async erasedOf(items: readonly ChannelItem[]): Promise<LateItems> {
    return byItem(await this.lateOf(items.flatMap(peopleOf)));
  }

  private async lateOf(named: readonly NamedPerson[]): Promise<ReadonlySet<NamedPerson>> {
    if (named.length === 0) return new Set();
    const erasedAt = await this.erased.lastErased(named.map(({ identities }) => identities));
    return new Set(
      named.filter(({ item }, position) => {
        const at = erasedAt[position];
        return at !== undefined && (ofMessages.has(item.effect.kind) || timeOf(item) <= at);
      }),
    );
  }
}

function peopleOf({ id, item, channel }: ChannelItem): NamedPerson[] {
  const { workspaceId, id: channelId, platform } = channel;
  return peopleNamed(item, { workspaceId, channelId, platform }).map((identities) => ({
    itemId: id,
    item,
    identities,
  }));
}

function byItem(people: Iterable<NamedPerson>): LateItems {
  const items = new Map<string, ItemIdentity[]>();
  for (const { itemId, identities } of people) items.set(itemId, [...(items.get(itemId) ?? []), ...identities]);
  return items;
}

/** What has no time of its own is of now. */
function timeOf(item: WebhookItem): number {
  const told = toldBy(item);
  if (told && 'at' in told) return told.at;
  if (told && 'sentAt' in told) return told.sentAt;
  return item.occurredAt ?? Date.now();
}
