import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'attributes',
    name: 'attributes',
    component: () => import('./AttributesPage.vue'),
    meta: { permission: 'CATALOG_READ' as const },
  },
  {
    path: 'attributes/:id',
    name: 'attribute',
    component: () => import('./AttributePage.vue'),
    props: true,
    meta: { permission: 'CATALOG_READ' as const },
  },
];
