export interface StripeIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  amount_received: number;
  readonly currency: string;
  readonly client_secret: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly capture_method: 'automatic' | 'manual' | 'automatic_async';
  amount_capturable: number;
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
  failure_reason?: string;
  readonly created: number;
}

export interface StripeDispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly currency: string;
  readonly charge: string;
  readonly payment_intent: string;
  readonly reason: string;
  status: string;
  readonly evidence_details: { due_by: number | null };
  readonly livemode: false;
  readonly created: number;
}

export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly type: string;
  readonly data: { readonly object: object };
  /** Whether every delivery of it has succeeded. */
  delivered: boolean;
}

/** An error of Stripe, in Stripe's format. */
export class StripeRejection extends Error {
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
