// The arrows of docs/architecture.md as rules; `npm run deps` fails on a violation.
const libs = (...names) => `^libs/(${names.join('|')})/`;
const everyone = ['config', 'contracts', 'observability'];

/** Allows `from` to import only the named libraries (and the three that everything may use). */
const mayUse = (from, ...allowed) => ({
  name: `${from}-imports`,
  comment: `libs/${from} may import only ${[...everyone, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: libs(from) },
  to: { path: '^libs/', pathNot: libs(from, ...everyone, ...allowed) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-lib-to-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|test)/' } },
    {
      name: 'no-app-to-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-feature-internals',
      comment: "A feature uses what another feature's index.ts exports, never its files",
      severity: 'error',
      from: { path: '^apps/server/src/([^/]+)/' },
      to: { path: '^apps/server/src/[^/]+/', pathNot: '^apps/server/src/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'libs-through-index',
      severity: 'error',
      from: { path: '^(apps|libs|test)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: '^libs/($2/|[^/]+/src/index\\.ts$)' },
    },
    {
      name: 'contracts-and-meta-import-nothing-of-ours',
      severity: 'error',
      from: { path: libs('contracts', 'meta') },
      to: { path: '^libs/', pathNot: '^libs/(contracts|meta)/' },
    },
    { name: 'contracts-meta-apart', severity: 'error', from: { path: libs('contracts') }, to: { path: libs('meta') } },
    { name: 'meta-contracts-apart', severity: 'error', from: { path: libs('meta') }, to: { path: libs('contracts') } },
    {
      name: 'no-nest-in-contracts-and-meta',
      severity: 'error',
      from: { path: libs('contracts', 'meta') },
      to: { path: 'node_modules/@nestjs' },
    },
    mayUse('config'),
    mayUse('observability'),
    mayUse('database'),
    mayUse('queue', 'database'),
    mayUse('events', 'database', 'queue'),
    mayUse('realtime'),
    mayUse('flows'),
    {
      name: 'no-nest-in-flows',
      comment: 'libs/flows is the language of flows: pure, without Nest and without a store',
      severity: 'error',
      from: { path: libs('flows') },
      to: { path: 'node_modules/@nestjs' },
    },
    {
      name: 'client-imports',
      comment:
        'What applications install holds nothing of the server: of ours, libs/client may use the contracts alone',
      severity: 'error',
      from: { path: libs('client') },
      to: { path: '^(apps|libs|test)/', pathNot: libs('client', 'contracts') },
    },
    {
      name: 'client-packages',
      comment: 'libs/client needs socket.io-client and no other package, nor anything of Node',
      severity: 'error',
      from: { path: libs('client'), pathNot: '\\.(spec|fixture)\\.ts$' },
      to: { pathNot: ['^libs/', 'node_modules/socket\\.io-client/'] },
    },
    {
      name: 'react-imports',
      comment: 'libs/react needs React and libs/client, and nothing else',
      severity: 'error',
      from: { path: libs('react'), pathNot: '\\.spec\\.ts$' },
      to: { pathNot: [libs('react'), '^libs/client/src/index\\.ts$', 'node_modules/(@types/)?react/'] },
    },
    {
      name: 'no-client-in-server',
      severity: 'error',
      from: { path: '^(apps/server|libs)/', pathNot: libs('client', 'react') },
      to: { path: libs('client', 'react') },
    },
    {
      name: 'no-dev-dependency-in-production',
      comment: 'What ships must be in dependencies; what applications install names its own',
      severity: 'error',
      from: { path: '^(apps/server|libs)/', pathNot: ['\\.spec\\.ts$', libs('client', 'react')] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|^libs/[^/]+/dist/|^node_modules/\\.)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
