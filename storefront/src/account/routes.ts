import type { RouteRecordRaw } from 'vue-router';

const meta = { words: 'orders' } as const;
/** Of pages that are there before the shop opens. */
const early = { ...meta, isBeforeOpening: true } as const;

/** `orderPages` are children of the account as well. */
export function accountRoutes(orderPages: RouteRecordRaw[]): RouteRecordRaw[] {
  return [
    { path: '/login', name: 'login', component: () => import('./sign-in/LoginPage.vue'), meta: early },
    { path: '/sign-up', name: 'sign-up', component: () => import('./sign-in/SignUpPage.vue'), meta },
    {
      path: '/forgot-password',
      name: 'forgot-password',
      component: () => import('./ForgotPasswordPage.vue'),
      meta: early,
    },
    {
      path: '/reset-password',
      name: 'reset-password',
      component: () => import('./ResetPasswordPage.vue'),
      meta: early,
    },
    { path: '/verify-email', name: 'verify-email', component: () => import('./VerifyEmailPage.vue'), meta },
    { path: '/change-email', name: 'change-email', component: () => import('./ChangeEmailPage.vue'), meta },
    {
      path: '/account',
      component: () => import('./AccountFrame.vue'),
      meta,
      children: [
        { path: '', name: 'account', component: () => import('./ProfilePage.vue') },
        { path: 'orders', name: 'account-orders', component: () => import('./OrderListPage.vue') },
        { path: 'addresses', name: 'account-addresses', component: () => import('./AddressListPage.vue') },
        { path: 'devices', name: 'account-devices', component: () => import('./DevicesPage.vue') },
        { path: 'privacy', name: 'account-privacy', component: () => import('./PrivacyPage.vue') },
        ...orderPages,
      ],
    },
  ];
}
