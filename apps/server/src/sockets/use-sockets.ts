import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter } from '@socket.io/redis-adapter';
import type { AppConfig } from '@switchboard/config';
import { ClosedIoAdapter, LeanIoAdapter, RealtimeHub } from '@switchboard/realtime';
import type { Redis } from 'ioredis';

/** Accepts sockets where the process is a gateway; over Redis, control reaches the sockets of every process. */
export function useSockets(
  app: NestFastifyApplication,
  config: AppConfig,
  redis: Redis | undefined,
): { drain: () => Promise<void> } {
  if (!config.roles.includes('gateway')) {
    app.useWebSocketAdapter(new ClosedIoAdapter());
    return { drain: async () => undefined };
  }
  const subscriber = redis?.duplicate();
  subscriber?.on('error', () => undefined);
  const adapter = redis && subscriber ? createAdapter(redis, subscriber, { key: 'switchboard:sockets' }) : undefined;
  app.useWebSocketAdapter(new LeanIoAdapter(app, { config, adapter }));
  return {
    drain: async () => {
      await app.get(RealtimeHub, { strict: false }).drain();
      subscriber?.disconnect();
    },
  };
}
