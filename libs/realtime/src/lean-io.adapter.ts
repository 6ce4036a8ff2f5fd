import type { INestApplicationContext, WsMessageHandler } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { AppConfig } from '@switchboard/config';
import { Namespace, Server, type ServerOptions, type Socket } from 'socket.io';
import { envelopeParser } from './encoded-envelope';
import { MessageDispatcher } from './message-dispatcher';
import { originAllowed } from './origin';
import { writeTogether } from './write-together';

export interface LeanIoOptions {
  config: Pick<AppConfig, 'corsOrigins' | 'publicUrl' | 'authenticateTimeout'>;
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
  private bound: WsMessageHandler[] = [];

  constructor(
    app: INestApplicationContext,
    private readonly options: LeanIoOptions,
  ) {
    super(app);
  }

  override createIOServer(port: number, given?: ServerOptions): Server {
    const { config, adapter } = this.options;
    const anyOrigin = config.corsOrigins.includes('*');
    const server = super.createIOServer(port, {
      ...given,
      transports: ['websocket', 'polling'],
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      parser: envelopeParser,
      // A client's messages are ids and tokens.
      maxHttpBufferSize: 64 * 1024,
      connectTimeout: config.authenticateTimeout,
      allowRequest: (request, decide) => {
        const allowed = originAllowed(request, config);
        decide(allowed ? undefined : 'Origin not allowed: add it to CORS_ORIGINS', allowed);
      },
      cors: { origin: anyOrigin ? '*' : [...config.corsOrigins], credentials: !anyOrigin },
      ...(adapter ? { adapter } : {}),
    } as ServerOptions);
    server.engine.on('connection', trimRequest);
    server.engine.on('connection', writeTogether);
    return server;
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
    });
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
