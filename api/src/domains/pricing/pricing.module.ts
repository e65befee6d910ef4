import { defineIdPrefixes } from '../../kernel/ids.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { storeModule } from '../store/store.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
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
  entities: [RegionEntity, CountryEntity, TaxRateEntity, ShippingMethodEntity],
  resolvers: [],
  orphanedTypes: [PriceChangedError],
  setup({ database, listener }, _services, { currency }: PricingSettings) {
    return {
      services: { reference: new ShopConfigCache(database, listener) },
      resolvers: [],
      seed: { starter: () => seedReference(database, currency) },
    };
  },
});

export interface PricingSettings {
  /** Of the prices of the shipping methods that a new shop starts with. */
  readonly currency: string;
}
