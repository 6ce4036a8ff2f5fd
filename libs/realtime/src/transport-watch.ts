import { Logger } from '@nestjs/common';
import type { RealtimeLimits } from './limits';
import { discardWaiting, type EngineClient, type EngineConnection, waiting } from './transport';

/** A client that does not read does not see that it is asked to go either, ms. */
const forcedAfter = 5000;

/** Closes connections that nobody else does: of clients that do not read, that are in no namespace, that do not close. */
export class TransportWatch {
  private readonly logger = new Logger(TransportWatch.name);
  private over = new Set<EngineConnection>();
  private readonly closing = new Map<EngineConnection, number>();
  private readonly deserted = new Map<EngineClient, number>();

  constructor(
    private readonly limits: Pick<RealtimeLimits, 'waitingBytes' | 'waitingPackets'>,
    /** Has the client told, before its connection is closed, that it was too slow. */
    private readonly tellSlow: (connection: EngineConnection) => void,
  ) {}

  /** Closes the connection if its client is in no namespace by `at`. */
  desertedUntil(client: EngineClient, at: number): void {
    this.deserted.set(client, at);
  }

  /** Call it every second. */
  look(connections: readonly EngineConnection[], now: number): void {
    for (const connection of this.slow(connections)) this.drop(connection, now);
    for (const [connection, at] of this.closing) {
      if (connection.readyState === 'closed') this.closing.delete(connection);
      else if (at <= now) connection.close(true);
    }
    for (const [client, at] of this.deserted) {
      if (client.sockets.size > 0 || client.conn.readyState === 'closed') this.deserted.delete(client);
      else if (at <= now) client.conn.close(true);
    }
  }

  /** Those over the bounds that already were at the last look: a burst alone, not yet written out, is no offence. */
  private slow(connections: readonly EngineConnection[]): EngineConnection[] {
    const over = connections.filter((connection) => {
      if (connection.writeBuffer.length === 0 || connection.readyState !== 'open') return false;
      const { packets, bytes } = waiting(connection);
      return packets > this.limits.waitingPackets || bytes > this.limits.waitingBytes;
    });
    const slow = over.filter((connection) => this.over.has(connection));
    this.over = new Set(over);
    return slow;
  }

  /** Its client reconnects by itself and resumes from its cursor, so what it has not read is forgotten. */
  private drop(connection: EngineConnection, now: number): void {
    this.logger.warn('A client that did not read what it was sent is disconnected.');
    discardWaiting(connection);
    this.tellSlow(connection);
    connection.close();
    this.closing.set(connection, now + forcedAfter);
  }
}
