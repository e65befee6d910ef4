import { defineHook } from '../../platform/hooks/define-hook.js';
import type { PaymentEntity } from './payment.entity.js';

/** A payment whose money came in and was used for what it was for; the payment as it was before. */
export interface CapturedPayment {
  /** What it pays for: an order (ORDER), or the difference of a change of one (EDIT). */
  readonly purpose: PaymentEntity['purpose'];
  readonly payment: PaymentEntity;
}

/**
 * The last step of the transaction that records a captured payment, or one that staff received: order, payment and
 * stock levels are locked. The money is there, so nothing can be refused. Not called for money that is sent back because
 * it came too late, nor for another amount than the agreed one until staff accept it.
 */
export const paymentCaptured = defineHook<CapturedPayment>('payment.captured', 'SKIP');
