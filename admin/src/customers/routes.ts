import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'customers',
    name: 'customers',
    component: () => import('./CustomerListPage.vue'),
    meta: { permission: 'CUSTOMER_READ' },
  },
  {
    path: 'customers/:id',
    name: 'customer',
    component: () => import('./CustomerPage.vue'),
    props: true,
    meta: { permission: 'CUSTOMER_READ' },
  },
];
