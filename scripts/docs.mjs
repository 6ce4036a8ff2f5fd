// Writes the documents that are made from the code; run `npm run build` first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const built = new URL('../dist/test/docs/', import.meta.url);
if (!existsSync(built)) {
  console.error('docs.mjs: dist is missing; run "npm run build" first.');
  process.exit(1);
}
const { configurationDocument } = (await import(new URL('configuration-document.js', built))).default;
const { asyncApiFile } = (await import(new URL('asyncapi-document.js', built))).default;
const { withTables } = (await import(new URL('sending-document.js', built))).default;
const { withItems } = (await import(new URL('webhook-items-document.js', built))).default;
const { flowSchemaFile } = (await import(new URL('flow-schema.js', built))).default;
const { openApiTypes } = (await import(new URL('openapi-types.js', built))).default;

const docs = new URL('../docs/', import.meta.url);
const rewrite = (name, made) => {
  const document = new URL(name, docs);
  writeFileSync(document, made(readFileSync(document, 'utf8')));
};
rewrite('configuration.md', configurationDocument);
rewrite('sending.md', withTables);
rewrite('webhook-items.md', withItems);
writeFileSync(new URL('../libs/contracts/asyncapi.json', import.meta.url), asyncApiFile());
writeFileSync(new URL('../libs/flows/flow.schema.json', import.meta.url), flowSchemaFile());
writeFileSync(new URL('../libs/client/src/openapi.ts', import.meta.url), await openApiTypes());
