import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditActions } from '@switchboard/contracts';

const text = readFileSync(join(__dirname, '../../docs/identity.md'), 'utf8');

it.each(auditActions)('docs/identity.md tells what the audit log keeps as %s', (action) => {
  expect(text).toContain(`\`${action}\``);
});
