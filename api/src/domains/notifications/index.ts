export {
  createNotifications,
  notificationsModule,
  type Notifications,
  type NotificationsDeps,
} from './notifications.module.js';
export { MailQueue, type QueuedMail } from './mail-queue.js';
export type {
  MailFacts,
  NewsIds,
  NoticeForMail,
  OrderForMail,
  ResetForMail,
  ShipmentForMail,
} from './order-for-mail.js';
export type {
  ConfirmedPayment,
  MailAddress,
  MailModels,
  MailTemplate,
  OrderLineForMail,
  OrderNotice,
  OrderNoticeModel,
  OwnerAlert,
  OwnerAlertModel,
  RenderedMail,
} from './templates/mail-model.js';
export { renderMail } from './templates/render-mail.js';
