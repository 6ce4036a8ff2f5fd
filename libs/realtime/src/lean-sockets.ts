import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Namespace, Server, Socket } from 'socket.io';

/** The parts of Socket.IO 4.8 and Engine.IO 6 that are not typed as public. */
interface Upgrading {
  handleUpgrade(request: IncomingMessage, network: Duplex, head: Buffer): void;
}
interface Adapter {
  readonly sids: Map<string, Set<string>>;
  rooms: Map<string, Set<string>>;
}
type Trimmed = {
  handshake: Socket['handshake'];
  acks: Map<number, unknown>;
  conn: { handshake?: Socket['handshake'] };
};

/**
 * Lets go of what Socket.IO keeps for each connection and nobody here asks for. A connection with four namespaces then takes less
 * memory than with Socket.IO alone (row 5 of docs/performance.md).
 */
export function keepLittle(server: Server): void {
  releaseRequests(server.engine as unknown as Upgrading);
  const trim = (namespace: Namespace) => {
    const adapter = namespace.adapter as unknown as Adapter;
    adapter.rooms = new RoomsOfOne(adapter.sids);
    namespace.on('connection', trimSocket);
  };
  trim(server.of('/'));
  server.on('new_namespace', trim);
}

/**
 * Engine.IO makes a response for its middleware, which tells it of the connection's end, and by that keeps the request of the
 * handshake, every header included, as long as the connection. There is no middleware of Engine.IO here.
 */
function releaseRequests(engine: Upgrading): void {
  const { handleUpgrade } = engine;
  engine.handleUpgrade = function (request, network, head) {
    const before = network.listenerCount('close');
    handleUpgrade.call(this, request, network, head);
    // The first one added, and the only one for one time.
    const added = network.rawListeners('close')[before] as { listener?: () => void } | undefined;
    if (added?.listener) network.removeListener('close', added.listener);
  };
}

/** Socket.IO puts each socket into a room of its own, by which it can be addressed by its id. Here that room is made when it is asked for. */
class RoomsOfOne extends Map<string, Set<string>> {
  constructor(private readonly sockets: ReadonlyMap<string, unknown>) {
    super();
  }

  override has(room: string): boolean {
    return super.has(room) || this.sockets.has(room);
  }

  override get(room: string): Set<string> | undefined {
    return super.get(room) ?? (this.sockets.has(room) ? new Set([room]) : undefined);
  }
}

/** Acknowledgements that clients owe. Nothing is sent here that asks for one, so all sockets share that there is none. */
class NoAcks extends Map<number, unknown> {
  override set(): never {
    throw new Error('Sockets keep no acknowledgements: see lean-sockets.ts before emitting with one.');
  }
}
const noAcks = new NoAcks();

/** What is told of the handshake is the same for all sockets of a connection. */
function trimSocket(socket: Socket): void {
  const trimmed = socket as unknown as Trimmed;
  trimmed.conn.handshake ??= socket.handshake;
  trimmed.handshake = trimmed.conn.handshake;
  trimmed.acks = noAcks;
}
