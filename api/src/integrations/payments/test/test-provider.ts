import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { money } from '../../../kernel/money.js';
import { violatedConstraint, type Database } from '../../../platform/database/database.js';
import {
  InvalidWebhook,
  PaymentRefused,
  type CreateIntent,
  type PaymentProvider,
  type ProviderEvent,
  type ProviderIntent,
  type ProviderRefund,
} from '../port.js';
import { minimumAmount } from '../stripe/amounts.js';
import { fateOf } from './test-cards.js';
import * as books from './test-books.js';

/** A provider that takes no money: for development, demos and tests. */
export interface TestPaymentProvider extends PaymentProvider {
  readonly name: 'TEST';
  /**
   * What the buyer's browser would do with Stripe: pays with a test card. A decline is an answer (`failureCode`),
   * after which another card may be tried; an intent that already succeeded or is processing answers as it is.
   *
   * The number is only compared, never stored or logged.
   *
   * @throws PaymentRefused unknown_test_card | resource_missing | payment_intent_unexpected_state (cancelled)
   */
  confirm(clientSecret: string, cardNumber: string): Promise<ProviderIntent>;
  /** Ends a `processing` payment now, as the bank would a while later; any other state answers as it is. */
  settle(reference: string, outcome: 'succeeded' | 'failed'): Promise<ProviderIntent>;
}

export interface TestProviderOptions {
  /** After how long a payment in `processing` succeeds by itself. */
  readonly settleAfterSeconds?: number;
}

const webhookBody = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(100),
  intent: z.string().max(255).nullish(),
});

/**
 * Plays Stripe's part with two tables of its own. Each call is a statement on a connection of its own, never part
 * of a transaction of ours: what the provider did stays done when our transaction is rolled back, as in real life.
 */
export function createTestProvider(
  database: Database,
  { settleAfterSeconds = 60 }: TestProviderOptions = {},
): TestPaymentProvider {
  return new TestBooks(database, settleAfterSeconds);
}

class TestBooks implements TestPaymentProvider {
  readonly name = 'TEST';
  readonly publishableKey = null;

  constructor(
    private readonly database: Database,
    private readonly settleAfterSeconds: number,
  ) {}

  minimumAmount(currency: string): number {
    return minimumAmount(currency);
  }

  async createIntent({ paymentId, orderId, amount, idempotencyKey }: CreateIntent): Promise<ProviderIntent> {
    if (amount.amount < this.minimumAmount(amount.currency)) {
      throw new PaymentRefused('amount_too_small', 'The amount is below the least that can be paid.');
    }
    const id = reference('pi');
    const row = await this.database.row<books.IntentRow>(books.createIntent, [
      id,
      idempotencyKey,
      `${id}_secret_${randomBytes(18).toString('base64url')}`,
      amount.amount,
      amount.currency,
      JSON.stringify({ payment_id: paymentId, order_id: orderId }),
    ]);
    if (
      !row ||
      row.amount !== amount.amount ||
      row.currency !== amount.currency ||
      row.metadata.payment_id !== paymentId
    ) {
      throw new PaymentRefused('idempotency_error', 'This key was used for another payment.');
    }
    return intentOf(row);
  }

  async retrieveIntent(intentReference: string): Promise<ProviderIntent> {
    const row = await this.find(intentReference);
    if (row.status !== 'processing' || !row.isDue) return intentOf(row);
    return this.settle(intentReference, 'succeeded');
  }

  async cancelIntent(intentReference: string): Promise<ProviderIntent> {
    const row = await this.database.row<books.IntentRow>(books.cancelIntent, [intentReference]);
    return intentOf(row ?? missing('payment_intent'));
  }

  async confirm(clientSecret: string, cardNumber: string): Promise<ProviderIntent> {
    const fate = fateOf(cardNumber);
    if (!fate) {
      throw new PaymentRefused(
        'unknown_test_card',
        'Use one of the test cards, such as 4242 4242 4242 4242: no real card is taken here.',
      );
    }
    const failureCode = 'failureCode' in fate ? fate.failureCode : null;
    const confirmed = await this.database.row<books.IntentRow>(books.confirmIntent, [
      clientSecret,
      fate.status,
      failureCode,
      this.settleAfterSeconds,
    ]);
    if (confirmed) return intentOf(confirmed);
    const row =
      (await this.database.row<books.IntentRow>(books.intentBySecret, [clientSecret])) ??
      missing('payment_intent');
    if (row.status === 'canceled')
      throw new PaymentRefused('payment_intent_unexpected_state', 'This payment was cancelled.');
    return intentOf(row);
  }

  async settle(intentReference: string, outcome: 'succeeded' | 'failed'): Promise<ProviderIntent> {
    const [status, failureCode] =
      outcome === 'succeeded'
        ? ['succeeded', null]
        : ['requires_payment_method', 'payment_intent_payment_attempt_failed'];
    const settled = await this.database.row<books.IntentRow>(books.settleIntent, [
      intentReference,
      status,
      failureCode,
    ]);
    return intentOf(settled ?? (await this.find(intentReference)));
  }

  async refund({
    intentReference,
    amount,
    idempotencyKey,
  }: Parameters<PaymentProvider['refund']>[0]): Promise<ProviderRefund> {
    const earlier = await this.earlierRefund(idempotencyKey, intentReference, amount.amount);
    if (earlier) return earlier;
    try {
      const made = await this.database.row<ProviderRefund>(books.createRefund, [
        reference('re'),
        idempotencyKey,
        intentReference,
        amount.amount,
        amount.currency,
      ]);
      if (made) return made;
    } catch (error) {
      // Two calls with one key at once: the constraint undid the second, whose answer is the first one's refund.
      if (violatedConstraint(error) !== 'test_provider_refund_idempotency_key_key') throw error;
    }
    return (
      (await this.earlierRefund(idempotencyKey, intentReference, amount.amount)) ??
      refuseRefund(await this.find(intentReference))
    );
  }

  async retrieveRefund(refundReference: string): Promise<ProviderRefund> {
    return (
      (await this.database.row<ProviderRefund>(books.refundById, [refundReference])) ?? missing('refund')
    );
  }

  parseWebhook(rawBody: Buffer): ProviderEvent {
    const payload = parseJson(rawBody);
    const parsed = webhookBody.safeParse(payload);
    if (!parsed.success) throw new InvalidWebhook('The body must be JSON: { "id", "type", "intent" }');
    const { id, type, intent } = parsed.data;
    return { id, type, intentReference: intent ?? null, apiVersion: null, verified: false, payload };
  }

  private async find(intentReference: string): Promise<books.IntentRow> {
    return (
      (await this.database.row<books.IntentRow>(books.intentById, [intentReference])) ??
      missing('payment_intent')
    );
  }

  private async earlierRefund(
    key: string,
    intentReference: string,
    amount: number,
  ): Promise<ProviderRefund | null> {
    const row = await this.database.row<ProviderRefund & { intentId: string; amount: number }>(
      books.refundByKey,
      [key],
    );
    if (!row) return null;
    if (row.intentId !== intentReference || row.amount !== amount) {
      throw new PaymentRefused('idempotency_error', 'This key was used for another refund.');
    }
    return { reference: row.reference, status: row.status };
  }
}

function intentOf(row: books.IntentRow): ProviderIntent {
  return {
    reference: row.id,
    status: row.status,
    amount: money(row.amount, row.currency),
    amountReceived: money(row.status === 'succeeded' ? row.amount : 0, row.currency),
    paymentId: row.metadata.payment_id ?? null,
    clientSecret: row.clientSecret,
    failureCode: row.failureCode,
  };
}

function refuseRefund(intent: books.IntentRow): never {
  if (intent.status !== 'succeeded')
    throw new PaymentRefused('payment_intent_unexpected_state', 'This payment was never taken.');
  if (intent.refunded === intent.amount)
    throw new PaymentRefused('charge_already_refunded', 'This payment was already refunded.');
  throw new PaymentRefused('amount_too_large', 'The refund is more than what is left of the payment.');
}

function missing(what: string): never {
  throw new PaymentRefused('resource_missing', `No such ${what}.`);
}

function reference(prefix: 'pi' | 're'): string {
  return `${prefix}_test_${randomBytes(12).toString('hex')}`;
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}
