import { defineModule } from '../../platform/module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { checkoutModule } from '../checkout/checkout.module.js';
import { contentModule } from '../content/content.module.js';
import { identityModule } from '../identity/identity.module.js';
import { notificationsModule } from '../notifications/notifications.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { shippingModule } from '../shipping/shipping.module.js';
import { storeModule } from '../store/store.module.js';
import { Beginnings } from './beginning.js';
import { GoLiveChecklist } from './going-live/checklist.js';
import { GoLiveResolver } from './going-live/go-live.resolver.js';
import { Opening } from './going-live/opening.service.js';
import { NotReadyError, setupErrors } from './setup.errors.js';
import { newSetupLink, oldTokens } from './setup-links.js';
import { SetupResolver } from './setup.resolver.js';
import { SetupTokenEntity } from './setup-token.entity.js';
import { SetupService } from './setup.service.js';
import { SetupState } from './setup-state.js';

export interface SetupSettings {
  /** The address of the admin without a slash at its end. */
  readonly adminUrl: string;
  /** Whether customers can reach the shop. */
  readonly isProduction: boolean;
}

/** The first run of a shop: what it begins as, and how its owner sets it up. */
export const setupModule = defineModule({
  name: 'setup',
  dependsOn: [
    storeModule,
    identityModule,
    catalogModule,
    shippingModule,
    pricingModule,
    paymentsModule,
    ordersModule,
    checkoutModule,
    notificationsModule,
    contentModule,
  ],
  tables: {
    setup_token: 'Deleted when the shop is set up, with the next link, and each night once it opens nothing.',
  },
  errors: setupErrors,
  entities: [SetupTokenEntity],
  orphanedTypes: [NotReadyError],
  resolvers: [SetupResolver, GoLiveResolver],
  setup({ database, listener, storefrontUrl }, modules, { adminUrl, isProduction }: SetupSettings) {
    const { store, identity, catalog, shipping, pricing, payments, notifications } = modules;
    const { settings } = store;
    const { reference, products } = catalog;
    const beginnings = new Beginnings(database, settings);
    const state = new SetupState(listener, beginnings);
    const setup = new SetupService({
      ...{ database, settings, reference, products, owners: identity.owners },
      ...{ firstDelivery: shipping.firstDelivery, onCommit: () => state.drop() },
    });
    const limiter = identity.rateLimiter;
    const checklist = new GoLiveChecklist({
      ...{ database, settings, storefrontUrl, isProduction },
      ...{ reference: pricing.reference, providers: payments.providers },
      sendsMails: notifications.sendsMails,
    });
    return {
      services: {
        beginnings,
        /** A new link to the set-up; null where the shop has an owner. Earlier links open nothing any more. */
        newLink: async () => ((await beginnings.isOpen()) ? newSetupLink(database, adminUrl) : null),
      },
      resolvers: [
        new SetupResolver({ database, settings, reference, limiter, state, setup }),
        new GoLiveResolver(checklist, new Opening(settings, checklist)),
      ],
      oldRows: [{ statement: oldTokens, days: 0 }],
    };
  },
});
