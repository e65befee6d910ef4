import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import type { Money } from '../../kernel/money.js';
import type { PaymentEntity, PaymentIntents, PaymentProviders } from '../payments/index.js';

/** Payments by link: of sent drafts, of exchanges, of edits. */
export class LinkPayments {
  constructor(
    private readonly intents: PaymentIntents,
    private readonly providers: PaymentProviders,
  ) {}

  /** Whether the provider accepts so small an amount. */
  isPayable({ amount, currency }: Money): boolean {
    return amount >= this.providers.forCards().minimumAmount(currency);
  }

  /** @throws DomainError AMOUNT_TOO_SMALL for less than the provider accepts */
  assertPayable(amount: Money): void {
    if (this.isPayable(amount)) return;
    throw new DomainError('AMOUNT_TOO_SMALL', 'The payment provider does not take so small an amount.');
  }

  /**
   * Creates the provider's intent, with no transaction open; has no effect on a payment that has one. While the
   * provider does not answer, the buyer's page or the reconciler repeats exactly this. `onRefused` closes an order or
   * edit that can never be paid.
   *
   * @throws DomainError PAYMENT_FAILED when the provider refuses
   */
  async begin(
    payment: PaymentEntity | null,
    onRefused: (payment: PaymentEntity) => Promise<void>,
  ): Promise<void> {
    if (payment?.status !== 'CREATING') return;
    try {
      await this.intents.ensure(payment);
    } catch (error) {
      if (error instanceof PaymentOutcomeUnknown) return;
      if (!(error instanceof PaymentRejectedError)) throw error;
      await onRefused(payment);
      throw new DomainError('PAYMENT_FAILED', 'The payment could not be begun. Nothing was charged.');
    }
  }
}
