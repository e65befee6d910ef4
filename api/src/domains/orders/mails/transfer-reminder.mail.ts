import type { Tx } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import type { Mails } from '../../../platform/mails/mails.js';
import { PaymentMethod } from '../../payments/index.js';
import { orderCreated } from '../order.events.js';
import { OrderStatus } from '../order-states.js';
import type { OrderEntity } from '../order.entity.js';
import type { OrderMails } from './order-mail.js';

/** A bank needs a working day, and a weekend may lie between. */
const BEFORE_END_MS = 2 * 86_400_000;

const cancelKeyOf = ({ id }: Pick<OrderEntity, 'id'>): string => `order:${id}:transfer`;

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
      return { dueAt: order.expiresAt.toISOString(), notBefore, cancelKey: cancelKeyOf(order) };
    },
  });
}

/** Stops the reminder, in the transaction in which an order stops to wait for its transfer; others cost no statement. */
export async function stopTransferReminder(
  tx: Tx,
  mails: Pick<Mails, 'cancel'>,
  { before, next }: { before: OrderEntity; next: Pick<OrderEntity, 'status'> },
): Promise<void> {
  if (awaitsTransfer(before) && next.status !== before.status) await mails.cancel(tx, cancelKeyOf(before));
}

const awaitsTransfer = ({ status, paymentMethod }: OrderEntity): boolean =>
  status === OrderStatus.PENDING_PAYMENT && paymentMethod === PaymentMethod.BANK_TRANSFER;
