import { monotonic } from '../figures/clock';
import { Connections } from './connections';
import type { RequestPool } from './webhooks';

export interface ClosedLoop {
  connections: number;
  seconds: number;
  /** Start again with the first request after the last; otherwise it ends early when all are sent. */
  repeat: boolean;
}

export interface OpenLoop {
  connections: number;
  /** Requests a second. */
  rate: number;
}

export interface LoadResult {
  /** Monotonic milliseconds at which the first request was due. */
  startedAt: number;
  /** From there to the last answer, in milliseconds. */
  elapsed: number;
  sent: number;
  statuses: Record<number, number>;
  /** How long a request that was due waited for its turn here, at most, in milliseconds. */
  latestSend: number;
}

/** Each connection sends the next request as soon as the last is answered. */
export async function closedLoop(pool: RequestPool, port: number, loop: ClosedLoop): Promise<LoadResult> {
  let sent = 0;
  let finish: () => void;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const connections = await Connections.open(port, loop.connections, () => {
    if (more()) next();
    else if (connections.underWay === 0) finish();
  });
  const startedAt = monotonic();
  const deadline = startedAt + loop.seconds * 1000;
  const more = () => (loop.repeat || sent < pool.count) && monotonic() < deadline;
  const next = () => {
    connections.send(pool.at(sent % pool.count));
    sent += 1;
  };
  while (connections.hasIdle) next();
  await finished;
  const elapsed = monotonic() - startedAt;
  connections.close();
  return { startedAt, elapsed, sent, statuses: connections.statuses, latestSend: 0 };
}

/** Request i is due i/rate seconds after the start, whether or not those before it have been answered. */
export async function openLoop(pool: RequestPool, port: number, loop: OpenLoop): Promise<LoadResult> {
  const interval = 1000 / loop.rate;
  let sent = 0;
  let latestSend = 0;
  let finish: () => void;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const connections = await Connections.open(port, loop.connections, () => {
    sendDue();
    if (sent === pool.count && connections.underWay === 0) finish();
  });
  const startedAt = monotonic();
  const sendDue = () => {
    const now = monotonic();
    while (sent < pool.count && connections.hasIdle) {
      const due = startedAt + sent * interval;
      if (due > now) return;
      latestSend = Math.max(latestSend, now - due);
      connections.send(pool.at(sent));
      sent += 1;
    }
  };
  const timer = setInterval(sendDue, 1);
  await finished;
  clearInterval(timer);
  const elapsed = monotonic() - startedAt;
  connections.close();
  return { startedAt, elapsed, sent, statuses: connections.statuses, latestSend };
}
