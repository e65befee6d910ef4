import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'products',
    name: 'products',
    component: () => import('./list/ProductListPage.vue'),
    meta: { permission: 'CATALOG_READ' },
  },
  {
    path: 'products/new',
    name: 'product-new',
    component: () => import('./ProductCreatePage.vue'),
    meta: { permission: 'CATALOG_WRITE' },
  },
  {
    path: 'products/:id',
    name: 'product',
    component: () => import('./ProductEditPage.vue'),
    props: true,
    meta: { permission: 'CATALOG_READ' },
  },
];
