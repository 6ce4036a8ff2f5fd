import fc from 'fast-check';
import { knownOf, now, scopeOf } from '../test/flows.fixture';
import { checkFlow } from './checking/check-flow';
import type { Expected, FlowDefinition, Step, StepKind } from './definition';
import { type Arrival, type ExecutionState, mostStepsInARow, type Turn } from './machine';
import { advance, begin, resume } from './running/run';
import { matches } from './triggers/matches';

const seeded = { seed: 20_300_131, numRuns: 600 };
const ids = ['a', 'b', 'c', 'd', 'e'];
const next = fc.option(fc.constantFrom(...ids, 'nowhere', '__proto__'), { nil: undefined, freq: 8 });
const sound = fc.option(fc.constantFrom(...ids), { nil: undefined, freq: 8 });
const expression = fc.constantFrom(
  ...[
    'true',
    'false',
    'vars.n > 2',
    "answer == 'yes'",
    "contact.attributes.plan == 'pro'",
    'vars.n + 1',
    'round < 3',
    'answer',
  ],
  ...[
    'contact.tags',
    'vars.list.map(x, [x, vars.list])',
    'vars.s + vars.s',
    "'a'",
    '1 / 0',
    'nothing',
    'vars.',
    "message.text.matches('(a+)+$')",
  ],
);
const words = fc.constantFrom(
  'Hello',
  'Hi {{ contact.first_name | there }}',
  '{{ vars.s }}',
  '{{ contact.phone }}',
  '{{ vars.n',
  '{{ 1 / 0 | x }}',
);
const content = words.map((text) => ({ type: 'text', text }));
const duration = fc.constantFrom('30s', '2h', '3d', '0s', 'soon');
const expected: fc.Arbitrary<Expected> = fc.constantFrom<Expected>(
  ...([
    { as: 'any' },
    { as: 'text', pattern: '^(a|aa)+$' },
    { as: 'number', least: 1 },
    { as: 'email' },
    { as: 'phone' },
    { as: 'date' },
  ] as const),
  ...([
    { as: 'location' },
    { as: 'file', types: ['image'] },
    { as: 'choice', of: [{ id: 'yes', words: ['Sí'] }] },
  ] as Expected[]),
);
const name = fc.constantFrom('n', 's', 'list');

function stepsOf(to: fc.Arbitrary<string | undefined>): fc.Arbitrary<Step> {
  const must = to.map((id) => id ?? 'a');
  const kinds: Record<StepKind, fc.Arbitrary<object>> = {
    send: fc.record({ content, next: to, onError: to }),
    ask: fc.record({
      content,
      expect: expected,
      save: name,
      retries: fc.nat(3),
      next: to,
      onInvalid: to,
      onTimeout: to,
      onError: to,
      timeout: duration,
    }),
    condition: fc.record({ if: expression, then: to, else: to }),
    switch: fc.record({
      cases: fc.array(fc.record({ when: expression, next: must }), { minLength: 1, maxLength: 3 }),
      else: to,
    }),
    set: fc.record({ vars: fc.dictionary(name, expression, { minKeys: 1 }), next: to, onError: to }),
    tag: fc.record({ add: fc.constant(['vip']), next: to }),
    assign: fc.record({ user: fc.constantFrom('u1', null), next: to }),
    label: fc.record({ remove: fc.constant(['l1']), next: to }),
    status: fc.record({ status: fc.constantFrom('open', 'closed'), next: to }),
    wait: fc.oneof(
      fc.record({ for: duration, next: to }),
      fc.record({ until: fc.constant({ at: '02:30', timeZone: 'Europe/Madrid', days: [0] }), next: to }),
      fc.record({
        event: fc.constantFrom({ on: 'order_created' }, { on: 'message' }),
        timeout: duration,
        next: to,
        onTimeout: to,
      }),
    ),
    http: fc.record({
      url: fc.constantFrom('https://a.example/{{ vars.s }}', 'x'),
      body: fc.anything(),
      save: name,
      next: to,
      onError: to,
    }),
    random: fc.record({
      branches: fc.array(fc.record({ weight: fc.double({ min: 0.1, max: 9, noNaN: true }), next: must }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    loop: fc.record({
      body: must,
      while: fc.option(expression, { nil: undefined }),
      most: fc.integer({ min: 1, max: 100 }),
      next: to,
    }),
    call: fc.record({
      flow: fc.constant('f1'),
      input: fc.dictionary(name, expression, { minKeys: 1 }),
      save: name,
      next: to,
      onError: to,
    }),
    notify: fc.record({ users: fc.constant(['u1']), text: words, next: to }),
    handover: fc.record({ note: words, for: duration }),
    end: fc.record({ outcome: fc.constantFrom('done', 'sold') }),
  };
  return fc.oneof(
    ...Object.entries(kinds).map(([kind, members]) => members.map((rest) => ({ ...rest, do: kind }) as Step)),
  );
}

const flowWith = (step: fc.Arbitrary<Step>): fc.Arbitrary<FlowDefinition> =>
  fc
    .record({
      steps: fc.tuple(step, step, step, step, step),
      vars: fc.constantFrom({ n: 1, s: 'x', list: null }, { n: 0, s: 'a'.repeat(3_000), list: null }),
    })
    .map(({ steps, vars }) => {
      // As it is written down: what is left out is not there.
      const written = JSON.parse(JSON.stringify(Object.fromEntries(ids.map((id, index) => [id, steps[index]]))));
      return { format: 1, triggers: [{ on: 'message' }], vars, start: 'a', steps: written };
    });

/** A definition with some of its members replaced by anything. */
const bent = fc
  .tuple(
    flowWith(stepsOf(next)),
    fc.array(fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 3 }),
  )
  .map(([flow, bends]) => {
    const copy = structuredClone(flow);
    for (const [at, by] of bends) {
      const owners = ownersIn(copy);
      const [owner, key] = owners[at % owners.length]!;
      owner[key] = structuredClone(by);
    }
    return copy as unknown;
  });

function ownersIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [
    [value as Record<string, unknown>, key] as [Record<string, unknown>, string],
    ...ownersIn((value as Record<string, unknown>)[key]),
  ]);
}

const arrival: fc.Arbitrary<Arrival> = fc.oneof(
  fc.constant<Arrival>({ kind: 'done' }),
  fc.anything({ maxDepth: 2 }).map((value): Arrival => ({ kind: 'done', value })),
  fc.constant<Arrival>({ kind: 'error', code: 'window_closed', message: 'too late.' }),
  fc.constant<Arrival>({ kind: 'timeout' }),
  fc.constant<Arrival>({ kind: 'event', on: 'order_created' }),
  fc.record({
    kind: fc.constant('message' as const),
    text: fc.oneof(
      fc.constantFrom('yes', 'Sí', '3', 'ana@example.com', '+34600111222', '2030-01-01', null),
      fc.string({ unit: 'binary', maxLength: 50 }),
    ),
    payload: fc.constantFrom(null, 'yes'),
    type: fc.constant('text'),
    content: fc.oneof(
      fc.constant({ attachments: [{ type: 'image' }, { type: 'location', latitude: 1, longitude: 2 }] }),
      fc.anything({ maxDepth: 2 }),
    ),
  }),
);

interface Course {
  turns: Turn[];
  last: Turn;
}

/** Goes through a flow until it is over, or has waited as often as there are arrivals; every turn's state is kept as JSON in between. */
function run(flow: FlowDefinition, arrivals: Arrival[], random: number): Course {
  const turns: Turn[] = [];
  const left = [...arrivals];
  const scope = () => scopeOf({ now: new Date(now).toISOString() });
  const kept = (state: ExecutionState): ExecutionState => JSON.parse(JSON.stringify(state));
  let turn = advance(flow, kept(begin(flow, {})), scope(), { random: () => random });
  for (;;) {
    turns.push(turn);
    if (turn.turn === 'end' || turn.turn === 'fail') return { turns, last: turn };
    if (turn.turn === 'go') {
      turn = advance(flow, kept(turn.state), scope(), { random: () => random });
      continue;
    }
    const came = left.shift();
    if (came === undefined) return { turns, last: turn };
    turn = resume(flow, kept(turn.state), scope(), came);
  }
}

function expectSound({ turns, last }: Course): void {
  expect(['end', 'fail', 'wait', 'effect']).toContain(last.turn);
  if (last.turn === 'end') expect(typeof last.outcome).toBe('string');
  if (last.turn === 'fail') expect(last.message).toMatch(/^Step /);
  let inARow = 0;
  for (const { turn, state } of turns) {
    inARow = turn === 'go' ? inARow + 1 : 0;
    expect(inARow).toBeLessThanOrEqual(mostStepsInARow + 1);
    expect(state.inARow).toBeLessThanOrEqual(mostStepsInARow);
  }
}

const arrivals = fc.array(arrival, { maxLength: 30 });
const chance = fc.double({ min: 0, max: 0.999, noNaN: true });

it('whatever a flow is made of and whatever comes, it ends in a stated outcome or waits', () => {
  fc.assert(
    fc.property(flowWith(stepsOf(next)), arrivals, chance, (flow, came, random) => {
      expectSound(run(flow, came, random));
    }),
    seeded,
  );
});

it('what has been bent out of shape is told or run, and never thrown about', () => {
  fc.assert(
    fc.property(bent, arrivals, chance, (flow, came, random) => {
      const problems = checkFlow(flow, knownOf());
      expect(problems.every(({ message, field }) => message.endsWith('.') && `${message}${field}`.isWellFormed())).toBe(
        true,
      );
      if (typeof flow === 'object' && flow !== null && 'steps' in flow)
        expectSound(run(flow as FlowDefinition, came, random));
    }),
    seeded,
  );
});

it('a flow that was checked never goes to a step that is not there, nor to one that cannot be done as it is written', () => {
  const course = { checked: 0, ended: 0, waited: 0, failed: 0 };
  fc.assert(
    fc.property(flowWith(stepsOf(sound)), arrivals, chance, (flow, came, random) => {
      const serious = checkFlow(flow, knownOf()).filter(({ code }) => code !== 'unreachable');
      if (serious.length > 0) return;
      const { turns, last } = run(flow, came, random);
      expectSound({ turns, last });
      if (last.turn === 'end') expect(last.outcome).toMatch(/^(done|sold|timed_out|handed_over)$/);
      course.checked += 1;
      if (last.turn === 'fail') {
        expect(last.code).not.toMatch(/^(unknown_step|invalid_step)$/);
        course.failed += 1;
      } else if (last.turn === 'end') course.ended += 1;
      else course.waited += 1;
    }),
    { ...seeded, numRuns: 6_000 },
  );
  expect(course.checked).toBeGreaterThan(100);
  expect(Math.min(course.ended, course.waited, course.failed)).toBeGreaterThan(5);
});

it('anything is a definition or has problems', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 4 }), (value) => {
      expect(checkFlow(value, knownOf()).length).toBeGreaterThan(0);
    }),
    seeded,
  );
});

it('no trigger throws, whatever happens', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 2 }), fc.string({ unit: 'binary' }), (conditions, text) => {
      const trigger = { ...(conditions as object), on: 'message' } as never;
      const happening = { on: 'message', text, payload: null, first: false, referral: null, at: now } as const;
      expect(['any', 'specific', 'none']).toContain(matches(trigger, happening));
    }),
    seeded,
  );
});
