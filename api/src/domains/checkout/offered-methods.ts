import { isOffline, paymentsGroup, type PaymentMethod, type PaymentProviders } from '../payments/index.js';
import type { SettingsService } from '../store/index.js';

/** How buyers may pay now: the methods of the settings that staff or a provider takes, cards first. */
export class OfferedMethods {
  constructor(
    private readonly settings: Pick<SettingsService, 'get'>,
    private readonly providers: Pick<PaymentProviders, 'forMethod'>,
  ) {}

  async list(): Promise<readonly PaymentMethod[]> {
    const { methods } = await this.settings.get(paymentsGroup);
    return methods.filter((method) => isOffline(method) || this.providers.forMethod(method) !== null);
  }
}
