import type { FlowDefinition, Step } from '../definition';
import { fullAllowance } from '../expressions/expression';
import {
  type Arrival,
  type Chance,
  type ExecutionState,
  type Machine,
  mostStepsInARow,
  type Scope,
  type Turn,
} from '../machine';
import { type Doing, fails, otherwise, StepFailure, type StepKindOf } from './doing';
import { stepKinds } from './steps';

/**
 * Where an execution of this flow begins; `input` beside, and over, the variables that the flow begins with.
 * @param inARow of a flow that another calls: where that one's steps have come to
 */
export function begin(flow: FlowDefinition, input: Record<string, unknown>, inARow = 0): ExecutionState {
  return {
    at: flow.start,
    vars: { ...flow.vars, ...input },
    answer: null,
    loops: {},
    within: [],
    retries: 0,
    inARow,
  };
}

/** Begins the step that `state.at` names. Never throws: what goes wrong is a `fail`, or goes on at `onError`. */
export function advance(flow: FlowDefinition, state: ExecutionState, scope: Scope, chance: Chance): Turn {
  if (state.inARow >= mostStepsInARow) {
    const why = `${mostStepsInARow} steps were done without waiting for anything; let the flow wait or ask in between.`;
    return fails({ id: state.at, state }, 'too_many_steps', why);
  }
  const begun = { ...state, retries: 0, inARow: state.inARow + 1 };
  return guarded(flow, begun, scope, (kind, doing) => kind.begin({ ...doing, flow, chance }));
}

/** Goes on with the step that `state.at` names, now that this has come. Never throws. */
export function resume(flow: FlowDefinition, state: ExecutionState, scope: Scope, arrival: Arrival): Turn {
  const woken = { ...state, inARow: rowAfter(state, arrival) };
  return guarded(flow, woken, scope, (kind, doing) => {
    if (kind.finish === undefined) throw otherwise(arrival);
    return kind.finish(doing, arrival);
  });
}

export const machine: Machine = { begin, advance, resume };

/** Flows that call each other go on counting each other's steps: a loop of calls of loops would be without a bound. */
function rowAfter(state: ExecutionState, arrival: Arrival): number {
  if (hasWaited(arrival)) return 0;
  return 'inARow' in arrival ? (arrival.inARow ?? state.inARow) : state.inARow;
}

/** Whether somebody or something else came in between, so that no flow can go on for ever by itself. */
const hasWaited = ({ kind }: Arrival): boolean => kind === 'message' || kind === 'event' || kind === 'timeout';

function guarded(
  flow: FlowDefinition,
  state: ExecutionState,
  scope: Scope,
  work: (kind: StepKindOf<Step>, doing: Doing) => Turn,
): Turn {
  const id = state.at;
  let onError: string | undefined;
  try {
    const step = Object.hasOwn(flow.steps, id) ? flow.steps[id] : undefined;
    if (step === undefined) return fails({ id, state }, 'unknown_step', 'the flow has no such step.');
    if (!Object.hasOwn(stepKinds, step.do))
      return fails({ id, state }, 'invalid_step', `"${step.do}" is no kind of step.`);
    onError = 'onError' in step ? step.onError : undefined;
    const innermost = state.within.at(-1);
    const round = innermost === undefined ? 0 : Math.max(0, (state.loops[innermost] ?? 0) - 1);
    const spoken = { ...scope, vars: state.vars, answer: state.answer ?? null, round };
    return work(stepKinds[step.do] as StepKindOf<Step>, { id, step, state, scope: spoken, allowance: fullAllowance() });
  } catch (error) {
    if (error instanceof StepFailure) return fails({ id, state }, error.code, error.message, onError);
    return fails(
      { id, state },
      'invalid_step',
      `it cannot be done as it is written: ${(error as Error).message}.`,
      onError,
    );
  }
}
