import { flowOf, knownOf } from '../../test/flows.fixture';
import type { FlowDefinition, Step, Trigger } from '../definition';
import { checkFlow } from './check-flow';
import type { FlowProblem, Known } from './problems';

const text = (words: string) => ({ type: 'text', text: words });
const send = (words: string, more: Partial<Extract<Step, { do: 'send' }>> = {}): Step => ({
  do: 'send',
  content: text(words),
  ...more,
});
const end: Step = { do: 'end' };
type Told = Pick<FlowProblem, 'step' | 'field' | 'code'>;
const told = (problems: FlowProblem[]): Told[] => problems.map(({ step, field, code }) => ({ step, field, code }));
const problem = (code: FlowProblem['code'], step: string | null, field: string): Told => ({ step, field, code });
const of = (
  steps: Record<string, Step>,
  more: Partial<FlowDefinition> = {},
  known: Partial<Known> = {},
): FlowProblem[] => checkFlow(flowOf(steps, more), knownOf(known));
const inStep = (step: Step, known: Partial<Known> = {}): Told[] =>
  told(of({ a: step, z: end }, {}, known)).filter(({ code }) => code !== 'unreachable');

it('a good flow has no problems', () => {
  expect(of({ a: send('Hi {{ contact.first_name | there }}', { next: 'z' }), z: end }, { channels: ['ch1'] })).toEqual(
    [],
  );
});

describe('shape', () => {
  const shapeOf = (definition: unknown): string[] =>
    checkFlow(definition, knownOf()).map(({ code, message }) => `${code}: ${message}`);

  it.each<[unknown, string]>([
    [null, 'shape: The flow must be an object.'],
    [{ ...flowOf({ a: end }), more: 1 }, 'shape: more is not known here; there are'],
    [{ ...flowOf({ a: end }), format: 2 }, 'shape: format must be 1.'],
    [{ ...flowOf({ a: end }), triggers: undefined }, 'shape: triggers is needed.'],
    [
      { ...flowOf({ a: end }), triggers: [{ on: 'sunrise' }] },
      'shape: triggers[0].on is "sunrise", which is not known; it must be one of message, postback',
    ],
    [
      { ...flowOf({ a: end }), triggers: [{ on: 'message', keywords: [] }] },
      'shape: triggers[0].keywords must have at least 1.',
    ],
    [
      { ...flowOf({ a: end }), triggers: [{ on: 'message', button: 3 }] },
      'shape: triggers[0].button must be true, or a list of ids.',
    ],
    [{ ...flowOf({ a: end }), steps: {} }, 'shape: steps must have at least 1.'],
    [{ ...flowOf({ a: end }), steps: { 'a b': end } }, 'shape: steps has the name "a b"'],
    [flowOf({ a: {} as Step }), 'shape: steps.a.do must be one of send, ask'],
    [
      flowOf({ a: { do: 'dance' } as never }),
      'shape: steps.a.do is "dance", which is not known; it must be one of send, ask',
    ],
    [flowOf({ a: { do: 'send' } as never }), 'shape: steps.a.content is needed.'],
    [
      flowOf({ a: { ...end, next: 'b' } as never }),
      'shape: steps.a.next is not known here; there are do, label, outcome.',
    ],
    [flowOf({ a: { do: 'wait' } as never }), 'shape: steps.a must have one of for, until, or event with timeout.'],
    [
      flowOf({ a: { do: 'wait', for: '1h', until: { at: '09:00', timeZone: 'UTC' } } as never }),
      'shape: steps.a must have one of for',
    ],
    [
      flowOf({ a: { do: 'wait', for: '1h', timeout: '2h' } as never }),
      'shape: steps.a.event is needed where timeout stands.',
    ],
    [
      flowOf({ a: { do: 'wait', for: 'an hour' } }),
      'shape: steps.a.for must be a duration such as 30s, 15m, 2h or 3d, and is "an hour".',
    ],
    [flowOf({ a: { do: 'loop', body: 'a', most: 101 } }), 'shape: steps.a.most must be <= 100.'],
    [flowOf({ a: { do: 'assign' } as never }), 'shape: steps.a.user is needed.'],
    [flowOf({ a: { do: 'assign', user: 3 } as never }), 'shape: steps.a.user must be a text or null.'],
    [
      flowOf({ a: { do: 'ask', content: {}, expect: { as: 'number', whole: false } } as never }),
      'shape: steps.a.expect.whole must be true.',
    ],
    [flowOf({ a: { do: 'status', status: 'shut' } as never }), 'shape: steps.a.status must be one of open, closed.'],
    [flowOf({ a: { do: 'condition', if: 'x'.repeat(2_001) } }), 'shape: steps.a.if may have at most 2000 characters.'],
  ])('%#', (definition, message) => {
    expect(shapeOf(definition)).toContainEqual(expect.stringContaining(message));
  });

  it('names the step', () => {
    expect(told(of({ a: end, b: { do: 'send' } as never }))).toContainEqual(problem('shape', 'b', 'steps.b.content'));
  });

  it('keeps no other step from being looked at', () => {
    const problems = told(
      of({ a: { do: 'condition', if: '1 +', then: 'b', else: 'nowhere' }, b: { do: 'send' } as never }),
    );
    expect(problems).toEqual([
      problem('shape', 'b', 'steps.b.content'),
      problem('unknown_step', 'a', 'steps.a.else'),
      problem('expression', 'a', 'steps.a.if'),
    ]);
  });

  it.each<[string, unknown]>([
    ['too many steps', flowOf(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`s${index}`, end])))],
    ['too many bytes', flowOf({ a: send('x'.repeat(70_000)) })],
    ['too deep', JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)],
    ['no JSON', { a: 1n }],
    [
      'a circle',
      (() => {
        const a: { a?: unknown } = {};
        a.a = a;
        return a;
      })(),
    ],
    ['nothing', undefined],
  ])('refuses what is %s', (_, definition) => {
    const [first, ...more] = checkFlow(definition, knownOf());
    expect(['limit', 'shape']).toContain(first!.code);
    expect(more.length).toBeLessThan(5);
  });
});

describe('ways', () => {
  it('to steps that are not there', () => {
    expect(told(of({ a: send('Hi', { next: 'b', onError: '__proto__' }) }, { start: 'c' }))).toEqual([
      problem('unknown_step', null, 'start'),
      problem('unknown_step', 'a', 'steps.a.next'),
      problem('unknown_step', 'a', 'steps.a.onError'),
      problem('unreachable', 'a', 'steps.a'),
    ]);
  });

  it.each<[string, Step, string]>([
    ['ask', { do: 'ask', content: text('?'), expect: { as: 'any' }, onInvalid: 'x' }, 'onInvalid'],
    ['ask', { do: 'ask', content: text('?'), expect: { as: 'any' }, onTimeout: 'x' }, 'onTimeout'],
    ['condition', { do: 'condition', if: 'true', then: 'x' }, 'then'],
    ['switch', { do: 'switch', cases: [{ when: 'true', next: 'x' }] }, 'cases[0].next'],
    ['switch', { do: 'switch', cases: [{ when: 'true', next: 'z' }], else: 'x' }, 'else'],
    [
      'random',
      {
        do: 'random',
        branches: [
          { weight: 1, next: 'z' },
          { weight: 1, next: 'x' },
        ],
      },
      'branches[1].next',
    ],
    ['loop', { do: 'loop', body: 'x', most: 2 }, 'body'],
    ['wait', { do: 'wait', event: { on: 'order_created' }, timeout: '1h', onTimeout: 'x' }, 'onTimeout'],
    ['call', { do: 'call', flow: 'f1', onError: 'x' }, 'onError'],
  ])('of %s', (_, step, field) => {
    expect(inStep(step)).toContainEqual(problem('unknown_step', 'a', `steps.a.${field}`));
  });

  it('that lead nowhere near a step', () => {
    expect(told(of({ a: end, b: send('Hi', { next: 'c' }), c: end }))).toEqual([
      problem('unreachable', 'b', 'steps.b'),
      problem('unreachable', 'c', 'steps.c'),
    ]);
  });
});

describe('circles', () => {
  const codes = (steps: Record<string, Step>): string[] => of(steps).map(({ code }) => code);
  const ask = (more: object): Step => ({ do: 'ask', content: text('?'), expect: { as: 'any' }, ...more });

  it.each<[string, Record<string, Step>]>([
    ['a step to itself', { a: send('Hi', { next: 'a' }) }],
    [
      'several steps',
      { a: send('Hi', { next: 'b' }), b: { do: 'condition', if: 'true', then: 'a', else: 'c' }, c: end },
    ],
    ['a question that cannot be sent', { a: ask({ onError: 'a' }) }],
    [
      'a loop that is begun again when it is over',
      { a: { do: 'loop', body: 'b', most: 3, next: 'a' }, b: send('Hi', { next: 'a' }) },
    ],
    [
      'two loops that begin each other again',
      { a: { do: 'loop', body: 'b', most: 2, next: 'b' }, b: { do: 'loop', body: 'a', most: 2, next: 'a' } },
    ],
    [
      'a circle within a loop',
      {
        a: { do: 'loop', body: 'b', most: 3 },
        b: send('Hi', { next: 'c' }),
        c: { do: 'condition', if: 'true', then: 'b', else: 'a' },
      },
    ],
  ])('without an end: %s', (_, steps) => {
    expect(codes(steps)).toContain('endless');
  });

  it.each<[string, Record<string, Step>]>([
    ['with a question', { a: ask({ next: 'b' }), b: send('Hi', { next: 'a' }) }],
    ['with a wait', { a: { do: 'wait', for: '1d', next: 'b' }, b: send('Hi', { next: 'a' }) }],
    ['of a loop', { a: { do: 'loop', body: 'b', most: 3, next: 'c' }, b: send('Hi', { next: 'a' }), c: end }],
    [
      'of a loop within a loop',
      {
        a: { do: 'loop', body: 'b', most: 3 },
        b: { do: 'loop', body: 'c', most: 3, next: 'a' },
        c: send('Hi', { next: 'b' }),
      },
    ],
  ])('with an end: %s', (_, steps) => {
    expect(codes(steps)).toEqual([]);
  });
});

describe('names and expressions', () => {
  it.each<[string, Step, Told]>([
    ['that cannot be read', { do: 'condition', if: 'a b' }, problem('expression', 'a', 'steps.a.if')],
    [
      'of a function that is not there',
      { do: 'set', vars: { x: 'now()' } },
      problem('expression', 'a', 'steps.a.vars.x'),
    ],
    ['of nothing', { do: 'condition', if: 'user.name == 1' }, problem('unknown_name', 'a', 'steps.a.if')],
    ['of a member that there is not', send('{{ contact.nmae }}'), problem('unknown_name', 'a', 'steps.a.content.text')],
    [
      'of a variable that nothing sets',
      { do: 'switch', cases: [{ when: 'vars.n > 1', next: 'z' }] },
      problem('unknown_name', 'a', 'steps.a.cases[0].when'),
    ],
    ['of a secret in a message', send('{{ secrets.TOKEN }}'), problem('unknown_name', 'a', 'steps.a.content.text')],
    [
      'of a secret in an expression',
      { do: 'http', url: 'https://a.example', body: "{{ 'x' + secrets.TOKEN }}" },
      problem('unknown_name', 'a', 'steps.a.body'),
    ],
    [
      'of a secret that there is not',
      { do: 'http', url: 'https://a.example', headers: { a: '{{ secrets.OTHER }}' } },
      problem('unknown_reference', 'a', 'steps.a.headers.a'),
    ],
    [
      'in a template that is not closed',
      { do: 'notify', users: ['u1'], text: 'Hi {{ contact.name' },
      problem('template', 'a', 'steps.a.text'),
    ],
    [
      'in a question',
      { do: 'ask', content: text('{{ }}'), expect: { as: 'any' } },
      problem('expression', 'a', 'steps.a.content.text'),
    ],
    [
      'in what is asked again',
      { do: 'ask', content: text('?'), retryContent: text('{{ x }}'), expect: { as: 'any' } },
      problem('unknown_name', 'a', 'steps.a.retryContent.text'),
    ],
    [
      'of a loop',
      { do: 'loop', body: 'z', while: 'rounds < 2', most: 2 },
      problem('unknown_name', 'a', 'steps.a.while'),
    ],
    ['of a call', { do: 'call', flow: 'f1', input: { x: 'answers' } }, problem('unknown_name', 'a', 'steps.a.input.x')],
    ['of a note', { do: 'handover', note: '{{ 1 + }}' }, problem('expression', 'a', 'steps.a.note')],
  ])('%s', (_, step, expected) => {
    expect(inStep(step)).toContainEqual(expected);
  });

  it('know the variables of the flow, of its steps, and leave those alone that it may be started with', () => {
    const uses: Step = { do: 'condition', if: 'vars.a + vars.b + vars.c > 1', then: 'q' };
    const steps: Record<string, Step> = {
      u: uses,
      q: { do: 'ask', content: text('?'), expect: { as: 'any' }, save: 'b', next: 's' },
      s: { do: 'set', vars: { c: '1' } },
    };
    expect(of(steps, { vars: { a: 1 } })).toEqual([]);
    expect(told(of(steps))).toEqual([problem('unknown_name', 'u', 'steps.u.if')]);
    expect(of(steps, { triggers: [{ on: 'message' }, { on: 'flow' }] })).toEqual([]);
  });

  it('what a contact has of its own is not known here', () => {
    expect(
      inStep(
        send(
          '{{ contact.attributes.anything }} {{ message.content.reply.title }} {{ trigger.x.y }} {{ answer.latitude }}',
        ),
      ),
    ).toEqual([]);
  });
});

describe('what the workspace does not have', () => {
  it.each<[Trigger, string]>([
    [{ on: 'contact_tagged', tags: ['VIP', 'new'] }, 'triggers[0].tags[1]'],
    [{ on: 'conversation_assigned', users: ['u2'] }, 'triggers[0].users[0]'],
    [{ on: 'campaign_replied', campaigns: ['k2'] }, 'triggers[0].campaigns[0]'],
    [{ on: 'schedule', timeZone: 'UTC', at: '09:00', segments: ['s1', 's2'] }, 'triggers[0].segments[1]'],
    [{ on: 'schedule', timeZone: 'UTC', at: '09:00', tags: ['new'] }, 'triggers[0].tags[0]'],
  ])('%j', (trigger, field) => {
    expect(told(of({ a: end }, { triggers: [trigger] }))).toEqual([problem('unknown_reference', null, field)]);
  });

  it.each<[Step, string]>([
    [{ do: 'assign', user: 'u2' }, 'user'],
    [{ do: 'notify', users: ['u1', 'u2'], text: 'x' }, 'users[1]'],
    [{ do: 'handover', user: 'u2' }, 'user'],
    [{ do: 'label', add: ['l2'] }, 'add[0]'],
    [{ do: 'tag', remove: ['new'] }, 'remove[0]'],
    [{ do: 'call', flow: 'f9' }, 'flow'],
    [{ do: 'wait', event: { on: 'contact_tagged', tags: ['new'] }, timeout: '1h' }, 'event.tags[0]'],
  ])('%j', (step, field) => {
    expect(inStep(step)).toEqual([problem('unknown_reference', 'a', `steps.a.${field}`)]);
  });

  it('channels', () => {
    expect(told(of({ a: end }, { channels: ['ch1', 'ch2'] }))).toEqual([
      problem('unknown_reference', null, 'channels[1]'),
    ]);
  });

  it('but for tags that the flow makes itself', () => {
    expect(of({ a: { do: 'tag', add: ['New'], next: 'b' }, b: { do: 'tag', remove: ['new'] } })).toEqual([]);
  });
});

it.each<[string, Map<string, string[]>, boolean]>([
  ['f0', new Map(), true],
  [
    'f1',
    new Map([
      ['f1', ['f2']],
      ['f2', ['f0']],
    ]),
    true,
  ],
  [
    'f1',
    new Map([
      ['f1', ['f2']],
      ['f2', ['f1']],
    ]),
    false,
  ],
])('calls that come back: %s', (flow, calls, comesBack) => {
  const codes = inStep({ do: 'call', flow }, { calls }).map(({ code }) => code);
  expect(codes).toEqual(comesBack ? ['recursion'] : []);
});

it('a call of a flow that has no trigger for it', () => {
  expect(inStep({ do: 'call', flow: 'f2' }, { callable: new Set() }).map(({ code }) => code)).toEqual(['not_callable']);
});

describe('a loop', () => {
  const rounds = (most: number, round: Record<string, Step>, more: object = {}) =>
    of({ a: { do: 'loop', body: 'b', most, ...more }, ...round }).map(({ code }) => code);
  const two: Record<string, Step> = {
    b: { do: 'tag', add: ['vip'], next: 'c' },
    c: { do: 'tag', add: ['vip'], next: 'a' },
  };

  it('may have as many rounds as steps may be done in a row, by the shortest way round', () => {
    expect(rounds(66, two)).toEqual([]);
    expect(rounds(67, two)).toEqual(['range']);
    expect(rounds(67, { ...two, b: { do: 'condition', if: 'round == 1', then: 'c', else: 'a' } })).toEqual([]);
    expect(rounds(100, { b: { do: 'condition', if: 'round == 1', then: 'a', else: 'a' } })).toEqual(['range']);
  });

  it('that waits on its way may have more', () => {
    expect(rounds(100, { ...two, c: { do: 'wait', for: '1s', next: 'a' } })).toEqual([]);
  });
});

describe('what can never be sent', () => {
  const checkContent: Known['checkContent'] = (platform, content) => {
    const { type, text: words = '', link } = content as { type: string; text?: string; link?: string };
    if (platform === 'instagram' && type === 'list') return [{ field: 'type', rule: 'kind', message: 'no list.' }];
    if (link !== undefined && !link.startsWith('http')) return [{ field: 'link', rule: 'format', message: 'no link.' }];
    return words.length > 20 ? [{ field: 'text', rule: 'too_long', message: 'text is too long.' }] : [];
  };
  const channels = new Map([
    ['ch1', 'whatsapp'],
    ['ch2', 'instagram'],
  ] as const);
  const content = (value: object, more: Partial<FlowDefinition> = {}): FlowProblem[] =>
    of({ a: { do: 'send', content: value } }, more, { checkContent, channels });

  it('breaks the limits of every platform that the flow has', () => {
    const [broken] = content(text('x'.repeat(21)));
    expect(broken).toEqual({
      step: 'a',
      field: 'steps.a.content.text',
      code: 'content',
      message: 'steps.a.content, on WhatsApp: text is too long.',
    });
    expect(content({ type: 'list' })).toEqual([]);
    expect(told(content({ type: 'list' }, { channels: ['ch2'] }))).toEqual([
      problem('content', 'a', 'steps.a.content.type'),
    ]);
  });

  it('is judged by its own words, and not by values that are not known', () => {
    expect(content(text('{{ contact.attributes.a_very_long_name }}'))).toEqual([]);
    expect(content(text(`{{ contact.name | ${'x'.repeat(30)} }}`))).toHaveLength(1);
    expect(content({ type: 'x', link: '{{ contact.attributes.link }}' })).toEqual([]);
    expect(content({ type: 'x', link: 'here' })).toHaveLength(1);
  });

  it('is a question, and what is asked again', () => {
    const steps: Record<string, Step> = {
      a: { do: 'ask', content: text('?'), expect: { as: 'any' }, retryContent: text('x'.repeat(21)) },
    };
    expect(told(of(steps, {}, { checkContent, channels }))).toEqual([
      problem('content', 'a', 'steps.a.retryContent.text'),
    ]);
  });

  it('answers a comment that there is not, or with more than text', () => {
    const reply = (value: object, triggers: Trigger[]) =>
      told(of({ a: { do: 'send', content: value, replyToComment: 'private' } }, { triggers }));
    expect(reply(text('Hi'), [{ on: 'comment' }])).toEqual([]);
    expect(reply(text('Hi'), [{ on: 'message' }])).toEqual([problem('no_comment', 'a', 'steps.a.replyToComment')]);
    expect(reply({ type: 'image' }, [{ on: 'comment' }])).toEqual([problem('content', 'a', 'steps.a.content.type')]);
  });

  it('is for nobody', () => {
    const triggers: Trigger[] = [{ on: 'schedule', timeZone: 'UTC', at: '09:00' }];
    expect(told(of({ a: send('Hi') }, { triggers }))).toEqual([problem('nobody', 'a', 'steps.a')]);
    expect(of({ a: { do: 'http', url: 'https://a.example' } }, { triggers })).toEqual([]);
    expect(of({ a: send('Hi') }, { triggers: [{ ...triggers[0], tags: ['vip'] } as Trigger] })).toEqual([]);
  });
});

describe('values', () => {
  const ask = (expect: object, more: object = {}): Step => ({
    do: 'ask',
    content: text('?'),
    expect: expect as never,
    ...more,
  });

  it.each<[Step, FlowProblem['code'], string]>([
    [ask({ as: 'text', pattern: '(a' }), 'pattern', 'expect.pattern'],
    [ask({ as: 'text', pattern: '(?=a)b' }), 'pattern', 'expect.pattern'],
    [ask({ as: 'text', pattern: '(a)\\1' }), 'pattern', 'expect.pattern'],
    [ask({ as: 'text', pattern: '(a?){0,250}a{250}' }), 'pattern', 'expect.pattern'],
    [ask({ as: 'number', least: 3, most: 2 }), 'range', 'expect.least'],
    [ask({ as: 'any' }, { timeout: '31d' }), 'range', 'timeout'],
    [
      ask({
        as: 'choice',
        of: [
          { id: 'a', words: ['Sí'] },
          { id: 'b', words: ['si'] },
        ],
      }),
      'choice',
      'expect.of[1]',
    ],
    [{ do: 'wait', for: '0s' }, 'range', 'for'],
    [{ do: 'wait', for: '400d' }, 'range', 'for'],
    [{ do: 'wait', until: { at: '09:00', timeZone: 'Mars' } }, 'time_zone', 'until.timeZone'],
    [{ do: 'wait', event: { on: 'message' }, timeout: '91d' }, 'range', 'timeout'],
    [{ do: 'http', url: 'https://a.example', timeout: '2m' }, 'range', 'timeout'],
    [{ do: 'http', url: 'ftp://a.example' }, 'address', 'url'],
    [{ do: 'http', url: '{{ vars.url }}' }, 'address', 'url'],
    [{ do: 'http', url: 'https://{{ vars.host }}/x' }, 'address', 'url'],
    [{ do: 'http', url: 'https://a.example{{ vars.rest }}' }, 'address', 'url'],
    [{ do: 'http', url: 'https://a.example@{{ vars.rest }}/' }, 'address', 'url'],
    [{ do: 'handover', for: '31d' }, 'range', 'for'],
  ])('%j', (step, code, field) => {
    expect(told(of({ a: step }, { vars: { url: 'x', host: 'x', rest: 'x' } }))).toEqual([
      problem(code, 'a', `steps.a.${field}`),
    ]);
  });

  it.each<[Trigger, FlowProblem['code'], string]>([
    [{ on: 'message', pattern: '[' }, 'pattern', 'triggers[0].pattern'],
    [{ on: 'comment', pattern: '*' }, 'pattern', 'triggers[0].pattern'],
    [{ on: 'schedule', timeZone: 'Mars', at: '09:00' }, 'time_zone', 'triggers[0].timeZone'],
    [{ on: 'message', outsideHours: { timeZone: 'Mars', days: [] } }, 'time_zone', 'triggers[0].outsideHours.timeZone'],
    [
      { on: 'message', outsideHours: { timeZone: 'UTC', days: [{ day: 1, from: '09:00', to: '09:00' }] } },
      'range',
      'triggers[0].outsideHours.days[0]',
    ],
  ])('%j', (trigger, code, field) => {
    expect(told(of({ a: end }, { triggers: [trigger] }))).toEqual([problem(code, null, field)]);
  });

  it('of the whole', () => {
    expect(told(of({ a: end }, { again: '366d' }))).toEqual([problem('range', null, 'again')]);
  });

  it('are well in an address behind the host', () => {
    for (const url of [
      'https://a.example/{{ contact.id }}',
      'http://a.example:8080?q={{ contact.id }}',
      'https://a.example',
    ]) {
      expect(of({ a: { do: 'http', url } })).toEqual([]);
    }
  });
});

it('tells all problems at once, each with what would be right', () => {
  const problems = of(
    {
      a: send('{{ nmae }}', { next: 'b' }),
      c: { do: 'assign', user: 'nobody' },
      d: { do: 'wait', for: '0s', next: 'd2' },
    },
    { again: '999d', channels: ['x'] },
  );
  expect(new Set(problems.map(({ code }) => code))).toEqual(
    new Set(['unknown_step', 'unreachable', 'unknown_name', 'unknown_reference', 'range']),
  );
  for (const { message, field, step } of problems) {
    expect(message).toMatch(/\.$/);
    expect(step === null || field.startsWith(`steps.${step}`)).toBe(true);
  }
});

it('tells a hundred of them at most', () => {
  const steps = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`s${index}`, send('{{ nmae }}', { next: `s${index + 1}` })]),
  );
  expect(of(steps)).toHaveLength(100);
});
