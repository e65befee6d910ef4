import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'orders',
    name: 'orders',
    component: () => import('./list/OrderListPage.vue'),
    meta: { permission: 'ORDER_READ' },
  },
  {
    path: 'orders/:id',
    name: 'order',
    component: () => import('./OrderPage.vue'),
    props: true,
    meta: { permission: 'ORDER_READ' },
  },
  {
    path: 'blocked-buyers',
    name: 'checkout-blocks',
    component: () => import('./blocks/BlockListPage.vue'),
    meta: { permission: 'ORDER_READ' },
  },
];
