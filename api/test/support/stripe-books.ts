import { randomBytes } from 'node:crypto';

export interface StripeIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  amount_received: number;
  readonly currency: string;
  readonly client_secret: string;
  readonly metadata: Readonly<Record<string, string>>;
  status: string;
  last_payment_error: { type: 'card_error'; code: string; decline_code: string; message: string } | null;
  readonly livemode: false;
  readonly created: number;
}

export interface StripeRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly metadata: Readonly<Record<string, string>>;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
}

/** A no of Stripe, in Stripe's form. */
export class StripeRefusal extends Error {
  constructor(
    private readonly status: number,
    private readonly code: string | null,
    message: string,
    private readonly type = 'invalid_request_error',
  ) {
    super(message);
  }

  get answer(): { status: number; json: object } {
    return {
      status: this.status,
      json: { error: { type: this.type, ...(this.code && { code: this.code }), message: this.message } },
    };
  }
}

const CREATE_PARAMS =
  /^(amount|currency|description|receipt_email|capture_method|statement_descriptor_suffix|metadata\[[a-z_]+\]|automatic_payment_methods\[(enabled|allow_redirects)\])$/;
const REFUND_PARAMS = /^(amount|payment_intent|reason|metadata\[[a-z_]+\])$/;
const CANCEL_PARAMS = /^cancellation_reason$/;

const DECLINES: Readonly<Record<string, string>> = {
  '4000000000000002': 'generic_decline',
  '4000000000009995': 'insufficient_funds',
};

/** What Stripe keeps: intents, refunds and the answers given to each idempotency key. */
export class StripeBooks {
  readonly intents = new Map<string, StripeIntent>();
  readonly refunds = new Map<string, StripeRefund>();
  newRefundStatus: StripeRefund['status'] = 'succeeded';
  private readonly answers = new Map<string, { request: string; answer: { status: number; json: object } }>();

  /** Stripe's rule of keys: same request, same answer; another request is refused; refused parameters are not kept. */
  once(
    key: string | null,
    request: string,
    work: () => { status: number; json: object },
  ): { status: number; json: object } {
    if (key === null) return work();
    if (key.length > 255) throw new StripeRefusal(400, null, 'Idempotency keys may have 255 characters');
    const earlier = this.answers.get(key);
    if (earlier && earlier.request !== request) {
      throw new StripeRefusal(
        400,
        null,
        'Keys for idempotent requests can only be used with the same parameters',
        'idempotency_error',
      );
    }
    if (earlier) return earlier.answer;
    const answer = structuredClone(work());
    this.answers.set(key, { request, answer });
    return answer;
  }

  createIntent(params: Readonly<Record<string, string>>): StripeIntent {
    allow(params, CREATE_PARAMS);
    const amount = Number(params.amount);
    if (!Number.isInteger(amount) || amount < 1 || amount > 99_999_999)
      throw new StripeRefusal(400, 'parameter_invalid_integer', 'Invalid integer: amount');
    if (!/^[a-z]{3}$/.test(params.currency ?? ''))
      throw new StripeRefusal(400, 'parameter_invalid_string', 'Invalid currency: write it in lower case');
    if (amount < (params.currency === 'ron' ? 200 : 1))
      throw new StripeRefusal(400, 'amount_too_small', 'Amount must be at least the minimum');
    const id = newReference('pi');
    const intent: StripeIntent = {
      id,
      object: 'payment_intent',
      amount,
      amount_received: 0,
      currency: params.currency ?? '',
      client_secret: `${id}_secret_${randomBytes(9).toString('hex')}`,
      metadata: metadataOf(params),
      status: 'requires_payment_method',
      last_payment_error: null,
      livemode: false,
      created: Math.floor(Date.now() / 1000),
    };
    this.intents.set(id, intent);
    return intent;
  }

  intent(id: string): StripeIntent {
    return this.intents.get(id) ?? missing('payment_intent', id);
  }

  cancel(id: string, params: Readonly<Record<string, string>>): StripeIntent {
    allow(params, CANCEL_PARAMS);
    const intent = this.intent(id);
    if (!['requires_payment_method', 'requires_action', 'requires_capture'].includes(intent.status)) {
      throw new StripeRefusal(
        400,
        'payment_intent_unexpected_state',
        `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      );
    }
    intent.status = 'canceled';
    return intent;
  }

  confirm(id: string, card: string): StripeIntent {
    const intent = this.intent(id);
    if (!['requires_payment_method', 'requires_action'].includes(intent.status)) {
      throw new StripeRefusal(
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
    intent.status = number === '4000000000003220' ? 'processing' : 'succeeded';
    if (intent.status === 'succeeded') intent.amount_received = intent.amount;
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
    const amount = Number(params.amount ?? intent.amount - taken);
    if (intent.status !== 'succeeded')
      throw new StripeRefusal(
        400,
        'payment_intent_unexpected_state',
        'This PaymentIntent has no successful charge to refund.',
      );
    if (taken === intent.amount)
      throw new StripeRefusal(400, 'charge_already_refunded', 'The charge has already been refunded.');
    if (!(amount > 0) || taken + amount > intent.amount)
      throw new StripeRefusal(400, null, 'Refund amount is greater than unrefunded amount on charge');
    const refund: StripeRefund = {
      id: newReference('re'),
      object: 'refund',
      amount,
      currency: intent.currency,
      payment_intent: intent.id,
      metadata: metadataOf(params),
      status: this.newRefundStatus,
    };
    this.refunds.set(refund.id, refund);
    return refund;
  }

  refund(id: string): StripeRefund {
    return this.refunds.get(id) ?? missing('refund', id);
  }
}

function allow(params: Readonly<Record<string, string>>, allowed: RegExp): void {
  for (const name of Object.keys(params)) {
    if (name.startsWith('payment_method_types')) {
      throw new StripeRefusal(
        400,
        'payment_method_types_no_longer_supported',
        'payment_method_types is no longer supported.',
      );
    }
    if (!allowed.test(name))
      throw new StripeRefusal(400, 'parameter_unknown', `Received unknown parameter: ${name}`);
  }
}

function metadataOf(params: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(params).map(
    ([name, value]) => [/^metadata\[(.+)\]$/.exec(name)?.[1], value] as const,
  );
  return Object.fromEntries(entries.filter(([name]) => name !== undefined));
}

function newReference(prefix: 'pi' | 're'): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

function missing(what: string, id: string): never {
  throw new StripeRefusal(404, 'resource_missing', `No such ${what}: '${id}'`);
}
