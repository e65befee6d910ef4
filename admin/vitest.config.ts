import { fileURLToPath } from 'node:url';
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { providePluginParts } from '../packages/client/build/plugin-parts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    providePluginParts('admin', []),
    vue(),
    VueI18nPlugin({ include: [fileURLToPath(new URL('../locales/*/admin.json', import.meta.url))] }),
  ],
  test: {
    environment: 'happy-dom',
    // A window for each file took longer than its tests. What a file leaves behind reaches the next one, so spies are restored.
    isolate: false,
    restoreMocks: true,
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/app/testing-messages.ts'],
    // Far above what any test takes: a machine that is busy with other things makes no test fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
