import type { RouteRecordRaw } from 'vue-router';
import { accountRoutes } from './account/routes';
import { cartRoutes } from './cart/routes';
import { catalogRoutes } from './catalog/routes';
import { checkoutRoutes } from './checkout/routes';
import { accountOrderRoutes, orderRoutes } from './orders/routes';

/** Every page has a Romanian path without prefix, and paths under `/en` and `/fr` in the other languages. */
export const languagePrefix = '/:lang(en|fr)?';

const pages = [
  ...catalogRoutes,
  ...cartRoutes,
  ...checkoutRoutes,
  ...orderRoutes,
  ...accountRoutes(accountOrderRoutes),
];

export const routes: RouteRecordRaw[] = [
  ...pages.map((page) => ({ ...page, path: languagePrefix + page.path }) as RouteRecordRaw),
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./shell/MissingPage.vue') },
];
