import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import { type ExecutionState, machine, millisecondsOf } from '@switchboard/flows';
import { Nudges } from '@switchboard/queue';
import { laneOf, type ScopeMessage, type Trigger } from '../execution-row';
import { startedEvent } from '../flow-events';
import type { VersionRow } from '../flow-row';
import { Endings } from './endings.service';
import { ExecutionsRepository, type NewExecution } from './executions.repository';

/** What flows themselves bring about: without a bound two of them could start each other for ever. */
const feeding: readonly string[] = [
  'contact_tagged',
  'conversation_opened',
  'conversation_assigned',
  'conversation_closed',
];
/** Of one contact in one flow, within an hour. */
const mostFed = 20;

/** Somebody is to begin a flow. */
export interface Start {
  workspaceId: string;
  flow: { id: string; name: string };
  version: VersionRow;
  trigger: Trigger;
  message: ScopeMessage | null;
  contactId: string | null;
  conversationId: string | null;
  channelId: string | null;
  /** What `vars` begin with, beside the flow's own. */
  input?: Record<string, unknown>;
  /** Of a call. */
  parent?: { id: string; depth: number; inARow: number };
  /** It begins where another one failed. */
  replay?: { of: string; machine: ExecutionState };
}

/** Begins executions, as many as there are in a fixed number of statements. */
@Injectable()
export class Starts {
  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionsRepository,
    private readonly endings: Endings,
    private readonly nudges: Nudges,
  ) {}

  /**
   * Inside a transaction. Whoever is in the flow already does not begin it again, unless the flow says that they begin anew.
   * @returns the ids of those that have begun, by their place in `starts`, and what is to be told
   */
  async begin(starts: readonly Start[], now: Date): Promise<{ begun: Map<number, string>; events: NewEvent[] }> {
    if (starts.length === 0) return { begun: new Map(), events: [] };
    const rows = starts.map((start) => rowOf(start, now));
    const anew = rows.filter(
      ({ contactId }, place) => contactId && starts[place]!.version.definition.whenRunning === 'restart',
    );
    const events = anew.length === 0 ? [] : await this.endings.restarted(anew, now);
    const ids = await this.executions.start(rows, now);
    const begun = new Map<number, string>();
    rows.forEach((row, place) => {
      if (!ids.has(row.id)) return;
      begun.set(place, row.id);
      const { flow, version } = starts[place]!;
      events.push(startedEvent({ ...row, flowName: flow.name, version: version.number }, row.trigger.on));
    });
    const lanes = new Set(rows.flatMap(({ id, lane }) => (ids.has(id) ? [lane] : [])));
    this.database.afterCommit(() => {
      for (const lane of lanes) this.nudges.flowRun(lane);
    });
    return { begun, events };
  }
}

function rowOf(start: Start, now: Date): NewExecution {
  const { workspaceId, flow, version, trigger, message, contactId, conversationId, channelId, parent, replay } = start;
  const id = newId();
  const { again } = version.definition;
  const takesAgain = again === undefined || replay ? null : new Date(now.getTime() - (millisecondsOf(again) ?? 0));
  return {
    ...{ id, workspaceId, flowId: flow.id, versionId: version.id, test: version.number === null, lane: laneOf(id) },
    machine: replay?.machine ?? machine.begin(version.definition, start.input ?? {}, parent?.inARow),
    ...{ trigger, message, contactId, conversationId, channelId, replayOf: replay?.of ?? null },
    ...{ parentId: parent?.id ?? null, depth: parent?.depth ?? 0 },
    // A draft is tried as often as somebody wants.
    again: version.number === null ? null : takesAgain,
    mostWithinHour: feeding.includes(trigger.on) ? mostFed : null,
  };
}
