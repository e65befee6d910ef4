import { defineIdPrefixes } from '../../kernel/ids.js';
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
import { CountryEntity, RegionEntity, TaxClassEntity, TaxRateEntity } from './reference.entity.js';
import { TaxClassResolver } from './tax/tax-class.resolver.js';
import { taxClassTexts, taxRateTexts } from './tax/tax-texts.js';
import { TaxClassService } from './tax/tax-class.service.js';
import { TaxRateResolver } from './tax/tax-rate.resolver.js';
import { TaxRateService } from './tax/tax-rate.service.js';
import { taxErrors } from './tax/tax.errors.js';
import { taxClassChanged, taxRateChanged } from './tax/tax.events.js';
import { taxClassById, taxRateById } from './tax/tax.statements.js';

const idPrefixes = defineIdPrefixes({ tcls: 'TaxClass', trat: 'TaxRate' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

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
    tax_class: KEPT.catalogue,
    tax_rate: KEPT.catalogue,
  },
  idPrefixes,
  errors: { ...pricingErrors, ...taxErrors },
  hookErrors: { regionalSettingsUpdate: ['INVALID_COUNTRY', 'TAX_RATES_MISSING'] },
  entities: [RegionEntity, CountryEntity, TaxClassEntity, TaxRateEntity],
  events: [taxRateChanged, taxClassChanged],
  resolvers: [TaxClassResolver, TaxRateResolver],
  nodes: {
    tcls: {
      type: 'TaxClass',
      find: async (id, { viewer, database }) =>
        viewer?.permissions.has('CATALOG_READ') ? database.row(taxClassById, { id }) : null,
    },
    trat: {
      type: 'TaxRate',
      find: async (id, { viewer, database }) =>
        viewer?.permissions.has('SETTINGS_WRITE') ? database.row(taxRateById, { id }) : null,
    },
  },
  orphanedTypes: [PriceChangedError],
  setup(platform, { store: { settings }, shipping: { rates, changes } }) {
    const { database, listener, clock } = platform;
    const reference = new ShopConfigCache({ database, listener, settings, rates, clock });
    changes.afterCommit(() => reference.drop());
    settings.guard(regionalGroup, { write: changeCurrency });
    settings.guard(regionalGroup, { check: (tx, next, before) => moveHome(tx, next, before, clock) });
    const deps = { ...platform, settings };
    const classes = new TaxClassService(deps);
    const taxRates = new TaxRateService(deps);
    return {
      services: { reference },
      texts: [taxClassTexts(classes), taxRateTexts(taxRates)],
      resolvers: [new TaxClassResolver(reference, classes), new TaxRateResolver(reference, taxRates)],
      seed: {
        starter: async () => seedReference(database, await settings.get(regionalGroup)),
      },
      start: () => ensureHomeRates(database, settings, clock),
    };
  },
});
