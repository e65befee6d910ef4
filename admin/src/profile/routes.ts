import type { RouteRecordRaw } from 'vue-router';

// Everybody who is signed in has this page: nobody needs a permission to change their own name or password.
export const routes: RouteRecordRaw[] = [
  { path: 'profile', name: 'profile', component: () => import('./ProfilePage.vue') },
];
