import type { Networks } from '../../kernel/networks.js';
import type { Tx } from '../../platform/database/database.js';
import { EXACT_QUANTITY_LIMIT } from '../catalog/index.js';
import {
  attemptsFrom,
  rateLimited,
  type Allowance,
  type Attempt,
  type RateLimiter,
} from '../identity/index.js';
import { InsufficientStockError } from '../inventory/index.js';

/*
 * A checkout is decided by the exact stock, so INSUFFICIENT_STOCK tells something about a number that buyers are not to
 * know. Each success is an order, which the limits on unpaid orders bound; here are the errors. Beyond the limit, carts
 * with a line of more units than buyers are told of are not tried at all, because any other error would say the same.
 * All other carts of the network are unaffected.
 */

const PER_NETWORK: Allowance = { burst: 5, everySeconds: 900 };

export class StockErrorLimit {
  constructor(private readonly limiter: RateLimiter) {}

  /** @throws GraphQLError RATE_LIMITED for a cart with a large line, after too many such errors in its network */
  async assertFew(
    tx: Tx,
    lines: readonly { readonly quantity: number }[],
    networks: Networks,
  ): Promise<void> {
    if (lines.every(({ quantity }) => quantity <= EXACT_QUANTITY_LIMIT)) return;
    for (const attempt of attemptsOf(networks))
      if (await this.limiter.isSpent(tx, attempt)) throw rateLimited(PER_NETWORK.everySeconds);
  }

  /** Counts the error of a checkout if it is about a number that buyers are not told. */
  async count(error: unknown, networks: Networks): Promise<void> {
    if (!(error instanceof InsufficientStockError) || error.availableQuantity !== null) return;
    for (const attempt of attemptsOf(networks)) await this.limiter.allows(attempt);
  }
}

function attemptsOf(networks: Networks): Attempt[] {
  return attemptsFrom(networks, { action: 'stock-error', allowance: PER_NETWORK });
}
