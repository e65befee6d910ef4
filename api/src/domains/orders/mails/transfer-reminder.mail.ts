import type { Mail } from '../../../platform/mails/define-mail.js';
import { PaymentMethod } from '../../payments/index.js';
import { orderCreated } from '../order.events.js';
import { awaitsTransfer, cancelKeyOf } from './awaited-transfer.js';
import type { OrderMails } from './order-mail.js';

/** A bank needs a working day, and a weekend may lie between. */
const BEFORE_END_MS = 2 * 86_400_000;

/**
 * Reminds of a transfer that has not arrived, two days before the goods are free again, or after half of the time where that
 * is short. It names no account, which may be another by then: the page of the order shows the one of that day.
 */
export function transferReminder(mails: OrderMails): Mail {
  return mails.define({
    name: 'transfer-reminder',
    on: orderCreated,
    when: ({ paymentMethod }) => paymentMethod === PaymentMethod.BANK_TRANSFER,
    async parts(order) {
      if (!awaitsTransfer(order) || !order.expiresAt) return null;
      const [created, end] = [order.createdAt.getTime(), order.expiresAt.getTime()];
      const notBefore = new Date(Math.max(end - BEFORE_END_MS, (created + end) / 2));
      return {
        dueAt: order.expiresAt.toISOString(),
        notBefore,
        cancelKey: cancelKeyOf(order),
        isDue: awaitsTransfer,
      };
    },
  });
}
