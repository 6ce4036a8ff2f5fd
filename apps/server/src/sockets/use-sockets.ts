import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter } from '@socket.io/redis-adapter';
import type { AppConfig } from '@switchboard/config';
import { namespaces } from '@switchboard/contracts';
import { EPOCH } from '@switchboard/database';
import { redisName } from '@switchboard/queue';
import { ClosedIoAdapter, LeanIoAdapter, RealtimeHub } from '@switchboard/realtime';
import type { Redis } from 'ioredis';

export interface Sockets {
  /** Asks all clients to come back elsewhere, and waits until they have gone. */
  drain: () => Promise<void>;
  /** Ends what the sockets used; after the application has closed. */
  close: () => void;
}

/** Accepts sockets where the process is a gateway; over Redis, control reaches the sockets of every process. */
export function useSockets(app: NestFastifyApplication, config: AppConfig, redis: Redis | undefined): Sockets {
  if (!config.roles.includes('gateway')) {
    app.useWebSocketAdapter(new ClosedIoAdapter());
    return { drain: async () => undefined, close: () => undefined };
  }
  const subscriber = redis?.duplicate();
  subscriber?.on('error', () => undefined);
  // The adapter of each namespace listens to both; beyond ten Node takes that for a leak, and says so.
  for (const client of [redis, subscriber]) client?.setMaxListeners(namespaces.length + 20);
  const adapter =
    redis && subscriber ? createAdapter(redis, subscriber, { key: redisName(app.get(EPOCH), 'sockets') }) : undefined;
  app.useWebSocketAdapter(new LeanIoAdapter(app, { config, adapter }));
  return {
    drain: () => app.get(RealtimeHub, { strict: false }).drain(),
    close: () => subscriber?.disconnect(),
  };
}
