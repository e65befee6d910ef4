import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'IMPORT' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'imports', name: 'imports', component: () => import('./ImportListPage.vue'), meta },
  {
    path: 'imports/new/:kind',
    name: 'import-new',
    component: () => import('./ImportStartPage.vue'),
    props: true,
    meta,
  },
  {
    path: 'imports/:id',
    name: 'import',
    component: () => import('./ImportPage.vue'),
    props: true,
    meta,
  },
];
