import type { FlowDefinition, Scope } from '@switchboard/flows';
import type { Held } from './executions.repository';
import { next } from './runner.service';

it('an execution that has gone round ten thousand steps, waiting each time, is brought to an end', () => {
  const flow: FlowDefinition = { format: 1, triggers: [], start: 'end', steps: { end: { do: 'end' } } };
  const machine = { at: 'end', vars: {}, answer: null, loops: {}, within: [], retries: 0, inARow: 0 };
  const turn = (n: number) =>
    next({ n, machine, state: 'running', outside: false, arrival: null } as never as Held, flow, {} as Scope).turn;
  expect(turn(9_999)).toMatchObject({ turn: 'end' });
  expect(turn(10_000)).toMatchObject({ turn: 'fail', code: 'too_many_steps' });
});
