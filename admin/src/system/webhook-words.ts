import type { WebhookEventFilter, WebhookEventState } from '../generated/system/graphql';
import type { Tone } from '../ui/StatusDot.vue';
import type { ListSpec } from '../ui/useListState';

export const WEBHOOK_TONES: Record<WebhookEventState, Tone> = {
  NEW: 'busy',
  DONE: 'good',
  IGNORED: 'quiet',
  DEAD: 'bad',
};
const WEBHOOK_STATES = Object.keys(WEBHOOK_TONES) as WebhookEventState[];

export const webhookListSpec: ListSpec<'NEWEST', 'state' | 'type'> = {
  sorts: ['NEWEST'],
  defaultSort: 'NEWEST',
  filters: ['state', 'type'],
};

/** What the shop listens to; anything else a provider sends is kept and ignored. */
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

export function toWebhookFilter(filters: Record<'state' | 'type', string[]>): WebhookEventFilter {
  const filter: WebhookEventFilter = {};
  const states = WEBHOOK_STATES.filter((state) => filters.state.includes(state));
  if (states.length > 0) filter.states = states;
  if (filters.type[0]) filter.type = filters.type[0];
  return filter;
}

export const stateChoices = (t: (key: string) => string): { value: string; label: string }[] =>
  WEBHOOK_STATES.map((value) => ({ value, label: t(`webhookState.${value}`) }));

/** The payload as it came in, spread over lines; what is no JSON is shown as it is. */
export function readablePayload(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
