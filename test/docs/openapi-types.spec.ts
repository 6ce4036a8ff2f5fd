import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiTypes } from './openapi-types';

describe('libs/client/src/openapi.ts', () => {
  it('says what the code says (else: npm run docs)', async () => {
    const made = await openApiTypes();
    expect(made).toContain('"/v1/conversations/{id}/messages"');
    expect(readFileSync(join(__dirname, '../../libs/client/src/openapi.ts'), 'utf8')).toBe(made);
  }, 60_000);
});
