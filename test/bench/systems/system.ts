import type { ClientSettings } from '../clients/client';

/** What is measured: the product in some topology, or a baseline. */
export interface RunningSystem {
  /** Takes webhooks. */
  webhookPort: number;
  /** Its own processes, stores left out. */
  pids: readonly number[];
  /** One client for each user of the world. */
  clients: () => Promise<ClientSettings[]>;
  /** What each webhook makes on its recipient's socket; the first is timed. */
  expected: readonly string[];
  stop: () => Promise<void>;
}

export interface SystemUnderTest {
  name: string;
  start: () => Promise<RunningSystem>;
}

/** Clients come from several addresses in turn, so that none runs out of ports. */
export const addressOf = (client: number): string => `127.0.0.${2 + (client % 8)}`;

export const socketUrl = (port: number): string => `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
