import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import type { INestApplicationContext, WsMessageHandler } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { AppConfig } from '@switchboard/config';
import { Namespace, Server, type ServerOptions, type Socket } from 'socket.io';
import { type AddressOf, ConnectionGate } from './connection-gate';
import { envelopeParser } from './encoded-envelope';
import { keepLittle } from './lean-sockets';
import { MessageDispatcher } from './message-dispatcher';
import { originAllowed } from './origin';
import type { EngineConnection } from './transport';
import { writeTogether } from './write-together';

export interface LeanIoOptions {
  config: Pick<
    AppConfig,
    | 'corsOrigins'
    | 'publicUrl'
    | 'authenticateTimeout'
    | 'trustProxy'
    | 'socketTransports'
    | 'socketPingInterval'
    | 'socketPingTimeout'
    | 'socketPacketBytes'
  >;
  /** Constructor of the Socket.IO adapter that carries control between processes; unset for one process. */
  adapter?: ServerOptions['adapter'];
}

/**
 * Socket.IO with handlers bound lean. Nest binds every handler to every socket and makes an RxJS pipe of each, 4.2 KB a piece; here
 * a socket holds one closure, and Nest binds the handlers anew when a message comes (2 µs), so nothing of them is kept. Therefore
 * Nest's `handleConnection` and `handleDisconnect` are not to be used by gateways: they would run for each message, or never.
 */
export class LeanIoAdapter extends IoAdapter {
  private readonly dispatchers = new Map<Namespace, ((socket: Socket) => void)[]>();
  private readonly gate: ConnectionGate;
  private readonly addressOf: AddressOf;
  private bound: WsMessageHandler[] = [];

  constructor(
    app: INestApplicationContext,
    private readonly options: LeanIoOptions,
  ) {
    super(app);
    this.gate = app.get(ConnectionGate, { strict: false });
    this.addressOf = clientAddress(options.config.trustProxy);
  }

  override createIOServer(port: number, given?: ServerOptions): Server {
    const { config, adapter } = this.options;
    const anyOrigin = config.corsOrigins.includes('*');
    const server = super.createIOServer(port, {
      ...given,
      transports: [...config.socketTransports],
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      parser: envelopeParser,
      pingInterval: config.socketPingInterval,
      pingTimeout: config.socketPingTimeout,
      maxHttpBufferSize: config.socketPacketBytes,
      connectTimeout: config.authenticateTimeout,
      allowRequest: (request, decide) => {
        if (!originAllowed(request, config)) {
          this.gate.refuse(
            'origin',
            `a page of ${JSON.stringify(request.headers.origin?.slice(0, 200))} asked for it.`,
          );
          decide('Origin not allowed: add it to CORS_ORIGINS', false);
          return;
        }
        const refusal = this.gate.refusal(this.addressOf(request));
        decide(refusal, refusal === undefined);
      },
      cors: { origin: anyOrigin ? '*' : [...config.corsOrigins], credentials: !anyOrigin },
      ...(adapter ? { adapter } : {}),
    } as ServerOptions);
    keepLittle(server);
    this.guard(server);
    server.engine.on('connection', trimRequest);
    server.engine.on('connection', writeTogether);
    return server;
  }

  /** Before the request is trimmed, which tells where it came from. */
  private guard(server: Server): void {
    const { gate, addressOf } = this;
    const closed = function (this: EngineConnection): void {
      gate.closed(this);
    };
    server.engine.on('connection', (connection: EngineConnection & { request: IncomingMessage }) => {
      gate.opened(connection, addressOf(connection.request));
      connection.once('close', closed);
    });
  }

  /**
   * Ends the sockets and leaves the HTTP server to Fastify, which is closed next and tells clients to let go of their connections.
   * Socket.IO only waits for them: while webhooks keep coming over a kept connection, for ever.
   */
  override async close(server: Server): Promise<void> {
    Reflect.deleteProperty(server, 'httpServer');
    await super.close(server);
  }

  /** Several gateways may share a namespace; its sockets get one dispatcher. */
  override bindClientConnect(server: Server | Namespace, bind: (socket: Socket) => void): void {
    const namespace = server instanceof Server ? server.of('/') : server;
    const binds = this.dispatchers.get(namespace);
    if (binds) {
      binds.push(bind);
      return;
    }
    const own = [bind];
    this.dispatchers.set(namespace, own);
    const dispatcher = new MessageDispatcher((socket) => {
      this.bound = [];
      for (const each of own) each(socket);
      return this.bound;
    }, this.gate);
    namespace.on('connection', (socket) => {
      socket.use((packet) => void dispatcher.dispatch(socket, packet));
    });
  }

  /** Nest calls this, synchronously, from the `bind` above. */
  override bindMessageHandlers(_socket: Socket, handlers: readonly WsMessageHandler[]): void {
    this.bound.push(...handlers);
  }

  /** Nest calls this with `bind` too, and would add a listener each time. */
  override bindClientDisconnect(): void {}
}

/**
 * The request of the handshake is kept as long as the connection, with its socket, its parser and every header. What namespaces
 * that join later need of it is little.
 */
function trimRequest(connection: { request: unknown }): void {
  const {
    headers,
    url,
    connection: network,
  } = connection.request as {
    headers: Record<string, string | undefined>;
    url: string;
    connection: { encrypted?: boolean };
  };
  const kept: Record<string, string> = {};
  for (const name of ['authorization', 'origin', 'user-agent', 'x-forwarded-for']) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  connection.request = { headers: kept, url, connection: { encrypted: network.encrypted === true }, _query: {} };
}

/** As REST reads it. */
function clientAddress(trusted: readonly string[]): AddressOf {
  const trust = proxyAddress.compile([...trusted]);
  return (request) => (request.socket.remoteAddress === undefined ? '' : proxyAddress(request, trust));
}
