import type { Client } from 'pg';

/** The part of a `pg.Client` that is not typed (pg 8). */
type Connected = { connection: { stream: NodeJS.WritableStream & { cork(): void; uncork(): void } } };

/**
 * Lets the statements that are sent to PostgreSQL within one turn of the event loop leave in one write. The client writes each by
 * itself, and a write that wakes the server is dear: they were a tenth of the CPU under load (measured).
 */
export function writeTogether(client: Client): void {
  const { stream } = (client as unknown as Connected).connection;
  const write = stream.write;
  let corked = false;
  const uncork = () => {
    corked = false;
    stream.uncork();
  };
  stream.write = function (this: typeof stream, ...args: unknown[]) {
    if (!corked) {
      corked = true;
      stream.cork();
      process.nextTick(uncork);
    }
    return write.apply(stream, args as never);
  } as typeof write;
}
