export type * from './definition';
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
