import type { RouteRecordRaw } from 'vue-router';
import { languages } from '../app/messages/language';

/** One part of small letters, digits and dashes that is no language: a page that staff wrote. */
const SLUG = `((?!(?:${languages.join('|')}\\)$\\)[a-z0-9][a-z0-9-]*)`;

export const catalogRoutes: RouteRecordRaw[] = [
  { path: '', name: 'home', component: () => import('./pages/HomePage.vue') },
  { path: '/c/:slug', name: 'category', component: () => import('./listing/CategoryPage.vue'), props: true },
  { path: '/search', name: 'search', component: () => import('./listing/SearchPage.vue') },
  { path: '/p/:slug', name: 'product', component: () => import('./product/ProductPage.vue'), props: true },
  {
    path: '/preview/:token',
    name: 'preview',
    component: () => import('./pages/PreviewPage.vue'),
    props: true,
  },
  { path: `/:slug${SLUG}`, name: 'page', component: () => import('./pages/ContentPage.vue'), props: true },
];
