/// <reference types="vite/client" />

/** Whether the build has parts of plugins. */
declare const __HAS_PLUGINS__: boolean;

declare module 'virtual:plugin-parts' {
  import type { AdminModule } from './plugins/admin-module';
  /** The parts of this client that the plugins of the shop bring; see packages/client/build/plugin-parts.ts. */
  export const pluginParts: {
    readonly name: string;
    readonly load: () => Promise<AdminModule | undefined>;
  }[];
}

declare module 'virtual:kit-locales' {
  import type { Locale, Messages } from '@nuxt/ui';
  /** The kit's own texts by the code of each of the shop's languages. */
  export const kitLocales: Record<string, Locale<Messages>>;
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent<object, object, unknown>;
  export default component;
}
