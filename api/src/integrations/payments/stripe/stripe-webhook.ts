import type Stripe from 'stripe';
import { InvalidWebhook, type ProviderEvent, type ProviderObjectKind } from '../port.js';

interface WebhookSettings {
  readonly secrets: readonly string[];
  /** Whether our key takes real money: an event of the other mode is not ours. */
  readonly livemode: boolean;
}

/**
 * Checks the signature over the raw bytes (a body that was parsed and written again never matches) with each secret.
 *
 * Without any secret, events are taken unverified, in test mode only.
 *
 * @throws InvalidWebhook
 */
export function parseStripeWebhook(
  stripe: Stripe,
  settings: WebhookSettings,
  rawBody: Buffer,
  signature: string | undefined,
): ProviderEvent {
  const secrets = settings.secrets.filter((secret) => secret.trim() !== '');
  const isVerified = secrets.length > 0;
  const event = isVerified ? verify(stripe, secrets, rawBody, signature) : trust(stripe, settings, rawBody);
  if (event.livemode !== settings.livemode)
    throw new InvalidWebhook('The event is of the other mode (live or test)');
  return toEvent(event, isVerified);
}

/** The port's form of an event; `isVerified` when it is certain that Stripe itself said it. */
export function toEvent(event: Stripe.Event, isVerified: boolean): ProviderEvent {
  return {
    id: event.id,
    type: event.type,
    ...subjectOf(event),
    apiVersion: event.api_version,
    verified: isVerified,
    payload: event,
  };
}

function verify(
  stripe: Stripe,
  secrets: readonly string[],
  rawBody: Buffer,
  signature: string | undefined,
): Stripe.Event {
  if (!signature) throw new InvalidWebhook('The signature is missing');
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(rawBody, signature, secret);
    } catch {
      // The next secret may fit; which of them failed, and how, is nobody's business outside.
    }
  }
  throw new InvalidWebhook('The signature does not match, or the event is too old');
}

function trust(stripe: Stripe, { livemode }: WebhookSettings, rawBody: Buffer): Stripe.Event {
  if (livemode) throw new InvalidWebhook('Events of real payments need a signing secret');
  try {
    const event = stripe.webhooks.constructEventWithoutVerification(rawBody.toString('utf8'));
    if (typeof event.id === 'string' && typeof event.type === 'string') return event;
  } catch {
    // Answered below, as every other body that is no event.
  }
  throw new InvalidWebhook('The body is not an event');
}

function subjectOf({ type, data }: Stripe.Event): Pick<ProviderEvent, 'objectKind' | 'objectReference'> {
  const object = data.object as { id?: string; payment_intent?: string | { id: string } | null };
  const about = (objectKind: ProviderObjectKind, reference: string | null | undefined) =>
    reference ? { objectKind, objectReference: reference } : { objectKind: null, objectReference: null };
  if (type.startsWith('payment_intent.')) return about('INTENT', object.id);
  if (type.startsWith('refund.') || type === 'charge.refund.updated') return about('REFUND', object.id);
  if (type.startsWith('charge.dispute.')) return about('DISPUTE', object.id);
  if (!type.startsWith('charge.')) return about('INTENT', null);
  const intent = object.payment_intent ?? null;
  return about('INTENT', typeof intent === 'string' ? intent : intent?.id);
}
