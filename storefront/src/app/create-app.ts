import type { Client, SSRExchange } from '@urql/core';
import urql from '@urql/vue';
import type { VueHeadClient } from '@unhead/vue';
import { createSSRApp, type App, type Ref } from 'vue';
import type { Router } from 'vue-router';
import AppRoot from '../App.vue';
import { watchForFailures } from './code-loading';
import { makeNotices, noticesKey } from './notices';
import { loadI18n, i18nKey, type Messages } from './messages/i18n';
import { makePagePaths, pagePathsKey } from './messages/page-paths';
import { makePageResponse, pageResponseKey, type PageResponse } from './page-response';
import { loadedSlotsKey, loadPlugins } from '../plugins/loaded-plugins';
import { makeRouter } from './router';
import { shopKey, watchShop, type Shop } from './shop';
import { pageSettingsKey, type PageSettings } from './settings';
import { makeClient, makeSsrExchange } from './urql';

export interface AppMaterials extends PageSettings {
  apiUrl: string;
  head: VueHeadClient;
  fetch: typeof fetch;
  ssr?: SSRExchange;
  /** Words that staff of the shop wrote in place of the storefront's own, where they are known already. */
  words?: Messages | null;
}

export interface MadeApp {
  app: App;
  router: Router;
  client: Client;
  ssr: SSRExchange;
  response: PageResponse;
  shop: Ref<Shop | null>;
  learnShopWords: (words: Messages) => void;
}

/** Creates an app with its own client, router and state, so that nothing is shared between two requests. */
export async function makeApp(materials: AppMaterials): Promise<MadeApp> {
  const { language, origin } = materials;
  const ssr = materials.ssr ?? makeSsrExchange({ isClient: false });
  const client = makeClient({ url: materials.apiUrl, language, ssr, fetch: materials.fetch });
  const slots = __HAS_PLUGINS__ ? loadPlugins(language) : null;
  const { words, learnOrders, learnShopWords } = await loadI18n(language);
  if (materials.words) learnShopWords(materials.words);
  const router = makeRouter(learnOrders);
  const response = makePageResponse();

  const app = createSSRApp(AppRoot);
  app.use(router);
  app.provide(i18nKey, words);
  if (slots) app.provide(loadedSlotsKey, await slots);
  app.use(urql, client);
  app.use(materials.head);
  const notices = makeNotices();
  app.provide(noticesKey, notices);
  // On the server a failure must reach the renderer, which returns 502.
  if (!import.meta.env.SSR) watchForFailures(app, router, notices);
  app.provide(pageResponseKey, response);
  app.provide(pagePathsKey, makePagePaths());
  app.provide(pageSettingsKey, { language, origin });
  const shop = watchShop(router, client);
  app.provide(shopKey, shop);
  return { app, router, client, ssr, response, shop, learnShopWords };
}
