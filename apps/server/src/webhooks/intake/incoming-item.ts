import { createHash, hash } from 'node:crypto';
import { newId } from '@switchboard/database';
import { parseWebhook, type WebhookItem } from '@switchboard/meta';
import type { PendingDelivery } from '../deliveries.repository';

/** An element of a delivery on its way in. */
export interface IncomingItem {
  id: string;
  dedupKey: string;
  deliveryId: number;
  metaAppId: string;
  receivedAt: Date;
  path: string;
  platform: string | null;
  accountId: string | null;
  businessAccountId: string | null;
  field: string;
  kind: string;
  /** JSON text. */
  raw: string;
  /** What it says, unless it could not be read. */
  item?: WebhookItem;
  /** Why it could not be read. */
  reason?: string;
}

const keptOfMalformed = 10_000;
/** Longer ones are nobody's: kept, but cut so that an index takes them. */
const longestId = 200;

/** PostgreSQL's text takes no NUL, and an item it refuses even in quarantine would hold up its lane for ever. Not dropped: `1\0` is not `1`. */
const visible = (text: string): string => text.replaceAll('\0', '\u2400');
const column = (text: string): string => visible(text.slice(0, longestId));
const optional = (text: string | undefined): string | null => (text === undefined ? null : column(text));

/** The items of a delivery. Whatever the body holds, something comes out: nothing Meta signed is dropped. */
export function itemsOf(delivery: PendingDelivery): IncomingItem[] {
  const base = { deliveryId: delivery.id, metaAppId: delivery.metaAppId, receivedAt: delivery.receivedAt };
  let body: unknown;
  try {
    body = JSON.parse(delivery.body.toString('utf8'));
  } catch (error) {
    return [
      unread(delivery, 'malformed', `The body is signed but is not JSON: ${(error as Error).message.slice(0, 200)}`),
    ];
  }
  const { items, unreadable } = parseWebhook(body, { now: delivery.receivedAt.getTime() });
  if (items.length === 0 && unreadable.length === 0) {
    return [unread(delivery, 'empty', 'The body is signed but no entry of it holds anything; nothing is to be done.')];
  }
  return [
    ...items.map((item): IncomingItem => {
      const account = item.accountId ?? item.businessAccountId ?? '';
      return {
        ...base,
        id: newId(),
        dedupKey: digest(delivery.metaAppId, item.platform ?? '', account, item.dedupKey),
        path: item.path,
        platform: item.platform ?? null,
        accountId: optional(item.accountId),
        businessAccountId: optional(item.businessAccountId),
        field: column(item.field),
        kind: item.effect.kind,
        raw: JSON.stringify(item.raw) ?? 'null',
        item,
      };
    }),
    ...unreadable.map((part): IncomingItem => {
      const raw = JSON.stringify(part.raw) ?? 'null';
      return {
        ...base,
        id: newId(),
        dedupKey: digest(delivery.metaAppId, 'unreadable', part.reason, part.path, raw),
        path: part.path,
        platform: part.platform ?? null,
        accountId: optional(part.accountId),
        businessAccountId: null,
        field: 'unreadable',
        kind: 'unreadable',
        raw,
        reason: visible(
          `It could not be read: ${part.reason}, at ${part.path}. \`raw\` is what Meta sent; after an upgrade that understands it, replay it.`,
        ),
      };
    }),
  ];
}

/** A delivery of which nothing can be taken apart, kept as the text it is. */
function unread(delivery: PendingDelivery, kind: 'malformed' | 'empty', reason: string): IncomingItem {
  const { id, metaAppId, receivedAt, body } = delivery;
  return {
    ...{ deliveryId: id, metaAppId, receivedAt },
    id: newId(),
    dedupKey: digest(metaAppId, kind, createHash('sha256').update(body).digest('hex')),
    path: '',
    platform: null,
    accountId: null,
    businessAccountId: null,
    field: kind,
    kind,
    raw: JSON.stringify(body.toString('utf8').slice(0, keptOfMalformed)),
    reason: visible(reason),
  };
}

/** 128 bits of SHA-256 in the form of a uuid. The parts cannot run into each other: each is preceded by its length. */
function digest(...parts: string[]): string {
  const hex = hash('sha256', parts.map((part) => `${part.length}:${part};`).join(''));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
