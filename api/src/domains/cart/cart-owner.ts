import type { Networks } from '../../kernel/networks.js';
import { sha256 } from '../../kernel/tokens.js';

/**
 * The owner of a cart: a signed-in customer, else the holder of a guest's token; with neither there is no cart yet.
 */
export interface CartOwner {
  readonly userId: string | null;
  readonly token: string | null;
  /** The networks of the request: new carts of guests, and what carts hold, are counted by them. */
  readonly networks?: Networks;
}

/** Both ways to name an owner in SQL; a customer's cart is never reached by a token. */
export interface OwnerKeys {
  readonly userId: string | null;
  readonly tokenHash: Buffer | null;
}

export function ownerKeys({ userId, token }: CartOwner): OwnerKeys {
  return userId ? { userId, tokenHash: null } : { userId: null, tokenHash: token ? sha256(token) : null };
}
