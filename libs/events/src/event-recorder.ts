import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { Nudges } from '@switchboard/queue';
import { EventLogRepository } from './event-log.repository';
import type { NewEvent } from './stored-event';

/** Events were recorded outside a transaction: they could be told of a change that never was. */
export class NotInTransaction extends Error {
  readonly code = 'not_in_transaction';
}

/** The outbox. A feature records what happened in the transaction in which it happened. */
@Injectable()
export class EventRecorder {
  constructor(
    private readonly database: Database,
    private readonly log: EventLogRepository,
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
    await this.log.append(
      events.map((event) => ({
        workspaceId: event.workspaceId,
        id: newId(),
        type: event.type,
        audience: event.audience.join(' '),
        field: event.field ?? null,
        itemId: event.itemId ?? null,
        occurredAt: new Date(event.occurredAt ?? Date.now()),
        // Well-formed JSON.stringify escapes NUL and lone surrogates, so the text is always valid UTF-8 for PostgreSQL.
        data: JSON.stringify(event.data),
      })),
    );
    const workspaces = new Set(events.map((event) => event.workspaceId));
    this.database.afterCommit(() => this.nudges.relay(workspaces));
  }
}
