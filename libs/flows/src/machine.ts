import type { Expected, FlowDefinition, Step, StepId } from './definition';

/**
 * What the expressions of a step may speak of. Plain JSON, made anew by the engine before each step. The machine takes `answer` and
 * `vars` from the state, whatever stands here, and adds `round`: which round of the innermost loop this is, from 0.
 */
export interface Scope {
  contact: {
    id: string;
    name: string | null;
    first_name: string | null;
    username: string | null;
    phone: string | null;
    email: string | null;
    attributes: Record<string, unknown>;
    tags: string[];
  } | null;
  conversation: {
    id: string;
    channel_id: string;
    platform: string;
    status: string;
    assignee_id: string | null;
    labels: string[];
    /** A free message may be sent. */
    window_open: boolean;
  } | null;
  /** What the contact wrote last, or what started the flow. */
  message: { id: string | null; type: string; text: string | null; payload: string | null; content: unknown } | null;
  /** What started it: the trigger's kind and what it brought. */
  trigger: Record<string, unknown>;
  /**
   * The accepted answer of the latest `ask`: a text, number or id of a choice; `YYYY-MM-DD`; digits of a phone;
   * `{ latitude, longitude, name, address }`; a file's attachment; `{ type, text, payload, content }` of `any`.
   */
  answer: unknown;
  vars: Record<string, unknown>;
  /** ISO 8601. */
  now: string;
}

/** Where an execution stands. Plain JSON, kept by the engine between steps. */
export interface ExecutionState {
  /** The step to do next, or being waited in. */
  at: StepId;
  vars: Record<string, unknown>;
  answer: unknown;
  /** Rounds done of each loop that has been entered. */
  loops: Record<StepId, number>;
  /** Loops that are gone round now, the innermost last. */
  within: StepId[];
  /** How often the question that is being asked has been asked again. */
  retries: number;
  /** Steps done without waiting in between, those of flows that it has called among them; more than `mostStepsInARow` end it as failed. */
  inARow: number;
}

/**
 * What the engine is to do in the world. Rendered: no template or expression is left in it. Secrets of `http` are left out, and put in
 * by `withSecrets` when the request leaves; their places are marked so that no value can pass for one.
 */
export type Effect =
  | { kind: 'send'; content: unknown; replyToComment?: 'private' | 'public' }
  | { kind: 'attributes'; set: Record<string, unknown> }
  | { kind: 'tags'; add: string[]; remove: string[] }
  | { kind: 'assign'; user: string | null }
  | { kind: 'labels'; add: string[]; remove: string[] }
  | { kind: 'status'; status: 'open' | 'closed' }
  | { kind: 'http'; method: string; url: string; headers: Record<string, string>; body: unknown; timeoutMs: number }
  | { kind: 'call'; flow: string; input: Record<string, unknown> }
  | { kind: 'notify'; users: string[]; text: string }
  | { kind: 'handover'; user: string | null; note: string | null; forMs: number };

/** What ended waiting, or what became of an effect. */
export type Arrival =
  /**
   * The effect is done. Of `http` with `{ status, body }`; of `call` when the other flow has ended, with `{ outcome, vars }`
   * (without a value it has only been started, and goes on being waited for). `inARow`: of `call`, where that flow's steps have come to.
   */
  | { kind: 'done'; value?: unknown; inARow?: number }
  | { kind: 'error'; code: string; message: string; inARow?: number }
  /** The contact wrote. `location` and `file` where it was one. */
  | {
      kind: 'message';
      text: string | null;
      payload: string | null;
      type: string;
      content: unknown;
    }
  | { kind: 'event'; on: string; value?: unknown }
  | { kind: 'timeout' };

/** What the engine waits for. `until`: milliseconds of the epoch; `null` where only the effect's own end wakes it (`call`). */
export type Wait =
  | { for: 'message'; expect: Expected; until: number }
  | { for: 'time'; until: number }
  | { for: 'event'; event: Record<string, unknown>; until: number }
  | { for: 'call'; flow: string; until: null };

/**
 * One turn of an execution. `state` is where it stands when the turn's transaction commits.
 * - `effect`: do it, then give what became of it to `resume` (in the same transaction where the effect is of the database).
 *   `thenWait`: once it is done this is waited for, which `resume` with `done` says as well
 * - `wait`: keep the state; `resume` when it is over
 * - `go`: the step is done; go on with `advance`
 * - `end`, `fail`: the execution is over
 */
export type Turn = { state: ExecutionState; step: StepId; input?: unknown; output?: unknown } & (
  | { turn: 'effect'; effect: Effect; thenWait?: Wait }
  | { turn: 'wait'; wait: Wait }
  | { turn: 'go' }
  | { turn: 'end'; outcome: string }
  | { turn: 'fail'; code: string; message: string }
);

/** Asked by the machine, so that a test decides. */
export interface Chance {
  /** From 0 to below 1. */
  random(): number;
}

export const mostStepsInARow = 200;

export interface Machine {
  /** @param inARow of a flow that another calls: where that one's steps have come to */
  begin(flow: FlowDefinition, input: Record<string, unknown>, inARow?: number): ExecutionState;
  /** Begins the step that `state.at` names. Total: whatever goes wrong is a `fail` or goes on at `onError`. */
  advance(flow: FlowDefinition, state: ExecutionState, scope: Scope, chance: Chance): Turn;
  /** Goes on with the step that `state.at` names, now that this has come. */
  resume(flow: FlowDefinition, state: ExecutionState, scope: Scope, arrival: Arrival): Turn;
}

export type { Step };
