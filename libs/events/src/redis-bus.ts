import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { decodeBatches, encodeBatches } from './batch-codec';
import type { Bus, BusListener } from './bus';
import type { PositionedBatch } from './stored-event';

const eventsChannel = 'switchboard:events';
const ephemeralChannel = 'switchboard:ephemeral';
/** A process that begins to listen says so, because those that took themselves to be alone do not publish. */
const arrivalsChannel = 'switchboard:arrivals';
/** So long a process that nobody else has listened to takes this to be so still. */
const aloneMs = 500;
/** A connection that is back has its subscriptions again by then. */
const subscribedAfterMs = 50;

/**
 * The bus across processes, over Redis pub/sub. Pub/sub loses what is sent while a connection is re-made
 * (measured: 5–7 % of events); each return of the connection is told as `interrupted`.
 */
export class RedisBus implements Bus {
  private readonly logger = new Logger(RedisBus.name);
  private readonly listeners = new Set<BusListener>();
  private readonly ephemeral = new Set<(message: unknown) => void>();
  private readonly subscriber: Redis;
  /** Precedes what this process publishes: its own listeners have it already, without a way through Redis and back. */
  private readonly origin = randomUUID();
  private aloneUntil = 0;

  constructor(private readonly redis: Redis) {
    // A subscribed connection can do nothing else, so it is one of its own.
    this.subscriber = redis.duplicate({ lazyConnect: false });
    this.subscriber.on('error', () => undefined);
    this.subscriber.on('ready', () => {
      for (const listener of this.listeners) listener.interrupted();
      setTimeout(() => this.announce(), subscribedAfterMs).unref();
    });
    this.subscriber.on('message', (channel: string, text: string) => this.receive(channel, text));
    this.subscriber.subscribe(eventsChannel, ephemeralChannel, arrivalsChannel).catch((error: Error) => {
      this.logger.warn(
        `Subscription to Redis waits for the connection (${error.message}); gateways read the log meanwhile.`,
      );
    });
  }

  async publish(batches: PositionedBatch[]): Promise<void> {
    for (const listener of this.listeners) listener.batches(batches);
    // While Redis is away a publish would queue up in memory; gateways read the log each second instead.
    if (this.redis.status !== 'ready' || performance.now() < this.aloneUntil) return;
    const reached = await this.redis.publish(eventsChannel, this.origin + encodeBatches(batches));
    const itself = this.subscriber.status === 'ready' ? 1 : 0;
    if (reached <= itself) this.aloneUntil = performance.now() + aloneMs;
  }

  subscribe(listener: BusListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publishEphemeral(message: unknown): void {
    for (const listener of this.ephemeral) listener(message);
    if (this.redis.status !== 'ready') return;
    this.redis.publish(ephemeralChannel, this.origin + JSON.stringify(message)).catch(() => undefined);
  }

  subscribeEphemeral(listener: (message: unknown) => void): () => void {
    this.ephemeral.add(listener);
    return () => this.ephemeral.delete(listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
    this.ephemeral.clear();
    this.subscriber.disconnect();
  }

  /** What others publish before they have heard of it, this process's sockets get when positions are compared, each second. */
  private announce(): void {
    if (this.redis.status !== 'ready') return;
    this.redis.publish(arrivalsChannel, this.origin).catch(() => undefined);
  }

  private receive(channel: string, text: string): void {
    if (text.startsWith(this.origin)) return;
    if (channel === arrivalsChannel) {
      this.aloneUntil = 0;
      return;
    }
    const json = text.slice(this.origin.length);
    // A process without sockets need not parse what it is sent.
    if (channel === eventsChannel && this.listeners.size > 0) {
      const batches = decodeBatches(json);
      for (const listener of this.listeners) listener.batches(batches);
    } else if (channel === ephemeralChannel && this.ephemeral.size > 0) {
      const message = JSON.parse(json) as unknown;
      for (const listener of this.ephemeral) listener(message);
    }
  }
}
