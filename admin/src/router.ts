import { createRouter, createWebHistory } from 'vue-router';
import type { RouteLocationNormalized, RouteLocationRaw, RouteRecordRaw } from 'vue-router';
import { client } from './app/client';
import type { AdminPermission } from './app/permissions';
import { startSession, useSession } from './app/session';
import { placesFor } from './shell/useNavigation';

declare module 'vue-router' {
  interface RouteMeta {
    permission?: AdminPermission;
    isPublic?: boolean;
  }
}

/** The pages of each area, from its `routes.ts`. */
const areas = Object.values(import.meta.glob<{ routes: RouteRecordRaw[] }>('./*/routes.ts', { eager: true }));

/** The name of the frame around all pages of staff. */
export const FRAME = 'frame';

const routes: RouteRecordRaw[] = [
  {
    path: '/login',
    name: 'login',
    component: () => import('./shell/LoginPage.vue'),
    meta: { isPublic: true },
  },
  {
    path: '/forgot-password',
    name: 'forgot-password',
    component: () => import('./shell/ForgotPage.vue'),
    meta: { isPublic: true },
  },
  {
    path: '/invitation',
    name: 'invitation',
    component: () => import('./people/invitations/AcceptPage.vue'),
    meta: { isPublic: true },
  },
  {
    path: '/setup',
    name: 'setup',
    component: () => import('./setup/SetupPage.vue'),
    meta: { isPublic: true },
  },
  {
    path: '/unreachable',
    name: 'unreachable',
    component: () => import('./shell/UnreachablePage.vue'),
    meta: { isPublic: true },
  },
  {
    path: '/',
    name: FRAME,
    component: () => import('./shell/ShellLayout.vue'),
    children: [
      { path: '', name: 'home', redirect: () => firstAllowed() },
      ...areas.flatMap((area) => area.routes),
      { path: 'no-access', name: 'no-access', component: () => import('./shell/NoAccessPage.vue') },
      { path: ':rest(.*)*', name: 'not-found', component: () => import('./shell/NotFoundPage.vue') },
    ],
  },
];

export const router = createRouter({ history: createWebHistory(import.meta.env.BASE_URL), routes });

function firstAllowed(): RouteLocationRaw {
  const { can } = useSession();
  const [first] = placesFor(can);
  return { name: first?.route ?? 'no-access' };
}

let started = false;

router.beforeEach(async (to) => {
  if (to.meta.isPublic) return true;
  const { user, can } = useSession();
  if (!user.value && !started) {
    const result = await startSession(client.value);
    if (result === 'unreachable') return { name: 'unreachable', query: { next: to.fullPath } };
    started = true;
    // `/` chose its redirect before the user was known.
    if (result === 'staff' && to.name === 'no-access') return firstAllowed();
  }
  if (!user.value) return toLogin(to);
  if (to.meta.permission && !can(to.meta.permission)) return { name: 'no-access' };
  return true;
});

export const toLogin = (from: RouteLocationNormalized): RouteLocationRaw => ({
  name: 'login',
  query: from.fullPath === '/' || from.name === 'no-access' ? {} : { next: from.fullPath },
});
