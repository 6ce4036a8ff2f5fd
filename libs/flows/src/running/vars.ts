import type { ExecutionState } from '../machine';
import { StepFailure } from './doing';

/** Bytes of JSON that the variables of one execution may have together: a whole answer of `http`, and half as much beside it. */
export const mostVarsBytes = 384 * 1024;
const deepest = 64;

/** The state with these variables set; what is not JSON's own is refused. */
export function withVars(state: ExecutionState, values: Record<string, unknown>): ExecutionState {
  const vars = { ...state.vars, ...values };
  if (Object.values(values).some((value) => !nestsWithin(value, deepest))) {
    throw new StepFailure('too_large', `a value to be kept is nested deeper than ${deepest} levels.`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(vars));
  if (bytes > mostVarsBytes) {
    throw new StepFailure('too_large', `its variables would have ${bytes} bytes; they may have ${mostVarsBytes}.`);
  }
  return { ...state, vars };
}

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((one) => nestsWithin(one, levels - 1));
}
