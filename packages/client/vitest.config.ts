import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // One copy of graphql for the tests' server and for the package that serves it.
    server: { deps: { inline: [/graphql/] } },
    testTimeout: 120_000,
  },
});
