import type { MailProvider } from '../../integrations/mail/port.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import { onEvent, type HandledJob, type Subscription } from '../../platform/jobs/define-job.js';
import type { DomainModule } from '../../platform/module.js';
import { EmailEntity } from './email.entity.js';
import { MailQueue, type MailQueueDeps } from './mail-queue.js';
import type { MailFacts } from './order-for-mail.js';
import {
  orderConfirmationJob,
  orderShippedJob,
  sendOrderConfirmation,
  sendOrderShipped,
} from './order-mails.job.js';
import { noticeEvents, sendOrderNotices } from './order-notices.job.js';
import { alertEvents, OwnerAlerts, sendOwnerAlerts } from './owner-alerts.job.js';
import { passwordResetJob, sendPasswordReset } from './password-reset.job.js';
import { sendDueMails } from './send-due.job.js';

export const notificationsModule: DomainModule = { entities: [EmailEntity], resolvers: [] };

export interface NotificationsDeps {
  readonly database: Database;
  readonly mail: MailProvider;
  /** The sender of every mail: `Lut & Lână <comenzi@…>`. */
  readonly from: string;
  readonly logger: Logger;
  readonly facts: MailFacts;
  /** Whether cards are charged by hand after the order was placed: the buyer then hears when it happens. */
  readonly cardsByHand?: boolean;
  readonly clock?: Clock;
}

export interface Notifications {
  readonly mailQueue: MailQueue;
  readonly jobs: HandledJob[];
  readonly subscriptions: Subscription[];
}

/** Builds the mails of the shop: the queue, the jobs that fill and empty it, and the news they wait for. */
export function createNotifications({
  database,
  mail,
  from,
  logger,
  facts,
  cardsByHand = false,
  clock = systemClock,
}: NotificationsDeps): Notifications {
  const onSent: MailQueueDeps['onSent'] = async (tx, { dedupeKey, template }) => {
    const orderId = /^order:([0-9a-f-]{36}):/.exec(dedupeKey)?.[1];
    if (orderId) await facts.mailSent(tx, orderId, template);
  };
  const mailQueue = new MailQueue({ database, mail, from, clock, logger, onSent });
  const alerts = new OwnerAlerts({ database, mailQueue, facts, logger });
  const deps = { database, mailQueue, facts, alerts };
  return {
    mailQueue,
    jobs: [
      sendOrderConfirmation(deps),
      sendOrderShipped(deps),
      sendOrderNotices(deps),
      sendOwnerAlerts(alerts),
      sendPasswordReset(deps),
      sendDueMails(mailQueue),
    ],
    subscriptions: [
      onEvent('order.placed', orderConfirmationJob, ({ aggregateId }) => ({ orderId: aggregateId })),
      onEvent('order.shipped', orderShippedJob, ({ aggregateId }) => ({ orderId: aggregateId })),
      onEvent('identity.password-reset-requested', passwordResetJob, ({ payload }) => ({
        tokenId: String(payload.tokenId),
      })),
      ...noticeEvents(cardsByHand),
      ...alertEvents,
    ],
  };
}
