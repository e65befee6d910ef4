/// <reference types="vite/client" />

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
