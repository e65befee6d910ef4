import {
  PaymentOutcomeUnknown,
  type PaymentProvider,
  type ProviderMethod,
  type ProviderName,
} from '../../../integrations/payments/port.js';
import { PaymentMethod } from '../payment-method.js';

/** A provider that is to take new payments. */
export interface TakesNew {
  readonly name: ProviderName;
  /** Whether all that it needs for new payments is there. */
  readonly isUsable: boolean;
}

/**
 * The payment providers that this shop is connected to. A new payment goes to the first provider that takes its method
 * and takes new payments; an existing payment is always handled by the provider that took it, whatever the settings say
 * of new ones.
 *
 * The providers are replaced as a whole when their keys change. Every method reads those of now, without waiting, so it
 * may be called in a transaction; a call that has begun goes on with the provider that it began with.
 */
export class PaymentProviders {
  private connected: readonly PaymentProvider[] = [];
  private takesNewNames: readonly ProviderName[] = [];
  private taking: readonly PaymentProvider[] = [];

  constructor(connected: readonly PaymentProvider[], takesNew: readonly TakesNew[]) {
    this.replace(connected, takesNew);
  }

  /** From now on these are connected. Of those that take new payments only the usable ones are offered. */
  replace(connected: readonly PaymentProvider[], takesNew: readonly TakesNew[]): void {
    this.connected = connected;
    this.takesNewNames = takesNew.map(({ name }) => name);
    this.taking = takesNew.flatMap(({ name, isUsable }) => (isUsable ? (this.find(name) ?? []) : []));
  }

  all(): readonly PaymentProvider[] {
    return this.connected;
  }

  /**
   * The providers that are to take new payments, each with the methods that it takes and none before it does; no method
   * for one whose keys are missing.
   */
  offers(): {
    readonly name: ProviderName;
    readonly publishableKey: string | null;
    readonly methods: readonly PaymentMethod[];
  }[] {
    return this.takesNewNames.map((name) => {
      const provider = this.taking.find((each) => each.name === name);
      const methods = (provider?.methods ?? []).map((method) => PaymentMethod[method]);
      return {
        name,
        publishableKey: provider?.publishableKey ?? null,
        methods: methods.filter((method) => this.forMethod(method) === provider),
      };
    });
  }

  /** The provider of a new payment by this method; null for one that staff confirms, or that no provider takes. */
  forMethod(method: PaymentMethod): PaymentProvider | null {
    return this.taking.find(({ methods }) => methods.includes(method as ProviderMethod)) ?? null;
  }

  find(name: string): PaymentProvider | null {
    return this.connected.find((provider) => provider.name === name) ?? null;
  }

  takesNew({ name }: Pick<PaymentProvider, 'name'>): boolean {
    return this.taking.some((provider) => provider.name === name);
  }

  /** @throws PaymentOutcomeUnknown when the provider's keys are not there any more, so it cannot be asked */
  of(name: ProviderName | 'OFFLINE'): PaymentProvider {
    const provider = this.find(name);
    if (!provider) throw new PaymentOutcomeUnknown(`The keys of ${name} are missing`, 'LOCKED_OUT');
    return provider;
  }
}
