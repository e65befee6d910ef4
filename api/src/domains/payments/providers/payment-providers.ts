import {
  PaymentOutcomeUnknown,
  type PaymentProvider,
  type ProviderName,
} from '../../../integrations/payments/port.js';

/**
 * The payment providers that this shop is connected to. New payments use the current one; an existing payment is
 * always handled by the provider that took it, even after the settings have changed.
 */
export class PaymentProviders {
  constructor(
    readonly current: PaymentProvider,
    private readonly others: readonly PaymentProvider[] = [],
  ) {}

  all(): readonly PaymentProvider[] {
    return [this.current, ...this.others];
  }

  find(name: string): PaymentProvider | null {
    return this.all().find((provider) => provider.name === name) ?? null;
  }

  /** @throws PaymentOutcomeUnknown when the provider's keys are no longer in the settings, so it cannot be asked */
  of(name: ProviderName | 'OFFLINE'): PaymentProvider {
    const provider = this.find(name);
    if (!provider) throw new PaymentOutcomeUnknown(`${name} is not in the settings`, 'LOCKED_OUT');
    return provider;
  }
}
