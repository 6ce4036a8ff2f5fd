import { Injectable } from '@nestjs/common';
import type { WebhookItem } from '@switchboard/meta';
import type { IdentityScope } from '../contact-identities';
import { ItemContactsRepository } from './item-contacts.repository';
import type { LateItems } from './item-people.service';
import { type ItemIdentity, peopleNamed } from './named-people';
import type { DataSubject } from './personal-data-sources';
import { PersonalItemsRepository, type RawItem } from './personal-items.repository';
import { type ItemPart, withoutItems, withoutPerson } from './without-person';

/** Raw items of one portion; their bodies have up to 3 MB each. */
const itemsAtOnce = 10;
/** Names several people: the others' parts stay. */
const sharedKinds: ReadonlySet<string> = new Set(['group']);

/** Where an item stood in a webhook. */
export interface ItemPlace {
  deliveryId: number;
  path: string;
}

interface Named {
  ids: readonly string[];
  usernames: readonly string[];
}

/** Empties raw webhook items, and what of the bodies they came in is about the same people. */
@Injectable()
export class ItemErasure {
  constructor(
    private readonly items: PersonalItemsRepository,
    private readonly contacts: ItemContactsRepository,
  ) {}

  /** In the transaction that erases somebody, while their identities are there: from here on these items are theirs by the contact's id. */
  async claim(subject: DataSubject, itemIds: readonly string[]): Promise<void> {
    const ids = new Set([...itemIds, ...(await this.items.takeIdentified(subject))]);
    await this.contacts.keep([...ids].map((itemId) => ({ itemId, contactId: subject.contactId })));
  }

  /** Of somebody's items the next ones. @returns where to go on; nothing when there are none. */
  async eraseSome(subject: DataSubject, after: string | undefined): Promise<string | undefined> {
    const ids = await this.items.next(subject, after, itemsAtOnce);
    const items = await this.items.lock(ids, subject.workspaceId);
    const named = { ids: subject.values, usernames: subject.usernames };
    await this.erase(items.map((item) => ({ ...item, named })));
    return ids.at(-1);
  }

  /** Where Meta has repeated their items while these were being erased. Nothing that knows them unerased is under way any more. */
  async eraseRepeatsOf(subject: DataSubject): Promise<void> {
    const { values: ids, usernames } = subject;
    const repeats = await this.items.repeatsOf(subject);
    await this.rewrite(
      repeats.map(({ kind, ...place }) => ({ ...place, ids, usernames, shared: sharedKinds.has(kind) })),
    );
  }

  /**
   * What has come of the past of people who are erased. In the transaction that takes the items in.
   * @returns by their items' ids what is left of their raw form
   */
  async eraseLate(late: LateItems, items: readonly (RawItem & ItemPlace)[]): Promise<ReadonlyMap<string, string>> {
    if (late.size === 0) return new Map();
    return this.erase(
      items.flatMap((item) => (late.has(item.id) ? [{ ...item, named: namedBy(late.get(item.id)!) }] : [])),
    );
  }

  /** Items of which another source has found out later whom they are about. In a transaction. */
  async eraseItems(itemIds: readonly string[]): Promise<void> {
    const items = await this.items.lock(itemIds);
    await this.erase(items.map((item) => ({ ...item, named: { ids: [], usernames: [] } })));
  }

  /** Bodies that tell again what has been erased. */
  async eraseRepeats(
    repeats: readonly (ItemPlace & { item: WebhookItem; scope: IdentityScope; kind: string })[],
  ): Promise<void> {
    await this.rewrite(
      repeats.map(({ item, scope, kind, deliveryId, path }) => ({
        ...{ deliveryId, path, shared: sharedKinds.has(kind) },
        ...namedBy(peopleNamed(item, scope).flat()),
      })),
    );
  }

  /** Whether an item names several people, so that it stays when one of them is erased. */
  static isShared({ kind }: Pick<RawItem, 'kind'>): boolean {
    return sharedKinds.has(kind);
  }

  /** Bodies that tell again what names several people, of whom these have been erased. */
  async erasePartsOfRepeats(erased: LateItems, repeats: readonly (ItemPlace & { id: string })[]): Promise<void> {
    await this.rewrite(
      repeats.flatMap(({ id, deliveryId, path }) =>
        erased.has(id) ? [{ deliveryId, path, shared: true, ...namedBy(erased.get(id)!) }] : [],
      ),
    );
  }

  prune(): Promise<number> {
    return this.contacts.prune();
  }

  private async erase(
    items: readonly (RawItem & ItemPlace & { named: Named })[],
  ): Promise<ReadonlyMap<string, string>> {
    if (items.length === 0) return new Map();
    const byId = new Map(items.map((item) => [item.id, item]));
    const repeats = await this.items.repeats([...byId.keys()]);
    const places = [...items.map(({ id, deliveryId, path }) => ({ id, deliveryId, path })), ...repeats];
    await this.rewrite(
      places.map(({ id, deliveryId, path }) => {
        const { kind, named } = byId.get(id)!;
        return { deliveryId, path, shared: sharedKinds.has(kind), ...named };
      }),
    );
    const left = items.map(({ id, kind, raw, named }) => ({
      id,
      raw: sharedKinds.has(kind) ? rest(raw, named) : '{}',
    }));
    await this.items.erase(left);
    if (repeats.length > 0) {
      await this.items.forgetRepeats(items.flatMap(({ id, kind }) => (sharedKinds.has(kind) ? [] : [id])));
    }
    return new Map(left.map(({ id, raw }) => [id, raw]));
  }

  private async rewrite(parts: readonly (ItemPart & { deliveryId: number })[]): Promise<void> {
    const byDelivery = new Map<number, ItemPart[]>();
    for (const { deliveryId, ...part } of parts) {
      const beside = byDelivery.get(deliveryId);
      if (beside) beside.push(part);
      else byDelivery.set(deliveryId, [part]);
    }
    // In ascending id, as everybody locks them.
    const ids = [...byDelivery.keys()].sort((a, b) => a - b);
    for (let from = 0; from < ids.length; from += itemsAtOnce) {
      const bodies = await this.items.lockBodies(ids.slice(from, from + itemsAtOnce));
      const left = bodies.map(({ id, body }) => ({ id, before: body, body: withoutItems(body, byDelivery.get(id)!) }));
      await this.items.rewriteBodies(left.filter(({ before, body }) => before !== body));
    }
  }
}

function namedBy(identities: readonly ItemIdentity[]): Named {
  const ofPeople = identities.filter(({ kind }) => kind !== 'message_id');
  return {
    ids: ofPeople.filter(({ kind }) => kind !== 'username').map(({ value }) => value),
    usernames: ofPeople.filter(({ kind }) => kind === 'username').map(({ value }) => value),
  };
}

const rest = (raw: string, { ids, usernames }: Named): string =>
  withoutPerson(Buffer.from(raw), new Set(ids), new Set(usernames)).toString();
