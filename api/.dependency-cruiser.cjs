/** Which way imports may point; the reasons are in the README. */

const TESTS = '(\\.test\\.ts|/contract\\.ts)$';

// A domain may enter those on lower levels; everyone may enter identity.
const LEVELS = [
  ['identity'],
  ['catalog', 'payments'],
  ['pricing', 'inventory'],
  ['cart', 'orders'],
  ['checkout', 'desk', 'documents'],
  ['returns'],
  ['notifications'],
  ['integrity'],
];

const levelsPointDown = LEVELS.flatMap((domains, level) =>
  domains.map((domain) => ({
    name: `levels-point-down-from-${domain}`,
    comment: 'Calls go down; news comes back up as outbox events.',
    severity: 'error',
    from: { path: `^api/src/domains/${domain}/`, pathNot: TESTS },
    to: {
      path: '^api/src/domains/[^/]+/',
      pathNot: `^api/src/domains/(${[domain, ...LEVELS.slice(0, level).flat()].join('|')})/`,
    },
  })),
);

module.exports = {
  forbidden: [
    {
      name: 'enter-a-domain-by-its-door',
      comment: 'From one domain to another only through its index.ts.',
      severity: 'error',
      from: { path: '^api/src/domains/([^/]+)/', pathNot: TESTS },
      to: { path: '^api/src/domains/[^/]+/', pathNot: ['^api/src/domains/$1/', '/index\\.ts$'] },
    },
    {
      name: 'app-enters-a-domain-by-its-door',
      comment: 'The app knows a domain by its index.ts and its module manifest.',
      severity: 'error',
      from: { path: '^api/src/(app/|[^/]+\\.ts$)', pathNot: TESTS },
      to: { path: '^api/src/domains/[^/]+/', pathNot: ['/index\\.ts$', '\\.module\\.ts$'] },
    },
    ...levelsPointDown,
    {
      name: 'layers-point-down',
      comment: 'Technique knows no business.',
      severity: 'error',
      from: { path: '^api/src/(kernel|platform|integrations)/', pathNot: TESTS },
      to: { path: '^api/src/(domains|app)/' },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^api/src/kernel/', pathNot: TESTS },
      to: { path: '^api/src/', pathNot: '^api/src/kernel/' },
    },
    {
      name: 'domains-do-not-know-the-app',
      severity: 'error',
      from: { path: '^api/src/domains/', pathNot: TESTS },
      to: { path: '^api/src/app/' },
    },
    {
      name: 'adapters-only-in-app',
      comment: 'Everybody else speaks to the port.',
      severity: 'error',
      from: { path: '^api/src/', pathNot: ['^api/src/(app|integrations)/', TESTS] },
      to: { path: '^api/src/integrations/', pathNot: '/port\\.ts$' },
    },
    {
      name: 'no-cycles',
      comment: 'Type imports included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'imports-exist',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'api/tsconfig.check.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^api/src',
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'] },
  },
};
