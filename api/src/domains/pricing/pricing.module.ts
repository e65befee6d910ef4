import { defineIdPrefixes } from '../../kernel/ids.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { regionalGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { assertPricesFit, changeCurrency } from './change-currency.js';
import { ensureHomeRates, moveHome } from './home-country.js';
import { flatRate, weightRate } from './rates/own-rates.js';
import { reportRateFaults, ShippingRates } from './rates/rated-method.js';
import { shippingMethodChanged } from './rates/shipping-method.events.js';
import { ShippingRateResolver } from './rates/shipping-rate.resolver.js';
import { ShippingRateService } from './rates/shipping-rate.service.js';
import { seedReference } from './seed-reference.js';
import { ShopConfigCache } from './shop.reference.js';
import { pricingErrors, PriceChangedError } from './pricing.errors.js';
import { CountryEntity, RegionEntity, ShippingMethodEntity, TaxRateEntity } from './reference.entity.js';

const idPrefixes = defineIdPrefixes({ smth: 'ShippingMethod' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Prices of carts and drafts, with tax and shipping: `price-cart.ts` (pure) and `quote.ts`. Countries, tax rates and shipping
 * methods are read through `ShopConfigCache` of `shop.reference.ts`.
 */
export const pricingModule = defineModule({
  name: 'pricing',
  dependsOn: [storeModule, catalogModule],
  tables: {
    region: KEPT.catalogue,
    country: KEPT.catalogue,
    tax_rate: KEPT.catalogue,
    shipping_method: KEPT.catalogue,
  },
  idPrefixes,
  errors: pricingErrors,
  hookErrors: { regionalSettingsUpdate: ['INVALID_COUNTRY', 'TAX_RATES_MISSING'] },
  entities: [RegionEntity, CountryEntity, TaxRateEntity, ShippingMethodEntity],
  events: [shippingMethodChanged],
  strategies: [flatRate, weightRate],
  resolvers: [ShippingRateResolver],
  orphanedTypes: [PriceChangedError],
  setup({ database, listener, outbox, strategies, hooks, logger }, { store: { settings } }) {
    const rates = new ShippingRates(strategies, reportRateFaults(hooks, logger));
    settings.guard(regionalGroup, { check: assertPricesFit, write: changeCurrency });
    settings.guard(regionalGroup, { check: moveHome });
    return {
      services: { reference: new ShopConfigCache({ database, listener, settings, rates }) },
      resolvers: [
        new ShippingRateResolver(database, rates, new ShippingRateService(database, outbox, rates)),
      ],
      seed: {
        starter: async () => seedReference(database, await settings.get(regionalGroup)),
      },
      start: () => ensureHomeRates(database, settings),
    };
  },
});
