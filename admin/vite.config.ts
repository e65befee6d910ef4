import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite';
import { defineConfig } from 'vite';
import {
  iconsOf,
  pluginParts,
  providePluginParts,
  styleSources,
} from '../packages/client/build/plugin-parts';
import { kitLocales } from './build/kit-locales';

const here = fileURLToPath(new URL('.', import.meta.url));
const api = process.env.API_URL ?? 'http://localhost:4000';

const parts = pluginParts('admin');

export default defineConfig({
  root: here,
  base: '/admin/',
  plugins: [
    providePluginParts('admin', parts),
    styleSources(parts, /admin\/src\/main\.css$/),
    vue(),
    kitLocales(),
    ui({
      ui: {
        colors: { primary: 'clay', neutral: 'neutral', success: 'moss', warning: 'amber', error: 'red' },
        // The kit fades the second sentence of a tinted alert, which then falls below 4.5:1.
        alert: {
          compoundVariants: [{ variant: 'subtle', class: { description: 'opacity-100 text-default' } }],
        },
        // A long title would run under the cross.
        modal: { slots: { title: 'pe-8 [overflow-wrap:anywhere]' } },
        slideover: { slots: { title: 'pe-8 [overflow-wrap:anywhere]' } },
        // A field is checked once it was left and something is typed into it again, and when the form is sent. Checked when it
        // is left, its error would come between finger and button: what was pressed has moved away when the finger is lifted.
        form: { defaultVariants: { validateOn: ['input'] } },
        // The kit fades a button under the mouse so much that its words fall below 4.5:1.
        button: {
          compoundVariants: [
            { color: 'primary', variant: 'solid', class: 'hover:bg-primary/90 active:bg-primary/90' },
            { color: 'error', variant: 'solid', class: 'hover:bg-error/90 active:bg-error/90' },
          ],
        },
      },
      // `useTheme` does it: the kit's switch would need a second copy of vueuse in our hands.
      colorMode: false,
      // Without the scan, every icon would be fetched from the internet when it is first drawn.
      // Names of icons also stand in .ts files, which the scan would skip.
      icon: {
        clientBundle: {
          scan: { globInclude: ['src/**/*.{vue,ts}'], globExclude: ['src/generated/**'] },
          icons: iconsOf(parts),
        },
      },
    }),
    VueI18nPlugin({
      include: [
        resolve(here, '../locales/*/admin.json'),
        ...parts.map(({ folder }) => resolve(folder, 'messages/*.json')),
      ],
      runtimeOnly: true,
      dropMessageCompiler: true,
    }),
  ],
  define: {
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        // What pages share comes in some thirty files instead of a hundred, most of which were tiny: each costs the browser and the
        // server a request. Smaller ones join the file whose pages are nearest to theirs.
        codeSplitting: {
          groups: [
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 20_000 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/media': { target: api },
      '/uploads': { target: api },
      '/documents': { target: api },
    },
  },
});
