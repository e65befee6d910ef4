import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import type { Money } from '../../kernel/money.js';
import {
  PaymentMethod,
  type PaymentEntity,
  type PaymentIntents,
  type PaymentProviders,
} from '../payments/index.js';

/** Payments by link: of sent drafts, of exchanges, of edits. */
export class LinkPayments {
  constructor(
    private readonly intents: PaymentIntents,
    private readonly providers: PaymentProviders,
  ) {}

  /**
   * Whether the provider accepts so small an amount.
   *
   * @throws DomainError PAYMENT_METHOD_NOT_OFFERED while nobody takes cards, such as when the keys of the provider are
   *   missing
   */
  isPayable({ amount, currency }: Money): boolean {
    const provider = this.providers.forMethod(PaymentMethod.CARD);
    if (!provider) throw new DomainError('PAYMENT_METHOD_NOT_OFFERED', 'Nobody takes cards now.');
    return amount >= provider.minimumAmount(currency);
  }

  /** @throws DomainError AMOUNT_TOO_SMALL for less than the provider accepts, PAYMENT_METHOD_NOT_OFFERED as above */
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
