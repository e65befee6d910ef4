import { z } from 'zod';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type NewsItem,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { MailQueue } from './mail-queue.js';
import type { MailFacts } from './order-for-mail.js';
import { OWNER_ALERTS, type OwnerAlert } from './templates/mail-model.js';

export const ownerAlertJob = defineJob({
  queue: 'notifications.owner-alert',
  payload: z.object({
    alert: z.enum(OWNER_ALERTS),
    id: z.uuid(),
    aggregateId: z.uuid(),
    payload: z.record(z.string(), z.unknown()),
  }),
});

/** Mails to whoever owns the shop. They belong to no order's timeline, hence a key of their own. */
export class OwnerAlerts {
  private isSilenceLogged = false;

  constructor(
    private readonly parts: { database: Database; mailQueue: MailQueue; facts: MailFacts; logger: Logger },
  ) {}

  /** One mail for each news, however often it is raised. */
  async raise(alert: OwnerAlert, { id, ...news }: NewsItem): Promise<void> {
    const { database, mailQueue, facts } = this.parts;
    const owner = await facts.owner();
    if (!owner) return this.logSilence();
    const model = await facts.ownerAlert(alert, news);
    if (!model) return;
    const dedupeKey = `owner:${alert}:${id}`;
    await mailQueue.queue(database, { dedupeKey, ...owner, template: 'owner-alert', model });
    await mailQueue.sendNow(dedupeKey);
  }

  private logSilence(): void {
    if (this.isSilenceLogged) return;
    this.isSilenceLogged = true;
    this.parts.logger.warn(
      'Nobody hears of orders and trouble: name an owner (npm run owner) or set ADMIN_ALERT_EMAIL',
    );
  }
}

/** May run twice: the news' own id lets one mail through. */
export function sendOwnerAlerts(alerts: OwnerAlerts): HandledJob {
  return handleJob(ownerAlertJob, ({ alert, ...news }) => alerts.raise(alert, news));
}

const alertOn = (kind: string, alert: OwnerAlert): Subscription =>
  onEvent(kind, ownerAlertJob, ({ id, aggregateId, payload }) => ({ alert, id, aggregateId, payload }));

/** News of a placed order reaches the owner with the buyer's confirmation: no job more for each order. */
export const alertEvents: Subscription[] = [
  alertOn('stock.low', 'stock-low'),
  alertOn('return.requested', 'return-requested'),
  alertOn('refund.failed', 'refund-failed'),
  alertOn('dispute.opened', 'dispute-opened'),
  alertOn('payment.mismatch', 'payment-mismatch'),
  alertOn('order.refused-late', 'order-refused-late'),
  alertOn('webhook.dead', 'webhook-dead'),
  alertOn('payment.outage', 'payment-outage'),
  alertOn('mail.failed', 'mail-failed'),
  alertOn('integrity.broken', 'integrity-broken'),
  alertOn('stock.held-unpaid', 'stock-held-unpaid'),
];
