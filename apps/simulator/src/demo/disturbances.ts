import type { Simulator } from '../simulator';
import type { LossyLine } from './lossy-line';

/** What made it hard for the server and the client, counted. */
export class Disturbances {
  cuts = 0;
  /** Events that the client missed while its connection was cut, and got afterwards. */
  replayed = 0;

  constructor(
    private readonly simulator: Simulator,
    private readonly line: LossyLine,
  ) {}

  /** Webhooks that Meta delivered twice for no reason. Each holds one item here. */
  get duplicates(): number {
    const { sent, retried } = this.simulator.counts;
    return sent - retried - this.simulator.ledger.entries().length;
  }

  /** Items that came after one that happened later. */
  get outOfOrder(): number {
    let latest = 0;
    let count = 0;
    for (const { sentAt } of this.simulator.ledger.entries()) {
      if (sentAt < latest) count++;
      latest = Math.max(latest, sentAt);
    }
    return count;
  }

  /** Whether each kind has happened at least once. */
  get complete(): boolean {
    const { retried } = this.simulator.counts;
    return (
      this.cuts > 0 &&
      this.replayed > 0 &&
      this.line.lost > 0 &&
      retried > 0 &&
      this.duplicates > 0 &&
      this.outOfOrder > 0
    );
  }

  toString(): string {
    return [
      `${this.duplicates} duplicates`,
      `${this.simulator.counts.retried} redelivered because their answer was lost`,
      `${this.outOfOrder} out of order`,
      `connection cut ${this.cuts === 1 ? 'once' : `${this.cuts} times`} (${this.replayed} events replayed)`,
    ].join(', ');
  }
}
