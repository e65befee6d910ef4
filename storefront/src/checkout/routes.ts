import type { RouteRecordRaw } from 'vue-router';

export const checkoutRoutes: RouteRecordRaw[] = [
  {
    path: '/checkout',
    name: 'checkout',
    component: () => import('./CheckoutPage.vue'),
    meta: { quiet: true },
  },
  {
    path: '/checkout/pay/:orderToken',
    name: 'pay',
    component: () => import('./PayPage.vue'),
    props: true,
    meta: { quiet: true },
  },
  { path: '/order/:token', name: 'order', component: () => import('./OrderPage.vue'), props: true },
];
