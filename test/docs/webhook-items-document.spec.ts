import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventNamespaces } from '@switchboard/contracts';
import { deeds, type EffectKind, toldOnly, withItems, yielded } from './webhook-items-document';

const root = join(__dirname, '../..');
const server = join(root, 'apps/server/src');

/** What the intake sorts out of a batch for somebody, and what features registered for. */
const handled = new Set(
  readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .flatMap((path) => [
      ...readFileSync(join(server, path), 'utf8').matchAll(/\b(?:ofKind\(\w+, |effects\.on\()'(\w+)'/g),
    ])
    .map(([, kind]) => kind),
);

test('docs/webhook-items.md says what the parser yields (else: npm run docs)', () => {
  const written = readFileSync(join(root, 'docs/webhook-items.md'), 'utf8');

  expect(written).toBe(withItems(written));
});

describe.each(Object.keys(deeds) as EffectKind[])('the effect %s', (kind) => {
  it('is told of as what becomes of it: acted on where somebody handles it, only told where nobody does', () => {
    expect({ kind, toldOnly: deeds[kind].startsWith(toldOnly) }).toEqual({ kind, toldOnly: !handled.has(kind) });
  });

  it('is said to lead to events that there are', () => {
    const events = [...deeds[kind].matchAll(/`([a-z]+\.[a-z_]+)`/g)].map(([, event]) => event!);

    expect(Object.keys(eventNamespaces)).toEqual(expect.arrayContaining(events));
  });

  it('has a sample of a platform it comes from', () => {
    expect(yielded).toContain(kind);
  });
});
