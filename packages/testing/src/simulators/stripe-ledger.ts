import { randomBytes } from 'node:crypto';
import {
  StripeRejection,
  type StripeDispute,
  type StripeEvent,
  type StripeIntent,
  type StripeRefund,
} from './stripe-objects.js';
import {
  allow,
  CANCEL_PARAMS,
  CAPTURE_PARAMS,
  captureMethodOf,
  CREATE_PARAMS,
  EVENT_LIST_PARAMS,
  LIST_PARAMS,
  metadataOf,
  REFUND_LIST_PARAMS,
  REFUND_PARAMS,
} from './stripe-parameters.js';

const DECLINES: Readonly<Record<string, string>> = {
  '4000000000000002': 'generic_decline',
  '4000000000009995': 'insufficient_funds',
};

/** Stripe's state: intents, refunds and the responses of each idempotency key. */
export class StripeLedger {
  readonly intents = new Map<string, StripeIntent>();
  readonly refunds = new Map<string, StripeRefund>();
  readonly disputes = new Map<string, StripeDispute>();
  readonly events = new Map<string, StripeEvent>();
  newRefundStatus: StripeRefund['status'] = 'succeeded';
  /** While true, lists do not contain new objects. */
  isListLate = false;
  private readonly unlisted = new Set<string>();
  private readonly answers = new Map<string, { request: string; answer: { status: number; json: object } }>();

  /** Stripe's idempotency: the same request gets the same response; another request is refused; invalid requests are not stored. */
  once(
    key: string | null,
    request: string,
    work: () => { status: number; json: object },
  ): { status: number; json: object; isReplay?: boolean } {
    if (key === null) return work();
    if (key.length > 255) throw new StripeRejection(400, null, 'Idempotency keys may have 255 characters');
    const earlier = this.answers.get(key);
    if (earlier && earlier.request !== request) {
      throw new StripeRejection(
        400,
        null,
        'Keys for idempotent requests can only be used with the same parameters',
        'idempotency_error',
      );
    }
    if (earlier) return { ...earlier.answer, isReplay: true };
    const answer = structuredClone(work());
    this.answers.set(key, { request, answer });
    return answer;
  }

  forgetKeys(): void {
    this.answers.clear();
  }

  createIntent(params: Readonly<Record<string, string>>): StripeIntent {
    allow(params, CREATE_PARAMS);
    const amount = Number(params.amount);
    if (!Number.isInteger(amount) || amount < 1 || amount > 99_999_999)
      throw new StripeRejection(400, 'parameter_invalid_integer', 'Invalid integer: amount');
    if (!/^[a-z]{3}$/.test(params.currency ?? ''))
      throw new StripeRejection(400, 'parameter_invalid_string', 'Invalid currency: write it in lower case');
    if (amount < (params.currency === 'ron' ? 200 : 1))
      throw new StripeRejection(400, 'amount_too_small', 'Amount must be at least the minimum');
    const id = newReference('pi');
    const intent: StripeIntent = {
      id,
      object: 'payment_intent',
      amount,
      amount_received: 0,
      currency: params.currency ?? '',
      client_secret: `${id}_secret_${randomBytes(9).toString('hex')}`,
      metadata: metadataOf(params),
      capture_method: captureMethodOf(params),
      amount_capturable: 0,
      status: 'requires_payment_method',
      last_payment_error: null,
      livemode: false,
      created: Math.floor(Date.now() / 1000),
    };
    this.intents.set(id, intent);
    if (this.isListLate) this.unlisted.add(id);
    return intent;
  }

  intent(id: string): StripeIntent {
    return this.intents.get(id) ?? missing('payment_intent', id);
  }

  cancel(id: string, params: Readonly<Record<string, string>>): StripeIntent {
    allow(params, CANCEL_PARAMS);
    const intent = this.intent(id);
    if (!['requires_payment_method', 'requires_action', 'requires_capture'].includes(intent.status)) {
      throw new StripeRejection(
        400,
        'payment_intent_unexpected_state',
        `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      );
    }
    intent.status = 'canceled';
    intent.amount_capturable = 0;
    return intent;
  }

  capture(id: string, params: Readonly<Record<string, string>>): StripeIntent {
    allow(params, CAPTURE_PARAMS);
    const intent = this.intent(id);
    if (intent.status !== 'requires_capture') {
      throw new StripeRejection(
        400,
        'payment_intent_unexpected_state',
        `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
      );
    }
    intent.amount_received = Number(params.amount_to_capture ?? intent.amount);
    intent.amount_capturable = 0;
    intent.status = 'succeeded';
    return intent;
  }

  /** Expires an authorization that was not captured in time. */
  lapse(id: string): StripeIntent {
    const intent = this.intent(id);
    if (intent.status !== 'requires_capture') throw new Error(`Nothing is reserved: ${intent.status}`);
    Object.assign(intent, { status: 'canceled', amount_capturable: 0 });
    return intent;
  }

  /** Opens a dispute. */
  dispute(intentId: string, reason = 'fraudulent'): StripeDispute {
    const intent = this.intent(intentId);
    if (intent.status !== 'succeeded') throw new Error('Only what was paid can be disputed');
    const dispute: StripeDispute = {
      id: newReference('du'),
      object: 'dispute',
      amount: intent.amount_received,
      currency: intent.currency,
      charge: newReference('ch'),
      payment_intent: intentId,
      reason,
      status: 'needs_response',
      evidence_details: { due_by: Math.floor(Date.now() / 1000) + 7 * 86_400 },
      livemode: false,
      created: Math.floor(Date.now() / 1000),
    };
    this.disputes.set(dispute.id, dispute);
    return dispute;
  }

  disputeOf(id: string): StripeDispute {
    return this.disputes.get(id) ?? missing('dispute', id);
  }

  /** Stripe's lists: newest first, page by page, and only with parameters that exist. */
  list(
    what: 'intents' | 'refunds' | 'disputes' | 'events',
    params: Readonly<Record<string, string>>,
  ): object {
    allow(
      params,
      what === 'refunds' ? REFUND_LIST_PARAMS : what === 'events' ? EVENT_LIST_PARAMS : LIST_PARAMS,
    );
    const limit = Number(params.limit ?? 10);
    if (!(limit >= 1 && limit <= 100))
      throw new StripeRejection(400, 'parameter_invalid_integer', 'Limit must be 1 to 100');
    const since = Number(params['created[gte]'] ?? 0);
    const types = Object.entries(params).flatMap(([name, value]) =>
      name.startsWith('types[') ? [value] : [],
    );
    if (types.length > 20) throw new StripeRejection(400, null, 'At most 20 types');
    const all = [
      ...(
        this[what] as ReadonlyMap<string, StripeIntent | StripeRefund | StripeDispute | StripeEvent>
      ).values(),
    ]
      .reverse()
      .filter((item) => item.created >= since && !(this.isListLate && this.unlisted.has(item.id)))
      .filter(
        (item) => !params.payment_intent || (item as StripeRefund).payment_intent === params.payment_intent,
      )
      .filter((item) => types.length === 0 || types.includes((item as StripeEvent).type))
      .filter((item) => params.delivery_success !== 'false' || !(item as StripeEvent).delivered);
    const start = params.starting_after ? all.findIndex(({ id }) => id === params.starting_after) + 1 : 0;
    const data = all.slice(start, start + limit).map(withoutDelivered);
    return { object: 'list', url: '/', has_more: start + limit < all.length, data };
  }

  confirm(id: string, card: string): StripeIntent {
    const intent = this.intent(id);
    if (!['requires_payment_method', 'requires_action'].includes(intent.status)) {
      throw new StripeRejection(
        400,
        'payment_intent_unexpected_state',
        `This PaymentIntent has a status of ${intent.status}.`,
      );
    }
    const number = card.replaceAll(' ', '');
    const reason = DECLINES[number];
    if (reason) {
      intent.last_payment_error = {
        type: 'card_error',
        code: 'card_declined',
        decline_code: reason,
        message: 'Your card was declined.',
      };
      return intent;
    }
    intent.last_payment_error = null;
    if (number === '4000000000003220') intent.status = 'processing';
    else if (intent.capture_method === 'manual')
      Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount });
    else Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
    return intent;
  }

  settle(id: string, outcome: 'succeeded' | 'failed'): StripeIntent {
    const intent = this.intent(id);
    if (intent.status !== 'processing')
      throw new Error(`Only a processing intent settles; this is ${intent.status}`);
    if (outcome === 'failed') {
      intent.last_payment_error = {
        type: 'card_error',
        code: 'payment_intent_payment_attempt_failed',
        decline_code: 'generic_decline',
        message: 'The payment failed.',
      };
    }
    intent.status = outcome === 'succeeded' ? 'succeeded' : 'requires_payment_method';
    intent.amount_received = outcome === 'succeeded' ? intent.amount : 0;
    return intent;
  }

  createRefund(params: Readonly<Record<string, string>>): StripeRefund {
    allow(params, REFUND_PARAMS);
    const intent = this.intent(params.payment_intent ?? '');
    const taken = [...this.refunds.values()]
      .filter(
        (refund) => refund.payment_intent === intent.id && !['failed', 'canceled'].includes(refund.status),
      )
      .reduce((sum, refund) => sum + refund.amount, 0);
    const amount = Number(params.amount ?? intent.amount_received - taken);
    if (intent.status !== 'succeeded')
      throw new StripeRejection(
        400,
        'payment_intent_unexpected_state',
        'This PaymentIntent has no successful charge to refund.',
      );
    if ([...this.disputes.values()].some((d) => d.payment_intent === intent.id && d.status !== 'won'))
      throw new StripeRejection(400, 'charge_disputed', 'The charge has been charged back.');
    if (taken === intent.amount_received)
      throw new StripeRejection(400, 'charge_already_refunded', 'The charge has already been refunded.');
    if (!(amount > 0) || taken + amount > intent.amount_received)
      throw new StripeRejection(400, null, 'Refund amount is greater than unrefunded amount on charge');
    const refund: StripeRefund = {
      id: newReference('re'),
      object: 'refund',
      amount,
      currency: intent.currency,
      payment_intent: intent.id,
      metadata: metadataOf(params),
      status: this.newRefundStatus,
      created: Math.floor(Date.now() / 1000),
    };
    this.refunds.set(refund.id, refund);
    if (this.isListLate) this.unlisted.add(refund.id);
    return refund;
  }

  refund(id: string): StripeRefund {
    return this.refunds.get(id) ?? missing('refund', id);
  }
}

function withoutDelivered<T extends object>(item: T): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'delivered'));
}

function newReference(prefix: 'pi' | 're' | 'du' | 'ch'): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

function missing(what: string, id: string): never {
  throw new StripeRejection(404, 'resource_missing', `No such ${what}: '${id}'`);
}
