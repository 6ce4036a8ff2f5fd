import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { redisName } from '@switchboard/queue';
import type { Redis } from 'ioredis';
import { decodeBatches, encodeBatches } from './batch-codec';
import type { Bus, BusListener } from './bus';
import { slicesOf } from './slices';
import { Solitude } from './solitude';
import type { PositionedBatch } from './stored-event';

/** Raised when what travels is written in another way: processes of both ways then do not read each other's. */
const format = 2;
/** One message; Redis cuts off a subscriber that more than 32 MB wait for (client-output-buffer-limit), and a character takes 3 bytes at most. */
const slice = { events: 2000, chars: 4_000_000 };
/** So long a process that nobody else has listened to takes this to be so still. */
const aloneMs = 500;
/** A connection that is back has its subscriptions again by then. */
const subscribedAfterMs = 50;
const warnEveryMs = 10_000;

/**
 * The bus across processes, over Redis pub/sub. Pub/sub loses what is sent while a connection is re-made
 * (measured: 5–7 % of events); each return of the connection is told as `interrupted`.
 */
export class RedisBus implements Bus {
  private readonly logger = new Logger(RedisBus.name);
  private readonly listeners = new Set<BusListener>();
  private readonly ephemeral = new Set<(message: unknown) => void>();
  private readonly subscriber: Redis;
  private readonly channels: Record<'events' | 'ephemeral' | 'arrivals', string>;
  /** Precedes what this process publishes: its own listeners have it already, without a way through Redis and back. */
  private readonly origin = randomUUID();
  private readonly solitude = new Solitude(aloneMs);
  private warnedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly redis: Redis,
    epoch: string,
  ) {
    const named = (what: string) => redisName(epoch, `${what}:${format}`);
    // A process that begins to listen says so, because those that took themselves to be alone do not publish.
    this.channels = { events: named('events'), ephemeral: named('ephemeral'), arrivals: named('arrivals') };
    // A subscribed connection can do nothing else, so it is one of its own.
    this.subscriber = redis.duplicate({ lazyConnect: false });
    this.subscriber.on('error', () => undefined);
    this.subscriber.on('ready', () => {
      // Whoever arrived meanwhile was not heard.
      this.solitude.end();
      this.interrupted();
      setTimeout(() => this.announce(), subscribedAfterMs).unref();
    });
    this.subscriber.on('message', (channel: string, text: string) => this.receive(channel, text));
    this.subscriber.subscribe(...Object.values(this.channels)).catch((error: Error) => {
      this.logger.warn(
        `Subscription to Redis waits for the connection (${error.message}); gateways read the log meanwhile.`,
      );
    });
  }

  async publish(batches: PositionedBatch[]): Promise<void> {
    for (const listener of this.listeners) listener.batches(batches);
    // While Redis is away a publish would queue up in memory; gateways read the log each second instead.
    if (this.redis.status !== 'ready' || this.solitude.lasts) return;
    for (const some of slicesOf(batches, slice)) {
      const sent = this.solitude.sending();
      const reached = await this.redis.publish(
        this.channels.events,
        `${this.origin}${sent.number}\n${encodeBatches(some)}`,
      );
      this.solitude.reached(sent, reached);
      if (this.solitude.lasts) return;
    }
  }

  subscribe(listener: BusListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publishEphemeral(message: unknown): void {
    for (const listener of this.ephemeral) listener(message);
    if (this.redis.status !== 'ready') return;
    this.redis.publish(this.channels.ephemeral, this.origin + JSON.stringify(message)).catch(() => undefined);
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
    this.redis.publish(this.channels.arrivals, this.origin).catch(() => undefined);
  }

  /** Whatever comes: an error in here would end the process, and with it every socket. */
  private receive(channel: string, text: string): void {
    try {
      if (text.startsWith(this.origin)) this.hearItself(channel, text);
      else if (channel === this.channels.arrivals) this.solitude.end();
      else this.hear(channel, text);
    } catch (error) {
      this.unreadable(channel, error as Error);
    }
  }

  private hear(channel: string, text: string): void {
    // A process without sockets need not parse what it is sent.
    if (channel === this.channels.events && this.listeners.size > 0) {
      const batches = decodeBatches(text.slice(text.indexOf('\n') + 1));
      for (const listener of this.listeners) listener.batches(batches);
    } else if (channel === this.channels.ephemeral && this.ephemeral.size > 0) {
      const message = JSON.parse(text.slice(this.origin.length)) as unknown;
      for (const listener of this.ephemeral) listener(message);
    }
  }

  private hearItself(channel: string, text: string): void {
    if (channel !== this.channels.events) return;
    this.solitude.heardItself(Number(text.slice(this.origin.length, text.indexOf('\n'))));
  }

  private unreadable(channel: string, error: Error): void {
    if (channel === this.channels.events) this.interrupted();
    if (performance.now() - this.warnedAt < warnEveryMs) return;
    this.warnedAt = performance.now();
    this.logger.error(
      `What came over Redis on ${channel} could not be read (${error.message}); gateways read the log instead. Only Switchboard may publish there: see who else does.`,
    );
  }

  private interrupted(): void {
    for (const listener of this.listeners) listener.interrupted();
  }
}
