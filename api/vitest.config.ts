import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    // type-graphql requires graphql's CommonJS file; a second copy from our own imports would fail its instanceOf checks.
    alias: [
      { find: /^graphql$/, replacement: require.resolve('graphql') },
      // As a plugin imports it from the sources; the build beside them would be a second shop in the process.
      {
        find: '@vitrine/api/plugin',
        replacement: join(import.meta.dirname, 'src/plugin/index.ts'),
      },
      {
        find: /^@vitrine\/testing\//,
        replacement: `${join(import.meta.dirname, '../packages/testing/src')}/`,
      },
      // The bench imports the built API; its test wants the sources, whatever was built last.
      { find: /^\.\.\/dist\/(.*)\.js$/, replacement: `${join(import.meta.dirname, 'src')}/$1.ts` },
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    pool: 'forks',
    // Vitest would leave one core to itself, and of two that is half: it does little once the modules are loaded.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Far above what any test takes: a machine that is busy with other things makes no test fail.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    globalSetup: ['../packages/testing/src/shop/database-server.ts'],
    setupFiles: ['../packages/testing/src/shop/each-file.ts'],
  },
});
