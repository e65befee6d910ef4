import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'tags',
    name: 'tags',
    component: () => import('./TagsPage.vue'),
    meta: { permission: 'CATALOG_READ' as const },
  },
];
