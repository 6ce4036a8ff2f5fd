import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from './sending-document';

test('docs/sending.md says what the code takes (else: npm run docs)', () => {
  const written = readFileSync(join(__dirname, '../../docs/sending.md'), 'utf8');

  expect(written).toBe(withTables(written));
});
