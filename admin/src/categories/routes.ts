import type { RouteRecordRaw } from 'vue-router';

const page = () => import('./CategoryPage.vue');

export const routes: RouteRecordRaw[] = [
  { path: 'categories', name: 'categories', component: page, meta: { permission: 'CATALOG_READ' } },
  {
    path: 'categories/:id',
    name: 'category',
    component: page,
    props: true,
    meta: { permission: 'CATALOG_READ' },
  },
];
