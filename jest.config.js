const { existsSync } = require('node:fs');
const { join } = require('node:path');

// Nest 12 and a few of its companions ship ESM only; Jest runs in CommonJS mode, so these are transformed too.
const esmOnly = [
  '@nestjs',
  '@electric-sql',
  'content-disposition',
  'cookie',
  'load-esm',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'jose',
  'uuid',
  'openapi-typescript',
  'parse-json',
  'index-to-position',
  'supports-color',
  'change-case',
  'happy-dom',
  'entities',
  'whatwg-mimetype',
  '@marcbachmann',
];

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|js|mjs|cjs)$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
        swcrc: false,
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(?:${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@switchboard/simulator$': '<rootDir>/apps/simulator/src/index.ts',
    '^@switchboard/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

const { E2E_TOPOLOGY: topology = 'embedded' } = process.env;

/** Specs that start what they need by themselves: the same in every topology. */
const standalone = ['<rootDir>/test/e2e/standalone/'];

/**
 * One process over PostgreSQL has what the embedded store has (its queue in the database, its bus in the process) and what the four
 * processes over PostgreSQL and Redis have (statements that run at the same time). What could go wrong for both together is in
 * what comes in, is handed on, is sent, and is given up by a process: the rest runs in those two alone.
 */
const onPostgres = [
  'contact-imports database-transactions event-partitions health installation media-inbound messages messages-arrivals',
  'messages-statuses messages-unread realtime-log realtime-messages realtime-resume roles sending-order sending-races',
  'sending-unknown sending-waiting start-up webhooks-batches webhooks-once webhooks-pending webhooks-quarantine',
]
  .flatMap((names) => names.split(' '))
  .map((name) => {
    const spec = `test/e2e/${name}.e2e-spec.ts`;
    if (!existsSync(join(__dirname, spec))) throw new Error(`${spec}, which runs over PostgreSQL, is not there.`);
    return `<rootDir>/${spec}`;
  });

const e2eMatch = topology === 'postgres' ? onPostgres : ['<rootDir>/test/e2e/**/*.e2e-spec.ts'];

/** @type {import('jest').Config} */
module.exports = {
  testSequencer: '<rootDir>/test/e2e/setup/longest-first.js',
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'e2e',
      // React looks at the page once more when its spec has ended; Jest would have taken it away and say so at length.
      testEnvironmentOptions: { globalsCleanup: 'off' },
      testMatch: e2eMatch,
      globalSetup: '<rootDir>/test/e2e/setup/start.ts',
      globalTeardown: '<rootDir>/test/e2e/setup/stop.ts',
      testPathIgnorePatterns: topology === 'embedded' ? [] : standalone,
      setupFiles: ['<rootDir>/test/e2e/setup/world.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/e2e/setup/timeout.ts'],
    },
    {
      ...base,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/**/*.browser-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/e2e/setup/timeout.ts'],
    },
    // Takes minutes: npm run test:faults:campaign.
    { ...base, displayName: 'long', testMatch: ['<rootDir>/test/faults/**/*.long-spec.ts'] },
    { ...base, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.fault-spec.ts'] },
  ],
};
