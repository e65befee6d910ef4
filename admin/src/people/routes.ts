import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'STAFF_WRITE' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'people', name: 'people', component: () => import('./PeoplePage.vue'), meta },
  { path: 'people/roles', name: 'people-roles', component: () => import('./roles/RolesPage.vue'), meta },
];
