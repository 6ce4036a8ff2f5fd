// Puts the server into one file, in place of the module that starts it: finding, reading and compiling two thousand modules was half of
// what a start took (measured). What is loaded only when it is needed, or holds more than JavaScript, stays a module of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const apart = ['@aws-sdk/*', '@electric-sql/pglite', 'argon2'];
const missing = apart.filter((name) => !name.includes('*') && !Object.hasOwn(dependencies, name));
if (missing.length > 0)
  throw new Error(`scripts/one-file.mjs names ${missing.join(', ')}, which package.json does not.`);

/** Packages that others look for and do without: Nest's and Fastify's other platforms, native helpers of ws and pg. */
const absent = {
  name: 'absent',
  setup(building) {
    building.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (pluginData === 'asked' || kind === 'entry-point') return undefined;
      const found = await building.resolve(path, { kind, resolveDir, importer, pluginData: 'asked' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

const entry = join(root, 'dist/apps/server/src/main.js');
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile: entry,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  keepNames: true,
  external: apart,
  plugins: [absent],
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
});
