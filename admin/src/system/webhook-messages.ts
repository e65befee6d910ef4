import type { WebhookEventFilter, WebhookEventStatus } from '../generated/system/graphql';
import type { Tone } from '../ui/StatusDot.vue';

export const WEBHOOK_TONES: Record<WebhookEventStatus, Tone> = {
  NEW: 'busy',
  DONE: 'good',
  IGNORED: 'quiet',
  DEAD: 'bad',
};
export const WEBHOOK_STATES = Object.keys(WEBHOOK_TONES) as WebhookEventStatus[];

/** The event types that the shop handles; others are stored and ignored. */
export const WEBHOOK_TYPES = [
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
];

export function toWebhookFilter(filters: Record<'status' | 'type', string[]>): WebhookEventFilter {
  const filter: WebhookEventFilter = {};
  const statuses = WEBHOOK_STATES.filter((status) => filters.status.includes(status));
  if (statuses.length > 0) filter.statuses = statuses;
  if (filters.type[0]) filter.type = filters.type[0];
  return filter;
}

/** The payload as received, indented; a payload that is not JSON is shown unchanged. */
export function readablePayload(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
