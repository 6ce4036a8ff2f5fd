import { Environment } from '@marcbachmann/cel-js';
import { flowOf, never, now, scopeOf, stateAt } from '../../test/flows.fixture';
import type { Step } from '../definition';
import { type Arrival, type ExecutionState, mostStepsInARow, type Scope, type Turn } from '../machine';
import { advance, begin, resume } from './run';

const text = (words: string) => ({ type: 'text', text: words });
const said = (words: string | null, payload: string | null = null): Arrival => ({
  ...{ kind: 'message', text: words, payload, type: 'text', content: { text: words } },
});
const done = (value?: unknown): Arrival => (value === undefined ? { kind: 'done' } : { kind: 'done', value });
const refused: Arrival = { kind: 'error', code: 'window_closed', message: 'it is too late.' };
const timeout: Arrival = { kind: 'timeout' };
const hour = 3_600_000;
const day = 24 * hour;

interface Case {
  scope?: Partial<Scope>;
  state?: Partial<ExecutionState>;
  random?: number;
}
const begun = (step: Step, { scope, state, random }: Case = {}): Turn =>
  advance(
    flowOf({ a: step }),
    stateAt('a', state),
    scopeOf(scope),
    random === undefined ? never : { random: () => random },
  );
const resumed = (step: Step, arrival: Arrival, { scope, state }: Case = {}): Turn =>
  resume(flowOf({ a: step }), stateAt('a', state), scopeOf(scope), arrival);
const went = (to: string) => ({ turn: 'go', state: { at: to } });
const failed = (code: string, message: RegExp | string) => ({
  turn: 'fail',
  code,
  message: expect.stringMatching(message),
});

it('begins with the variables of the flow, and what it is given', () => {
  const flow = flowOf({ a: { do: 'end' } }, { vars: { plan: 'free', n: 1 } });
  expect(begin(flow, { n: 2, more: [1] })).toEqual(stateAt('a', { vars: { plan: 'free', n: 2, more: [1] } }));
});

describe('what a step does', () => {
  it.each<[string, Step, object]>([
    [
      'send',
      { do: 'send', content: text('Hi {{ contact.first_name }}'), next: 'b' },
      { turn: 'effect', effect: { kind: 'send', content: text('Hi Ana') }, input: text('Hi Ana') },
    ],
    [
      'an answer to a comment',
      { do: 'send', content: text('Hi'), replyToComment: 'private' },
      { effect: { kind: 'send', content: text('Hi'), replyToComment: 'private' } },
    ],
    ['tag', { do: 'tag', add: ['x'] }, { effect: { kind: 'tags', add: ['x'], remove: [] } }],
    ['assign', { do: 'assign', user: null }, { effect: { kind: 'assign', user: null } }],
    ['label', { do: 'label', remove: ['l1'] }, { effect: { kind: 'labels', add: [], remove: ['l1'] } }],
    ['status', { do: 'status', status: 'closed' }, { effect: { kind: 'status', status: 'closed' } }],
    [
      'notify',
      { do: 'notify', users: ['u1'], text: '{{ contact.name }} waits' },
      { effect: { kind: 'notify', users: ['u1'], text: 'Ana Díaz waits' } },
    ],
    [
      'handover',
      { do: 'handover', user: 'u1', note: 'From {{ conversation.platform }}' },
      { effect: { kind: 'handover', user: 'u1', note: 'From whatsapp', forMs: day } },
    ],
    [
      'handover to nobody',
      { do: 'handover', for: '2h' },
      { effect: { kind: 'handover', user: null, note: null, forMs: 2 * hour } },
    ],
    [
      'call',
      { do: 'call', flow: 'f1', input: { n: '1 + 1' } },
      { effect: { kind: 'call', flow: 'f1', input: { n: 2 } }, thenWait: { for: 'call', flow: 'f1', until: null } },
    ],
    [
      'http',
      { do: 'http', url: 'https://a.example/{{ contact.id }}', body: { email: '{{ contact.email }}' } },
      {
        effect: {
          ...{
            kind: 'http',
            method: 'POST',
            url: 'https://a.example/c1',
            headers: {},
            body: { email: 'ana@example.com' },
          },
          timeoutMs: 10_000,
        },
      },
    ],
    [
      'http without a body',
      { do: 'http', url: 'https://a.example', timeout: '60s' },
      { effect: { method: 'GET', body: null, timeoutMs: 60_000 } },
    ],
    [
      'wait for a time',
      { do: 'wait', for: '15m', next: 'b' },
      { turn: 'wait', wait: { for: 'time', until: now + 15 * 60_000 } },
    ],
    [
      'wait until an hour',
      { do: 'wait', until: { at: '09:00', timeZone: 'Europe/Madrid' } },
      { turn: 'wait', wait: { for: 'time', until: Date.parse('2030-02-01T08:00:00Z') } },
    ],
    [
      'wait for an event',
      { do: 'wait', event: { on: 'contact_tagged', tags: ['paid'] }, timeout: '1d' },
      { turn: 'wait', wait: { for: 'event', event: { on: 'contact_tagged', tags: ['paid'] }, until: now + day } },
    ],
    ['end', { do: 'end' }, { turn: 'end', outcome: 'done' }],
    ['end with an outcome', { do: 'end', outcome: 'sold' }, { turn: 'end', outcome: 'sold' }],
    ['condition', { do: 'condition', if: "'vip' in contact.tags", then: 'b', else: 'c' }, went('b')],
    ['condition that does not hold', { do: 'condition', if: 'contact.phone != null', then: 'b', else: 'c' }, went('c')],
    [
      'condition on what is not there',
      { do: 'condition', if: 'contact.attributes.nothing', then: 'b', else: 'c' },
      went('c'),
    ],
    ['condition with nowhere to go', { do: 'condition', if: 'false', then: 'b' }, { turn: 'end', outcome: 'done' }],
    [
      'switch',
      {
        do: 'switch',
        cases: [
          { when: 'false', next: 'b' },
          { when: 'true', next: 'c' },
        ],
      },
      { ...went('c'), output: { case: 1 } },
    ],
    [
      'switch without a case',
      { do: 'switch', cases: [{ when: 'false', next: 'b' }], else: 'd' },
      { ...went('d'), output: { case: null } },
    ],
  ])('%s', (_, step, turn) => {
    expect(begun(step)).toMatchObject({ step: 'a', ...turn });
  });

  it('goes on when its effect is done, and ends where nothing follows', () => {
    expect(resumed({ do: 'send', content: text('Hi'), next: 'b' }, done({ id: 'm2' }))).toMatchObject({
      ...went('b'),
      output: { id: 'm2' },
    });
    expect(resumed({ do: 'tag', add: ['x'] }, done())).toMatchObject({ turn: 'end', outcome: 'done' });
    expect(resumed({ do: 'handover' }, done())).toMatchObject({ turn: 'end', outcome: 'handed_over' });
  });

  it('fails with the reason, or goes on where errors do', () => {
    const step: Step = { do: 'send', content: text('Hi'), next: 'b' };
    expect(resumed(step, refused)).toMatchObject(failed('window_closed', /^Step "a": it is too late\.$/));
    expect(resumed({ ...step, onError: 'c' }, refused)).toMatchObject({
      ...went('c'),
      output: { error: { code: 'window_closed' } },
    });
    expect(resumed(step, timeout)).toMatchObject(failed('unexpected_arrival', /timeout/));
  });

  it('names the step and the expression that has no value', () => {
    const step: Step = { do: 'send', content: text('Hi {{ contact.phone }}') };
    expect(begun(step)).toMatchObject(failed('expression', /^Step "a": "contact\.phone" has no value/));
    expect(begun({ ...step, onError: 'b' })).toMatchObject(went('b'));
    expect(begun({ do: 'condition', if: 'contact.name > 3' })).toMatchObject(
      failed('expression', /"contact.name > 3" could not be worked out/),
    );
    expect(begun({ do: 'condition', if: 'contact.name' })).toMatchObject(
      failed('expression', /neither true nor false/),
    );
  });
});

describe('variables', () => {
  it('are all worked out before any is set', () => {
    const step: Step = { do: 'set', vars: { a: 'vars.b', b: 'vars.a' }, next: 'b' };
    expect(begun(step, { state: { vars: { a: 1, b: 2 } } })).toMatchObject({
      ...went('b'),
      state: { vars: { a: 2, b: 1 } },
    });
  });

  it('and attributes of the contact, which are an effect', () => {
    const step: Step = { do: 'set', vars: { n: '1' }, attributes: { plan: "'gold'", code: 'null' }, next: 'b' };
    const turn = begun(step);
    expect(turn).toMatchObject({
      turn: 'effect',
      effect: { kind: 'attributes', set: { plan: 'gold', code: null } },
      state: { vars: { n: 1 } },
    });
    expect(resume(flowOf({ a: step }), turn.state, scopeOf(), done())).toMatchObject({
      ...went('b'),
      state: { vars: { n: 1 } },
    });
  });

  it('are those of the state, whatever the scope brings', () => {
    const scope = { vars: { n: 1 }, answer: 'x', round: 9 };
    const state = { vars: { n: 5 }, answer: 7, loops: { l: 3 }, within: ['l'] };
    expect(begun({ do: 'set', vars: { all: '[vars.n, answer, round]' } }, { scope, state }).state.vars.all).toEqual([
      5, 7, 2,
    ]);
  });

  it('have a bound', () => {
    const big = 'x'.repeat(200_000);
    const step: Step = { do: 'set', vars: { more: 'vars.a + vars.a' } };
    expect(begun(step, { state: { vars: { a: big } } })).toMatchObject(failed('too_large', /may have 393216/));
    const http: Step = { do: 'http', url: 'https://a.example', save: 'r' };
    const deep = JSON.parse('['.repeat(80) + ']'.repeat(80));
    expect(resumed(http, done({ status: 200, body: deep }))).toMatchObject(failed('too_large', /nested/));
  });

  it('keep what a request and another flow answered', () => {
    expect(
      resumed({ do: 'http', url: 'https://a.example', save: 'r', next: 'b' }, done({ status: 404, body: null })),
    ).toMatchObject({
      ...went('b'),
      state: { vars: { r: { status: 404, body: null } } },
    });
    const call: Step = { do: 'call', flow: 'f1', save: 'r', next: 'b' };
    expect(resumed(call, done())).toMatchObject({ turn: 'wait', wait: { for: 'call', flow: 'f1', until: null } });
    expect(resumed(call, done({ outcome: 'sold', vars: {} }))).toMatchObject({
      ...went('b'),
      state: { vars: { r: { outcome: 'sold' } } },
    });
  });
});

describe('a question', () => {
  const ask: Step = {
    ...{
      do: 'ask',
      content: text('How many, {{ contact.first_name }}?'),
      expect: { as: 'number', most: 5 },
      save: 'n',
    },
    ...{ retries: 1, retryContent: text('A number, please'), timeout: '2h', next: 'b' },
  };
  const wait = { for: 'message', expect: { as: 'number', most: 5 }, until: now + 2 * hour };

  it('is sent, and then waited for', () => {
    expect(begun(ask)).toMatchObject({
      turn: 'effect',
      effect: { kind: 'send', content: text('How many, Ana?') },
      thenWait: wait,
    });
    expect(resumed(ask, done({ id: 'm2' }))).toMatchObject({ turn: 'wait', wait });
    expect(begun({ do: 'ask', content: text('?'), expect: { as: 'any' } })).toMatchObject({
      thenWait: { until: now + day },
    });
  });

  it('keeps the answer', () => {
    expect(resumed(ask, said('3'), { state: { retries: 1, inARow: 9 } })).toMatchObject({
      ...went('b'),
      state: { answer: 3, vars: { n: 3 }, retries: 0, inARow: 0 },
      output: { answer: 3 },
    });
  });

  it('is asked again, with other words, as often as it says', () => {
    const again = resumed(ask, said('many'));
    expect(again).toMatchObject({
      turn: 'effect',
      effect: { content: text('A number, please') },
      thenWait: wait,
      state: { retries: 1 },
    });
    expect(again.output).toEqual({ invalid: 'no number', retries: 0 });
    const last = (step: Step) => resume(flowOf({ a: step }), again.state, scopeOf(), said('9'));
    expect(last(ask)).toMatchObject(failed('invalid_answer', /more than 5, after it was asked again 1 times/));
    expect(last({ ...ask, onInvalid: 'c' })).toMatchObject(went('c'));
    expect(last({ ...ask, onError: 'd' })).toMatchObject(went('d'));
  });

  it('asks with the same words, and twice, unless it says otherwise', () => {
    const plain: Step = { do: 'ask', content: text('?'), expect: { as: 'email' } };
    expect(resumed(plain, said('x'), { state: { retries: 1 } })).toMatchObject({
      turn: 'effect',
      effect: { content: text('?') },
    });
    expect(resumed(plain, said('x'), { state: { retries: 2 } })).toMatchObject({
      turn: 'fail',
      code: 'invalid_answer',
    });
  });

  it('begins its retries anew when it is come to again', () => {
    expect(begun(ask, { state: { retries: 1 } }).state.retries).toBe(0);
  });

  it('ends when nobody answers, or goes on where it says', () => {
    expect(resumed(ask, timeout)).toMatchObject({ turn: 'end', outcome: 'timed_out' });
    expect(resumed({ ...ask, onTimeout: 'c' }, timeout)).toMatchObject(went('c'));
  });
});

describe('waiting', () => {
  it('for a time is over when it is', () => {
    expect(resumed({ do: 'wait', for: '1h', next: 'b' }, timeout)).toMatchObject(went('b'));
  });

  it('for an event goes on by it, or elsewhere when it does not come', () => {
    const step: Step = { do: 'wait', event: { on: 'order_created' }, timeout: '1h', next: 'b', onTimeout: 'c' };
    expect(resumed(step, { kind: 'event', on: 'order_created', value: { id: 'o1' } })).toMatchObject({
      ...went('b'),
      output: { value: { id: 'o1' } },
    });
    expect(resumed(step, timeout)).toMatchObject(went('c'));
    expect(resumed({ ...step, onTimeout: undefined }, timeout)).toMatchObject(went('b'));
    expect(resumed({ ...step, event: { on: 'message' } }, said('hi'))).toMatchObject(went('b'));
    expect(resumed(step, said('hi'))).toMatchObject({ turn: 'fail', code: 'unexpected_arrival' });
  });
});

it.each([
  [0, 'b'],
  [0.249, 'b'],
  [0.25, 'c'],
  [0.999, 'c'],
])('chance of %f leads to %s', (random, to) => {
  const step: Step = {
    do: 'random',
    branches: [
      { weight: 1, next: 'b' },
      { weight: 3, next: 'c' },
    ],
  };
  expect(begun(step, { random })).toMatchObject(went(to));
});

describe('loops', () => {
  const count = (steps: Record<string, Step>, start = Object.keys(steps)[0]!): { turn: Turn; seen: unknown } => {
    const flow = flowOf(steps, { start, vars: { seen: [] as never } });
    let state = begin(flow, {});
    for (;;) {
      const turn = advance(flow, state, scopeOf(), never);
      if (turn.turn !== 'go') return { turn, seen: turn.state.vars.seen };
      state = JSON.parse(JSON.stringify(turn.state));
    }
  };

  it('go round as often as they say, and count from 0', () => {
    const steps: Record<string, Step> = {
      l: { do: 'loop', body: 's', most: 3, next: 'e' },
      s: { do: 'set', vars: { seen: 'vars.seen + [round]' }, next: 'l' },
      e: { do: 'end', outcome: 'over' },
    };
    expect(count(steps)).toMatchObject({
      turn: { turn: 'end', outcome: 'over', state: { loops: {}, within: [] } },
      seen: [0, 1, 2],
    });
    steps.l = { do: 'loop', body: 's', while: 'round < 2', most: 50, next: 'e' };
    expect(count(steps).seen).toEqual([0, 1]);
  });

  it('within loops count each for itself, whatever their names', () => {
    const steps: Record<string, Step> = {
      z: { do: 'loop', body: 'a', most: 2, next: 'e' },
      a: { do: 'loop', body: 's', most: 2, next: 'after' },
      s: { do: 'set', vars: { seen: "vars.seen + ['in' + string(round)]" }, next: 'a' },
      after: { do: 'set', vars: { seen: "vars.seen + ['out' + string(round)]" }, next: 'z' },
      e: { do: 'end' },
    };
    expect(count(steps, 'z').seen).toEqual(['in0', 'in1', 'out0', 'in0', 'in1', 'out1']);
  });

  it('and whatever else goes round end after so many steps without waiting', () => {
    const steps: Record<string, Step> = { a: { do: 'set', vars: { n: '1' }, next: 'a' } };
    const { turn } = count(steps);
    expect(turn).toMatchObject(failed('too_many_steps', /200 steps/));
    expect(turn.state.inARow).toBe(mostStepsInARow);
  });
});

describe('is total', () => {
  it.each<[string, unknown, string]>([
    ['a step that is not there', undefined, 'unknown_step'],
    ['a kind that is none', { do: 'dance' }, 'invalid_step'],
    ['a kind of the prototype', { do: 'constructor' }, 'invalid_step'],
    ['a step without its members', { do: 'switch' }, 'invalid_step'],
    ['a text where a list is', { do: 'random', branches: 'x' }, 'invalid_step'],
    ['a length that is none', { do: 'wait', for: 'soon' }, 'invalid_step'],
    ['a zone that is none', { do: 'wait', until: { at: '09:00', timeZone: 'Mars' } }, 'invalid_step'],
    ['nothing', null, 'invalid_step'],
  ])('%s', (_, step, code) => {
    expect(begun(step as Step)).toMatchObject({ turn: 'fail', code, step: 'a' });
  });

  it('names of the prototype are no steps', () => {
    expect(advance(flowOf({ a: { do: 'end' } }), stateAt('__proto__'), scopeOf(), never)).toMatchObject({
      code: 'unknown_step',
    });
  });

  it('what does not wait cannot be gone on with', () => {
    expect(resumed({ do: 'condition', if: 'true' }, done())).toMatchObject(failed('unexpected_arrival', /done/));
  });
});

it('changes nothing that it is given', () => {
  const frozen = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(frozen);
      Object.freeze(value);
    }
    return value;
  };
  const flow = frozen(
    flowOf({
      l: { do: 'loop', body: 'q', most: 2 },
      q: { do: 'ask', content: text('?'), expect: { as: 'number' }, save: 'n', next: 's' },
      s: { do: 'set', vars: { m: 'vars.n + 1' }, next: 'l' },
    }),
  );
  const [first] = [advance(flow, frozen(begin(flow, {})), frozen(scopeOf()), never)];
  const asked = advance(flow, frozen(first!.state), frozen(scopeOf()), never);
  const again = resume(flow, frozen(asked.state), frozen(scopeOf()), said('x'));
  const answered = resume(flow, frozen(again.state), frozen(scopeOf()), said('4'));
  expect(advance(flow, frozen(answered.state), frozen(scopeOf()), never).state.vars).toEqual({ n: 4, m: 5 });
});

it('reads what its steps say once, however often they are done', () => {
  const flow = flowOf({
    a: { do: 'condition', if: "contact.attributes.plan == 'pro' && vars.read_once < 5", then: 'b' },
    b: { do: 'send', content: text('Hello {{ contact.first_name | there }}, you have {{ vars.read_once }}.') },
  });
  const read = jest.spyOn(Environment.prototype, 'parse');
  const [scope, state] = [scopeOf(), stateAt('a', { vars: { read_once: 3 } })];
  const turn = () => advance(flow, advance(flow, state, scope, never).state, scope, never);
  for (let round = 0; round < 100; round += 1)
    expect(turn()).toMatchObject({ effect: { content: text('Hello Ana, you have 3.') } });
  expect(read.mock.calls.filter(([expression]) => expression.includes('read_once'))).toHaveLength(2);
  read.mockRestore();
});

describe('whatever its texts are made of, a step ends soon', () => {
  const long = Array.from({ length: 20_000 }, (_, index) => index);
  const vars = { long, big: 'x'.repeat(250_000) };
  const many = (expression: string): string => `{{ ${expression} }}`.repeat(300);

  it.each<[string, Step]>([
    ['expensive templates', { do: 'send', content: text(many('vars.long.exists(n, n < 0)')) }],
    ['large values', { do: 'send', content: text(many('vars.big')) }],
    ['large values in a body', { do: 'http', url: 'https://a.example', body: Array(300).fill('{{ vars.big }}') }],
    [
      'expensive cases',
      { do: 'switch', cases: Array(50).fill({ when: 'vars.long.all(n, n < 0 || n >= 0) && false', next: 'b' }) },
    ],
    ['expensive patterns', { do: 'condition', if: "vars.long.exists(n, vars.big.matches('^(x+x+){1,80}y'))" }],
  ])('%s', (_, step) => {
    expect(begun(step, { state: { vars } })).toMatchObject(failed('expression', /it does too much/));
  });
});
