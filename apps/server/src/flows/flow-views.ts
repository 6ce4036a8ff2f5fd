import { flowExecutionStates } from '@switchboard/contracts';
import type { ExecutionDto, ExecutionStepDto, FlowStatsDto } from './dto/execution.dto';
import type { CheckedFlowDto, FlowDto, FlowVersionDto } from './dto/flow.dto';
import type { SecretDto } from './dto/secret.dto';
import type { StepRow } from './execution-row';
import type { ShownExecution, StepCount } from './execution-views.repository';
import type { FlowRow, VersionRow } from './flow-row';
import type { CheckedFlow } from './flows.service';
import type { SecretRow } from './secrets/flow-secrets.repository';

export function flowView({
  id,
  name,
  state,
  draft,
  version,
  createdBy,
  createdAt,
  updatedAt,
  publishedAt,
}: FlowRow): FlowDto {
  return {
    ...{ id, name, state, definition: draft, version: version === 0 ? null : version, createdBy },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
  };
}

export const checkedFlowView = (flow: CheckedFlow): CheckedFlowDto => ({ ...flowView(flow), problems: flow.problems });

export function versionView({ number, definition, createdBy, createdAt }: VersionRow): FlowVersionDto {
  return { number: number!, definition, createdBy, createdAt: createdAt.toISOString() };
}

export function executionView(row: ShownExecution): ExecutionDto {
  const { id, flowId, flowName, version, state, machine, held, wait, dueAt, trigger, startedAt, finishedAt } = row;
  const { contactId, conversationId, channelId, outcome, error, parentId, replayOf } = row;
  return {
    ...{
      id,
      flowId,
      flowName,
      version,
      state,
      step: machine.at,
      held,
      waitsFor: state === 'waiting' ? (wait?.for ?? null) : null,
    },
    dueAt: state === 'waiting' ? (dueAt?.toISOString() ?? null) : null,
    ...{ trigger, vars: machine.vars, contactId, conversationId, channelId, outcome, error, parentId, replayOf },
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export function stepView({ executionId: _, startedAt, finishedAt, ...step }: StepRow): ExecutionStepDto {
  return { ...step, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
}

export function statsView(
  { number, definition }: Pick<VersionRow, 'number' | 'definition'>,
  counts: readonly StepCount[],
  states: readonly { state: string; count: number }[],
): FlowStatsDto {
  const byStep = new Map(counts.map((one) => [one.step, one]));
  const none = { entered: 0, completed: 0, failed: 0, here: 0 };
  return {
    version: number,
    executions: Object.fromEntries(
      flowExecutionStates.map((state) => [state, states.find((one) => one.state === state)?.count ?? 0]),
    ) as FlowStatsDto['executions'],
    steps: Object.keys(definition.steps).map((step) => {
      const { entered, completed, failed, here } = byStep.get(step) ?? none;
      // Whoever has just been moved on to it is there, and has not come to it yet.
      return { step, entered, completed, failed, here, droppedOff: Math.max(0, entered - completed - failed - here) };
    }),
  };
}

export function secretView({ id, name, updatedAt }: SecretRow): SecretDto {
  return { id, name, updatedAt: updatedAt.toISOString() };
}
