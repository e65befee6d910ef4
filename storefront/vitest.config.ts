import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { providePluginParts } from '../packages/client/build/plugin-parts';
import { schemaTypes } from './build/schema-types';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  plugins: [
    // DemoImages in public/ are named by their address and must not be looked up as modules.
    vue({ template: { transformAssetUrls: false } }),
    providePluginParts('storefront', []),
    schemaTypes(`${here}../schema.graphql`),
  ],
  test: {
    environment: 'happy-dom',
    // A window for each file took longer than its tests. What a file leaves behind reaches the next one, so spies are restored.
    isolate: false,
    restoreMocks: true,
    include: ['src/**/*.test.ts', 'server/**/*.test.ts'],
    // Far above what any test takes: a machine that is busy with other things makes no test fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
