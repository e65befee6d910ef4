import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'settings/integrations',
    name: 'integrations',
    component: () => import('./IntegrationsPage.vue'),
    meta: { permission: 'INTEGRATION_WRITE' as const },
  },
  {
    path: 'settings/delivery',
    name: 'delivery',
    component: () => import('./delivery/DeliveryPage.vue'),
    meta: { permission: 'SETTINGS_WRITE' as const },
  },
  {
    path: 'settings/taxes',
    name: 'taxes',
    component: () => import('./taxes/TaxesPage.vue'),
    meta: { permission: 'SETTINGS_WRITE' as const },
  },
  {
    path: 'settings/languages/:language([a-z]{2})',
    name: 'translate',
    component: () => import('./languages/TranslatePage.vue'),
    props: true,
    meta: { permission: 'SETTINGS_WRITE' as const },
  },
  {
    path: 'settings/:group?',
    name: 'settings',
    component: () => import('./SettingsPage.vue'),
    props: ({ params }) => ({ group: String(params.group || 'shop') }),
    meta: { permission: 'SETTINGS_WRITE' as const },
  },
];
