import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { eventNamespaces, isEventType, parseCursor, type ResyncReason, type RoomName } from '@switchboard/contracts';
import type { Connection } from './connection';
import { EncodedEnvelope } from './encoded-envelope';
import type { EventPages, Page } from './event-pages';
import type { RealtimeLimits } from './limits';
import type { EventLog, LogHead, StoredEvent } from './ports';
import { roomsOf, visible } from './subscription';
import type { TrackedWorkspace } from './tracked-workspace';
import { drained } from './transport';
import type { WorkspaceTracker } from './workspace-tracker';

/** The sequence a cursor names in this life of the database, or why it names none. */
export function sequenceOf(cursor: unknown, epoch: string): number | ResyncReason {
  const parts = parseCursor(cursor);
  if (!parts) return 'cursor_invalid';
  return parts.epoch === epoch ? parts.sequence : 'cursor_foreign';
}

/** Why the log cannot be replayed from here, if it cannot. */
export function refusal(sequence: number, { head, floor }: LogHead): ResyncReason | undefined {
  if (sequence > head) return 'cursor_unknown';
  return sequence < floor && sequence !== head ? 'cursor_expired' : undefined;
}

export interface CaughtUp {
  replayed: number;
  /** Set when the log lost what came next on the way. */
  resync?: ResyncReason;
}

/** Of what was found for a client, written in one go: a write costs as much as making ten events ready (measured, row 7). */
const gatherBytes = 32 * 1024;

/** Brings a socket that is not live from its position to that of the process, so that it can be switched to live without a gap. */
export class Replay {
  private readonly logger = new Logger(Replay.name);

  constructor(
    private readonly log: EventLog,
    private readonly tracker: WorkspaceTracker,
    private readonly pages: EventPages,
    private readonly limits: Pick<RealtimeLimits, 'replayAheadBytes' | 'retryAfter'>,
  ) {}

  /** The sequence to replay after, or why the cursor cannot be served. The process has caught up with it then. */
  async seek(connection: Connection, workspace: TrackedWorkspace, cursor: unknown): Promise<number | ResyncReason> {
    const sequence = sequenceOf(cursor, this.log.epoch);
    if (typeof sequence === 'string') return sequence;
    const stand = await this.patiently(connection, () => this.tracker.refresh(workspace));
    if (!stand) return sequence;
    const head = Math.max(stand.head, workspace.position);
    return refusal(sequence, { head, floor: stand.floor }) ?? sequence;
  }

  /**
   * Sends what lies between, and calls `level` synchronously when nothing does any more: whoever joins the live sockets in there
   * misses nothing and gets nothing twice. Does not call it if the socket goes away. Never more than a bounded amount is written
   * ahead of the client.
   */
  async catchUp(
    connection: Connection,
    workspace: TrackedWorkspace,
    level: (caughtUp: CaughtUp) => void,
  ): Promise<CaughtUp> {
    const { socket } = connection;
    const result: CaughtUp = { replayed: 0 };
    const wanted = new Wanted();
    let found: StoredEvent[] = [];
    let at = connection.position;
    let ahead = 0;
    let gathered = 0;
    /** What was found goes out in few writes. Only then does the position move over it: it is told to the client. */
    const flush = (upTo: number): void => {
      for (const event of found) {
        if (!visible(event, connection.subscription, connection.session)) continue;
        if (this.send(connection, event)) result.replayed++;
      }
      found = [];
      ahead += gathered;
      gathered = 0;
      connection.position = upTo;
    };
    while (socket.connected) {
      if (at >= workspace.position) {
        flush(at);
        level(result);
        return result;
      }
      // Most pages are in memory and hold nothing for this client: a turn for each would cost more than looking.
      const page = this.pages.find(workspace.id, at + 1) ?? (await this.load(connection, workspace, at + 1));
      if (!page) {
        if (!socket.connected) break;
        result.resync = 'cursor_expired';
        at = workspace.position;
        continue;
      }
      for (const place of page.select(wanted.of(connection), at + 1)) {
        const event = page.events[place]!;
        if (!isEventType(event.type) || eventNamespaces[event.type] !== socket.nsp.name) continue;
        found.push(event);
        gathered += page.sizes[place]!;
        if (gathered < gatherBytes) continue;
        flush(event.sequence);
        if (ahead <= this.limits.replayAheadBytes) continue;
        await drained(socket);
        if (!socket.connected) return result;
        ahead = 0;
      }
      // Pages hold nothing beyond the position: they are appended to as it moves.
      at = page.last;
      if (found.length === 0) connection.position = at;
    }
    return result;
  }

  /** One event that cannot be sent must not keep a client from those after it. */
  private send({ socket }: Connection, event: StoredEvent): boolean {
    try {
      return socket.emit(event.type, new EncodedEnvelope(event, this.log.epoch));
    } catch (error) {
      this.logger.error(`Event ${event.id} could not be sent: ${error instanceof Error ? error.stack : error}`);
      return false;
    }
  }

  /** Reads the page with an event from the log; `undefined` when it is no longer held or the socket is gone. */
  private load(connection: Connection, workspace: TrackedWorkspace, sequence: number): Promise<Page | undefined> {
    return this.patiently(connection, async () => {
      const page = await this.pages.load(workspace.id, sequence, workspace.position);
      if (page) return page;
      const { floor } = await this.tracker.refresh(workspace);
      if (floor < sequence) throw new Error(`the log of workspace ${workspace.id} does not hold ${sequence}`);
      return undefined;
    });
  }

  /** Tries until it works or the socket is gone: a store that is away for a moment is no reason for a gap. */
  private async patiently<T>(connection: Connection, work: () => Promise<T>): Promise<T | undefined> {
    for (let failures = 0; connection.socket.connected; failures++) {
      try {
        return await work();
      } catch (error) {
        this.logger.warn(`Replay waits for the event log: ${error instanceof Error ? error.message : String(error)}`);
        await setTimeout(this.limits.retryAfter * Math.min(2 ** failures, 20), undefined, { ref: false });
      }
    }
    return undefined;
  }
}

/** The rooms whose events may concern a connection, worked out anew only when its subscription or its session is another. */
class Wanted {
  private rooms: readonly RoomName[] = [];
  private subscription?: Connection['subscription'];
  private session?: Connection['session'];

  of({ subscription, session }: Connection): readonly RoomName[] {
    if (subscription !== this.subscription || session !== this.session) {
      this.rooms = roomsOf(subscription, session);
      this.subscription = subscription;
      this.session = session;
    }
    return this.rooms;
  }
}
