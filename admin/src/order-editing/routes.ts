import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'ORDER_WRITE' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'drafts/new', name: 'draft-new', component: () => import('./DraftPage.vue'), meta },
  { path: 'drafts/:id', name: 'draft', component: () => import('./DraftPage.vue'), props: true, meta },
  {
    path: 'orders/:id/edit',
    name: 'order-edit',
    component: () => import('./OrderEditPage.vue'),
    props: true,
    meta,
  },
];
