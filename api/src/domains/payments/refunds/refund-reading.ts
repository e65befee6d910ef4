import type { ProviderRefund } from '../../../integrations/payments/port.js';
import type { RefundEntity, RefundStatusName } from '../payment.entity.js';

/*
 * What the provider reports about a refund.
 *
 * Readings have no order: one that began earlier may be written later, and is outdated then (a list that still had
 * the refund pending, read by a call that hung). So a list that contradicts a final status is not trusted: the refund
 * is read by itself. And no status is trusted on one reading: a minute after each change the reconciler reads the
 * refund once more, so that whatever two readings miss is corrected within minutes.
 */

const STATES: Readonly<Record<ProviderRefund['status'], RefundStatusName>> = {
  pending: 'PENDING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'CANCELLED',
};

const FINAL: readonly RefundStatusName[] = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
export const ANY_STATE: readonly RefundStatusName[] = ['REQUESTED', 'PENDING', ...FINAL];

export interface RefundReading {
  readonly status: RefundStatusName;
  readonly reference: string | null;
  readonly failureCode: string | null;
  /** The statuses from which it may be applied; any status when left out. */
  readonly from?: readonly RefundStatusName[];
}

export function stateOf({ status }: ProviderRefund): RefundStatusName {
  return STATES[status];
}

export function outcomeOf(refund: ProviderRefund): RefundReading {
  return {
    status: stateOf(refund),
    reference: refund.reference,
    failureCode: refund.status === 'failed' ? (refund.failureCode ?? 'failed') : null,
  };
}

/**
 * Whether a row and a provider's refund are the same: by the provider's reference; by our own id only while our row
 * has no reference, because a second refund with our id is another one.
 */
export function isSame({ id, providerReference }: RefundEntity, theirs: ProviderRefund): boolean {
  return providerReference === null ? id === theirs.refundId : providerReference === theirs.reference;
}

/** Whether it contradicts a final status in our database. */
export function contradicts(refund: ProviderRefund, ours: readonly RefundEntity[]): boolean {
  const row = ours.find(({ providerReference }) => providerReference === refund.reference);
  return row !== undefined && FINAL.includes(row.status) && row.status !== stateOf(refund);
}
