import type { Known } from '../src/checking/problems';
import type { FlowDefinition, Step, StepId } from '../src/definition';
import type { Chance, ExecutionState, Scope } from '../src/machine';

export const now = Date.parse('2030-01-31T12:00:00Z');

export function flowOf(steps: Record<StepId, Step>, more: Partial<FlowDefinition> = {}): FlowDefinition {
  return { format: 1, triggers: [{ on: 'message' }], start: Object.keys(steps)[0]!, steps, ...more };
}

export function scopeOf(more: Partial<Scope> = {}): Scope {
  return {
    contact: {
      ...{ id: 'c1', name: 'Ana Díaz', first_name: 'Ana', username: null, phone: null, email: 'ana@example.com' },
      ...{ attributes: { plan: 'pro' }, tags: ['vip'] },
    },
    conversation: {
      ...{ id: 'v1', channel_id: 'ch1', platform: 'whatsapp', status: 'open', assignee_id: null },
      ...{ labels: [], window_open: true },
    },
    message: { id: 'm1', type: 'text', text: 'hello', payload: null, content: { text: 'hello' } },
    trigger: { on: 'message' },
    answer: null,
    vars: {},
    now: new Date(now).toISOString(),
    ...more,
  };
}

export function stateAt(at: StepId, more: Partial<ExecutionState> = {}): ExecutionState {
  return { at, vars: {}, answer: null, loops: {}, within: [], retries: 0, inARow: 0, ...more };
}

export const never: Chance = {
  random() {
    throw new Error('chance was asked');
  },
};

export function knownOf(more: Partial<Known> = {}): Known {
  return {
    ...{
      flow: 'f0',
      channels: new Map([['ch1', 'whatsapp']] as const),
      users: new Set(['u1']),
      labels: new Set(['l1']),
    },
    ...{ tags: new Set(['vip']), segments: new Set(['s1']), campaigns: new Set(['k1']), secrets: new Set(['TOKEN']) },
    ...{
      flows: new Set(['f0', 'f1', 'f2']),
      callable: new Set(['f1', 'f2']),
      calls: new Map(),
      checkContent: () => [],
    },
    ...more,
  };
}
