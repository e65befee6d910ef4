import { DomainError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import type { PaymentEntity, RefundRequests } from '../../payments/index.js';
import { isBuyerForgotten } from '../buyer/forgotten-buyer.js';
import type { OrderEntity } from '../order.entity.js';
import { FulfillmentStatus, OrderStatus } from '../order-states.js';
import { linesByOrder } from '../order.statements.js';
import { OrderSource } from '../placing/order-source.js';
import { acceptablePayments } from './acceptable-payment.statements.js';

/**
 * Locks the captured payments of a locked order, and returns the one whose money may be accepted as its price.
 *
 * @throws DomainError ILLEGAL_TRANSITION (the order may not be placed) | PAYMENT_DISPUTED
 * @throws DomainError PAYMENT_CHANGED (no payment has exactly `expectedAmount` left, minor units)
 */
export async function lockAcceptable(
  tx: Tx,
  refundRequests: RefundRequests,
  order: OrderEntity,
  expectedAmount: number,
): Promise<PaymentEntity> {
  await assertPlaceable(tx, order);
  const payments = await refundRequests.lockCaptured(tx, order.id);
  for (const payment of payments)
    if (await refundRequests.isDisputed(tx, payment))
      throw new DomainError('PAYMENT_DISPUTED', 'The buyer disputes this payment: the bank decides first.', [
        'orderId',
      ]);
  const acceptable = await tx.row(acceptablePayments, { ids: [order.id] });
  const payment = payments.find(({ id }) => id === acceptable?.paymentId);
  if (!payment || acceptable?.amount !== expectedAmount)
    throw new DomainError(
      'PAYMENT_CHANGED',
      'The money of this order is not the amount that you saw. Look again.',
      ['expectedAmount'],
    );
  return payment;
}

/** Checks what the statement of acceptable payments asks of the order itself, to refuse it by another code. */
async function assertPlaceable(tx: Tx, order: OrderEntity): Promise<void> {
  const isPlaceable =
    order.status === OrderStatus.REVIEW &&
    order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED &&
    order.source !== OrderSource.EXCHANGE &&
    !isBuyerForgotten(order);
  const lines = isPlaceable ? await tx.rows(linesByOrder, { ids: [order.id] }) : [];
  if (isPlaceable && lines.every(({ cancelled }) => cancelled === 0)) return;
  throw new DomainError(
    'ILLEGAL_TRANSITION',
    'Only an order in review of which nothing was shipped or cancelled can be placed with what came in; an exchange cannot.',
    ['orderId'],
  );
}
