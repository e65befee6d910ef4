import type Stripe from 'stripe';
import { isStripeText } from './stripe-objects.js';
import { InvalidWebhook, type ProviderEvent, type ProviderObjectKind } from '../port.js';

/**
 * The event types that we process; Stripe's list filter accepts at most twenty. All other types are stored and not
 * processed.
 */
export const FOLLOWED_EVENTS = [
  // Repairs a payment whose creation failed for us although the intent exists.
  'payment_intent.created',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.canceled',
  'payment_intent.amount_capturable_updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
];

interface WebhookSettings {
  readonly secrets: readonly string[];
  /** Whether our key is a live one: an event of the other mode is not ours. */
  readonly livemode: boolean;
}

/**
 * Verifies the signature over the raw bytes (a body that was parsed and serialized again never matches) with each
 * secret.
 *
 * Without any secret, events are accepted unverified, in test mode only.
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
  const read = toEvent(event, isVerified);
  if (event.livemode !== settings.livemode)
    throw new InvalidWebhook('The event is of the other mode (live or test)');
  return read;
}

/**
 * The port's form of an event; `isVerified` if its signature was verified.
 *
 * @throws InvalidWebhook if it lacks what every event has
 */
export function toEvent(event: Stripe.Event, isVerified: boolean): ProviderEvent {
  if (!isWhole(event)) throw new InvalidWebhook('This is not an event');
  return {
    id: event.id,
    type: event.type,
    ...subjectOf(event),
    apiVersion: isStripeText(event.api_version) ? event.api_version : null,
    verified: isVerified,
    payload: event,
  };
}

/** The allowed difference between Stripe's clock and ours: as much as the SDK allows for signatures of the past. */
const TOLERANCE_SECONDS = 300;

function verify(
  stripe: Stripe,
  secrets: readonly string[],
  rawBody: Buffer,
  signature: string | undefined,
): Stripe.Event {
  if (!signature) throw new InvalidWebhook('The signature is missing');
  const { signedAt, header } = readSignature(signature);
  // The SDK refuses only signatures that are too old.
  if (signedAt - Date.now() / 1000 > TOLERANCE_SECONDS)
    throw new InvalidWebhook('The signature is from the future');
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(rawBody, header, secret, TOLERANCE_SECONDS);
    } catch {
      // The next secret may match; the caller does not learn which of them failed, and how.
    }
  }
  throw new InvalidWebhook('The signature does not match, or the event is too old');
}

/** A digest of each of our secrets and of each that Stripe still signs with; Stripe sends two during a rotation. */
const MOST_ENTRIES = 20;
const ENTRY = /^(?:t=\d{1,12}|v1=[0-9a-f]{64}|(?!t=|v1=)[a-z0-9]{1,20}=[^\s,=]{0,200})$/;

/**
 * Reads the header as Stripe writes it: `t=1700000000,v1=<64 digits>,v0=…`, with one time. The SDK takes the last of
 * several times, and whatever number an entry begins with. What is returned says nothing that was not read here.
 *
 * @throws InvalidWebhook for every other spelling
 */
function readSignature(signature: string): { signedAt: number; header: string } {
  const entries = signature.split(',', MOST_ENTRIES + 1);
  const times = entries.filter((entry) => entry.startsWith('t='));
  const digests = entries.filter((entry) => entry.startsWith('v1='));
  const isOrdinary = entries.length <= MOST_ENTRIES && entries.every((entry) => ENTRY.test(entry));
  if (!isOrdinary || times.length !== 1 || digests.length === 0)
    throw new InvalidWebhook('The signature is not spelled as Stripe does');
  return { signedAt: Number(times[0]?.slice('t='.length)), header: [...times, ...digests].join(',') };
}

const MOST_UNSIGNED_BYTES = 16 * 1024;

function trust(stripe: Stripe, { livemode }: WebhookSettings, rawBody: Buffer): Stripe.Event {
  if (livemode) throw new InvalidWebhook('Events of real payments need a signing secret');
  if (rawBody.length > MOST_UNSIGNED_BYTES) throw new InvalidWebhook('An unsigned event has at most 16 KB');
  try {
    return stripe.webhooks.constructEventWithoutVerification(rawBody.toString('utf8'));
  } catch {
    throw new InvalidWebhook('The body is not an event');
  }
}

/** Signed or not, a stored event has an id, a type and an object. */
function isWhole(event: Partial<Stripe.Event> | null): event is Stripe.Event {
  const object = event?.data?.object as unknown;
  return (
    isStripeText(event?.id) && isStripeText(event?.type) && typeof object === 'object' && object !== null
  );
}

function subjectOf({ type, data }: Stripe.Event): Pick<ProviderEvent, 'objectKind' | 'objectReference'> {
  const { id } = data.object as { id?: unknown };
  const kind = FOLLOWED_EVENTS.includes(type) ? kindOf(type) : null;
  return kind && isStripeText(id)
    ? { objectKind: kind, objectReference: id }
    : { objectKind: null, objectReference: null };
}

function kindOf(type: string): ProviderObjectKind {
  if (type.startsWith('payment_intent.')) return 'INTENT';
  return type.startsWith('refund.') ? 'REFUND' : 'DISPUTE';
}
