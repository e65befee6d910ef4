import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'content/media',
    name: 'media',
    component: () => import('./MediaListPage.vue'),
    meta: { permission: 'CONTENT_READ' as const },
  },
];
