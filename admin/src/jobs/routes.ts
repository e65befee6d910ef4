import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'jobs',
    name: 'jobs',
    component: () => import('./JobListPage.vue'),
    meta: { permission: 'JOB_READ' },
  },
];
