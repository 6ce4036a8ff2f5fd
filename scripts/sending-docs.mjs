// Writes the tables of docs/sending.md from what libs/meta takes; run `npm run build` first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../dist/test/docs/sending-document.js', import.meta.url);
if (!existsSync(source)) {
  console.error('sending-docs.mjs: dist is missing; run "npm run build" first.');
  process.exit(1);
}
const { withTables } = (await import(source)).default;
const document = new URL('../docs/sending.md', import.meta.url);
writeFileSync(document, withTables(readFileSync(document, 'utf8')));
