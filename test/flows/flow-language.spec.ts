import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFlow, type FlowDefinition, flowExamples, type Known, mostStepsInARow } from '@switchboard/flows';
import { checkContent, platforms } from '@switchboard/meta';

const workspace = (...channels: (typeof platforms)[number][]): Known => ({
  ...{
    flow: null,
    channels: new Map(channels.map((platform) => [platform, platform])),
    users: new Set(),
    labels: new Set(),
  },
  ...{
    tags: new Set(),
    segments: new Set(),
    campaigns: new Set(),
    secrets: new Set(),
    flows: new Set(),
    callable: new Set(),
    calls: new Map(),
  },
  checkContent,
});
const document = readFileSync(join(__dirname, '../../docs/flows.md'), 'utf8');
const written = [...document.matchAll(/```json\n(\{\n {2}"format": 1[\s\S]*?)\n```/g)].map(
  ([, json]) => JSON.parse(json!) as FlowDefinition,
);

const takesComments = (id: string): boolean => id === 'comment-to-private-reply';

it.each(flowExamples().map((example) => [example.id, example] as const))(
  'the example %s is good in any new workspace',
  (id, { definition, name, description }) => {
    for (const platform of platforms) {
      if (platform === 'whatsapp' && takesComments(id)) continue;
      expect([platform, checkFlow(definition, workspace(platform))]).toEqual([platform, []]);
    }
    expect(checkFlow(definition, workspace())).toEqual([]);
    expect(`${name}${description}`.length).toBeGreaterThan(20);
  },
);

it('there are the six that are spoken of', () => {
  expect(flowExamples().map(({ id }) => id)).toEqual([
    ...['abandoned-order', 'comment-to-private-reply', 'faq-menu', 'feedback-after-close', 'lead-capture', 'welcome'],
  ]);
});

it('WhatsApp has no comments to answer', () => {
  const { definition } = flowExamples().find(({ id }) => takesComments(id))!;
  expect(checkFlow(definition, workspace('whatsapp')).map(({ code }) => code)).toEqual(['content', 'content']);
});

it("content that breaks Meta's limits is told by its step and its place", () => {
  const buttons = Array.from({ length: 4 }, (_, index) => ({ type: 'reply', id: `b${index}`, title: 'x'.repeat(30) }));
  const flow = {
    format: 1,
    triggers: [],
    start: 'a',
    steps: { a: { do: 'send', content: { type: 'buttons', text: 'Hi', buttons } } },
  };
  const [first] = checkFlow(flow, workspace('whatsapp', 'messenger'));
  expect(first).toMatchObject({
    step: 'a',
    code: 'content',
    field: expect.stringMatching(/^steps\.a\.content\.buttons/),
  });
});

it('the flow that the documentation shows is good', () => {
  expect(written).toHaveLength(1);
  const known = { ...workspace('whatsapp'), secrets: new Set(['SHOP_TOKEN']) };
  expect(checkFlow(written[0], known)).toEqual([]);
});

it('the documentation tells the limits that there are', () => {
  expect(document).toContain(`${mostStepsInARow} steps in a row`);
});
