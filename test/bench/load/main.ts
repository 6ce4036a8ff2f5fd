import { serve } from '../processes/peer';
import type { Phase, World } from '../world';
import { type ClosedLoop, closedLoop, type LoadResult, type OpenLoop, openLoop } from './loops';
import { Correspondence, type RequestPool } from './webhooks';

export interface LoadSettings {
  world: World;
  appSecret: string;
  port: number;
  /** Messages that every user has had already. */
  writtenBefore: number;
}

let settings: LoadSettings;
let correspondence: Correspondence;
let pool: RequestPool;

const handlers = {
  configure(given: LoadSettings): void {
    settings = given;
    correspondence = new Correspondence(given.world, given.appSecret, given.writtenBefore);
  },
  /** Makes and signs the webhooks of a phase, before time is taken. */
  prepare(phase: Phase): void {
    pool = correspondence.requests(phase, `127.0.0.1:${settings.port}`);
  },
  closedLoop: (loop: ClosedLoop): Promise<LoadResult> => closedLoop(pool, settings.port, loop),
  openLoop: (loop: OpenLoop): Promise<LoadResult> => openLoop(pool, settings.port, loop),
};

export type LoadHandlers = typeof handlers;

serve(handlers);
