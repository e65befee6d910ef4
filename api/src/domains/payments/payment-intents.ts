import {
  PaymentOutcomeUnknown,
  PaymentRejectedError,
  type PaymentProvider,
  type ProviderIntent,
} from '../../integrations/payments/port.js';
import { isUuid } from '../../kernel/ids.js';
import { money } from '../../kernel/money.js';
import type { Database, Querying } from '../../platform/database/database.js';
import { KEY_LIFE_MS, LIST_LAG_SECONDS, nextKey } from './idempotency-keys.js';
import type { PaymentEntity } from './payment.entity.js';
import type { PaymentProviders } from './providers/payment-providers.js';
import * as sql from './payment.statements.js';

/**
 * The providers' intents of payments: creates each exactly once, and finds the payment of an intent. No method may be
 * called inside a transaction but `paymentOf`.
 */
export class PaymentIntents {
  constructor(
    private readonly database: Database,
    private readonly providers: PaymentProviders,
  ) {}

  /**
   * The provider that took this payment, whatever the settings say of new ones. @throws PaymentOutcomeUnknown when it
   * cannot be asked
   */
  providerOf({ provider }: Pick<PaymentEntity, 'provider'>): PaymentProvider {
    return this.providers.of(provider);
  }

  /**
   * Creates the provider's intent for a payment, or finds the one created before: the key and every parameter come
   * from the payment's row, so a repeat after a crash sends exactly the same request. Once the provider has forgotten
   * the key, or replays a stored failure for it, its list is searched first.
   *
   * The intent that is returned is always the one in the payment's row, so that whoever pays it pays an order of
   * ours. Another intent may be created besides: key pi:P creates pi_1 and gets a replayed 500; the list does not
   * show pi_1 yet; key pi:P:2 creates pi_2; meanwhile the provider's webhook about pi_1 has written pi_1 into the
   * row. Then pi_2 is cancelled, its secret is given to no client, and pi_1 is returned.
   *
   * @throws PaymentRejectedError for a definite rejection; the caller closes the order
   * @throws PaymentOutcomeUnknown when the outcome is not known; the client's retry or the reconciler tries again
   */
  async ensure(payment: PaymentEntity): Promise<ProviderIntent> {
    if (payment.provider === 'OFFLINE') throw new Error('No provider is asked about an offline payment');
    if (payment.providerReference) return this.providerOf(payment).retrieveIntent(payment.providerReference);
    const isOld = Date.now() - payment.createdAt.getTime() > KEY_LIFE_MS;
    const intent = (isOld ? await this.lookFor(payment) : null) ?? (await this.create(payment));
    const isFirst =
      (await this.database.count(sql.markPending, { paymentId: payment.id, reference: intent.reference })) ===
      1;
    return isFirst ? intent : this.recordedIntent(payment, intent);
  }

  /**
   * The intent in the payment's row; a second intent that was created besides is cancelled, if the provider can do so
   * now.
   */
  private async recordedIntent({ id }: PaymentEntity, made: ProviderIntent): Promise<ProviderIntent> {
    const payment = await this.find(id);
    const reference = payment?.providerReference;
    if (!payment || !reference || reference === made.reference) return made;
    const provider = this.providerOf(payment);
    try {
      await provider.cancelIntent(made.reference);
    } catch (error) {
      // The second intent cannot be paid all the same, because its secret is given to no client.
      if (!(error instanceof PaymentRejectedError || error instanceof PaymentOutcomeUnknown)) throw error;
    }
    return provider.retrieveIntent(reference);
  }

  /**
   * Whether the provider may be asked for a buyer's page: once per payment in so many seconds, over all processes.
   */
  async mayAsk({ id }: PaymentEntity, everySeconds: number): Promise<boolean> {
    return (await this.database.count(sql.claimAsking, { id, everySeconds })) === 1;
  }

  private find(id: string): Promise<PaymentEntity | null> {
    return this.database.row(sql.paymentById, { paymentId: id });
  }

  private lookFor(payment: PaymentEntity): Promise<ProviderIntent | null> {
    return this.providerOf(payment).findIntent(payment.id, payment.createdAt);
  }

  /**
   * The provider replays a stored failure of a key for a day, whether the intent was created or not. It may have been
   * created, so it is searched for in the provider's list; since lists show new objects with a delay, the search
   * waits until a minute after the failure was first seen. Until then the outcome is unknown. After that a new key is
   * safe: the call under the old key is over and creates nothing any more. The new key is stored before it is used,
   * like the first, and has a minute of its own. A failure that is not marked as replayed, however often it occurs,
   * does not end a key: a gateway may have failed before a call that still runs.
   */
  private async create(payment: PaymentEntity): Promise<ProviderIntent> {
    try {
      return await this.createWith(payment, payment.createKey);
    } catch (error) {
      if (!(error instanceof PaymentOutcomeUnknown) || error.because !== 'REPLAYED') throw error;
      // Before the list is read: the list must be read a minute after the failure was noted.
      const isListed = await this.isListed(payment);
      const made = await this.lookFor(payment);
      if (made) return made;
      if (!isListed) throw error;
      return this.createWith(payment, await this.newKey(payment));
    }
  }

  private createWith(payment: PaymentEntity, idempotencyKey: string): Promise<ProviderIntent> {
    return this.providerOf(payment).createIntent({
      paymentId: payment.id,
      orderId: payment.orderId,
      amount: money(payment.amount, payment.currency),
      captureMethod: payment.captureMethod,
      idempotencyKey,
    });
  }

  /**
   * Notes that the provider replays a failure for the key. Returns whether that is long enough ago for a list to show
   * what the key created.
   */
  private async isListed({ id, createKey }: PaymentEntity): Promise<boolean> {
    const noted = await this.database.row(sql.noteCreateFailure, {
      id,
      createKey,
      listLagSeconds: LIST_LAG_SECONDS,
    });
    return noted?.isListed ?? false;
  }

  private async newKey({ id, createKey }: PaymentEntity): Promise<string> {
    await this.database.count(sql.renewCreateKey, { id, createKey, nextKey: nextKey(createKey) });
    return (await this.find(id))?.createKey ?? createKey;
  }

  /**
   * The payment of an intent: found by its reference, else by our id in its metadata (the event arrived before the
   * reference was stored).
   */
  async paymentOf(querying: Querying, intent: ProviderIntent): Promise<PaymentEntity | null> {
    const { provider, reference } = intent;
    const known = await querying.row(sql.paymentByReference, { provider, reference });
    // Another program on the same account may write any text under our metadata key.
    if (known || !intent.paymentId || !isUuid(intent.paymentId)) return known;
    const payment = await querying.row(sql.paymentById, { paymentId: intent.paymentId });
    const fits =
      payment?.providerReference == null &&
      payment?.provider === intent.provider &&
      payment?.amount === intent.amount.amount &&
      payment.currency === intent.amount.currency;
    return fits ? payment : null;
  }
}
