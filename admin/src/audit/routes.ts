import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'AUDIT_READ' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'settings/activity', name: 'activity', component: () => import('./ActivityPage.vue'), meta },
  {
    path: 'settings/activity/:id',
    name: 'activity-entry',
    component: () => import('./ActivityEntryPage.vue'),
    props: true,
    meta,
  },
];
