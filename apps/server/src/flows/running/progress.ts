import type { FlowError, FlowStepState } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import type { Arrival, FlowDefinition, Turn, Wait } from '@switchboard/flows';
import type { StepRow } from '../execution-row';
import { endedEvent, failedEvent, stepEvent, waitingEvent } from '../flow-events';
import type { Held } from './executions.repository';
import type { StepMove } from './steps.repository';

/** A process ended while the step was being done outside of the database. */
export const outcomeUnknown = 'outcome_unknown';
/** Longer is cut in the history; the execution itself keeps all of it. */
const mostShown = 16_384;

/** The turn is over: no effect of it is left to be done. */
export type Settled = Exclude<Turn, { turn: 'effect' }>;

/** What becomes of one execution in one transaction: where it stands, its history, its counts, and what is told. */
export class Progress {
  readonly steps: StepRow[] = [];
  readonly moves: StepMove[] = [];
  readonly events: NewEvent[] = [];
  /** What its parent is told, where it has ended. */
  answer: Arrival | undefined;

  constructor(
    readonly execution: Held,
    private readonly flow: FlowDefinition,
    private readonly now: Date,
  ) {}

  /** It has come to a step. */
  enters(turn: Turn): void {
    this.execution.n += 1;
    this.stepOf(turn, 'begun');
    this.move(turn.step, 'entered');
  }

  /** It goes on with the step that it was at. */
  goesOn(turn: Turn): void {
    this.stepOf(turn, 'begun');
  }

  sent(messageId: string): void {
    this.current.messageId = messageId;
  }

  /** The step is done outside of the database; who finds it undone after `until` knows that it may have been. */
  leaves(turn: Turn, until: Date): void {
    Object.assign(this.execution, {
      machine: turn.state,
      state: 'running',
      outside: true,
      arrival: null,
      dueAt: until,
    });
  }

  /** @param handedOver the step gave the conversation to a person */
  settle(
    turn: Settled,
    arrival: Arrival | undefined,
    { handedOver = false, call }: { handedOver?: boolean; call?: string } = {},
  ): void {
    Object.assign(this.execution, {
      machine: turn.state,
      arrival: null,
      outside: false,
      wait: null,
      waitsFor: null,
      waitsAfter: null,
    });
    const problem = problemOf(turn, arrival);
    switch (turn.turn) {
      case 'wait':
        this.waits(turn.step, turn.wait, call);
        return;
      case 'go':
        this.ends(turn, problem ? failedAs(problem.code) : 'completed', problem);
        Object.assign(this.execution, { state: 'running', dueAt: this.now });
        return;
      case 'end':
        this.ends(turn, problem ? failedAs(problem.code) : 'completed', problem);
        this.over(handedOver ? 'handed_over' : 'completed', turn.outcome);
        return;
      case 'fail':
        this.fails(turn.step, turn.code, turn.message);
    }
  }

  waits(step: string, wait: Wait, call?: string): void {
    this.current.state = 'waiting';
    Object.assign(this.execution, {
      ...{ state: 'waiting', wait, arrival: null, outside: false, waitsFor: waitsFor(wait, call) },
      ...{ waitsAfter: this.execution.head, dueAt: wait.until === null ? null : new Date(wait.until) },
    });
    this.events.push(waitingEvent(this.execution, step, wait));
  }

  fails(step: string, code: string, message: string): void {
    const error: FlowError = { step, code, message };
    Object.assign(this.current, { state: failedAs(code), error: { code, message }, finishedAt: this.now });
    this.move(step, 'failed');
    Object.assign(this.execution, { state: 'failed', error, dueAt: null, wait: null, waitsFor: null, outside: false });
    this.events.push(failedEvent(this.execution, error));
    this.answer = {
      kind: 'error',
      code: 'called_flow_failed',
      message: `The flow that was called has failed: ${message}`,
      inARow: this.execution.machine.inARow,
    };
  }

  /** It cannot be written what its step does. */
  breaks(code: string, message: string): void {
    const { machine, state, outside, arrival } = this.execution;
    if (state === 'running' && !outside && !arrival) {
      this.execution.n += 1;
      this.move(machine.at, 'entered');
    }
    this.steps.push(this.row(machine.at, 'failed'));
    this.execution.arrival = null;
    this.fails(machine.at, code, message);
  }

  /** Somebody brings it to an end. */
  cancel(outcome: string): void {
    const { machine, state, outside } = this.execution;
    if (state === 'waiting' || outside) {
      this.steps.push(this.row(machine.at, 'cancelled'));
      this.current.finishedAt = this.now;
    }
    this.over('cancelled', outcome);
    this.answer = { kind: 'error', code: 'called_flow_cancelled', message: 'The flow that was called was cancelled.' };
  }

  private over(state: 'completed' | 'cancelled' | 'handed_over', outcome: string): void {
    Object.assign(this.execution, {
      state,
      outcome,
      dueAt: null,
      wait: null,
      waitsFor: null,
      outside: false,
      arrival: null,
    });
    this.events.push(endedEvent(this.execution, { state, outcome }));
    const { vars, inARow } = this.execution.machine;
    this.answer = { kind: 'done', value: { outcome, vars }, inARow };
  }

  private ends({ step, output }: Settled, state: FlowStepState, error: StepRow['error']): void {
    Object.assign(this.current, { state, output: shown(output), error, finishedAt: this.now });
    this.move(step, error ? 'failed' : 'completed');
    const { kind, n } = this.current;
    this.events.push(stepEvent(this.execution, { step, kind, n, state }));
  }

  private get current(): StepRow {
    return this.steps.at(-1)!;
  }

  private stepOf({ step, input }: Turn, state: FlowStepState): void {
    this.steps.push({ ...this.row(step, state), input: shown(input) });
  }

  private row(step: string, state: FlowStepState): StepRow {
    const { id: executionId, n } = this.execution;
    const kind = this.flow.steps[step]?.do ?? 'unknown';
    const started = { startedAt: this.now, finishedAt: null };
    return { executionId, n, step, kind, state, input: null, output: null, error: null, messageId: null, ...started };
  }

  private move(step: string, how: 'entered' | 'completed' | 'failed'): void {
    const { versionId } = this.execution;
    this.moves.push({ versionId, step, entered: 0, completed: 0, failed: 0, [how]: 1 });
  }
}

/** Where the step has failed and the flow goes on all the same. */
function problemOf({ output }: Settled, arrival: Arrival | undefined): { code: string; message: string } | null {
  const { error } = (output ?? {}) as { error?: { code?: unknown; message?: unknown } };
  if (arrival?.kind === 'error') return { code: arrival.code, message: arrival.message };
  return typeof error?.code === 'string' ? { code: error.code, message: String(error.message) } : null;
}

const failedAs = (code: string): FlowStepState => (code === outcomeUnknown ? 'unknown' : 'failed');

function waitsFor(wait: Wait, call: string | undefined): string | null {
  switch (wait.for) {
    case 'message':
      return 'message';
    case 'event':
      return String(wait.event.on);
    case 'call':
      return `call ${call}`;
    case 'time':
      return null;
  }
}

/** As the history keeps it. */
export function shown(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value);
  return text.length <= mostShown ? value : { cut: `${text.slice(0, mostShown)}…` };
}
