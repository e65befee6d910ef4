import {
  PaymentOutcomeUnknown,
  type PaymentProvider,
  type ProviderName,
} from '../../integrations/payments/port.js';

/**
 * The payment services that this shop can speak to. New payments go to the current one; a payment that exists is always
 * handled by the one that took it, however the settings have changed since.
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

  /** @throws PaymentOutcomeUnknown when its keys are not in the settings any more: nobody can ask it */
  of(name: ProviderName | 'OFFLINE'): PaymentProvider {
    const provider = this.find(name);
    if (!provider) throw new PaymentOutcomeUnknown(`${name} is not in the settings`, 'LOCKED_OUT');
    return provider;
  }
}
