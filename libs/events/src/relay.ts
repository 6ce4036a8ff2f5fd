import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { metrics } from '@switchboard/observability';
import { Sweeper } from '@switchboard/queue';
import { BUS, type Bus } from './bus';
import { EventLogRepository } from './event-log.repository';
import { FreshEvents } from './fresh-events';
import { LogFollowers } from './log-followers';
import type { PositionedBatch } from './stored-event';

export const consumer = 'realtime';
const maxEvents = 2000;

/**
 * Hands events on from the log to the gateways. Stateless: reads after the consumer's position, publishes, moves the position.
 * It may crash in between or run twice at once; gateways then see a batch again and know that they have it.
 */
@Injectable()
export class Relay implements OnModuleInit {
  /** Where the last sweep found workspaces behind their log. */
  private seenBehind = new Map<string, number>();

  constructor(
    private readonly log: EventLogRepository,
    private readonly fresh: FreshEvents,
    @Inject(BUS) private readonly bus: Bus,
    private readonly sweeper: Sweeper,
    private readonly followers: LogFollowers,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'relay', everyMs: 1000, run: () => this.sweep() });
  }

  /** Publishes all that these workspaces have beyond the position. */
  async run(workspaceIds: string[]): Promise<number> {
    const fresh = this.fresh.take(workspaceIds);
    if (fresh.length === 0) return this.readOn(workspaceIds);
    // What was recorded here need not be read; where events of other processes stand before it, it goes with them once more.
    const published = this.publish(fresh);
    const inOnePiece = [...new Map(fresh.map((batch) => [batch.workspaceId, batch])).values()];
    const [over] = await Promise.all([this.log.advanceOver(consumer, inOnePiece), published]);
    const rest = workspaceIds.filter((id) => !over.has(id));
    return (await published) + (rest.length === 0 ? 0 : await this.readOn(rest));
  }

  private async readOn(workspaceIds: string[]): Promise<number> {
    let relayed = 0;
    for (;;) {
      const batches = await this.log.readAfterPosition(consumer, workspaceIds, maxEvents);
      if (batches.length === 0) return relayed;
      // A batch that is not published although the position moved is no loss: gateways compare with the log each second.
      const [events] = await Promise.all([this.publish(batches), this.log.advance(consumer, batches)]);
      relayed += events;
      if (events < maxEvents) return relayed;
    }
  }

  private async publish(batches: PositionedBatch[]): Promise<number> {
    await this.bus.publish(batches);
    this.followers.tell(batches);
    const events = batches.reduce((sum, batch) => sum + batch.events.length, 0);
    metrics.eventsRelayed.inc(events);
    return events;
  }

  private async sweep(): Promise<number> {
    const behind = await this.log.behind(consumer);
    metrics.eventLag.set(behind.reduce((sum, { lag }) => sum + lag, 0));
    // Where the position has moved since, a relay is at work, here or elsewhere.
    const standing = behind.filter(({ workspaceId, position }) => this.seenBehind.get(workspaceId) === position);
    this.seenBehind = new Map(behind.map(({ workspaceId, position }) => [workspaceId, position]));
    return standing.length === 0 ? 0 : this.readOn(standing.map(({ workspaceId }) => workspaceId));
  }
}
