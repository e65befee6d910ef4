import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Uses one copy of graphql for the test server and for graphql-ws.
    server: { deps: { inline: [/graphql/] } },
    testTimeout: 120_000,
  },
});
