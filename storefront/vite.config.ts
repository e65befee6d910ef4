import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import {
  pluginParts,
  providePluginParts,
  schemaFile,
  styleSources,
} from '../packages/client/build/plugin-parts';
import { schemaTypes } from './build/schema-types';

const here = fileURLToPath(new URL('.', import.meta.url));

const parts = pluginParts('storefront');

export default defineConfig(({ isSsrBuild }) => ({
  root: here,
  plugins: [
    // DemoImages in public/ are named by their address and must not be looked up as modules.
    vue({ template: { transformAssetUrls: false } }),
    providePluginParts('storefront', parts),
    styleSources(parts, /storefront\/src\/ui\/base\.css$/),
    tailwindcss(),
    schemaTypes(schemaFile()),
  ],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    ...(isSsrBuild ? { 'process.env.NODE_ENV': '"production"' } : {}),
  },
  build: isSsrBuild
    ? {
        ssr: true,
        outDir: 'dist/server',
        target: 'node22',
        copyPublicDir: false,
        rolldownOptions: { input: { main: `${here}server/main.ts` } },
      }
    : {
        outDir: 'dist/client',
        target: 'es2022',
        manifest: true,
        ssrManifest: true,
        // The policy sent with every page allows no inline data except images.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
  // One bundle holds the production builds of Vue and graphql; left outside, each would choose by NODE_ENV at start.
  ssr: { noExternal: true },
}));
