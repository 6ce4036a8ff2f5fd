// Writes docs/configuration.md from the settings in libs/config; run `npm run build` first.
import { existsSync, writeFileSync } from 'node:fs';

const source = new URL('../dist/test/docs/configuration-document.js', import.meta.url);
if (!existsSync(source)) {
  console.error('config-docs.mjs: dist is missing; run "npm run build" first.');
  process.exit(1);
}
const { configurationDocument } = (await import(source)).default;
writeFileSync(new URL('../docs/configuration.md', import.meta.url), configurationDocument());
