import { randomBytes } from 'node:crypto';
import { money } from '../../../kernel/money.js';
import {
  PaymentRejectedError,
  type ProviderDispute,
  type ProviderIntent,
  type ProviderRefund,
} from '../port.js';
import type { DisputeRow, IntentRow, RefundRow } from './test-ledger.js';

/** The rows of this provider's tables in the port's form. */
export function intentOf(row: IntentRow): ProviderIntent {
  return {
    provider: 'TEST',
    reference: row.id,
    status: row.status,
    amount: money(row.amount, row.currency),
    amountReceived: money(row.received, row.currency),
    paymentId: row.metadata.payment_id ?? null,
    clientSecret: row.clientSecret,
    failureCode: row.failureCode,
  };
}

export function refundOf({ amount, currency, ...row }: RefundRow): ProviderRefund {
  return { ...row, amount: money(amount, currency) };
}

export function disputeOf({ amount, currency, ...row }: DisputeRow): ProviderDispute {
  return { ...row, amount: money(amount, currency) };
}

/** @throws PaymentRejectedError resource_missing */
export function missing(what: string): never {
  throw new PaymentRejectedError('resource_missing', `No such ${what}.`);
}

export function reference(prefix: 'pi' | 're' | 'du'): string {
  return `${prefix}_test_${randomBytes(12).toString('hex')}`;
}
