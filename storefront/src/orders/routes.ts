import type { RouteRecordRaw } from 'vue-router';

const words = 'orders';

export const orderRoutes: RouteRecordRaw[] = [
  {
    path: '/find-order',
    name: 'find-order',
    component: () => import('./FindOrderPage.vue'),
    meta: { words },
  },
  {
    path: '/order/:token',
    name: 'order',
    component: () => import('./OrderPage.vue'),
    props: true,
    meta: { words },
  },
  {
    path: '/order/:token/return',
    name: 'order-return',
    component: () => import('./returns/ReturnPage.vue'),
    props: true,
    meta: { words },
  },
];

/** The same pages inside the customer's account. */
export const accountOrderRoutes: RouteRecordRaw[] = [
  {
    path: 'orders/:id',
    name: 'account-order',
    component: () => import('./AccountOrderPage.vue'),
    props: true,
  },
  {
    path: 'orders/:id/return',
    name: 'account-order-return',
    component: () => import('./returns/AccountReturnPage.vue'),
    props: true,
  },
];
