import { createHash } from 'node:crypto';
import type { Platform } from '../item';
import type { Fields } from './check';

/** One thing the customer received: a message, a reaction, an answer to a comment. */
export interface SentMessage {
  /** The platform's id. */
  id: string;
  platform: Platform;
  /** Phone number id, page id, Instagram account id. */
  accountId: string;
  /** Phone number, user id, PSID, IGSID or group id as the request named it; the comment's author where a comment is answered. */
  recipient: string;
  /** `text`, `template`, `image`, `interactive/button`, `reaction`, `comment_reply`, … */
  kind: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** `biz_opaque_callback_data` of WhatsApp. */
  callbackData?: string;
  /** `message.metadata` of Messenger. */
  metadata?: string;
  appId: string;
  /** The request's body; undefined where the simulator was told not to keep bodies. */
  body?: Fields;
  /** What makes two sends the same one: what the sender named it, else recipient and body. */
  key: string;
  /** False when the simulator withheld its answer: the sender cannot know of this message. */
  answered: boolean;
}

export interface Span {
  /** Only of this account. */
  accountId?: string;
}

/** What customers received: the oracle of "never twice", and of how fast. */
export class SentMessages {
  readonly #all: SentMessage[] = [];
  readonly #byId = new Map<string, SentMessage>();
  readonly #times = new Map<string, number>();
  readonly #refused = new Map<number, number>();

  /** How many there are. */
  get count(): number {
    return this.#all.length;
  }

  /** In the order in which they were sent. */
  all({ accountId }: Span = {}): SentMessage[] {
    return accountId === undefined ? [...this.#all] : this.#all.filter((sent) => sent.accountId === accountId);
  }

  /** All but the first `count`. */
  since(count: number): SentMessage[] {
    return this.#all.slice(count);
  }

  get(id: string): SentMessage | undefined {
    return this.#byId.get(id);
  }

  to(recipient: string): SentMessage[] {
    return this.#all.filter((sent) => sent.recipient === recipient);
  }

  /** How often the message with this callback data, metadata or id was received. */
  times(name: string): number {
    return this.#times.get(this.#byId.get(name)?.key ?? name) ?? 0;
  }

  /** Messages that a customer received more than once, each with all its copies. */
  repeated(): SentMessage[][] {
    const copies = new Map<string, SentMessage[]>();
    for (const sent of this.#all) {
      if ((this.#times.get(sent.key) ?? 0) < 2) continue;
      const others = copies.get(sent.key);
      if (others) others.push(sent);
      else copies.set(sent.key, [sent]);
    }
    return [...copies.values()];
  }

  /** The most messages within any one second, however it is laid; `spanMs` lays another span. */
  busiestSecond({ accountId }: Span = {}, spanMs = 1_000): number {
    const times = this.all({ accountId }).map((sent) => sent.at);
    let most = 0;
    let first = 0;
    times.forEach((at, index) => {
      while (at - (times[first] as number) >= spanMs) first++;
      most = Math.max(most, index - first + 1);
    });
    return most;
  }

  /** How many calls were refused with each error code. */
  get refused(): ReadonlyMap<number, number> {
    return this.#refused;
  }

  /** Called by the simulator for every message that goes out. */
  add(sent: SentMessage): void {
    this.#all.push(sent);
    this.#byId.set(sent.id, sent);
    this.#times.set(sent.key, (this.#times.get(sent.key) ?? 0) + 1);
  }

  /** Called by the simulator for every error it answers. */
  refuse(code: number): void {
    this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1);
  }
}

/** `callbackData` or `metadata` where there is one: a sender's own name of a message. Else what was said to whom. */
export function keyOf(
  {
    callbackData,
    metadata,
    accountId,
    recipient,
  }: Pick<SentMessage, 'callbackData' | 'metadata' | 'accountId' | 'recipient'>,
  body: Fields,
): string {
  return (
    callbackData ??
    metadata ??
    createHash('sha1')
      .update(JSON.stringify([accountId, recipient, body]))
      .digest('base64')
  );
}
