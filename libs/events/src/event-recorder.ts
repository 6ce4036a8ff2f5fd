import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { Nudges } from '@switchboard/queue';
import { EventLogRepository } from './event-log.repository';
import { FreshEvents } from './fresh-events';
import { type NewEvent, type StoredEvent, withRaw } from './stored-event';

/** Events were recorded outside a transaction: they could be told of a change that never was. */
export class NotInTransaction extends Error {
  readonly code = 'not_in_transaction';
}

type Unplaced = Omit<StoredEvent, 'sequence'>;

/** The outbox. A feature records what happened in the transaction in which it happened. */
@Injectable()
export class EventRecorder {
  constructor(
    private readonly database: Database,
    private readonly log: EventLogRepository,
    private readonly fresh: FreshEvents,
    private readonly nudges: Nudges,
  ) {}

  /**
   * Records events in the open transaction; the relay is woken once it has committed. Call it last: it takes the row lock
   * that orders the workspace's events and holds it until the commit.
   * @throws NotInTransaction
   */
  async record(events: readonly NewEvent[]): Promise<void> {
    if (!this.database.inTransaction)
      throw new NotInTransaction('EventRecorder.record must run inside Database.transaction.');
    if (events.length === 0) return;
    const byWorkspace = new Map<string, Unplaced[]>();
    const encoded = events.map((event) => {
      const { workspaceId, type, audience, raw } = event;
      const id = newId();
      const occurredAt = new Date(event.occurredAt ?? Date.now());
      const field = event.field ?? null;
      // Well-formed JSON.stringify escapes NUL and lone surrogates, so the text is always valid UTF-8 for PostgreSQL.
      const data = JSON.stringify(event.data);
      const handedOn = {
        workspaceId,
        id,
        type,
        audience,
        field,
        data: withRaw(data, raw),
        occurredAt: occurredAt.toISOString(),
      };
      const others = byWorkspace.get(workspaceId);
      if (others) others.push(handedOn);
      else byWorkspace.set(workspaceId, [handedOn]);
      return {
        workspaceId,
        id,
        type,
        audience: audience.join(' '),
        field,
        itemId: event.itemId ?? null,
        occurredAt,
        data,
      };
    });
    const { bases } = await this.log.append(encoded);
    bases.catch(() => undefined);
    this.database.afterCommit(async () => {
      for (const [workspaceId, prev] of await bases) {
        const placed = byWorkspace.get(workspaceId)!.map((event, at) => ({ ...event, sequence: prev + at + 1 }));
        this.fresh.put({ workspaceId, prev, head: prev + placed.length, events: placed });
      }
      this.nudges.relay(byWorkspace.keys());
    });
  }
}
