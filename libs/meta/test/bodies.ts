import { parseWebhook } from '../src';
import type { ItemEffect, ParsedWebhook, WebhookItem } from '../src/items';

/** 2026-03-01T12:00:00Z, in the two units Meta uses. */
export const seconds = 1_772_366_400;
export const at = seconds * 1_000;
export const now = at + 60_000;

/** Property tests try the same bodies in every run. */
export const seeded = { seed: 20_260_301, numRuns: 500 };

type Json = Record<string, unknown>;

export const numberId = '106540352242922';
export const wabaId = '102290129340398';
export const pageId = '1122334455';
export const psid = '7788990011';

export function whatsAppValue(value: Json): Json {
  const metadata = { display_phone_number: '15550783881', phone_number_id: numberId };
  return { messaging_product: 'whatsapp', metadata, ...value };
}

export function whatsApp(value: Json, field = 'messages', entry: Json = {}): Json {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, ...entry, changes: [{ field, value: whatsAppValue(value) }] }],
  };
}

/** A WhatsApp message from Ana, who is known by user id and phone. */
export function fromAna(message: Json, list = 'messages', field = 'messages'): Json {
  const contacts = [{ profile: { name: 'Ana', username: 'ana.b' }, wa_id: '5511999', user_id: 'BR.77' }];
  const sent = { from: '5511999', id: 'wamid.A1', timestamp: String(seconds), ...message };
  return whatsApp({ contacts, [list]: [sent] }, field);
}

export function page(element: Json, branch = 'messaging'): Json {
  const parties = { sender: { id: psid }, recipient: { id: pageId }, timestamp: at };
  return { object: 'page', entry: [{ id: pageId, time: at + 500, [branch]: [{ ...parties, ...element }] }] };
}

export function instagram(element: Json, branch = 'messaging'): Json {
  return { ...page(element, branch), object: 'instagram' };
}

export function change(object: string, field: string, value: unknown): Json {
  return { object, entry: [{ id: pageId, time: seconds, changes: [{ field, value }] }] };
}

/** Parses a body as it would arrive: through JSON. */
export function parse(body: unknown): ParsedWebhook {
  return parseWebhook(JSON.parse(JSON.stringify(body)), { now });
}

/** The one item of a body that holds exactly one and nothing unreadable. */
export function only(body: unknown): WebhookItem {
  const { items, unreadable } = parse(body);
  expect(unreadable).toEqual([]);
  expect(items).toHaveLength(1);
  return items[0]!;
}

/** The effect of a body's one item, which must be of that kind. */
export function effectOf<Kind extends ItemEffect['kind']>(
  body: unknown,
  kind: Kind,
): Extract<ItemEffect, { kind: Kind }> {
  const { effect } = only(body);
  expect(effect.kind).toBe(kind);
  return effect as Extract<ItemEffect, { kind: Kind }>;
}

/** Why the one part of a body could not be read. */
export function reasonOf(body: unknown): string {
  const { items, unreadable } = parse(body);
  expect(items).toEqual([]);
  expect(unreadable).toHaveLength(1);
  return unreadable[0]!.reason;
}
