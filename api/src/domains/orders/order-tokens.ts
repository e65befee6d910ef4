import type { Clock } from '../../kernel/clock.js';
import type { SignedTokens } from '../../kernel/tokens.js';
import { OrderStatus } from './order-states.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderService } from './order.service.js';

/**
 * How long the link of an order opens it after the last thing that happened to it, once it has ended. A link lies in an
 * inbox for years, and shows a name, an address and an e-mail to whoever holds it: half a year is well past every return
 * and every complaint about a parcel, and the account and the shop still have the order after that.
 */
export const LINK_DAYS = 180;
const DAY_MS = 86_400_000;

/** What waits for nobody: the buyer has the goods or the money, or neither was ever owed. */
const ENDED: ReadonlySet<OrderStatus> = new Set([
  OrderStatus.FULFILLED,
  OrderStatus.COMPLETED,
  OrderStatus.CANCELLED,
  OrderStatus.EXPIRED,
  OrderStatus.REFUNDED,
]);

/** The tokens in the links of orders: each opens one order without signing in, until that order is long over. */
export class OrderTokens {
  private readonly afterMs: number;

  /** @param returnDays how long buyers may send back; a link outlives it by a month */
  constructor(
    private readonly orders: Pick<OrderService, 'find'>,
    private readonly signed: SignedTokens,
    private readonly clock: Clock,
    returnDays: number,
  ) {
    this.afterMs = Math.max(LINK_DAYS, returnDays + 30) * DAY_MS;
  }

  sign(orderId: string): string {
    return this.signed.sign(orderId);
  }

  /** The order; null for a token that is not ours, and for one whose order ended too long ago. */
  async open(token: string): Promise<OrderEntity | null> {
    const id = this.signed.open(token);
    const order = id && (await this.orders.find(id));
    return order && !this.isPast(order) ? order : null;
  }

  private isPast({ status, updatedAt }: OrderEntity): boolean {
    return ENDED.has(status) && this.clock.now().getTime() - updatedAt.getTime() > this.afterMs;
  }
}
