import { Buffer } from 'node:buffer';
import type { Place, Platform, SimulatedItem } from './item';

/** One body as Meta posts it: of one platform, with the items in it. */
export interface Envelope {
  platform: Platform;
  body: { object: string; entry: Entry[] };
  items: SimulatedItem[];
}

/**
 * How tightly items share a body. `merged`: one entry an account, one value a field. `changes`: one entry an account,
 * one change an item. `entries`: one entry an item. Meta does all three.
 */
export type Packing = 'merged' | 'changes' | 'entries';
export const packings = ['merged', 'changes', 'entries'] as const satisfies readonly Packing[];

interface Entry {
  id: string;
  time?: number;
  [form: string]: unknown;
}

const objects: Record<Platform, string> = {
  whatsapp: 'whatsapp_business_account',
  messenger: 'page',
  instagram: 'instagram',
};

/** Packs items into bodies, one for each platform among them; items of one form keep their order. */
export function envelope(items: readonly SimulatedItem[], packing: Packing = 'merged'): Envelope[] {
  const byPlatform = group(items, (item) => item.platform);
  return byPlatform.map((items) => {
    const { platform } = items[0];
    const shares = group(items, (item, index) => (packing === 'entries' ? String(index) : entryKey(item, index)));
    return {
      platform,
      items,
      body: { object: objects[platform], entry: shares.map((share) => entry(share, packing)) },
    };
  });
}

function entryKey({ place, accountId }: SimulatedItem, index: number): string {
  if (place.in === 'value') return place.account.businessAccountId;
  // A flat entry has room for one item only.
  return place.in === 'flat' ? `flat:${index}` : `${accountId}:${place.in}`;
}

function entry(items: Group<SimulatedItem>, packing: Packing): Entry {
  const { place, accountId } = items[0];
  const sentAt = Math.max(...items.map((item) => item.sentAt));
  const elements = items.map((item) => item.element);
  switch (place.in) {
    case 'value':
      return { id: place.account.businessAccountId, changes: whatsappChanges(items, packing) };
    case 'messaging':
    case 'standby':
      return { id: accountId, time: sentAt, [place.in]: elements };
    case 'changes':
      return { id: accountId, time: Math.floor(sentAt / 1000), changes: items.map(fieldAndValue) };
    case 'flat':
      return { id: accountId, time: Math.floor(sentAt / 1000), ...fieldAndValue(items[0]) };
  }
}

const fieldAndValue = ({ place, element }: SimulatedItem) => ({
  field: 'field' in place ? place.field : undefined,
  value: element,
});

type ValuePlace = Extract<Place, { in: 'value' }>;

function whatsappChanges(items: SimulatedItem[], packing: Packing) {
  const shares = group(items, (item, index) => {
    const { account, field } = item.place as ValuePlace;
    return packing === 'merged' ? `${account.id}:${field}` : String(index);
  });
  return shares.map((share) => {
    const { account, field } = share[0].place as ValuePlace;
    const value: Record<string, unknown> = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: account.displayPhoneNumber, phone_number_id: account.id },
    };
    const contacts = new Map<string, Record<string, unknown>>();
    for (const item of share) {
      const { contact } = item.place as ValuePlace;
      if (contact) contacts.set(`${contact.wa_id}|${contact.user_id}`, contact);
    }
    if (contacts.size > 0) value.contacts = [...contacts.values()];
    for (const item of share) {
      const { list } = item.place as ValuePlace;
      value[list] ??= [];
      (value[list] as unknown[]).push(item.element);
    }
    return { value, field };
  });
}

type Group<T> = [T, ...T[]];

function group<T>(items: readonly T[], keyOf: (item: T, index: number) => string): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  items.forEach((item, index) => {
    const key = keyOf(item, index);
    const members = groups.get(key);
    if (members) members.push(item);
    else groups.set(key, [item]);
  });
  return [...groups.values()];
}

/** The bytes Meta sends and signs: JSON with `/` written `\/` and all beyond ASCII as lower-case `\uXXXX`. */
export function serialise(body: unknown): Buffer {
  const json = JSON.stringify(body).replaceAll('/', '\\/');
  return Buffer.from(json.replace(/[\u0080-\uffff]/g, escaped), 'latin1');
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
