import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'CONTENT_READ' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'content/pages', name: 'pages', component: () => import('./pages/PageListPage.vue'), meta },
  {
    path: 'content/pages/:id',
    name: 'page',
    component: () => import('./pages/PageEditorPage.vue'),
    props: true,
    meta,
  },
  { path: 'content/menus', name: 'menus', component: () => import('./menus/MenusPage.vue'), meta },
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
