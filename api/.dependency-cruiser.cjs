/** Which way imports may point; the reasons are in the README. */

const TESTS = '(\\.test\\.ts|/contract\\.ts)$';

const ACTORS =
  'guest|customer|staff|provider|checkout|graphql-client|live-client|mutation-driver|recorded-errors';

// Each module names the modules that it depends on; the same list decides which tables it may read.
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const DOMAINS = join(__dirname, 'src/domains');

function dependenciesOf(domain) {
  const text = readFileSync(join(DOMAINS, domain, `${domain}.module.ts`), 'utf8');
  const list = /dependsOn: \[([^\]]*)\]/.exec(text);
  if (!list) throw new Error(`${domain}.module.ts names no dependsOn`);
  // orderEditingModule lives in order-editing/.
  return [...list[1].matchAll(/(\w+)Module/g)].map(([, name]) =>
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );
}

const onlyWhatItDependsOn = readdirSync(DOMAINS).map((domain) => ({
  name: `${domain}-enters-what-it-depends-on`,
  comment: 'A module uses those it names in dependsOn; to the others it speaks by outbox events and hooks.',
  severity: 'error',
  from: { path: `^api/src/domains/${domain}/`, pathNot: TESTS },
  to: {
    path: '^api/src/domains/[^/]+/',
    pathNot: `^api/src/domains/(${[domain, ...dependenciesOf(domain)].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'enter-a-domain-by-its-door',
      comment:
        'From one domain to another only through its index.ts; module files name each other in dependsOn.',
      severity: 'error',
      from: { path: '^api/src/domains/([^/]+)/', pathNot: [TESTS, '\\.module\\.ts$'] },
      to: { path: '^api/src/domains/[^/]+/', pathNot: ['^api/src/domains/$1/', '/index\\.ts$'] },
    },
    {
      name: 'modules-name-modules',
      severity: 'error',
      from: { path: '^api/src/domains/([^/]+)/.*\\.module\\.ts$' },
      to: {
        path: '^api/src/domains/[^/]+/',
        pathNot: ['^api/src/domains/$1/', '/index\\.ts$', '\\.module\\.ts$'],
      },
    },
    {
      name: 'app-enters-a-domain-by-its-door',
      comment: 'The app knows a domain by its index.ts and its module manifest.',
      severity: 'error',
      from: { path: '^api/src/(app/|[^/]+\\.ts$)', pathNot: TESTS },
      to: { path: '^api/src/domains/[^/]+/', pathNot: ['/index\\.ts$', '\\.module\\.ts$'] },
    },
    ...onlyWhatItDependsOn,
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
      name: 'plugins-use-what-is-published',
      comment: 'A plugin outlives versions of the shop: nothing else is promised to stay.',
      severity: 'error',
      // Those of the parts in the clients, which are written in Vue too, are checked by ESLint.
      from: { path: '^(examples|plugins)/' },
      to: {
        path: '^(api|packages|storefront|admin)/',
        pathNot: '^(api|admin|storefront)/src/plugin/index\\.ts$',
      },
    },
    {
      name: 'only-plugins-use-what-is-published',
      severity: 'error',
      from: { path: '^api/src/', pathNot: TESTS },
      to: { path: '^api/src/plugin/' },
    },
    {
      name: 'what-is-published-enters-a-domain-by-its-door',
      severity: 'error',
      from: { path: '^api/src/plugin/' },
      to: { path: '^api/src/domains/[^/]+/', pathNot: ['/index\\.ts$', '\\.module\\.ts$'] },
    },
    {
      name: 'only-tests-use-the-testing-package',
      severity: 'error',
      from: { path: '^api/src/', pathNot: TESTS },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'testing-enters-the-api-by-its-doors',
      comment:
        'A domain by its index.ts or its manifest, the app by what starts it and what builds its schema.',
      severity: 'error',
      from: { path: '^packages/testing/' },
      to: {
        path: '^api/src/(domains|app)/',
        pathNot: [
          '^api/src/domains/[^/]+/index\\.ts$',
          '\\.module\\.ts$',
          '^api/src/app/(create-shop|modules|seed|server|worker|settings/env|graphql/(schema|node\\.resolver))\\.ts$',
        ],
      },
    },
    {
      name: 'actors-know-the-published-api-only',
      comment: 'A guest, a customer, staff and the provider do what anybody can do over HTTP.',
      severity: 'error',
      from: { path: `^packages/testing/src/drivers/(${ACTORS})\\.ts$` },
      to: { path: '^api/' },
    },
    {
      name: 'testing-knows-no-test',
      severity: 'error',
      from: { path: '^packages/testing/' },
      to: { path: '^(api/(test|bench)|e2e)/' },
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
    includeOnly: '^(api/(src|test|bench)|e2e|examples|plugins|packages/testing/src)/',
    enhancedResolveOptions: { conditionNames: ['vitrine-source', 'import', 'node', 'default'] },
  },
};
