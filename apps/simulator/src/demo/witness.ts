import type { Cursor, EventEnvelope, Namespace } from '@switchboard/contracts';
import type { LedgerEntry } from '../ledger';

const quoted = 3;

/** Remembers what a client received, and says whether that is what it should have: each event once, in order, none missing. */
export class Witness {
  readonly #last = new Map<Namespace, Cursor>();
  readonly #ids = new Set<string>();
  /** `type platform messageId` → how often. */
  readonly #told = new Map<string, number>();
  readonly #items = new Set<string>();
  readonly #faults: string[] = [];

  /** Different events received, ephemeral ones not counted: they are told once to whoever is there, and have no order. */
  get count(): number {
    return this.#ids.size;
  }

  hear(namespace: Namespace, event: EventEnvelope): void {
    const { id, type, cursor, data } = event;
    if (cursor === undefined) return;
    const last = this.#last.get(namespace);
    if (this.#ids.has(id)) this.#faults.push(`${type} ${cursor} came twice.`);
    else if (last !== undefined && cursor <= last) {
      this.#faults.push(`${type} ${cursor} came after ${last} in ${namespace}.`);
    }
    this.#ids.add(id);
    this.#last.set(namespace, cursor);
    if ('message' in data && data.message && 'platformMessageId' in data.message) {
      const { platform, platformMessageId } = data.message;
      this.#count(`${type} ${platform} ${platformMessageId}`);
    } else if (type === 'message.deleted' && 'platformMessageId' in data) {
      this.#count(`${type} ${data.platformMessageId}`);
    } else if (type === 'webhook.received' && 'itemId' in data) {
      this.#items.add(data.itemId);
    }
  }

  /**
   * Everything that is wrong, a sentence each; nothing when all is well.
   * @param acknowledged what the simulator delivered and got a 200 for.
   * @param log the server's own event log, for what the simulator cannot foresee.
   */
  faults(
    acknowledged: readonly LedgerEntry[],
    log: readonly { namespace: Namespace; event: EventEnvelope }[],
  ): string[] {
    const faults = [...this.#faults];
    const expected = new Set<string>();
    const missing: string[] = [];
    const deleted = new Set(acknowledged.filter(isDeletion).map(keyOf));
    for (const entry of acknowledged) {
      if (entry.effect.kind !== 'message' || entry.messageId === undefined) continue;
      const told = `${entry.effect.direction === 'inbound' ? 'message.received' : 'message.sent'} ${keyOf(entry)}`;
      expected.add(told);
      const times = this.#told.get(told) ?? 0;
      if (times > 1) faults.push(`${told} was told ${times} times.`);
      // What was deleted before it was known is told as deleted and nothing else.
      const gone = deleted.has(keyOf(entry)) && this.#told.get(`message.deleted ${entry.messageId}`) === 1;
      if (times === 0 && !gone) missing.push(told);
    }
    if (missing.length > 0) {
      faults.push(
        `${missing.length} of ${expected.size} acknowledged messages never reached the client: ${some(missing)}.`,
      );
    }
    const invented = [...this.#told.keys()].filter(
      (told) => !told.startsWith('message.deleted') && !expected.has(told),
    );
    if (invented.length > 0) faults.push(`The client was told of messages that were never sent: ${some(invented)}.`);
    if (this.#items.size !== acknowledged.length) {
      const received = `${this.#items.size} webhook.received`;
      faults.push(`The client received ${received} for ${acknowledged.length} acknowledged items.`);
    }
    const unheard = log
      .filter(({ event }) => !this.#ids.has(event.id))
      .map(({ event }) => `${event.type} ${event.cursor}`);
    if (unheard.length > 0) {
      faults.push(`${unheard.length} of ${log.length} events of the log never reached the client: ${some(unheard)}.`);
    }
    return faults;
  }

  #count(told: string): void {
    this.#told.set(told, (this.#told.get(told) ?? 0) + 1);
  }
}

const isDeletion = ({ effect }: LedgerEntry): boolean => effect.kind === 'deletion';
const keyOf = ({ platform, messageId }: LedgerEntry): string => `${platform} ${messageId}`;
const some = (all: readonly string[]): string =>
  all.slice(0, quoted).join(', ') + (all.length > quoted ? ` and ${all.length - quoted} more` : '');
