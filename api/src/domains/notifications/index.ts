export { createNotifications, type Notifications } from './notifications.module.js';
export type { OrderForMail } from './order-for-mail.js';
export { EmailFilter } from './email.input.js';
export { EmailList, emailQuery, type EmailQuery } from './email-list.js';
export type { EmailRow, Resending } from './resending.js';
export { alertOn } from './owner-alerts.job.js';
export { pluginFailed } from './plugin.events.js';
