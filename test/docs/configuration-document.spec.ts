import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationDocument } from './configuration-document';

test('docs/configuration.md says what the code reads (else: npm run docs)', () => {
  const written = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');

  expect(written).toBe(configurationDocument());
});
