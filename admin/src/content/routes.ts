import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'CONTENT_READ' as const };

export const routes: RouteRecordRaw[] = [
  {
    path: 'content/redirects',
    name: 'redirects',
    component: () => import('./RedirectListPage.vue'),
    meta,
  },
  {
    path: 'content/redirects/missing',
    name: 'missing-paths',
    component: () => import('./MissingPathListPage.vue'),
    meta,
  },
];
