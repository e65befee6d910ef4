import type { Database } from '../../platform/database/database.js';
import { AttemptsPerMinute } from '../../platform/attempts-per-minute.js';
import type { DomainModule } from '../../platform/module.js';
import type { CartHoldService } from '../inventory/index.js';
import type { ShopReference } from '../pricing/index.js';
import { CartHoldLimits, type CartHoldLimitsParts } from './cart-hold-limits.js';
import { CartEntity, CartLineEntity } from './cart.entity.js';
import { CartNotReadyError } from './cart.errors.js';
import { CartResolver } from './cart.resolver.js';
import { CartService } from './cart.service.js';

export const cartModule: DomainModule = {
  entities: [CartEntity, CartLineEntity],
  resolvers: [CartResolver],
  orphanedTypes: [CartNotReadyError],
};

/** Builds the domain's services and resolvers. */
export function createCart(deps: {
  database: Database;
  reference: ShopReference;
  currency: string;
  cartHolds: CartHoldService;
  /** New carts of guests that one network may make within a minute. */
  cartsPerMinute: number;
  /** What carts that hold stock may take. */
  holdLimits: Omit<CartHoldLimitsParts, 'database'>;
}): {
  resolvers: object[];
  carts: CartService;
} {
  const { database, reference, currency, cartHolds, cartsPerMinute } = deps;
  const holdLimits = new CartHoldLimits({ database, ...deps.holdLimits });
  const newCarts = new AttemptsPerMinute(cartsPerMinute);
  const carts = new CartService({
    ...{ database, shopReference: reference, currency, holds: cartHolds, newCarts, holdLimits },
  });
  return { resolvers: [new CartResolver(carts)], carts };
}
