import {
  type FlowData,
  type FlowEnd,
  type FlowError,
  type FlowStepState,
  type RoomName,
  rooms,
} from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import type { Wait } from '@switchboard/flows';
import type { ExecutionRow } from './execution-row';

/** What an execution is told with. */
export interface Told
  extends Pick<ExecutionRow, 'id' | 'workspaceId' | 'flowId' | 'contactId' | 'conversationId' | 'channelId'> {
  flowName: string;
  version: number | null;
}

function audienceOf({ workspaceId, flowId, contactId, conversationId, channelId }: Told): RoomName[] {
  return [
    rooms.workspace(workspaceId),
    rooms.flow(flowId),
    ...(channelId ? [rooms.channel(channelId)] : []),
    ...(conversationId ? [rooms.conversation(conversationId)] : []),
    ...(contactId ? [rooms.contact(contactId)] : []),
  ];
}

function dataOf({ id, flowId, flowName, version, contactId, conversationId, channelId }: Told): FlowData {
  return { flowId, flowName, executionId: id, version, contactId, conversationId, channelId };
}

const at = (told: Told) => ({ workspaceId: told.workspaceId, audience: audienceOf(told) });

export const startedEvent = (told: Told, trigger: string): NewEvent => ({
  ...at(told),
  type: 'flow.started',
  data: { ...dataOf(told), trigger },
});

export const stepEvent = (
  told: Told,
  step: { step: string; kind: string; n: number; state: FlowStepState },
): NewEvent => ({ ...at(told), type: 'flow.step_completed', data: { ...dataOf(told), ...step } });

export const waitingEvent = (told: Told, step: string, wait: Wait): NewEvent => ({
  ...at(told),
  type: 'flow.waiting',
  data: {
    ...dataOf(told),
    step,
    waitsFor: wait.for,
    until: wait.until === null ? null : new Date(wait.until).toISOString(),
  },
});

export const endedEvent = (told: Told, end: FlowEnd): NewEvent => ({
  ...at(told),
  type: 'flow.completed',
  data: { ...dataOf(told), ...end },
});

export const failedEvent = (told: Told, error: FlowError): NewEvent => ({
  ...at(told),
  type: 'flow.failed',
  data: { ...dataOf(told), error },
});
