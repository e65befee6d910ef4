import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'SYSTEM' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'system/webhooks', name: 'webhooks', component: () => import('./WebhookListPage.vue'), meta },
  {
    path: 'system/webhooks/:id',
    name: 'webhook',
    component: () => import('./WebhookPage.vue'),
    props: true,
    meta,
  },
  { path: 'system/mails', name: 'mails', component: () => import('./MailListPage.vue'), meta },
  {
    path: 'system/mails/preview',
    name: 'mail-preview',
    component: () => import('./MailPreviewPage.vue'),
    meta,
  },
  { path: 'system/integrity', name: 'integrity', component: () => import('./IntegrityPage.vue'), meta },
  { path: 'system/plugins', name: 'plugins', component: () => import('./PluginListPage.vue'), meta },
];
