import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);
const SUPPORT = join(import.meta.dirname, '../packages/testing/src');
const FILES = ['src/**/*.test.ts', 'test/**/*.test.ts'];

/**
 * A file with one of these has a process to itself: it declares a module or imports an example of one, whose permissions,
 * error codes and messages stay in the process; replaces a module; or looks at every statement that the process has loaded.
 */
const ALONE =
  /\b(?:defineModule|definePlugin|bringMessages|registeredStatements|vi\.(?:do)?mock)\b|\bmodules: \[|\/examples\//i;

/**
 * Of those, files that were run one after the other in several orders: what they declare has other names, and none looks at
 * what is not there. They share processes with each other alone, which saves each the five seconds of loading the API.
 */
const DECLARING = [
  'test/modules.test.ts',
  'test/plugins.test.ts',
  'test/journeys/an-import-of-ones-own.test.ts',
  'test/journeys/custom-fields.test.ts',
  'test/journeys/plugin-hooks.test.ts',
  'test/journeys/price-parts-in-drafts.test.ts',
  'test/journeys/refunds-of-charges.test.ts',
  'test/journeys/secrets-of-integrations.test.ts',
  'test/journeys/shipping-rates.test.ts',
  'test/journeys/tenders-of-ledgers.test.ts',
];

/** The same of files that mostly wait. */
const DECLARING_AND_WAITING = [
  'test/journeys/bulk-actions-are-done-once.test.ts',
  'test/journeys/long-jobs.test.ts',
  'test/journeys/price-parts-of-plugins.test.ts',
];

/**
 * Files that mostly wait, for a worker that was killed to be missed or for a limit to pass, and so have a third process beside
 * the two that work: `npm test` runs them as a run of their own.
 */
const WAITING = [
  'src/platform/database/listener.test.ts',
  'test/journeys/account-security-mails.test.ts',
  'test/journeys/anonymous-statement-timeout.test.ts',
  'test/journeys/bulk-cancel.test.ts',
  'test/journeys/chaos.test.ts',
  'test/journeys/crash-recovery.test.ts',
  'test/journeys/database-restart.test.ts',
  'test/journeys/files-of-imports.test.ts',
  'test/journeys/graceful-shutdown.test.ts',
  'test/journeys/images-are-made-by-a-job.test.ts',
  'test/journeys/imports-are-applied-once.test.ts',
  'test/journeys/provider-failures.test.ts',
  'test/journeys/rotation-that-is-killed.test.ts',
  'test/start-messages.test.ts',
];

const apart = globSync(FILES, { cwd: import.meta.dirname }).filter((file) =>
  ALONE.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
);
const sharing = { TESTS_SHARE_THE_PROCESS: 'true' };
const alone = apart.filter((file) => ![...DECLARING, ...DECLARING_AND_WAITING].includes(file));

const resolve = {
  alias: [
    // type-graphql requires graphql's CommonJS file; a second copy from our own imports would fail its instanceOf checks.
    { find: /^graphql$/, replacement: require.resolve('graphql') },
    // As a plugin imports it from the sources; the build beside them would be a second shop in the process.
    { find: '@vitrine/api/plugin', replacement: join(import.meta.dirname, 'src/plugin/index.ts') },
    { find: /^@vitrine\/testing\//, replacement: `${SUPPORT}/` },
    // The bench imports the built API; its test wants the sources, whatever was built last.
    { find: /^\.\.\/dist\/(.*)\.js$/, replacement: `${join(import.meta.dirname, 'src')}/$1.ts` },
  ],
};

const each = {
  pool: 'forks' as const,
  // Far above what any test takes: a machine that is busy with other things makes no test fail.
  expect: { poll: { timeout: 60_000 } },
  testTimeout: 300_000,
  hookTimeout: 300_000,
  setupFiles: [join(SUPPORT, 'shop/each-file.ts')],
  restoreMocks: true,
};

export default defineConfig({
  test: {
    // Vitest would leave one core to itself, and of two that is half: it does little once the modules are loaded.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: [join(SUPPORT, 'shop/database-server.ts')],
    projects: [
      {
        resolve,
        test: {
          ...each,
          name: 'together',
          include: FILES,
          exclude: [...apart, ...WAITING],
          env: sharing,
          // Each worker loads the API and builds its schema once instead of once per file. What a file leaves behind in the
          // process reaches the next one: spies are restored, and `each-file.ts` resets the rest.
          isolate: false,
        },
      },
      { resolve, test: { ...each, name: 'declaring', include: DECLARING, isolate: false } },
      {
        resolve,
        test: { ...each, name: 'waiting, declaring', include: DECLARING_AND_WAITING, isolate: false },
      },
      { resolve, test: { ...each, name: 'waiting', include: WAITING, env: sharing, isolate: false } },
      { resolve, test: { ...each, name: 'alone', include: alone } },
    ],
  },
});
