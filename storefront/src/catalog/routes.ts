import type { RouteRecordRaw } from 'vue-router';

export const catalogRoutes: RouteRecordRaw[] = [
  { path: '', name: 'home', component: () => import('./HomePage.vue') },
  { path: '/c/:slug', name: 'category', component: () => import('./CategoryPage.vue'), props: true },
  { path: '/search', name: 'search', component: () => import('./SearchPage.vue') },
  { path: '/p/:slug', name: 'product', component: () => import('./ProductPage.vue'), props: true },
];
