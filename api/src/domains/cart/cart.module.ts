import type { Clock } from '../../kernel/clock.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import { networksOf } from '../../kernel/networks.js';
import type { Database } from '../../platform/database/database.js';
import { AttemptsPerMinute } from '../../platform/attempts-per-minute.js';
import { perRequest } from '../../platform/graphql/context.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import { defineModule } from '../../platform/module.js';
import { regionalGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { identityModule } from '../identity/identity.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { shippingModule } from '../shipping/shipping.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import type { CartHoldService } from '../inventory/index.js';
import type { ShopConfigCache } from '../pricing/index.js';
import { CartAdditionalData } from './merge/additional-data.js';
import { CartHoldLimits, type CartHoldLimitsDeps } from './cart-hold-limits.js';
import { CartAccounts } from './cart-accounts.service.js';
import { CartEntity, CartLineEntity } from './cart.entity.js';
import { cartErrors, CartNotReadyError } from './cart.errors.js';
import { oldCarts } from './old-carts.js';
import { changeCurrency, lockCheckouts } from './change-currency.js';
import { cartOwner, forgetCartToken } from './cart-cookie.js';
import { CartLinesResolver } from './cart-lines.resolver.js';
import { CartTendersResolver } from './pricing/cart-tenders.js';
import { CartResolver } from './cart.resolver.js';
import { CartDetailsService } from './cart-details.service.js';
import { CartMergeService } from './merge/cart-merge.service.js';
import { CartService } from './cart.service.js';
import type { CartView } from './cart-view.js';
import { CartPricer } from './pricing/cart-pricer.js';
import { PluginParts } from './pricing/plugin-parts.js';
import { cartPersonalData } from './merge/personal-data.js';

const cartRuntime = new PerShop<CartService>();

// Read once for all nodes of a request.
const ownCart = perRequest((context): Promise<CartView | null> =>
  cartRuntime.of(context).find(cartOwner(context)),
);

const idPrefixes = defineIdPrefixes({ cart: 'Cart', cline: 'CartLine', quot: 'ShippingMethodQuote' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Carts of guests and customers. Lines and creation: `cart.service.ts`; contact, addresses and shipping method:
 * `cart-details.service.ts`; two carts of one buyer that become one: `cart-merge.service.ts`. Prices, missing steps and
 * warnings are computed on reading (`cart-view.ts`), with the price parts of plugins (`pricing/cart-pricer.ts`).
 */
export const cartModule = defineModule({
  name: 'cart',
  dependsOn: [
    storeModule,
    identityModule,
    catalogModule,
    shippingModule,
    pricingModule,
    inventoryModule,
    paymentsModule,
  ],
  tables: {
    cart: `Deleted each night: carts of guests that nobody touched for so many days (KEEP_…_DAYS, 90 unless set). Those of accounts and orders stay with them, without contact data once they are closed.`,
    cart_line: 'Deleted each night: with its cart.',
  },
  idPrefixes,
  personalData: cartPersonalData,
  errors: cartErrors,
  entities: [CartEntity, CartLineEntity],
  resolvers: [CartResolver, CartLinesResolver, CartTendersResolver],
  orphanedTypes: [CartNotReadyError],
  // A cart is visible to its owner, who has one, and to staff as orders are, as long as it is open.
  nodes: {
    cart: {
      type: 'Cart',
      async find(id, context) {
        const own = await ownCart(context);
        if (own?.id === id) return own;
        return context.viewer?.permissions.has('ORDER_READ') ? cartRuntime.of(context).findOpen(id) : null;
      },
    },
    cline: {
      type: 'CartLine',
      find: async (id, context) => (await ownCart(context))?.lines.find((line) => line.id === id) ?? null,
    },
  },
  setup(
    { database, clock, hooks, secret },
    { store, identity, pricing, inventory, payments },
    settings: CartSettings,
  ) {
    store.settings.guard(regionalGroup, { lock: lockCheckouts, write: changeCurrency });
    const cartData = new CartAdditionalData();
    const priceParts = new PluginParts(database, hooks);
    const { resolvers, carts, cartAccounts, cartMerge } = createCart({
      ...settings,
      ...{ database, clock, reference: pricing.reference, cartHolds: inventory.cartHolds, cartData },
      holdLimits: { ...settings.holdLimits, secret },
      pricer: new CartPricer({ database, parts: priceParts, ledgers: payments.ledgers }),
    });
    identity.onSignedIn(async ({ userId, cartToken, ip, cookies }) => {
      if (!cartToken) return [];
      const warnings = await cartMerge.mergeOnSignIn(userId, cartToken, networksOf(ip));
      forgetCartToken(cookies);
      return warnings;
    });
    return {
      services: { carts, cartAccounts, cartMerge, priceParts, cartData },
      resolvers: [...resolvers, new CartTendersResolver(payments.providers)],
      oldRows: oldCarts(settings.keptDays),
    };
  },
});

export interface CartSettings {
  /** For how many days an unchanged cart of a guest is kept. */
  readonly keptDays: number;
  /** New guest carts that one network may create within a minute. */
  readonly cartsPerMinute: number;
  /** Lines of carts that one network may change within a minute. */
  readonly linesPerMinute: number;
  /** Limits of carts that hold stock. */
  readonly holdLimits: Omit<CartHoldLimitsDeps, 'secret'>;
}

/** Builds the domain's services and resolvers. */
function createCart(
  deps: Omit<CartSettings, 'holdLimits'> & {
    readonly database: Database;
    readonly clock: Clock;
    readonly reference: ShopConfigCache;
    readonly cartHolds: CartHoldService;
    readonly holdLimits: CartHoldLimitsDeps;
    readonly pricer: CartPricer;
    readonly cartData: CartAdditionalData;
  },
): {
  resolvers: object[];
  carts: CartService;
  cartAccounts: CartAccounts;
  cartMerge: CartMergeService;
} {
  const { database, clock, reference, cartHolds, cartData, pricer, cartsPerMinute, linesPerMinute } = deps;
  const holdLimits = new CartHoldLimits(deps.holdLimits);
  const counters = {
    newCarts: new AttemptsPerMinute(cartsPerMinute, clock),
    changes: new AttemptsPerMinute(linesPerMinute, clock),
  };
  const carts = new CartService({
    ...{ database, shopConfig: reference, holds: cartHolds, holdLimits, pricer, ...counters },
  });
  cartRuntime.register(database, carts);
  const details = new CartDetailsService(database, carts);
  return {
    resolvers: [new CartResolver(carts, details), new CartLinesResolver(carts)],
    ...{ carts, cartAccounts: new CartAccounts(database, carts) },
    ...{ cartMerge: new CartMergeService({ database, holds: cartHolds, holdLimits, cartData }) },
  };
}
