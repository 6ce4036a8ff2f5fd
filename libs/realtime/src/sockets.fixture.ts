import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { APP_CONFIG } from '@switchboard/config';
import { IsString } from 'class-validator';
import { LeanIoAdapter } from './lean-io.adapter';
import { ACCESS_POLICY, EPHEMERAL_BUS, EVENT_LOG, SESSION_VERIFIER } from './ports';
import { InMemoryBus, InMemoryLog, OpenVerifier, ownRooms } from './ports.fixture';
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

const config = { corsOrigins: ['https://app.example.com'], publicUrl: undefined, authenticateTimeout: 10_000 };

@Module({ providers: [{ provide: APP_CONFIG, useValue: config }], exports: [APP_CONFIG] })
class ConfigModule {}

@Module({})
class App {}

/** A server with real sockets on a free port, over ports in memory. */
export async function startSockets() {
  const log = new InMemoryLog();
  const verifier = new OpenVerifier();
  const bus = new InMemoryBus();
  const realtime = RealtimeModule.for({
    providers: [
      { provide: EVENT_LOG, useValue: log },
      { provide: SESSION_VERIFIER, useValue: verifier },
      { provide: ACCESS_POLICY, useValue: ownRooms },
      { provide: EPHEMERAL_BUS, useValue: bus },
    ],
    limits: { pageSize: 10, retryAfter: 1 },
  });
  const root = {
    module: App,
    imports: [{ module: ConfigModule, global: true }, realtime],
    providers: [MessagesGateway, ContactsGateway],
  };
  const app = await NestFactory.create(root, new FastifyAdapter(), { logger: ['fatal'] });
  app.useWebSocketAdapter(new LeanIoAdapter(app, { config }));
  await app.listen(0, '127.0.0.1');
  return {
    log,
    verifier,
    bus,
    hub: app.get(RealtimeHub),
    gateway: app.get(MessagesGateway),
    url: await app.getUrl(),
    stop: () => app.close(),
  };
}
