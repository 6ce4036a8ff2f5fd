import type { FlowDefinition, StepId } from '../definition';
import { checkContents } from './contents';
import { checkCircles, checkReach, checkRounds, checkWays } from './graph';
import { checkNames } from './names';
import { type FlowProblem, type Known, mostTold, Problems } from './problems';
import { checkCalls, checkReferences } from './references';
import { checkShape } from './shape';
import { checkValues } from './values';

/**
 * Why a flow could not run; empty where it could, and then it is a `FlowDefinition`. Takes any JSON and never throws. All problems at
 * once, at most 100: a step that is not of the right form keeps no other from being looked at.
 */
export function checkFlow(definition: unknown, known: Known): FlowProblem[] {
  const problems = new Problems();
  const isSound = checkShape(definition, problems);
  if (!isSound && (problems.list.length >= mostTold || problems.list.some(({ step }) => step === null)))
    return problems.list;
  const flow = isSound ? definition : withoutSteps(definition as FlowDefinition, problems.list);
  checkWays(flow, new Set(Object.keys((definition as FlowDefinition).steps)), problems);
  if (isSound) {
    checkReach(flow, problems);
    checkCircles(flow, problems);
    checkRounds(flow, problems);
  }
  checkNames(flow, isSound, known, problems);
  checkReferences(flow, known, problems);
  checkCalls(flow, known, problems);
  checkContents(flow, known, problems);
  checkValues(flow, problems);
  return problems.list;
}

/** Without the steps that have problems. */
function withoutSteps(flow: FlowDefinition, faults: FlowProblem[]): FlowDefinition {
  const faulty = new Set<StepId | null>(faults.map(({ step }) => step));
  return { ...flow, steps: Object.fromEntries(Object.entries(flow.steps).filter(([id]) => !faulty.has(id))) };
}
