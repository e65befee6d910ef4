import type { RouteRecordRaw } from 'vue-router';

export const catalogRoutes: RouteRecordRaw[] = [
  { path: '', name: 'home', component: () => import('./HomePage.vue') },
  { path: '/c/:slug', name: 'category', component: () => import('./listing/CategoryPage.vue'), props: true },
  { path: '/search', name: 'search', component: () => import('./listing/SearchPage.vue') },
  { path: '/p/:slug', name: 'product', component: () => import('./product/ProductPage.vue'), props: true },
];
