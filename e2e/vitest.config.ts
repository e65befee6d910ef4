import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^@vitrine\/testing\//,
        replacement: `${join(import.meta.dirname, '../packages/testing/src')}/`,
      },
    ],
  },
  test: {
    include: ['journeys/**/*.test.ts'],
    // Each worker has a shop of its own, in which its journeys follow each other.
    globalSetup: ['support/whole-shop.ts'],
    maxWorkers: 2,
    // Only ends what hangs: a machine with other work needs several times what an idle one does.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
