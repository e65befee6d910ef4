import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'opening',
    name: 'go-live',
    component: () => import('./GoLivePage.vue'),
    meta: { permission: 'SETTINGS_WRITE' },
  },
];
