import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { createApp, defineComponent, h, ref, type App, type Component } from 'vue';
import { createMemoryHistory, createRouter, type RouteRecordRaw } from 'vue-router';
import ordersRo from '../../../locales/ro/storefront-orders.json';
import ro from '../../../locales/ro/storefront.json';
import { routes } from '../routes';
import { shopKey, type Shop } from './shop';
import { pageSettingsKey } from './settings';
import { createI18n, i18nKey } from './messages/i18n';

const SHOP: Shop = {
  __typename: 'Shop',
  name: 'Lut',
  currency: 'RON',
  defaultLanguage: 'RO',
  homeCountry: 'RO',
  languages: ['RO', 'EN', 'FR'],
  rootLanguage: 'RO',
  wordsVersion: null,
  timeZone: 'Europe/Bucharest',
  brand: {
    __typename: 'ShopBrand',
    colors: {
      ...{ __typename: 'BrandColors', accent: '#9c4524', onAccent: '#ffffff' },
      ...{ accentHover: '#772f17', accentText: '#9c4524' },
    },
    logo: null,
    icon: null,
    shareImage: null,
  },
  taxMode: 'TAXED',
  isOpen: true,
  holiday: null,
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
  | { data?: unknown; errors?: { message: string; extensions?: { code: string } }[] }
  | Error;

type Script = (asked: Asked) => Answer | Promise<Answer>;

/**
 * Runs a composable inside a Romanian app with a scripted API.
 *
 * An `Error` in the script is a network failure.
 */
export function withShop<Result>(
  script: Script,
  use: () => Result,
): { result: Result; asked: Asked[]; app: App } {
  let result: Result | undefined;
  const page = defineComponent({
    setup() {
      result = use();
      return () => null;
    },
  });
  const { asked, app } = mountIn(document.createElement('div'), page, script);
  return { result: result as Result, asked, app };
}

/**
 * Shows a component inside such an app. `props` also holds its listeners, as `onChange`. The element is taken off the
 * page by `app.unmount()`.
 */
export function showInShop(
  component: Component,
  props: object,
  script: Script = () => new Error('This component asks nothing'),
): { element: HTMLElement; asked: Asked[]; app: App } {
  const element = document.body.appendChild(document.createElement('div'));
  const { asked, app } = mountIn(
    element,
    { render: () => h(component, props as Record<string, unknown>) },
    script,
  );
  app.onUnmount(() => element.remove());
  return { element, asked, app };
}

function mountIn(element: HTMLElement, component: Component, script: Script): { asked: Asked[]; app: App } {
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
  const app = createApp(component);
  // Links lead to pages of the shop, which are empty here.
  const pages = routes.map(({ path, name }) => ({ path, name, component: { render: () => null } }));
  app.use(createRouter({ history: createMemoryHistory(), routes: pages as RouteRecordRaw[] }));
  app.use(urql, client);
  app.provide(i18nKey, createI18n('ro', [ro, ordersRo]));
  app.provide(shopKey, ref<Shop | null>(SHOP));
  app.provide(pageSettingsKey, { language: 'ro', origin: 'http://shop.test' });
  app.mount(element);
  return { asked, app };
}
