export { checkFlow } from './checking/check-flow';
export type { FlowProblem, Known, ProblemCode } from './checking/problems';
export { flowSchema, schemaFile } from './checking/schema';
export type * from './definition';
export { type FlowExample, flowExamples } from './examples';
export type * from './happening';
export {
  type Arrival,
  type Chance,
  type Effect,
  type ExecutionState,
  type Machine,
  mostStepsInARow,
  type Scope,
  type Turn,
  type Wait,
} from './machine';
export { advance, begin, machine, resume } from './running/run';
export { secretsIn, shownRequest, withSecrets } from './templates/secrets';
export { millisecondsOf } from './time/durations';
export { nextTime } from './time/zones';
export { matches, startersOf, workOf } from './triggers/matches';
