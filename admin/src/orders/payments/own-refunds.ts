import type { OrderPaymentFragment } from '../../generated/orders/graphql';

type Refund = OrderPaymentFragment['refunds'][number];

/**
 * The refunds that stand beside their payment: those without a decision of staff, and those that failed, with the
 * reason. What staff decided has a list of its own and is not shown twice.
 */
export function ownRefunds<Shown extends Pick<Refund, 'isDecided' | 'failureCode'>>(
  refunds: readonly Shown[],
): Shown[] {
  return refunds.filter(({ isDecided, failureCode }) => !isDecided || failureCode !== null);
}
