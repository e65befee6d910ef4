import { z } from 'zod';
import { newId } from '../../kernel/ids.js';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is the order, or a new id for a payment that belongs to none. The occasion names payment and reason. */
export const paymentMismatch = defineEvent('payment.mismatch', {
  description:
    'Staff must check a payment: the provider’s data and ours differ, or nobody can decide it here.',
  payload: z.object({
    paymentId: z.uuid(),
    reason: z.string(),
    reference: z.string().optional(),
    amount: z.int().optional(),
    currency: z.string().optional(),
  }),
  isKept: true,
  key: ({ payload: { reason } }, subject: string) => `payment.mismatch:${subject}:${reason}`,
});

/** A webhook is announced when it is received, and whenever staff replays it: the occasion says which. */
export const webhookReceived = defineEvent('payment.webhook-received', {
  description: 'A verified webhook of a payment provider waits to be applied.',
  payload: z.object({ provider: z.string(), eventId: z.string(), objectId: z.string().optional() }),
  key: ({ payload: { provider, eventId } }, occasion: string) => `webhook:${provider}:${eventId}:${occasion}`,
});

export const webhookDead = defineEvent('webhook.dead', {
  description: 'A webhook could not be applied, however often it was tried.',
  payload: z.object({ eventId: z.uuid() }),
  key: ({ aggregateId }) => `webhook.dead:${aggregateId}:${newId()}`,
});

/** Once an hour for each provider. The aggregate is a new id. */
export const paymentOutage = defineEvent('payment.outage', {
  description: 'A payment provider gives no outcome, or refuses our key.',
  payload: z.object({ provider: z.string(), because: z.string() }),
  key: ({ payload: { provider } }, hour: string) => `payment.outage:${provider}:${hour}`,
});

/** The aggregate is what was to be paid. */
export const refusedLate = defineEvent('order.refused-late', {
  description: 'A payment came when its order could no longer be placed: its money is refunded.',
  payload: z.object({ paymentId: z.uuid() }),
  isKept: true,
  key: ({ payload: { paymentId } }) => `order.refused-late:${paymentId}`,
});

/** The aggregate is what was to be paid. */
export const voidRequested = defineEvent('payment.void', {
  description: 'An authorization of something that cannot be had must be cancelled at the provider.',
  payload: z.object({ paymentId: z.uuid() }),
  isKept: true,
  key: ({ payload: { paymentId } }) => `payment.void:${paymentId}`,
});

/** The aggregate is the order. */
export const refundRequested = defineEvent('refund.requested', {
  description: 'A refund was stored that the provider must make.',
  payload: z.object({ refundId: z.uuid() }),
  isKept: true,
  key: ({ payload: { refundId } }) => `refund.requested:${refundId}`,
});

/** The aggregate is the order. The occasion is not the status: a refund may reach the same status twice. */
export const refundChanged = defineEvent('refund.changed', {
  description: 'A refund has another status.',
  payload: z.object({ refundId: z.uuid(), status: z.string().optional() }),
  key: (_event, occasion: string) => `refund.changed:${occasion}`,
});

/** The aggregate is the order. Kept: invariants read that the owner was notified. */
export const refundFailed = defineEvent('refund.failed', {
  description: 'The provider could not make a refund; the money is still here.',
  payload: z.object({ refundId: z.uuid(), status: z.string() }),
  isKept: true,
  key: ({ payload: { refundId } }) => `refund.failed:${refundId}`,
});

/** The aggregate is the order. */
export const disputeOpened = defineEvent('dispute.opened', {
  description: 'A buyer disputes a payment at the bank.',
  payload: z.object({ disputeId: z.uuid() }),
  isKept: true,
  key: ({ payload: { disputeId } }) => `dispute.opened:${disputeId}:first`,
});

/** The aggregate is the order. The occasion is the decision. */
export const disputeClosed = defineEvent('dispute.closed', {
  description: 'The bank decided a dispute.',
  payload: z.object({ disputeId: z.uuid() }),
  isKept: true,
  key: ({ payload: { disputeId } }, decision: string) => `dispute.closed:${disputeId}:${decision}`,
});

export const paymentEvents = [
  paymentMismatch,
  webhookReceived,
  webhookDead,
  paymentOutage,
  refusedLate,
  voidRequested,
  refundRequested,
  refundChanged,
  refundFailed,
  disputeOpened,
  disputeClosed,
];
