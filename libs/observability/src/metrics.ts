import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Everything `/metrics` shows. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type SocketCounts = Record<string, { clients: number; authenticated: number }>;

/** Set by whoever has the sockets; read when somebody asks for the metrics. */
export const socketCounts: { read: () => SocketCounts } = { read: () => ({}) };

export const metrics = {
  webhooksReceived: new Counter({
    name: 'switchboard_webhooks_received_total',
    help: 'Webhooks answered, by outcome.',
    labelNames: ['outcome'],
    registers,
  }),
  webhookCommit: new Histogram({
    name: 'switchboard_webhook_commit_seconds',
    help: 'From a verified webhook to its commit.',
    buckets: seconds,
    registers,
  }),
  webhookQueue: new Gauge({
    name: 'switchboard_webhook_queue',
    help: 'Webhooks waiting in memory for their commit.',
    registers,
  }),
  items: new Counter({
    name: 'switchboard_webhook_items_total',
    help: 'Items taken in, by state.',
    labelNames: ['state'],
    registers,
  }),
  intakeBatch: new Histogram({
    name: 'switchboard_intake_batch_seconds',
    help: 'One intake transaction.',
    buckets: seconds,
    registers,
  }),
  sends: new Counter({
    name: 'switchboard_sends_total',
    help: 'Messages handed to Meta, or refused before, by outcome: sent, failed, unknown, later (to be tried again).',
    labelNames: ['outcome'],
    registers,
  }),
  eventsRelayed: new Counter({
    name: 'switchboard_events_relayed_total',
    help: 'Events published to gateways.',
    registers,
  }),
  eventLag: new Gauge({
    name: 'switchboard_events_lag',
    help: 'Events recorded and not yet relayed, at the last sweep.',
    registers,
  }),
  eventLogBytes: new Gauge({
    name: 'switchboard_event_log_bytes',
    help: 'Size of the event log on disk, at the last sweep.',
    registers,
  }),
  sockets: new Gauge({
    name: 'switchboard_sockets',
    help: 'Sockets of this process by namespace; one client has one in each namespace it uses.',
    labelNames: ['namespace', 'authenticated'],
    registers,
    collect() {
      for (const [namespace, { clients, authenticated }] of Object.entries(socketCounts.read())) {
        this.set({ namespace, authenticated: 'yes' }, authenticated);
        this.set({ namespace, authenticated: 'no' }, clients - authenticated);
      }
    },
  }),
  socketsRefused: new Counter({
    name: 'switchboard_sockets_refused_total',
    help: 'Connections and sockets that were not let in, or were closed by this side, by why.',
    labelNames: ['why'],
    registers,
  }),
  socketMessagesFailed: new Counter({
    name: 'switchboard_socket_messages_failed_total',
    help: 'Messages of clients answered with an error, by its code.',
    labelNames: ['code'],
    registers,
  }),
  nudgesLost: new Counter({
    name: 'switchboard_nudges_failed_total',
    help: 'Queue nudges that failed; the sweeper makes up for them.',
    labelNames: ['queue'],
    registers,
  }),
  sweeps: new Counter({
    name: 'switchboard_sweeps_total',
    help: 'What the sweeper had to bring back, by kind.',
    labelNames: ['sweep'],
    registers,
  }),
};
