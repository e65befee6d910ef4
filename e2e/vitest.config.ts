import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['journeys/**/*.test.ts'],
    // One shop and one browser for all journeys, one after the other.
    globalSetup: ['support/whole-shop.ts'],
    fileParallelism: false,
    // Only ends what hangs: a machine with other work needs several times what an idle one does.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
