// Puts the server into one file, in place of the module that starts it: finding, reading and compiling two thousand modules was half of
// what a start took (measured). What is loaded only when it is needed, or holds more than JavaScript, stays a module of its own.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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

/** Of these it is known that what they require by a function of their own may come from node_modules: files, or what is not there. */
const ownRequire = [
  '@nestjs/common/utils/load-package.util.js',
  '@nestjs/swagger/dist/swagger-ui/swagger-ui.js',
  'msgpackr/node-index.js',
];
/** Of these it must be the module in the one file: a second class-transformer knows nothing of the first one's types. */
const sharedRequire = ['@nestjs/mapped-types/dist/type-helpers.utils.js'];
const madeRequire = /const require = createRequire\(import\.meta\.url\);/;

const requires = {
  name: 'requires',
  setup(building) {
    building.onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      if (!contents.includes('createRequire(import.meta.url)')) return undefined;
      if (sharedRequire.some((name) => path.endsWith(name)) && madeRequire.test(contents)) {
        return { contents: contents.replace(madeRequire, '') };
      }
      if (ownRequire.some((name) => path.endsWith(name))) return undefined;
      return {
        errors: [
          { text: `${path} makes a require of its own: say in scripts/one-file.mjs which modules it is to get.` },
        ],
      };
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
  plugins: [absent, requires],
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
});
