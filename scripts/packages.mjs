// Builds what applications install: libs/client and libs/react, and the script that the server gives to browsers.
// ES modules and CommonJS side by side, each with its types; `dist/<format>/package.json` tells Node which is which.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const formats = { esm: 'module', cjs: 'commonjs' };
const shared = { absWorkingDir: root, bundle: true, target: 'es2022', logLevel: 'warning', tsconfig: 'tsconfig.json' };

/** A package from its index.ts, with nothing in it that it names as its own dependency. `declared`: whose types it brings. */
async function buildPackage(name, declared) {
  const folder = join(root, 'libs', name);
  const { peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const external = Object.keys(peerDependencies);
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  await Promise.all(
    Object.keys(formats).map((format) =>
      build({
        ...shared,
        entryPoints: [join(folder, 'src/index.ts')],
        outfile: join(folder, 'dist', format, 'index.js'),
        format,
        platform: 'neutral',
        external,
      }),
    ),
  );
  declareTypes(folder, declared, external);
}

/** The compiler's declarations, those of the contracts among them, so that the package needs none of this repository. */
function declareTypes(folder, declared, external) {
  const types = join(folder, 'dist/types');
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/@typescript/native/bin/tsc'), '-p', `${folder}/tsconfig.types.json`],
    {
      stdio: 'inherit',
    },
  );
  for (const file of readdirSync(types, { recursive: true }).filter((path) => path.endsWith('.d.ts'))) {
    const path = join(types, file);
    writeFileSync(path, resolved(readFileSync(path, 'utf8'), dirname(path), types, external));
  }
  for (const [format, type] of Object.entries(formats)) {
    const target = join(folder, 'dist', format);
    mkdirSync(target, { recursive: true });
    for (const lib of declared) cpSync(join(types, lib), join(target, lib), { recursive: true });
    writeFileSync(join(target, 'package.json'), `${JSON.stringify({ type })}\n`);
  }
  rmSync(types, { recursive: true });
}

/** Module names as both formats want them: whole file names, and no alias of this repository. */
function resolved(text, folder, types, external) {
  return text.replaceAll(/(from |import\()(['"])([^'"]+)\2/g, (whole, before, quote, name) => {
    if (external.includes(name)) return whole;
    const [, lib] = /^@switchboard\/(.+)$/.exec(name) ?? [];
    if (lib) {
      const path = relative(folder, join(types, lib, 'src/index.js'));
      return `${before}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
    }
    return name.startsWith('.') ? `${before}${quote}${name}.js${quote}` : whole;
  });
}

/** One file for a `<script>`, Socket.IO's client in it: the global `Switchboard`. */
async function buildScript() {
  await build({
    ...shared,
    entryPoints: [join(root, 'libs/client/src/index.ts')],
    outfile: join(root, 'dist/sdk/switchboard.js'),
    format: 'iife',
    globalName: 'Switchboard',
    platform: 'browser',
    minify: true,
    legalComments: 'inline',
  });
}

await Promise.all([buildPackage('client', ['client', 'contracts']), buildPackage('react', ['react']), buildScript()]);
