import {
  PaymentOutcomeUnknown,
  type PaymentProvider,
  type ProviderMethod,
  type ProviderName,
} from '../../../integrations/payments/port.js';
import { PaymentMethod } from '../payment-method.js';

/**
 * The payment providers that this shop is connected to. A new payment goes to the first provider that takes its method
 * and takes new payments; an existing payment is always handled by the provider that took it, whatever the settings say
 * of new ones.
 */
export class PaymentProviders {
  private readonly taking: readonly PaymentProvider[];

  /** @throws Error when a provider is to take new payments and is not connected */
  constructor(
    private readonly connected: readonly PaymentProvider[],
    takesNew: readonly ProviderName[],
  ) {
    this.taking = takesNew.map((name) => {
      const provider = this.find(name);
      if (!provider) throw new Error(`${name} is to take payments and is not set up`);
      return provider;
    });
  }

  all(): readonly PaymentProvider[] {
    return this.connected;
  }

  /** The providers that take new payments, each with the methods that it takes and none before it does. */
  offers(): { readonly provider: PaymentProvider; readonly methods: readonly PaymentMethod[] }[] {
    return this.taking.map((provider) => ({
      provider,
      methods: provider.methods
        .map((method) => PaymentMethod[method])
        .filter((method) => this.forMethod(method) === provider),
    }));
  }

  /** The provider of a new payment by this method; null for one that staff confirms, or that no provider takes. */
  forMethod(method: PaymentMethod): PaymentProvider | null {
    return this.taking.find(({ methods }) => methods.includes(method as ProviderMethod)) ?? null;
  }

  /** The provider of new payments by card. @throws PaymentOutcomeUnknown when none takes cards now */
  forCards(): PaymentProvider {
    const provider = this.forMethod(PaymentMethod.CARD);
    if (!provider) throw new PaymentOutcomeUnknown('No provider takes cards', 'LOCKED_OUT');
    return provider;
  }

  find(name: string): PaymentProvider | null {
    return this.connected.find((provider) => provider.name === name) ?? null;
  }

  takesNew(provider: PaymentProvider): boolean {
    return this.taking.includes(provider);
  }

  /** @throws PaymentOutcomeUnknown when the provider's keys are no longer in the settings, so it cannot be asked */
  of(name: ProviderName | 'OFFLINE'): PaymentProvider {
    const provider = this.find(name);
    if (!provider) throw new PaymentOutcomeUnknown(`${name} is not in the settings`, 'LOCKED_OUT');
    return provider;
  }
}
