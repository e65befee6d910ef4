import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { regionalGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { shippingModule } from '../shipping/shipping.module.js';
import { changeCurrency } from './change-currency.js';
import { ensureHomeRates, moveHome } from './home-country.js';
import { seedReference } from './seed-reference.js';
import { ShopConfigCache } from './shop.reference.js';
import { pricingErrors, PriceChangedError } from './pricing.errors.js';
import { CountryEntity, RegionEntity, TaxRateEntity } from './reference.entity.js';

/**
 * Prices of carts and drafts, with tax and shipping: `price-cart.ts` (pure) and `quote.ts`. Countries, tax rates and
 * deliveries are read through `ShopConfigCache` of `shop.reference.ts`.
 */
export const pricingModule = defineModule({
  name: 'pricing',
  dependsOn: [storeModule, catalogModule, shippingModule],
  tables: {
    region: KEPT.catalogue,
    country: KEPT.catalogue,
    tax_rate: KEPT.catalogue,
  },
  errors: pricingErrors,
  hookErrors: { regionalSettingsUpdate: ['INVALID_COUNTRY', 'TAX_RATES_MISSING'] },
  entities: [RegionEntity, CountryEntity, TaxRateEntity],
  resolvers: [],
  orphanedTypes: [PriceChangedError],
  setup({ database, listener }, { store: { settings }, shipping: { rates, changes } }) {
    const reference = new ShopConfigCache({ database, listener, settings, rates });
    changes.afterCommit(() => reference.drop());
    settings.guard(regionalGroup, { write: changeCurrency });
    settings.guard(regionalGroup, { check: moveHome });
    return {
      services: { reference },
      resolvers: [],
      seed: {
        starter: async () => seedReference(database, await settings.get(regionalGroup)),
      },
      start: () => ensureHomeRates(database, settings),
    };
  },
});
