import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { APP_CONFIG, readSettings } from '@switchboard/config';
import type { Ack, EventEnvelope } from '@switchboard/contracts';
import { IsString } from 'class-validator';
import { LeanIoAdapter } from './lean-io.adapter';
import type { RealtimeLimits } from './limits';
import { METER, type Meter } from './meter';
import { ACCESS_POLICY, EPHEMERAL_BUS, EVENT_LOG, GATEWAY_TALK, SESSION_VERIFIER } from './ports';
import { InMemoryBus, InMemoryLog, InMemoryTalk, OpenVerifier, ownRooms } from './ports.fixture';
import { RealtimeModule } from './realtime.module';
import { RealtimeGateway } from './realtime-gateway';
import { RealtimeHub } from './realtime-hub';
import { WsRoles } from './ws.guard';

class NoteDto {
  @IsString()
  text!: string;
}

@WebSocketGateway({ namespace: '/messages' })
class MessagesGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/conversations'];
  /** What happens while `ready` is made. */
  meanwhile: () => void = () => undefined;

  override async readyExtras() {
    this.meanwhile();
    return { unread: { total: 3, byPlatform: {}, byChannel: {} } };
  }

  @SubscribeMessage('note')
  note(@MessageBody() { text }: NoteDto) {
    if (text === 'fail') throw new Error('a secret of the house');
    return { noted: text };
  }

  @WsRoles(['owner'])
  @SubscribeMessage('owners_only')
  ownersOnly() {
    return 'welcome';
  }
}

@WebSocketGateway({ namespace: '/contacts' })
class ContactsGateway extends RealtimeGateway {}

@Module({})
class ConfigModule {}

@Module({})
class App {}

/** A server with real sockets on a free port, over ports in memory. */
export async function startSockets(
  authenticateTimeout = 10_000,
  limits: Partial<RealtimeLimits> = {},
  env: Record<string, string> = {},
) {
  const { corsOrigins, ...defaults } = readSettings({ CORS_ORIGINS: 'https://app.example.com', ...env });
  const config = { ...defaults, corsOrigins, authenticateTimeout };
  const provided = { provide: APP_CONFIG, useValue: config };
  const log = new InMemoryLog();
  const verifier = new OpenVerifier();
  const bus = new InMemoryBus();
  const counted: string[] = [];
  const meter: Meter = { refused: (why) => counted.push(why), messageFailed: (code) => counted.push(code) };
  const realtime = RealtimeModule.for({
    providers: [
      { provide: EVENT_LOG, useValue: log },
      { provide: SESSION_VERIFIER, useValue: verifier },
      { provide: ACCESS_POLICY, useValue: ownRooms },
      { provide: EPHEMERAL_BUS, useValue: bus },
      { provide: GATEWAY_TALK, useValue: new InMemoryTalk() },
      { provide: METER, useValue: meter },
    ],
    limits: () => ({ pageSize: 10, retryAfter: 1, ...limits }),
  });
  const root = {
    module: App,
    imports: [{ module: ConfigModule, global: true, providers: [provided], exports: [provided] }, realtime],
    providers: [MessagesGateway, ContactsGateway],
  };
  const app = await NestFactory.create(root, new FastifyAdapter(), { logger: ['fatal'] });
  app.useWebSocketAdapter(new LeanIoAdapter(app, { config }));
  await app.listen(0, '127.0.0.1');
  return {
    log,
    verifier,
    bus,
    counted,
    hub: app.get(RealtimeHub),
    gateway: app.get(MessagesGateway),
    url: await app.getUrl(),
    stop: () => app.close(),
  };
}

/** A Socket.IO client, as far as it is used here. */
interface Client {
  onAny(listener: (type: string, body: unknown) => void): unknown;
  on(event: string, listener: (given: never) => void): unknown;
  emitWithAck(message: string, ...given: unknown[]): Promise<unknown>;
}

/** What a client is told in order, and ways to wait for the next of a kind and to send. */
export function listen(socket: Client) {
  const told: { type: string; body: unknown }[] = [];
  let wake = () => {};
  const note = (type: string, body: unknown) => {
    told.push({ type, body });
    wake();
  };
  socket.onAny(note);
  socket.on('connect_error', (error: Error & { data?: unknown }) => note('connect_error', error.data ?? error.message));
  socket.on('disconnect', (reason: string) => note('disconnect', reason));
  const next = async <T>(type: string, count = 1): Promise<T> => {
    for (;;) {
      const found = told.filter((each) => each.type === type)[count - 1];
      if (found) return found.body as T;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const send = (...message: [string, ...unknown[]]) => socket.emitWithAck(...message) as Promise<Ack<never>>;
  const sequences = (type = 'message.received') =>
    told.filter((each) => each.type === type).map(({ body }) => Number((body as EventEnvelope).cursor?.split('.')[1]));
  return { told, next, send, sequences };
}
