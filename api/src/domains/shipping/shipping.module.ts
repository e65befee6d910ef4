import { FirstDelivery } from './first-delivery.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { defineModule } from '../../platform/module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { languagesGroup, regionalGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { assertPricesFit, changeCurrency } from './change-currency.js';
import { DeliveryChanges } from './delivery-changes.js';
import { DeliveryViews } from './delivery-views.js';
import { ShippingMethodResolver } from './methods/method.resolver.js';
import { deliveryTexts } from './methods/method-texts.js';
import { MethodService } from './methods/method.service.js';
import { ShippingRateResolver } from './methods/rate.resolver.js';
import { RateService } from './methods/rate.service.js';
import { ownRates } from './rates/own-rates.js';
import { reportRateFaults, ShippingRates } from './rates/rated-method.js';
import { seedDeliveries } from './seed-deliveries.js';
import {
  ShippingMethodEntity,
  ShippingRateEntity,
  ShippingZoneEntity,
  ZoneAreaEntity,
} from './shipping.entity.js';
import { shippingErrors } from './shipping.errors.js';
import { shippingChanged } from './shipping.events.js';
import { DeliveryTryOut } from './try-out/try-out.js';
import { DeliveryTryOutResolver } from './try-out/try-out.resolver.js';
import { ShippingZoneResolver } from './zones/zone.resolver.js';
import { ZoneService } from './zones/zone.service.js';

const idPrefixes = defineIdPrefixes({ smth: 'ShippingMethod', szon: 'ShippingZone' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Where the shop delivers, how, and for how much. What a delivery costs is computed by `delivery-table.ts` alone; the
 * locks of changes are at `lockDeliveries` in `shipping.statements.ts`.
 */
export const shippingModule = defineModule({
  name: 'shipping',
  dependsOn: [storeModule, catalogModule],
  tables: {
    shipping_zone: KEPT.catalogue,
    zone_area: KEPT.catalogue,
    shipping_method: KEPT.catalogue,
    shipping_rate: KEPT.catalogue,
  },
  idPrefixes,
  errors: shippingErrors,
  entities: [ShippingZoneEntity, ZoneAreaEntity, ShippingMethodEntity, ShippingRateEntity],
  events: [shippingChanged],
  strategies: ownRates,
  resolvers: [ShippingZoneResolver, ShippingMethodResolver, ShippingRateResolver, DeliveryTryOutResolver],
  setup({ database, outbox, keys, strategies, hooks, logger, clock }, { store: { settings } }) {
    const rates = new ShippingRates(strategies, reportRateFaults(hooks, logger));
    const changes = new DeliveryChanges(database, outbox, keys);
    const views = new DeliveryViews(database, rates);
    const tryOuts = new DeliveryTryOut(database, views, rates);
    settings.guard(regionalGroup, { check: assertPricesFit, write: changeCurrency });
    const methods = new MethodService(changes, settings, clock);
    return {
      services: { rates, changes, firstDelivery: new FirstDelivery(changes) },
      texts: [deliveryTexts(methods)],
      resolvers: [
        new ShippingZoneResolver(new ZoneService(changes), views),
        new ShippingMethodResolver(methods, views),
        new ShippingRateResolver(rates, new RateService(changes, rates, settings), views),
        new DeliveryTryOutResolver(tryOuts, views, settings),
      ],
      seed: {
        starter: async ({ isOwn }) => {
          const { currency, homeCountry: home } = await settings.get(regionalGroup);
          const { defaultLanguage: language } = await settings.get(languagesGroup);
          await seedDeliveries(database, { currency, home, language, isOwn });
        },
      },
    };
  },
});
