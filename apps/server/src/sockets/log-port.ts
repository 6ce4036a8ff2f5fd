import { Inject, Injectable } from '@nestjs/common';
import { EPOCH } from '@switchboard/database';
import { BUS, type Bus, EventLogRepository } from '@switchboard/events';
import type {
  EphemeralBus,
  EphemeralMessage,
  EventLog,
  GatewayTalk,
  LogHead,
  PositionedBatch,
  StoredEvent,
} from '@switchboard/realtime';

/** The event log as gateways read it. */
@Injectable()
export class LogPort implements EventLog {
  constructor(
    @Inject(EPOCH) readonly epoch: string,
    private readonly log: EventLogRepository,
    @Inject(BUS) private readonly bus: Bus,
  ) {}

  heads(workspaceIds: string[]): Promise<Map<string, LogHead>> {
    return this.log.heads(workspaceIds);
  }

  ahead(known: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    return this.log.ahead(known);
  }

  read(workspaceId: string, after: number, upTo: number, limit: number): Promise<StoredEvent[]> {
    return this.log.read(workspaceId, after, upTo, limit);
  }

  subscribe(listener: { batches(batches: PositionedBatch[]): void; interrupted(): void }): () => void {
    return this.bus.subscribe(listener);
  }
}

interface Spoken {
  topic: string;
  message: unknown;
}

/** Ephemeral messages between gateways. */
@Injectable()
export class EphemeralPort implements EphemeralBus, GatewayTalk {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  publish(message: EphemeralMessage): void {
    this.bus.publishEphemeral(message);
  }

  subscribe(listener: (message: EphemeralMessage) => void): () => void {
    return this.bus.subscribeEphemeral((message) => {
      if (!isSpoken(message)) listener(message as EphemeralMessage);
    });
  }

  say(topic: string, message: object): void {
    this.bus.publishEphemeral({ topic, message } satisfies Spoken);
  }

  hear(topic: string, listener: (message: unknown) => void): () => void {
    return this.bus.subscribeEphemeral((message) => {
      if (isSpoken(message) && message.topic === topic) listener(message.message);
    });
  }
}

const isSpoken = (message: unknown): message is Spoken => (message as Spoken).topic !== undefined;
