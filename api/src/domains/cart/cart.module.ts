import type { Database } from '../../platform/database/database.js';
import { AttemptsPerMinute } from '../../platform/attempts-per-minute.js';
import type { DomainModule } from '../../platform/module.js';
import type { CartHoldService } from '../inventory/index.js';
import type { ShopReference } from '../pricing/index.js';
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
}): {
  resolvers: object[];
  carts: CartService;
} {
  const { database, reference, currency, cartHolds, cartsPerMinute } = deps;
  const newCarts = new AttemptsPerMinute(cartsPerMinute);
  const carts = new CartService({ database, shopReference: reference, currency, holds: cartHolds, newCarts });
  return { resolvers: [new CartResolver(carts)], carts };
}
