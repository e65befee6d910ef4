import type { Networks } from '../../kernel/networks.js';
import { EXACT_QUANTITY_LIMIT } from '../catalog/index.js';
import {
  attemptsFrom,
  rateLimited,
  type Allowance,
  type Attempt,
  type RateLimiter,
} from '../identity/index.js';
import type { CheckoutAttempt } from './unpaid/unpaid-guard.js';

/*
 * A checkout is decided by the exact stock. Whether it fails with a line of more units than buyers are told of says
 * something about a number that they are not to know, whatever the error says: the error of another line says that
 * there was enough of this one. Each success is an order, which the limits on unpaid orders bound; here are the failures
 * of such carts. Beyond the limit they are not tried at all. All other carts of the network are unaffected.
 */

const PER_NETWORK: Allowance = { burst: 5, everySeconds: 900 };

export class StockErrorLimit {
  constructor(private readonly limiter: RateLimiter) {}

  /**
   * Lets `place` ask the stock for an attempt. One with a large line is counted before, so that attempts made at the same
   * moment cannot share the last count, and given back unless the stock was asked and no order came of it.
   *
   * Opens no transaction: its statements must not wait for a connection inside one.
   *
   * @throws GraphQLError RATE_LIMITED for a large line, after too many failures in its network
   */
  async ask<T>(attempt: CheckoutAttempt | null, networks: Networks, place: () => Promise<T>): Promise<T> {
    if (!attempt || attempt.largestLine <= EXACT_QUANTITY_LIMIT) return place();
    const counts = attemptsOf(networks);
    await this.countAll(counts);
    let isAnswered = false;
    try {
      const placed = await place();
      isAnswered = true;
      return placed;
    } finally {
      // `isPlaced` is set directly before the stock is locked.
      if (isAnswered || !attempt.isPlaced) await this.giveBack(counts);
    }
  }

  private async countAll(counts: readonly Attempt[]): Promise<void> {
    for (const [i, count] of counts.entries()) {
      if (await this.limiter.allows(count)) continue;
      await this.giveBack(counts.slice(0, i));
      throw rateLimited(PER_NETWORK.everySeconds);
    }
  }

  private async giveBack(counts: readonly Attempt[]): Promise<void> {
    for (const count of counts) await this.limiter.giveBack(count);
  }
}

function attemptsOf(networks: Networks): Attempt[] {
  return attemptsFrom(networks, { action: 'stock-error', allowance: PER_NETWORK });
}
