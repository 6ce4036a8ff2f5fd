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
 * One process over PostgreSQL differs from one on the embedded database in its connections, and from the four processes over
 * PostgreSQL and Redis in its queue, its bus and its rates. What follows asks none of these and runs in those two alone.
 */
const sameStatements = [
  'audit-log backfill channels channels-connect channels-health contact-merges contact-profiles contact-upkeep contacts',
  'conversations-list conversations-work event-\\w+ every-\\w+(-\\w+)? identity identity-\\w+(-\\w+)? media-lifetime',
  'media-uploads mentions messages-contacts personal-data rest search segments sending-errors sending-kinds',
  'sending-security templates webhooks-signature',
]
  .flatMap((names) => names.split(' '))
  .map((name) => `<rootDir>/test/e2e/${name}\\.e2e-spec`);

const elsewhere = { embedded: [], cluster: standalone, postgres: [...standalone, ...sameStatements] };

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
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/test/e2e/setup/start.ts',
      globalTeardown: '<rootDir>/test/e2e/setup/stop.ts',
      testPathIgnorePatterns: elsewhere[topology],
      setupFiles: ['<rootDir>/test/e2e/setup/world.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/e2e/setup/timeout.ts'],
    },
    {
      ...base,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/**/*.browser-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/e2e/setup/timeout.ts'],
    },
    { ...base, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.fault-spec.ts'] },
  ],
};
