import { z } from 'zod';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type JobEvent,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { MailQueue } from './mail-queue.js';
import type { OrderMailData } from './order-for-mail.js';
import { ORDER_NOTICES, type OrderNotice } from './templates/mail-model.js';

export const orderNoticeJob = defineJob({
  queue: 'notifications.order-notice',
  payload: z.object({
    notice: z.enum(ORDER_NOTICES),
    /** The id that makes the mail unique: the refund, the return, the invoice, or the event itself. */
    about: z.string().min(1),
    aggregateId: z.uuid(),
    payload: z.record(z.string(), z.unknown()),
  }),
  concurrency: 3,
});

/** May run twice: the key lets one mail be queued and one claim send it. */
export function sendOrderNotices({
  mailQueue,
  details,
}: {
  mailQueue: MailQueue;
  details: OrderMailData;
}): HandledJob {
  return handleJob(orderNoticeJob, async ({ notice: asked, about, ...updates }) => {
    const worth = await details.orderNotice(asked, updates);
    if (!worth) return;
    const { notice, to, language, model } = worth;
    const dedupeKey = `order:${updates.aggregateId}:${notice}:${about}`;
    await mailQueue.queue({ dedupeKey, to, template: notice, language, model });
    await mailQueue.sendNow(dedupeKey);
  });
}

function tell(
  kind: string,
  notice: OrderNotice,
  { about = '', when = () => true }: { about?: string; when?: (updates: JobEvent) => boolean } = {},
): Subscription {
  return onEvent(kind, orderNoticeJob, (updates) =>
    when(updates)
      ? {
          notice,
          about: String(updates.payload[about] ?? updates.id),
          aggregateId: updates.aggregateId,
          payload: updates.payload,
        }
      : null,
  );
}

const isTransfer = ({ payload }: JobEvent): boolean => payload['paymentMethod'] === 'BANK_TRANSFER';
// Cards and transfers are paid when the order is placed, and its confirmation says so, unless cards are captured by
// hand.
const comesLater =
  (cardsByHand: boolean) =>
  ({ payload }: JobEvent): boolean =>
    payload['paymentMethod'] === 'CASH_ON_DELIVERY' || (cardsByHand && payload['paymentMethod'] === 'CARD');

/** The events of which a buyer is notified. Events without a mail get no job, because card orders are many. */
export function noticeEvents(cardsByHand: boolean): Subscription[] {
  return [
    tell('draft.sent', 'payment-link'),
    tell('order.edit-proposed', 'edit-payment-link'),
    tell('order.created', 'transfer-instructions', { when: isTransfer }),
    tell('order.paid', 'payment-received', { when: comesLater(cardsByHand) }),
    tell('refund.changed', 'refund-made', {
      about: 'refundId',
      when: ({ payload }) => payload['status'] === 'SUCCEEDED',
    }),
    tell('order.closed', 'order-cancelled', { when: ({ payload }) => payload['status'] === 'CANCELLED' }),
    tell('return.approved', 'return-approved', { about: 'returnId' }),
    tell('return.rejected', 'return-rejected', { about: 'returnId' }),
    tell('return.received', 'return-received', { about: 'returnId' }),
    tell('return.refunded', 'return-refunded', { about: 'returnId' }),
    tell('return.exchanged', 'return-exchanged', { about: 'returnId' }),
    tell('invoice.issued', 'invoice-issued', { about: 'invoiceId' }),
  ];
}
