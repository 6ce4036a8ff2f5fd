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

const overServices = (process.env.E2E_TOPOLOGY ?? 'embedded') !== 'embedded';

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/test/e2e/setup/start.ts',
      globalTeardown: '<rootDir>/test/e2e/setup/stop.ts',
      // These start what they need by themselves, so they are the same in every topology.
      testPathIgnorePatterns: overServices ? ['<rootDir>/test/e2e/standalone/'] : [],
      setupFiles: ['<rootDir>/test/e2e/setup/world.ts'],
    },
    { ...base, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.fault-spec.ts'] },
  ],
};
