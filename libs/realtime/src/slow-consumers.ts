import type { RealtimeLimits } from './limits';
import { type EngineConnection, waiting } from './transport';

/** Finds clients that do not read what they are sent. */
export class SlowConsumers {
  private over = new Set<EngineConnection>();

  constructor(private readonly limits: Pick<RealtimeLimits, 'waitingBytes' | 'waitingPackets'>) {}

  /** Those over the bounds that already were at the last look: a burst alone, not yet written out, is no offence. */
  look(connections: readonly EngineConnection[]): EngineConnection[] {
    const over = connections.filter((connection) => {
      if (connection.writeBuffer.length === 0) return false;
      const { packets, bytes } = waiting(connection);
      return packets > this.limits.waitingPackets || bytes > this.limits.waitingBytes;
    });
    const slow = over.filter((connection) => this.over.has(connection));
    this.over = new Set(over);
    return slow;
  }
}
