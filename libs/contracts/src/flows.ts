export const flowStates = ['draft', 'published', 'off'] as const;
export type FlowState = (typeof flowStates)[number];

/** Where one way of a contact through a flow stands. `running` and `waiting` are live. */
export const flowExecutionStates = ['running', 'waiting', 'completed', 'failed', 'cancelled', 'handed_over'] as const;
export type FlowExecutionState = (typeof flowExecutionStates)[number];

/** `begun`: is being done now. `unknown`: may have been done, and is not done again by itself. */
export const flowStepStates = ['begun', 'waiting', 'completed', 'failed', 'unknown', 'cancelled'] as const;
export type FlowStepState = (typeof flowStepStates)[number];

/** What is told of an execution. */
export interface FlowData {
  flowId: string;
  flowName: string;
  executionId: string;
  /** The published version; `null` where a draft is tried. */
  version: number | null;
  /** `null` where a comment started it whose author is no contact. */
  contactId: string | null;
  conversationId: string | null;
  channelId: string | null;
}

export interface FlowEnd {
  state: 'completed' | 'cancelled' | 'handed_over';
  /** In the flow's own words: `done`, `timed_out` … */
  outcome: string;
}

export interface FlowError {
  /** Of which step. */
  step: string;
  code: string;
  /** For people, with the remedy where there is one. */
  message: string;
}
