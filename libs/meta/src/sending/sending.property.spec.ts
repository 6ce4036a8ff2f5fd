import fc from 'fast-check';
import { seeded } from '../../test/bodies';
import { everySample, platforms, samples } from '../../test/contents';
import type { Platform } from '../items';
import { checkContent } from './check-content';
import type { SendContent } from './content';
import { graphBody } from './graph-body';
import { allowed } from './send-window';
import { sentContentOf, sentPreviewOf, sentTypeOf } from './sent-message';
import { templateCreationProblems } from './template-creation';
import { templateProblems } from './template-problems';
import { renderTemplate } from './template-text';

type Step = string | number;

function placesIn(value: unknown, place: Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...place, name]))];
}

function bent(value: unknown, [step, ...rest]: Step[], by: unknown): unknown {
  if (step === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  copy[step] = bent(copy[step], rest, by);
  return copy;
}

const odd = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 5_000 }),
  fc.constantFrom('__proto__', 'constructor', '\ud800', '\0', { toString: 1 }, { length: -1 }, [[]], 1e308, -0),
  fc.array(fc.jsonValue(), { minLength: 50, maxLength: 300 }),
);

/** A good content of a platform, or one with up to three of its members bent. */
const content = fc
  .constantFrom(...everySample)
  .chain(([platform, , sample]) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesIn(sample)), odd), { maxLength: 3 })
      .map((bends): [Platform, unknown] => [
        platform,
        bends.reduce((value, [place, by]) => bent(value, place, by), sample as unknown),
      ]),
  );

const definition = {
  name: 'order_shipped',
  language: 'en_US',
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'NAMED',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Hi {{name}}', example: { header_text: ['Ana'] } },
    { type: 'BODY', text: 'Your {{item}} is on {{day}}.', example: { body_text: [['a', 'b']] } },
    { type: 'FOOTER', text: 'Bye' },
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://a.example/{{1}}', example: ['x'] }] },
    { type: 'CAROUSEL', cards: [{ components: [{ type: 'BODY', text: '{{1}}' }] }] },
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Now', has_expiration: true } },
  ],
};

const bentDefinition = fc
  .array(fc.tuple(fc.constantFrom(...placesIn(definition)), odd), { maxLength: 3 })
  .map((bends) => bends.reduce((value, [place, by]) => bent(value, place, by), definition as unknown));

it('whatever JSON is given, the check ends in problems that can be told, or in none', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...platforms),
      fc.oneof(
        odd,
        content.map(([, value]) => value),
      ),
      (platform, value) => {
        const problems = checkContent(platform, value);
        expect(problems.length).toBeLessThanOrEqual(50);
        for (const { field, rule, message } of problems) {
          expect(rule).not.toBe('');
          expect(`${field}${message}`.isWellFormed()).toBe(true);
          expect(message).toMatch(/\.$/);
          expect(message.length).toBeLessThan(500);
        }
      },
    ),
    seeded,
  );
});

it('what the check lets through can be sent, stored, shown and judged by the window', () => {
  const kept = { platforms: new Set<string>(), count: 0 };
  fc.assert(
    fc.property(content, ([platform, value]) => {
      if (checkContent(platform, value).length > 0) return;
      const checked = value as SendContent;
      kept.platforms.add(platform);
      kept.count += 1;
      const { body } = graphBody(platform, { userId: '1' }, checked, { replyTo: 'm', callbackData: 'x' });
      expect(JSON.parse(JSON.stringify(body))).toEqual(body);
      expect(JSON.stringify(body).isWellFormed()).toBe(true);
      expect(sentTypeOf(platform, checked)).toMatch(/^[a-z_]+$/);
      expect(JSON.stringify(sentContentOf(platform, checked, definition))).not.toContain('\\u0000');
      expect(typeof sentPreviewOf(checked, definition)).toBe('string');
      const window = { now: 0, endsAt: null, humanAgentEndsAt: null, sentBy: 'person' as const };
      expect(allowed(platform, checked, window).ok).toBeDefined();
    }),
    seeded,
  );
  expect(kept.platforms.size).toBe(3);
  expect(kept.count).toBeGreaterThan(50);
});

it("whatever a template's definition is, its problems and its text can be told", () => {
  fc.assert(
    fc.property(fc.oneof(odd, bentDefinition), (given) => {
      const template = samples.whatsapp.template!;
      expect(Array.isArray(templateProblems(given, template))).toBe(true);
      expect(typeof renderTemplate(given, template)).toBe('string');
      const problems = templateCreationProblems(given);
      expect(problems.length).toBeLessThanOrEqual(50);
      expect(problems.every(({ message }) => message.isWellFormed() && message.length < 500)).toBe(true);
    }),
    seeded,
  );
});

it('a hostile content costs no more than its size', () => {
  const started = performance.now();
  const million = Array.from({ length: 1_000_000 }, () => ({ type: 'reply', id: 'x', title: 'x' }));
  expect(checkContent('whatsapp', { type: 'buttons', text: 'a'.repeat(5_000_000), buttons: million })).toHaveLength(2);
  expect(
    checkContent('whatsapp', { type: 'cta_url', text: 'a', button: 'b', url: `http://${'a'.repeat(3_000_000)} ` }),
  ).toHaveLength(1);
  const braces = '{{'.repeat(1_000_000);
  const component = { type: 'BODY', text: braces };
  const body = { name: 'a', language: 'en', category: 'UTILITY', components: [component] };
  expect(templateCreationProblems(body)).not.toEqual([]);
  expect(renderTemplate(body, { type: 'template', name: 'a', language: 'en' })).toBe(braces);
  expect(performance.now() - started).toBeLessThan(10_000);
});
