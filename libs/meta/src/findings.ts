import { contentKey } from './dedup-key';
import type { ItemEffect, ParsedWebhook, Platform, UnreadablePart, WebhookItem } from './items';
import { nestsDeeperThan } from './reading';

/** Deeper than anything of Meta's; PostgreSQL's jsonb and JSON.stringify give up at some thousand levels. */
const deepestTold = 100;

/** The entry an item stands in: whom it belongs to and when it was sent. */
export interface Place {
  object: string;
  platform: Platform | undefined;
  accountId: string | undefined;
  businessAccountId: string | undefined;
  entryId: string | undefined;
  entryTime: number | undefined;
  /** Stands in for a time that neither the item nor its entry gives. */
  now: number;
}

/** What an element says once it is read; where it stood and whom it belongs to come from its Place. */
export interface Reading {
  field: string;
  dedupKey: string;
  occurredAt?: number | undefined;
  sender?: { id: string; username?: string } | undefined;
  content?: unknown;
  effect: ItemEffect;
  /** The account, where only the element itself names it. */
  accountId?: string | undefined;
}

/** An element that should have an effect but cannot, and why. */
export interface Unreadable {
  reason: string;
}

export function missing(member: string): Unreadable {
  return { reason: `missing ${member}` };
}

export const noEffect: ItemEffect = { kind: 'notice' };

/**
 * The key of an element without an id. The time of its entry belongs to it unless it carries its own:
 * the same words sent on another day are another fact.
 */
export function elementKey(place: Place, field: string, element: unknown, ownTime?: number): string {
  return contentKey(place.object, place.entryId, ownTime === undefined ? place.entryTime : undefined, field, element);
}

/** The same element under a field where nobody knows what it does there. */
export function withoutEffect(reading: Reading | Unreadable, field: string, element: unknown, place: Place): Reading {
  return told(reading, field, element, place, () => noEffect);
}

/** The same element while another app answers the conversation: told with what it says, and nothing is done. */
export function inStandby(reading: Reading | Unreadable, element: unknown, place: Place): Reading {
  return told(reading, 'standby', element, place, (effect) => ({ kind: 'standby', told: effect }));
}

function told(
  reading: Reading | Unreadable,
  field: string,
  element: unknown,
  place: Place,
  effectOf: (effect?: ItemEffect) => ItemEffect,
): Reading {
  if ('reason' in reading) {
    return { field, dedupKey: elementKey(place, field, element), occurredAt: place.entryTime, effect: effectOf() };
  }
  return { ...reading, field, dedupKey: `${field}:${reading.dedupKey}`, effect: effectOf(reading.effect) };
}

/** Collects the items and unreadable parts of one body. */
export class Findings implements ParsedWebhook {
  readonly items: WebhookItem[] = [];
  readonly unreadable: UnreadablePart[] = [];
  private readonly bodyIsDeep: boolean;

  constructor(body: unknown) {
    this.bodyIsDeep = nestsDeeperThan(deepestTold, body);
  }

  get count(): number {
    return this.items.length + this.unreadable.length;
  }

  /** Adds an item, or the unreadable part that it is instead. A part nested too deep to be stored again keeps no raw. */
  add(path: string, place: Place, reading: Reading | Unreadable, raw: unknown): void {
    const { platform, businessAccountId } = place;
    const tooDeep = this.bodyIsDeep && nestsDeeperThan(deepestTold, raw);
    if ('reason' in reading || tooDeep) {
      const reason = 'reason' in reading ? reading.reason : `nested deeper than ${deepestTold} levels`;
      this.unreadable.push({ path, reason, raw: tooDeep ? null : raw, platform, accountId: place.accountId });
      return;
    }
    const { field, dedupKey, occurredAt, sender, content, effect } = reading;
    const accountId = place.accountId ?? reading.accountId;
    this.items.push({
      path,
      platform,
      accountId,
      businessAccountId,
      field,
      dedupKey,
      occurredAt,
      sender,
      content,
      effect,
      raw,
    });
  }
}
