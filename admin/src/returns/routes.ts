import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'ORDER_READ' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'returns', name: 'returns', component: () => import('./ReturnListPage.vue'), meta },
  {
    path: 'returns/:id',
    name: 'return',
    component: () => import('./ReturnPage.vue'),
    props: true,
    meta,
  },
  { path: 'disputes', name: 'disputes', component: () => import('./DisputeListPage.vue'), meta },
];
