import type { ProviderRefund } from '../../integrations/payments/port.js';
import type { RefundEntity, RefundStatusName } from './payment.entity.js';

/*
 * What the provider says of a refund.
 *
 * Readings have no order: one that began earlier may be written later, and then says what is not so any more (a list that
 * still had the refund pending, read by a call that hung). So a list that contradicts a final state is not believed: the
 * refund is read by itself. And no state is believed on one reading: a minute after each change the reconciler reads the
 * refund once more, so that whatever slips between two readings is put right within minutes.
 */

const STATES: Readonly<Record<ProviderRefund['status'], RefundStatusName>> = {
  pending: 'PENDING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'CANCELLED',
};

const FINAL: readonly RefundStatusName[] = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
export const ANY_STATE: readonly RefundStatusName[] = ['REQUESTED', 'PENDING', ...FINAL];

export interface Outcome {
  readonly status: RefundStatusName;
  readonly reference: string | null;
  readonly failureCode: string | null;
  /** Only from these; from any state when left out. */
  readonly from?: readonly RefundStatusName[];
}

export function stateOf({ status }: ProviderRefund): RefundStatusName {
  return STATES[status];
}

export function outcomeOf(refund: ProviderRefund): Outcome {
  return {
    status: stateOf(refund),
    reference: refund.reference,
    failureCode: refund.status === 'failed' ? (refund.failureCode ?? 'failed') : null,
  };
}

/** By the provider's reference; by our own id only while our row knows none: a second refund with our id is another one. */
export function isSame({ id, providerReference }: RefundEntity, theirs: ProviderRefund): boolean {
  return providerReference === null ? id === theirs.refundId : providerReference === theirs.reference;
}

/** Whether it says otherwise than what is final in our books. */
export function contradicts(refund: ProviderRefund, ours: readonly RefundEntity[]): boolean {
  const row = ours.find(({ providerReference }) => providerReference === refund.reference);
  return row !== undefined && FINAL.includes(row.status) && row.status !== stateOf(refund);
}
