import type { RouteRecordRaw } from 'vue-router';
import { languages } from './app/messages/language';
import { accountRoutes } from './account/routes';
import { cartRoutes } from './cart/routes';
import { catalogRoutes } from './catalog/routes';
import { checkoutRoutes } from './checkout/routes';
import { accountOrderRoutes, orderRoutes } from './orders/routes';

/** Every page has a path without prefix in one language, and one under `/en` and the like in each other. */
export const languagePrefix = `/:lang(${languages.join('|')})?`;

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
