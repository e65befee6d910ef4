export { createNotifications, type Notifications } from './notifications.module.js';
export type { OrderForMail } from './order-for-mail.js';
export { alertOn } from './owner-alerts.job.js';
export { pluginFailed } from './plugin.events.js';
