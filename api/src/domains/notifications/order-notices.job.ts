import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { EventType } from '../../platform/jobs/define-event.js';
import { invoiceIssued } from '../invoicing/index.js';
import { draftSent, orderEditProposed } from '../order-editing/index.js';
import { orderClosed, orderCreated, orderPaid, OrderStatus, type OrderEventData } from '../orders/index.js';
import { PaymentMethod, refundChanged } from '../payments/index.js';
import {
  returnApproved,
  returnExchanged,
  returnReceived,
  returnRefunded,
  returnRejected,
} from '../returns/index.js';
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

interface NoticeOptions<P extends object> {
  /** The payload's id that makes the mail unique; the event's own id if absent. */
  readonly about?: keyof P;
  /** Which of these events have a mail; all if absent. */
  readonly when?: (payload: P) => boolean;
}

function noticeOn<P extends object>(
  event: EventType<P>,
  notice: OrderNotice,
  { about, when = () => true }: NoticeOptions<P> = {},
): Subscription {
  return on(event, orderNoticeJob, ({ id, aggregateId, payload }) =>
    when(payload)
      ? {
          notice,
          about: about ? String(payload[about]) : id,
          aggregateId,
          payload: { ...payload } as Record<string, unknown>,
        }
      : null,
  );
}

const isTransfer = ({ paymentMethod }: OrderEventData): boolean =>
  paymentMethod === PaymentMethod.BANK_TRANSFER;
// Cards and transfers are paid when the order is placed, and its confirmation says so, unless cards are captured by
// hand.
const comesLater =
  (cardsByHand: boolean) =>
  ({ paymentMethod }: OrderEventData): boolean =>
    paymentMethod === PaymentMethod.CASH_ON_DELIVERY || (cardsByHand && paymentMethod === PaymentMethod.CARD);

/** The events of which a buyer is notified. Events without a mail get no job, because card orders are many. */
export function noticeSubscriptions(cardsByHand: boolean): Subscription[] {
  return [
    noticeOn(draftSent, 'payment-link'),
    noticeOn(orderEditProposed, 'edit-payment-link'),
    noticeOn(orderCreated, 'transfer-instructions', { when: isTransfer }),
    noticeOn(orderPaid, 'payment-received', { when: comesLater(cardsByHand) }),
    noticeOn(refundChanged, 'refund-made', {
      about: 'refundId',
      when: ({ status }) => status === 'SUCCEEDED',
    }),
    noticeOn(orderClosed, 'order-cancelled', { when: ({ status }) => status === OrderStatus.CANCELLED }),
    noticeOn(returnApproved, 'return-approved', { about: 'returnId' }),
    noticeOn(returnRejected, 'return-rejected', { about: 'returnId' }),
    noticeOn(returnReceived, 'return-received', { about: 'returnId' }),
    noticeOn(returnRefunded, 'return-refunded', { about: 'returnId' }),
    noticeOn(returnExchanged, 'return-exchanged', { about: 'returnId' }),
    noticeOn(invoiceIssued, 'invoice-issued', { about: 'invoiceId' }),
  ];
}
