import { DomainError } from '../../../kernel/errors.js';
import type { OrderEntity } from '../order.entity.js';
import { OrderPaymentStatus, OrderStatus } from '../order-states.js';

/** The provider's webhook about the voided authorization arrived before its response to the cancelling request. */
export function hasLapsed({ status, paymentStatus }: OrderEntity): boolean {
  return status === OrderStatus.REVIEW && paymentStatus === OrderPaymentStatus.CANCELLED;
}

/** The provider answered that the buyer was first. */
export function paidMeanwhile(): DomainError {
  return new DomainError(
    'PAYMENT_UNDECIDED',
    'The order was paid, or is being paid, in the meantime. Look again.',
  );
}
