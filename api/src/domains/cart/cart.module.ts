import type { Database } from '../../platform/database/database.js';
import type { DomainModule } from '../../platform/module.js';
import type { CartHoldService } from '../inventory/index.js';
import type { ShopReference } from '../pricing/index.js';
import { CartEntity, CartLineEntity } from './cart.entity.js';
import { CartResolver } from './cart.resolver.js';
import { CartService } from './cart.service.js';

export const cartModule: DomainModule = { entities: [CartEntity, CartLineEntity], resolvers: [CartResolver] };

/** Builds the domain's services and resolvers. */
export function createCart(deps: {
  database: Database;
  reference: ShopReference;
  currency: string;
  cartHolds: CartHoldService;
}): {
  resolvers: object[];
  carts: CartService;
} {
  const carts = new CartService(deps.database, deps.reference, deps.currency, deps.cartHolds);
  return { resolvers: [new CartResolver(carts)], carts };
}
