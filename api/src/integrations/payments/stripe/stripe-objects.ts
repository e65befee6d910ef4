import type Stripe from 'stripe';
import type { ProviderDispute, ProviderIntent, ProviderRefund } from '../port.js';
import { fromStripeAmount } from '../amounts.js';

/** Whether it is an id, a type or a version as Stripe spells them; PostgreSQL cannot store every character. */
export function isStripeText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x20-\x7E]{1,255}$/.test(value);
}

function idIn({ id }: { readonly id: unknown }): string {
  if (!isStripeText(id)) throw new TypeError("The id of Stripe's object cannot be read");
  return id;
}

/** Converts Stripe's intent to the port's form. */
export function intentOf(intent: Stripe.PaymentIntent): ProviderIntent {
  return {
    provider: 'STRIPE',
    reference: idIn(intent),
    status: statusOf(intent.status),
    amount: fromStripeAmount(intent.amount, intent.currency),
    amountReceived: fromStripeAmount(intent.amount_received, intent.currency),
    paymentId: intent.metadata.payment_id ?? null,
    clientSecret: intent.client_secret,
    failureCode: failureOf(intent.last_payment_error),
  };
}

function statusOf(status: string): ProviderIntent['status'] {
  switch (status) {
    case 'requires_payment_method':
    case 'requires_action':
    case 'processing':
    case 'requires_capture':
    case 'succeeded':
    case 'canceled':
      return status;
    case 'requires_confirmation':
      return 'requires_action';
    default:
      return 'unknown';
  }
}

/** The bank's reason if there is one (`insufficient_funds`), else Stripe's code (`card_declined`). */
function failureOf(failure: Stripe.PaymentIntent['last_payment_error']): string | null {
  if (!failure) return null;
  const reason = failure.decline_code;
  return (reason && reason !== 'generic_decline' ? reason : failure.code) ?? failure.type;
}

/** Converts Stripe's refund to the port's form. */
export function refundOf(refund: Stripe.Refund): ProviderRefund {
  return {
    reference: idIn(refund),
    status: refundStatusOf(refund.status),
    intentReference: idOf(refund.payment_intent),
    amount: fromStripeAmount(refund.amount, refund.currency),
    refundId: refund.metadata?.refund_id ?? null,
    failureCode: refund.failure_reason ?? null,
  };
}

function refundStatusOf(status: string | null): ProviderRefund['status'] {
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return status;
    default:
      // `requires_action` and unknown statuses: the money has not been returned yet.
      return 'pending';
  }
}

/** Converts Stripe's dispute to the port's form. */
export function disputeOf(dispute: Stripe.Dispute): ProviderDispute {
  const dueBy = dispute.evidence_details.due_by;
  return {
    reference: idIn(dispute),
    intentReference: idOf(dispute.payment_intent),
    amount: fromStripeAmount(dispute.amount, dispute.currency),
    reason: dispute.reason,
    status: disputeStateOf(dispute.status),
    evidenceDueAt: dueBy === null ? null : new Date(dueBy * 1000),
  };
}

function disputeStateOf(status: string): ProviderDispute['status'] {
  switch (status) {
    case 'needs_response':
    case 'warning_needs_response':
    case 'appeal_needs_response':
      return 'NEEDS_RESPONSE';
    case 'won':
    case 'warning_closed':
    case 'prevented':
      return 'WON';
    case 'lost':
      return 'LOST';
    default:
      // Under review, or an unknown status: the dispute may still be open.
      return 'UNDER_REVIEW';
  }
}

function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}
