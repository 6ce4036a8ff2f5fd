import type { FlowError, FlowExecutionState, FlowStepState } from '@switchboard/contracts';
import type { Arrival, ExecutionState, Scope, Wait } from '@switchboard/flows';

/** What a contact said, as expressions see it. */
export type ScopeMessage = NonNullable<Scope['message']>;

export interface ExecutionRow {
  id: string;
  workspaceId: string;
  flowId: string;
  versionId: string;
  test: boolean;
  state: FlowExecutionState;
  lane: number;
  machine: ExecutionState;
  n: number;
  trigger: Trigger;
  message: ScopeMessage | null;
  contactId: string | null;
  conversationId: string | null;
  channelId: string | null;
  dueAt: Date | null;
  wait: Wait | null;
  waitsFor: string | null;
  waitsAfter: number | null;
  arrival: Arrival | null;
  outside: boolean;
  turn: number;
  outcome: string | null;
  error: FlowError | null;
  parentId: string | null;
  depth: number;
  replayOf: string | null;
  startedAt: Date;
  updatedAt: Date;
  finishedAt: Date | null;
}

/** What started an execution, and what it brought. */
export interface Trigger {
  on: string;
  commentId?: string;
  /** Who commented, as the platform names them. */
  author?: string;
  [member: string]: unknown;
}

export const executionColumns = (t: string): string => `
  ${t}.id, ${t}.workspace_id as "workspaceId", ${t}.flow_id as "flowId", ${t}.version_id as "versionId", ${t}.test, ${t}.state, ${t}.lane,
  ${t}.machine, ${t}.n, ${t}.trigger, ${t}.message, ${t}.contact_id as "contactId", ${t}.conversation_id as "conversationId",
  ${t}.channel_id as "channelId", ${t}.due_at as "dueAt", ${t}.wait, ${t}.waits_for as "waitsFor", ${t}.waits_after as "waitsAfter", ${t}.arrival, ${t}.outside, ${t}.turn,
  ${t}.outcome, ${t}.error, ${t}.parent_id as "parentId", ${t}.depth, ${t}.replay_of as "replayOf", ${t}.started_at as "startedAt",
  ${t}.updated_at as "updatedAt", ${t}.finished_at as "finishedAt"`;

export interface StepRow {
  executionId: string;
  n: number;
  step: string;
  kind: string;
  state: FlowStepState;
  input: unknown;
  output: unknown;
  error: { code: string; message: string } | null;
  messageId: string | null;
  startedAt: Date;
  finishedAt: Date | null;
}

/** Executions that may be done at the same moment, whatever processes there are. */
export const lanes = 4;
/** Of live executions, as a condition that the partial indexes know. */
export const isLive = (t: string): string => `${t}.state in ('running', 'waiting')`;

/** The lane of an execution: those of one flow spread over all of them. */
export function laneOf(id: string): number {
  return Number.parseInt(id.slice(-2), 16) % lanes;
}
