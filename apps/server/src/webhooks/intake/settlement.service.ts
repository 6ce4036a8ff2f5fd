import { Injectable } from '@nestjs/common';
import { rooms } from '@switchboard/contracts';
import { Database, isTransient } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { metrics } from '@switchboard/observability';
import { ChannelRegistry } from '../../channels';
import { ItemErasure, ItemPeople } from '../../contacts';
import { type ChannelItem, MessageIntake } from '../../messages';
import type { IncomingItem } from './incoming-item';
import { ItemsRepository, type SettledItem } from './items.repository';
import { Ownership } from './ownership';

/** How items enter: new ones are added unless known; those that waited are brought forward. */
export type Entry = 'new' | 'waiting';

/** `together`: all or nothing. `carefully`: what the database refuses is found and set aside. */
export type Care = 'together' | 'carefully';

/** Settles a batch of items in the open transaction: whose they are, what they do, what is told of them. */
@Injectable()
export class Settlement {
  constructor(
    private readonly database: Database,
    private readonly items: ItemsRepository,
    private readonly channels: ChannelRegistry,
    private readonly messages: MessageIntake,
    private readonly people: ItemPeople,
    private readonly erasure: ItemErasure,
    private readonly recorder: EventRecorder,
  ) {}

  /** All at once. Any error leaves nothing behind but a transaction to be rolled back. */
  async settle(incoming: readonly IncomingItem[], entry: Entry): Promise<void> {
    if (incoming.length === 0) return;
    await this.settleAs(new Ownership(await this.channels.lockOwners(incoming)), incoming, entry);
  }

  /**
   * As `settle` for new items, but without waiting for a channel that another batch works on. Returns the deliveries that hold items
   * of such channels: nothing of them has been settled.
   */
  async settleFree(incoming: readonly IncomingItem[], how: Care): Promise<ReadonlySet<number>> {
    const owners = await this.channels.lockOwners(incoming, 'try');
    const ownership = new Ownership(owners);
    const taken = new Set(owners.filter(({ locked }) => !locked).map(({ id }) => id));
    const busy = new Set<number>();
    if (taken.size > 0) {
      for (const item of incoming) if (taken.has(ownership.channelOf(item)?.id ?? '')) busy.add(item.deliveryId);
    }
    const free = busy.size > 0 ? incoming.filter(({ deliveryId }) => !busy.has(deliveryId)) : incoming;
    if (free.length > 0) {
      await (how === 'together' ? this.settleAs(ownership, free, 'new') : this.settleCarefully(free, 'new'));
    }
    return busy;
  }

  /** Item by item where it must be: halves until whatever the database refuses stands alone, and keeps that in quarantine. */
  async settleCarefully(incoming: readonly IncomingItem[], entry: Entry): Promise<void> {
    try {
      await this.database.transaction(() => this.settle(incoming, entry));
    } catch (error) {
      if (isTransient(error)) throw error;
      if (incoming.length === 1) {
        await this.quarantine(incoming[0]!, error as Error, entry);
        return;
      }
      const middle = Math.ceil(incoming.length / 2);
      await this.settleCarefully(incoming.slice(0, middle), entry);
      await this.settleCarefully(incoming.slice(middle), entry);
    }
  }

  private settleAs(ownership: Ownership, incoming: readonly IncomingItem[], entry: Entry): Promise<void> {
    return this.write(
      incoming.map((item) => ownership.settle(item)),
      entry,
    );
  }

  private async quarantine(item: IncomingItem, error: Error, entry: Entry): Promise<void> {
    const ownership = new Ownership(await this.channels.lockOwners([item]));
    const settled = ownership.settle(item);
    await this.write([{ ...settled, state: 'quarantined', reason: `It could not be stored: ${error.message}` }], entry);
  }

  private async write(given: readonly SettledItem[], entry: Entry): Promise<void> {
    const settled = distinct(given);
    // What is stored of the batch is asked for before it is known which items are new: both share a round trip.
    const [fresh, known] = await Promise.all([
      entry === 'new' ? this.addNew(settled) : this.bringForward(settled),
      this.messages.known(effectsOf(settled)),
    ]);
    for (const { state } of fresh) metrics.items.inc({ state });
    const { events, late } = await this.messages.apply(effectsOf(fresh), known);
    const refused = fresh.filter(isReadButRefused);
    const erased = new Map([
      ...(await this.erasure.eraseLate(late, fresh)),
      ...(refused.length > 0 ? await this.keepRefused(refused) : []),
    ]);
    if (entry === 'new' && fresh.length < given.length) await this.keepRepeats(given, fresh);
    const owned = fresh.filter((item) => item.workspaceId !== null && !isPast(item));
    const told = owned.map((item) => receptionEvent(erased.has(item.id) ? ofNobody(item, erased.get(item.id)!) : item));
    await this.recorder.record([...told, ...events]);
  }

  /** What waits in quarantine is found too when somebody it names asks for their data. @returns as `ItemErasure.eraseLate` */
  private async keepRefused(refused: readonly SettledItem[]): Promise<ReadonlyMap<string, string>> {
    const late = await this.people.keep(refused.map(toChannelItem), () => undefined);
    return this.erasure.eraseLate(late, refused);
  }

  /** What Meta tells once more is nothing new, but its body holds it again. */
  private async keepRepeats(given: readonly SettledItem[], fresh: readonly SettledItem[]): Promise<void> {
    const isFresh = new Set(fresh);
    const repeats = given.filter((item) => !isFresh.has(item));
    const erased = new Set(await this.items.keepRepeats(repeats));
    if (erased.size > 0) await this.erasure.eraseRepeats([...erased].filter(isRead).map(toRepeat));
    // Of several people some may have been erased, and what is left of the item is not empty.
    const shared = repeats.filter((item) => !erased.has(item) && isRead(item) && ItemErasure.isShared(item));
    if (shared.length === 0) return;
    const late = await this.people.erasedOf(shared.map(toChannelItem));
    await this.erasure.erasePartsOfRepeats(late, shared);
  }

  private async addNew(settled: readonly SettledItem[]): Promise<readonly SettledItem[]> {
    const added = await this.items.addNew(settled);
    return added.size === settled.length ? settled : settled.filter((item) => added.has(item.id));
  }

  private async bringForward(settled: readonly SettledItem[]): Promise<readonly SettledItem[]> {
    await this.items.resettle(settled);
    return settled;
  }
}

/** Meta repeats itself within a batch too; the first counts. */
function distinct(items: readonly SettledItem[]): SettledItem[] {
  const byKey = new Map<string, SettledItem>();
  for (const item of items) if (!byKey.has(item.dedupKey)) byKey.set(item.dedupKey, item);
  return [...byKey.values()];
}

function effectsOf(items: readonly SettledItem[]): ChannelItem[] {
  return items.filter((item) => item.workspaceId !== null && item.state === 'processed').map(toChannelItem);
}

const isRead = ({ item, workspaceId }: SettledItem): boolean => item !== undefined && workspaceId !== null;

const isReadButRefused = (settled: SettledItem): boolean => settled.state === 'quarantined' && isRead(settled);

function toRepeat(settled: SettledItem) {
  const { item, channel } = toChannelItem(settled);
  const scope = { workspaceId: channel.workspaceId, channelId: channel.id, platform: channel.platform };
  return { deliveryId: settled.deliveryId, path: settled.path, kind: settled.kind, item, scope };
}

/** What is told of an item that names somebody who has been erased: that it came. */
const ofNobody = (settled: SettledItem, raw: string): SettledItem => ({
  ...settled,
  raw,
  ...(settled.item && { item: { ...settled.item, sender: undefined, content: undefined } }),
});

function toChannelItem({ id, item, workspaceId, channelId }: SettledItem): ChannelItem {
  return { id, item: item!, channel: { id: channelId!, workspaceId: workspaceId!, platform: item!.platform! } };
}

/** What an imported history holds comes by the thousand: the chunk it came in is told, not each of it. */
const isPast = ({ state, item }: SettledItem): boolean =>
  state === 'processed' && item !== undefined && 'imported' in item.effect && item.effect.imported !== undefined;

/** What `/webhooks` is told of an item of a channel. */
function receptionEvent(settled: SettledItem): NewEvent {
  const { id, item, field, reason } = settled;
  const at = {
    workspaceId: settled.workspaceId!,
    audience: [rooms.workspace(settled.workspaceId!), rooms.channel(settled.channelId!)],
    field,
    itemId: id,
  };
  if (settled.state !== 'processed') {
    const platform = settled.platform as 'whatsapp' | 'messenger' | 'instagram' | null;
    return {
      ...at,
      type: 'webhook.quarantined',
      data: { itemId: id, platform, field, channelId: settled.channelId, reason: reason ?? '' },
    };
  }
  return {
    ...at,
    raw: settled.raw,
    type: 'webhook.received',
    occurredAt: item!.occurredAt,
    data: {
      itemId: id,
      platform: item!.platform!,
      field,
      channelId: settled.channelId!,
      sender: item!.sender ?? null,
      content: item!.content ?? null,
      // Last, and put in when the event is handed on; the log holds it once.
      raw: null,
    },
  };
}
