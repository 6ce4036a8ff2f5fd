import type { Server } from 'node:http';
import { serve } from '../processes/peer';

/** What each baseline answers the process that started it. */
export type BaselineHandlers = { listen: (settings: BaselineSettings) => Promise<number> };

export interface BaselineSettings {
  appSecret: string;
  redisUrl: string;
}

/** Makes a baseline startable: `start` gives the server to listen with. The answer is the port. */
export function serveBaseline(start: (settings: BaselineSettings) => Server | Promise<Server>): void {
  serve({
    listen: async (settings) => {
      const server = await start(settings);
      // Node's 5 s would end the load generator's connections between warm-up and measurement.
      server.keepAliveTimeout = 600_000;
      return new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
      });
    },
  } satisfies BaselineHandlers);
}
