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
  return handleJob(orderNoticeJob, async ({ notice: requested, about, ...event }) => {
    const found = await details.orderNotice(requested, event);
    if (!found) return;
    const { notice, to, language, model } = found;
    const dedupeKey = `order:${event.aggregateId}:${notice}:${about}`;
    await mailQueue.queue({ dedupeKey, to, template: notice, language, model });
    await mailQueue.sendNow(dedupeKey);
  });
}

function noticeOn(
  kind: string,
  notice: OrderNotice,
  { about = '', when = () => true }: { about?: string; when?: (event: JobEvent) => boolean } = {},
): Subscription {
  return onEvent(kind, orderNoticeJob, (event) =>
    when(event)
      ? {
          notice,
          about: String(event.payload[about] ?? event.id),
          aggregateId: event.aggregateId,
          payload: event.payload,
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
    noticeOn('draft.sent', 'payment-link'),
    noticeOn('order.edit-proposed', 'edit-payment-link'),
    noticeOn('order.created', 'transfer-instructions', { when: isTransfer }),
    noticeOn('order.paid', 'payment-received', { when: comesLater(cardsByHand) }),
    noticeOn('refund.changed', 'refund-made', {
      about: 'refundId',
      when: ({ payload }) => payload['status'] === 'SUCCEEDED',
    }),
    noticeOn('order.closed', 'order-cancelled', { when: ({ payload }) => payload['status'] === 'CANCELLED' }),
    noticeOn('return.approved', 'return-approved', { about: 'returnId' }),
    noticeOn('return.rejected', 'return-rejected', { about: 'returnId' }),
    noticeOn('return.received', 'return-received', { about: 'returnId' }),
    noticeOn('return.refunded', 'return-refunded', { about: 'returnId' }),
    noticeOn('return.exchanged', 'return-exchanged', { about: 'returnId' }),
    noticeOn('invoice.issued', 'invoice-issued', { about: 'invoiceId' }),
  ];
}
