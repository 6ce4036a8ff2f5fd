import type { FlowDefinition, Step, StepId } from '../definition';
import { ExpressionError } from '../expressions/errors';
import { evaluate } from '../expressions/expression';
import type { Allowance } from '../expressions/values';
import type { Arrival, Chance, Effect, ExecutionState, Scope, Turn, Wait } from '../machine';

/** A step that is begun or gone on with. */
export interface Doing<S extends Step = Step> {
  id: StepId;
  step: S;
  state: ExecutionState;
  scope: SpokenScope;
  /** What the expressions of this turn may still do. */
  allowance: Allowance;
}

/** What expressions speak of: the engine's scope, and where the state stands. */
export type SpokenScope = Scope & { round: number };

export type Beginning<S extends Step = Step> = Doing<S> & { flow: FlowDefinition; chance: Chance };

/** How a kind of step is done. `finish`: of those that do something in the world, or wait. */
export interface StepKindOf<S extends Step> {
  begin(doing: Beginning<S>): Turn;
  finish?(doing: Doing<S>, arrival: Arrival): Turn;
}

/** What of a step is shown in the history. */
export interface Shown {
  input?: unknown;
  output?: unknown;
}

/** A step cannot be done; it goes on at `onError` where it has that. */
export class StepFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function goOn({ id, state }: Doing, next: StepId | undefined, shown: Shown = {}): Turn {
  if (next === undefined) return { ...shown, state, step: id, turn: 'end', outcome: 'done' };
  return { ...shown, state: { ...state, at: next }, step: id, turn: 'go' };
}

export function ends({ id, state }: Doing, outcome: string, shown: Shown = {}): Turn {
  return { ...shown, state, step: id, turn: 'end', outcome };
}

export function does({ id, state }: Doing, effect: Effect, shown: Shown = {}, thenWait?: Wait): Turn {
  return { ...shown, state, step: id, turn: 'effect', effect, ...(thenWait === undefined ? {} : { thenWait }) };
}

export function waits({ id, state }: Doing, wait: Wait, shown: Shown = {}): Turn {
  return { ...shown, state, step: id, turn: 'wait', wait };
}

export function fails({ id, state }: Pick<Doing, 'id' | 'state'>, code: string, why: string, onError?: StepId): Turn {
  const message = `Step "${id}": ${why}`;
  if (typeof onError !== 'string') return { state, step: id, turn: 'fail', code, message };
  return { state: { ...state, at: onError }, step: id, turn: 'go', output: { error: { code, message } } };
}

/** What most steps do when their effect is done. */
export function afterEffect<S extends Step & { next?: StepId }>(doing: Doing<S>, arrival: Arrival): Turn {
  if (arrival.kind !== 'done') throw otherwise(arrival);
  return goOn(doing, doing.step.next, arrival.value === undefined ? {} : { output: arrival.value });
}

export function otherwise(arrival: Arrival): StepFailure {
  if (arrival.kind === 'error') return new StepFailure(arrival.code, arrival.message);
  return new StepFailure('unexpected_arrival', `it does not wait for ${arrival.kind}`);
}

export function workedOut({ scope, allowance }: Doing, expression: string): unknown {
  try {
    return evaluate(expression, scope, allowance);
  } catch (error) {
    throw new StepFailure('expression', `"${expression}" could not be worked out: ${(error as Error).message}.`);
  }
}

export function holds(doing: Doing, expression: string): boolean {
  const value = workedOut(doing, expression);
  if (typeof value === 'boolean' || value === null) return value === true;
  throw new StepFailure('expression', `"${expression}" is neither true nor false.`);
}

/** Renders; what has no value is a failure of the step. */
export function rendered<T>(render: () => T): T {
  try {
    return render();
  } catch (error) {
    if (error instanceof ExpressionError) throw new StepFailure('expression', `${error.message}.`);
    throw error;
  }
}

export const nowOf = ({ scope }: Doing): number => Date.parse(scope.now);
