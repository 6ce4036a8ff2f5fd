import type { Platform, Status } from './item';
import type { LedgerEntry } from './ledger';

export interface ExpectedMessage {
  platform: Platform;
  accountId: string;
  messageId: string;
  direction: 'inbound' | 'outbound';
  type: string;
  text?: string;
  caption?: string;
  customer: { userId?: string; waId?: string };
  /** Milliseconds since the epoch, by Meta's clock. */
  sentAt: number;
  /** Outbound: the furthest it came; absent when Meta told nothing. */
  status?: Status;
  deleted: boolean;
  /** The customer's reaction, unless taken back. */
  reaction?: string;
}

const ranks: Record<Exclude<Status, 'failed'>, number> = { sent: 1, delivered: 2, read: 3, played: 4 };

/** The further of two states, whatever order they were told in. A message that arrived has not failed. */
export function furthest(one: Status | undefined, other: Status): Status {
  if (one === undefined || one === other) return other;
  if (one === 'failed') return ranks[other as 'sent'] > ranks.sent ? other : one;
  if (other === 'failed') return furthest(other, one);
  return ranks[other] > ranks[one] ? other : one;
}

/** Applies what each entry tells to the messages among them; entries about other messages say nothing here. */
export function expectedMessages(entries: readonly LedgerEntry[]): ExpectedMessage[] {
  const messages = new Map<string, ExpectedMessage>();
  for (const entry of entries) {
    const { platform, accountId, messageId, customer, sentAt, effect } = entry;
    if (effect.kind !== 'message' || messageId === undefined) continue;
    const { direction, type, text, caption } = effect;
    messages.set(keyOf(entry), {
      ...{ platform, accountId, messageId, direction, type, text, caption, customer, sentAt },
      deleted: false,
    });
  }
  const sentTo = outboundByCustomer(messages.values());
  const reactedAt = new Map<string, number>();
  const edited = new Map<string, { revision: number; at: number }>();
  for (const entry of entries) {
    const { effect } = entry;
    const key = keyOf(entry);
    const message = messages.get(key);
    const reach = (until: number, status: Status) => {
      for (const sent of sentTo.get(customerOf(entry)) ?? []) {
        if (sent.sentAt <= until) sent.status = furthest(sent.status, status);
      }
    };
    if (effect.kind === 'watermark') reach(effect.watermark, effect.status);
    if (message === undefined) continue;
    if (effect.kind === 'status') message.status = furthest(message.status, effect.status);
    if (effect.kind === 'seen') reach(message.sentAt, 'read');
    if (effect.kind === 'deletion') message.deleted = true;
    if (effect.kind === 'edit') {
      const { revision, at } = edited.get(key) ?? { revision: -1, at: 0 };
      if (effect.revision > revision || (effect.revision === revision && entry.sentAt >= at)) {
        edited.set(key, { revision: effect.revision, at: entry.sentAt });
        message.text = effect.text;
      }
    }
    if (effect.kind === 'reaction' && entry.sentAt > (reactedAt.get(key) ?? 0)) {
      reactedAt.set(key, entry.sentAt);
      message.reaction = effect.emoji;
    }
  }
  return [...messages.values()];
}

const keyOf = ({ platform, accountId, messageId }: LedgerEntry) => `${platform}:${accountId}:${messageId}`;

/** Watermarks exist on Messenger and Instagram, where a customer has one id. */
const customerOf = ({ accountId, customer }: Pick<LedgerEntry, 'accountId' | 'customer'>) =>
  `${accountId}:${customer.userId}`;

function outboundByCustomer(messages: Iterable<ExpectedMessage>): Map<string, ExpectedMessage[]> {
  const sent = new Map<string, ExpectedMessage[]>();
  for (const message of messages) {
    if (message.direction === 'inbound' || message.platform === 'whatsapp') continue;
    const customer = customerOf(message);
    const list = sent.get(customer);
    if (list) list.push(message);
    else sent.set(customer, [message]);
  }
  return sent;
}
