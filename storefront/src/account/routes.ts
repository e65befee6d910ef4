import type { RouteRecordRaw } from 'vue-router';

export const accountRoutes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./LoginPage.vue') },
  { path: '/sign-up', name: 'sign-up', component: () => import('./SignUpPage.vue') },
  { path: '/forgot-password', name: 'forgot-password', component: () => import('./ForgotPasswordPage.vue') },
  { path: '/reset-password', name: 'reset-password', component: () => import('./ResetPasswordPage.vue') },
  {
    path: '/account',
    component: () => import('./AccountFrame.vue'),
    children: [
      { path: '', name: 'account', component: () => import('./ProfilePage.vue') },
      { path: 'orders', name: 'account-orders', component: () => import('./OrderListPage.vue') },
      {
        path: 'orders/:id',
        name: 'account-order',
        component: () => import('./OrderDetailPage.vue'),
        props: true,
      },
      { path: 'addresses', name: 'account-addresses', component: () => import('./AddressListPage.vue') },
    ],
  },
];
