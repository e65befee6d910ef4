import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { createApp, type App, ref } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import ordersRo from '../../../locales/ro/storefront-orders.json';
import ro from '../../../locales/ro/storefront.json';
import { shopKey, type Shop } from './shop';
import { pageSettingsKey } from './settings';
import { createI18n, i18nKey } from './messages/i18n';

const SHOP: Shop = {
  __typename: 'Shop',
  name: 'Lut',
  currency: 'RON',
  freeShippingFrom: null,
  contact: { __typename: 'ShopContact', email: null, phone: null, links: [] },
  seller: { __typename: 'ShopSeller', name: 'Lut SRL', address: [], taxId: 'RO1', registrationNumber: null },
};

/** A request to the scripted API. */
export interface Asked {
  operationName: string;
  variables: Record<string, unknown>;
}

export type Answer =
  { data?: unknown; errors?: { message: string; extensions?: { code: string } }[] } | Error;

/**
 * Runs a composable inside a Romanian app with a scripted API.
 *
 * An `Error` in the script is a network failure.
 */
export function withShop<Result>(
  script: (asked: Asked) => Answer | Promise<Answer>,
  use: () => Result,
): { result: Result; asked: Asked[]; app: App } {
  const asked: Asked[] = [];
  const client = new Client({
    url: 'http://shop.test/graphql',
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetch: async (_url, init) => {
      const request = JSON.parse(String(init?.body)) as Asked;
      asked.push(request);
      const answer = await script(request);
      if (answer instanceof Error) throw answer;
      return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
    },
  });
  let result: Result | undefined;
  const app = createApp({
    setup() {
      result = use();
      return () => null;
    },
  });
  const page = { path: '/:rest(.*)*', component: { render: () => null } };
  app.use(createRouter({ history: createMemoryHistory(), routes: [page] }));
  app.use(urql, client);
  app.provide(i18nKey, createI18n('ro', [ro, ordersRo]));
  app.provide(shopKey, ref<Shop | null>(SHOP));
  app.provide(pageSettingsKey, { language: 'ro', origin: 'http://shop.test' });
  app.mount(document.createElement('div'));
  return { result: result as Result, asked, app };
}
