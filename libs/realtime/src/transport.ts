import type { Namespace, Socket } from 'socket.io';

/** The parts of an Engine.IO connection that Socket.IO does not type as public. */
interface EngineConnection {
  readonly readyState: string;
  readonly writeBuffer: { data?: string | Buffer }[];
  once(event: 'drain' | 'close', listener: () => void): void;
  removeListener(event: 'drain' | 'close', listener: () => void): void;
  close(discard?: boolean): void;
}

/** The client side of one connection: a socket for each namespace it has joined. */
interface EngineClient {
  readonly conn: EngineConnection;
  readonly sockets: ReadonlyMap<string, Socket>;
}

const draining = new WeakMap<EngineConnection, Promise<void>>();

export const engineOf = (socket: Socket) => socket.conn as unknown as EngineConnection;

export const clientOf = (socket: Socket) => socket.client as unknown as EngineClient;

/** Every open connection of the server that a namespace belongs to. */
export function connectionsOf(namespace: Namespace): EngineConnection[] {
  return Object.values((namespace.server.engine as unknown as { clients: Record<string, EngineConnection> }).clients);
}

/** Resolves once everything written so far has gone to the transport, or the connection is closed; `undefined` if nothing waits. */
export function drained(socket: Socket): Promise<void> | undefined {
  const connection = engineOf(socket);
  if (connection.writeBuffer.length === 0 || connection.readyState !== 'open') return undefined;
  let promise = draining.get(connection);
  if (!promise) {
    promise = new Promise((resolve) => {
      const done = () => {
        connection.removeListener('drain', done);
        connection.removeListener('close', done);
        draining.delete(connection);
        resolve();
      };
      connection.once('drain', done);
      connection.once('close', done);
    });
    draining.set(connection, promise);
  }
  return promise;
}

/** What waits in memory for a client to read. */
export function waiting(connection: EngineConnection): { packets: number; bytes: number } {
  let bytes = 0;
  for (const packet of connection.writeBuffer) bytes += packet.data?.length ?? 0;
  return { packets: connection.writeBuffer.length, bytes };
}

/** Forgets what waits to be read: only for a connection that is about to be closed, whose client resumes from its cursor. */
export function discardWaiting(connection: EngineConnection): void {
  connection.writeBuffer.length = 0;
}

export type { EngineClient, EngineConnection };
