import { randomBytes } from 'node:crypto';
import Stripe from 'stripe';
import type { StripeLedger } from './stripe-ledger.js';
import type { StripeEvent } from './stripe-objects.js';

export const API_VERSION = '2026-10-28.endive';

export interface DeliveryOptions {
  readonly eventId?: string;
  readonly livemode?: boolean;
  /** Seconds since 1970, for an event that comes too late. */
  readonly signedAt?: number;
  /** Changes the body after signing. */
  readonly tamper?: boolean;
  /** For refund.*: the refund that the event is about; otherwise the intent is. */
  readonly refundId?: string;
  /** For charge.dispute.*: the dispute that the event is about. */
  readonly disputeId?: string;
}

/** Signs an event with the object's present state and sends it. */
export async function deliver(
  ledger: StripeLedger,
  { eventType, intentId, to, secret }: { eventType: string; intentId: string; to: string; secret: string },
  {
    eventId = `evt_${randomBytes(12).toString('hex')}`,
    livemode = false,
    signedAt,
    tamper = false,
    refundId,
    disputeId,
  }: DeliveryOptions = {},
): Promise<Response> {
  const object = disputeId
    ? ledger.disputeOf(disputeId)
    : refundId
      ? ledger.refund(refundId)
      : (ledger.intents.get(intentId) ?? { id: intentId, object: 'payment_intent' });
  const event = eventOf(eventId, eventType, object, livemode);
  const payload = JSON.stringify({ ...event, delivered: undefined });
  const signature = Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    ...(signedAt !== undefined && { timestamp: signedAt }),
  });
  return fetch(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
    body: tamper ? payload.replace('"livemode":false', '"livemode":false ') : payload,
    redirect: 'manual',
  });
}

/** An event about an object as it is now. */
export function eventOf(id: string, type: string, object: object, livemode: boolean): StripeEvent {
  const created = Math.floor(Date.now() / 1000);
  return {
    id,
    object: 'event',
    api_version: API_VERSION,
    created,
    livemode,
    type,
    data: { object: structuredClone(object) },
    delivered: false,
  };
}
