import type { RouteRecordRaw } from 'vue-router';

const meta = { quiet: true, words: 'orders' } as const;

export const checkoutRoutes: RouteRecordRaw[] = [
  { path: '/checkout', name: 'checkout', component: () => import('./CheckoutPage.vue'), meta },
  {
    path: '/checkout/pay/:orderToken',
    name: 'pay',
    component: () => import('./payment/PayPage.vue'),
    props: true,
    meta,
  },
];
