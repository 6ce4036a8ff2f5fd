import type { PositionedBatch } from './stored-event';

export interface BusListener {
  batches(batches: PositionedBatch[]): void;
  /** Some batches may have been lost: compare positions with the log. */
  interrupted(): void;
}

/**
 * Carries positioned batches from the relay to every gateway process, and ephemeral messages between gateways.
 * It may lose, double or reorder: gateways know their position and read the log for what is missing.
 */
export interface Bus {
  publish(batches: PositionedBatch[]): Promise<void>;
  subscribe(listener: BusListener): () => void;
  publishEphemeral(message: unknown): void;
  subscribeEphemeral(listener: (message: unknown) => void): () => void;
  close(): Promise<void>;
}

export const BUS = Symbol('BUS');

/** The bus of a process that runs alone. */
export class LocalBus implements Bus {
  private readonly listeners = new Set<BusListener>();
  private readonly ephemeral = new Set<(message: unknown) => void>();

  async publish(batches: PositionedBatch[]): Promise<void> {
    for (const listener of this.listeners) listener.batches(batches);
  }

  subscribe(listener: BusListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publishEphemeral(message: unknown): void {
    for (const listener of this.ephemeral) listener(message);
  }

  subscribeEphemeral(listener: (message: unknown) => void): () => void {
    this.ephemeral.add(listener);
    return () => this.ephemeral.delete(listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
    this.ephemeral.clear();
  }
}
