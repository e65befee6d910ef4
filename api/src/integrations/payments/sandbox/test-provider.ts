import { randomBytes } from 'node:crypto';
import type { Money } from '../../../kernel/money.js';
import { violatedConstraint, type Database, type Statement } from '../../../platform/database/database.js';
import {
  PaymentRejectedError,
  type AmountRejection,
  type CreateIntent,
  type PaymentProvider,
  type ProviderDispute,
  type ProviderEvent,
  type ProviderIntent,
  type ProviderRefund,
} from '../port.js';
import { minimumAmount, amountRejectionOf } from '../amounts.js';
import { outcomeOf } from './test-cards.js';
import * as ledger from './test-ledger.js';
import { disputeOf, intentOf, missing, reference, refundOf } from './test-rows.js';
import { parseTestWebhook } from './test-webhook.js';

/** A provider without real money: for development, demos and tests. */
export interface TestPaymentProvider extends PaymentProvider {
  readonly name: 'TEST';
  /**
   * Pays with a test card, as the buyer's browser would with Stripe. A decline is a result (`failureCode`), after which
   * another card may be tried; an intent that already succeeded or is processing is returned unchanged.
   *
   * The number is only compared, never stored or logged.
   *
   * @throws PaymentRejectedError unknown_test_card | resource_missing | payment_intent_unexpected_state (cancelled)
   */
  confirm(clientSecret: string, cardNumber: string): Promise<ProviderIntent>;
  /** The intent of a client secret; null for an invalid secret. */
  findBySecret(clientSecret: string): Promise<ProviderIntent | null>;
  /**
   * Settles a `processing` payment now, as the bank would a while later; an intent in any other status is returned
   * unchanged.
   */
  settle(reference: string, outcome: 'succeeded' | 'failed'): Promise<ProviderIntent>;
}

export interface TestProviderOptions {
  /**
   * After how long a `processing` payment succeeds by itself, and a refund to the card that cannot receive it fails.
   */
  readonly settleAfterSeconds?: number;
}

/**
 * Simulates Stripe with its own tables. Each call is a statement on a connection of its own, never part of a
 * transaction of ours: its effect remains when our transaction is rolled back, as with a real provider.
 */
export function createTestProvider(
  database: Database,
  { settleAfterSeconds = 60 }: TestProviderOptions = {},
): TestPaymentProvider {
  return new TestLedger(database, settleAfterSeconds);
}

class TestLedger implements TestPaymentProvider {
  readonly name = 'TEST';
  readonly methods = ['CARD'] as const;
  readonly publishableKey = null;

  constructor(
    private readonly database: Database,
    private readonly settleAfterSeconds: number,
  ) {}

  minimumAmount(currency: string): number {
    return minimumAmount(currency);
  }

  // As strict as Stripe, so that a shop tested with this provider works with Stripe.
  amountRejectionOf(amount: Money): AmountRejection | null {
    return amountRejectionOf(amount);
  }

  async createIntent(request: CreateIntent): Promise<ProviderIntent> {
    const { paymentId, orderId, amount, captureMethod, idempotencyKey } = request;
    const rejection = this.amountRejectionOf(amount);
    if (rejection)
      throw new PaymentRejectedError(`amount_${rejection.toLowerCase()}`, 'This amount cannot be paid.');
    const id = reference('pi');
    const row = await this.database.row(ledger.createIntent, {
      id,
      idempotencyKey,
      clientSecret: `${id}_secret_${randomBytes(18).toString('base64url')}`,
      amount: amount.amount,
      currency: amount.currency,
      metadata: { payment_id: paymentId, order_id: orderId },
      captureMethod,
    });
    const isSame =
      row?.amount === amount.amount &&
      row.currency === amount.currency &&
      row.captureMethod === captureMethod &&
      row.metadata.payment_id === paymentId;
    if (!isSame)
      throw new PaymentRejectedError('idempotency_error', 'This key was used for another payment.');
    return intentOf(row);
  }

  async retrieveIntent(intentReference: string): Promise<ProviderIntent> {
    const row = await this.find(intentReference);
    if (row.status !== 'processing' || !row.isDue) return intentOf(row);
    return this.settle(intentReference, 'succeeded');
  }

  async findIntent(paymentId: string, since: Date): Promise<ProviderIntent | null> {
    const row = await this.database.row(ledger.intentByPayment, { paymentId, since });
    return row && intentOf(row);
  }

  async *listIntents(since: Date): AsyncIterable<ProviderIntent> {
    for await (const row of this.pages(ledger.intentsSince, since, ({ id }) => id)) yield intentOf(row);
  }

  async cancelIntent(intentReference: string): Promise<ProviderIntent> {
    const row = await this.database.row(ledger.cancelIntent, { intentReference });
    return intentOf(row ?? missing('payment_intent'));
  }

  async captureIntent(intentReference: string): Promise<ProviderIntent> {
    const row = await this.database.row(ledger.captureIntent, { intentReference });
    return intentOf(row ?? missing('payment_intent'));
  }

  async confirm(clientSecret: string, cardNumber: string): Promise<ProviderIntent> {
    const fate = outcomeOf(cardNumber);
    if (!fate) {
      throw new PaymentRejectedError(
        'unknown_test_card',
        'Use one of the test cards, such as 4242 4242 4242 4242: no real card is taken here.',
      );
    }
    const confirmed = await this.database.row(ledger.confirmIntent, {
      clientSecret,
      status: fate.status,
      failureCode: 'failureCode' in fate ? fate.failureCode : null,
      settleAfterSeconds: this.settleAfterSeconds,
      trouble: ('trouble' in fate ? fate.trouble : null) ?? null,
      id: reference('du'),
    });
    if (confirmed) return intentOf(confirmed);
    const row =
      (await this.database.row(ledger.intentBySecret, { clientSecret })) ?? missing('payment_intent');
    if (row.status === 'canceled')
      throw new PaymentRejectedError('payment_intent_unexpected_state', 'This payment was cancelled.');
    return intentOf(row);
  }

  async findBySecret(clientSecret: string): Promise<ProviderIntent | null> {
    const row = await this.database.row(ledger.intentBySecret, { clientSecret });
    return row && intentOf(row);
  }

  async settle(intentReference: string, outcome: 'succeeded' | 'failed'): Promise<ProviderIntent> {
    const [status, failureCode] =
      outcome === 'succeeded'
        ? ['succeeded', null]
        : ['requires_payment_method', 'payment_intent_payment_attempt_failed'];
    const settled = await this.database.row(ledger.settleIntent, { intentReference, status, failureCode });
    return intentOf(settled ?? (await this.find(intentReference)));
  }

  async refund({
    intentReference,
    amount,
    idempotencyKey,
    refundId,
  }: Parameters<PaymentProvider['refund']>[0]): Promise<ProviderRefund> {
    const earlier = await this.earlierRefund(idempotencyKey, intentReference, amount.amount);
    if (earlier) return earlier;
    try {
      const made = await this.database.row(ledger.createRefund, {
        id: reference('re'),
        idempotencyKey,
        intentReference,
        amount: amount.amount,
        currency: amount.currency,
        refundId,
      });
      if (made) return refundOf(made);
    } catch (error) {
      // Two calls with one key at once: the constraint reverted the second, which returns the first one's refund.
      if (violatedConstraint(error) !== 'test_provider_refund_idempotency_key_key') throw error;
    }
    return (
      (await this.earlierRefund(idempotencyKey, intentReference, amount.amount)) ??
      this.refuseRefund(await this.find(intentReference))
    );
  }

  async retrieveRefund(refundReference: string): Promise<ProviderRefund> {
    await this.database.count(ledger.failDueRefunds, { settleAfterSeconds: this.settleAfterSeconds });
    const row = await this.database.row(ledger.refundById, { refundReference });
    return refundOf(row ?? missing('refund'));
  }

  async refundsOf(intentReference: string): Promise<ProviderRefund[]> {
    await this.database.count(ledger.failDueRefunds, { settleAfterSeconds: this.settleAfterSeconds });
    return (await this.database.rows(ledger.refundsOfIntent, { intentReference })).map(refundOf);
  }

  async *listRefunds(since: Date): AsyncIterable<ProviderRefund> {
    await this.database.count(ledger.failDueRefunds, { settleAfterSeconds: this.settleAfterSeconds });
    for await (const row of this.pages(ledger.refundsSince, since, (refund) => refund.reference))
      yield refundOf(row);
  }

  async retrieveDispute(disputeReference: string): Promise<ProviderDispute> {
    const row = await this.database.row(ledger.disputeById, { disputeReference });
    return disputeOf(row ?? missing('dispute'));
  }

  async *listDisputes(since: Date): AsyncIterable<ProviderDispute> {
    for await (const row of this.pages(ledger.disputesSince, since, (d) => d.reference)) yield disputeOf(row);
  }

  /**
   * This provider sends no webhooks by itself. Events that a test card causes after the payment are listed here, as if
   * their delivery had failed.
   */
  async *listMissedEvents(since: Date): AsyncIterable<ProviderEvent> {
    const rows = await this.database.rows(ledger.cardDisputesSince, { since });
    for (const { id, status } of rows) {
      const isOpen = status === 'NEEDS_RESPONSE';
      const type = isOpen ? 'charge.dispute.created' : 'charge.dispute.updated';
      const event = { id: `evt_${id}_${status.toLowerCase()}`, type };
      yield {
        ...event,
        ...{ objectKind: 'DISPUTE', objectReference: id, apiVersion: null, verified: false },
        payload: { ...event, dispute: id },
      };
    }
  }

  parseWebhook(rawBody: Buffer): ProviderEvent {
    return parseTestWebhook(rawBody);
  }

  private async *pages<R extends object>(
    list: Statement<{ readonly since: Date; readonly after: string }, R>,
    since: Date,
    keyOf: (row: R) => string,
  ): AsyncIterable<R> {
    for (let after = ''; ;) {
      const rows = await this.database.rows(list, { since, after });
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < 100) return;
      after = keyOf(last);
    }
  }

  private async find(intentReference: string): Promise<ledger.IntentRow> {
    return (await this.database.row(ledger.intentById, { intentReference })) ?? missing('payment_intent');
  }

  private async earlierRefund(
    key: string,
    intentReference: string,
    amount: number,
  ): Promise<ProviderRefund | null> {
    const row = await this.database.row(ledger.refundByKey, { key });
    if (!row) return null;
    if (row.intentReference !== intentReference || row.amount !== amount) {
      throw new PaymentRejectedError('idempotency_error', 'This key was used for another refund.');
    }
    return refundOf(row);
  }

  private async refuseRefund(intent: ledger.IntentRow): Promise<never> {
    if (intent.status !== 'succeeded')
      throw new PaymentRejectedError('payment_intent_unexpected_state', 'This payment was never taken.');
    if (await this.database.row(ledger.isDisputed, { intentId: intent.id }))
      throw new PaymentRejectedError('charge_disputed', 'This payment is disputed.');
    if (intent.refunded === intent.received)
      throw new PaymentRejectedError('charge_already_refunded', 'This payment was already refunded.');
    throw new PaymentRejectedError(
      'amount_too_large',
      'The refund is more than what is left of the payment.',
    );
  }
}
