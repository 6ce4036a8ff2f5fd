import { readFileSync } from 'node:fs';
import { shippedPath } from '@switchboard/config';
import Ajv from 'ajv/dist/2020';
import type { FlowDefinition } from '../definition';
import { flowExamples } from '../examples';
import { flowSchema, schemaFile } from './schema';

const validate = new Ajv({ allErrors: true, strict: false }).compile(flowSchema);
const steps = flowExamples().flatMap(({ definition }) => Object.values(definition.steps));

it('is the published one; npm run docs writes it', () => {
  expect(readFileSync(shippedPath('libs/flows/flow.schema.json'), 'utf8')).toBe(schemaFile());
});

it('takes the examples, also without the keyword discriminator', () => {
  for (const { id, definition } of flowExamples())
    expect([id, validate(definition), validate.errors]).toEqual([id, true, null]);
});

it('and the examples show most kinds of step', () => {
  const kinds = new Set(steps.map((step) => step.do));
  expect([...kinds].sort()).toEqual(
    ['ask', 'condition', 'end', 'handover', 'http', 'loop', 'send', 'set', 'status', 'switch', 'tag', 'wait'].sort(),
  );
});

it('refuses an example of which anything is of another type, or of which something is missing', () => {
  const places = (value: unknown, path: string[] = []): string[][] =>
    typeof value !== 'object' || value === null
      ? [path]
      : [path, ...Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))];
  const bent = (value: unknown, [key, ...rest]: string[], by: unknown): unknown => {
    if (key === undefined) return by;
    const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
    copy[key] = bent(copy[key], rest, by);
    return copy;
  };
  // Content and bodies of requests are anybody's JSON here.
  const isFree = ([, id, key]: string[], { steps }: FlowDefinition): boolean =>
    key === 'content' || key === 'retryContent' || (key === 'body' && steps[id!]!.do === 'http');
  let tried = 0;
  for (const { definition } of flowExamples()) {
    for (const path of places(definition)) {
      if (isFree(path, definition) || path[0] === 'vars') continue;
      tried += 1;
      expect([path, validate(bent(definition, path, { not: { this: [] } }))]).toEqual([path, false]);
    }
  }
  expect(tried).toBeGreaterThan(300);
});
