import { localId } from '../../../kernel/ids.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { oneOf } from '../../../kernel/one-of.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { attemptsFrom, type Allowance, type RateLimiter } from '../../identity/index.js';
import type { OrderEntity } from '../order.entity.js';
import { OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import type { OrderTokens } from './order-tokens.js';

/** How a buyer names an order: a customer's own order by its id, a guest's order by the token from its link. */
export interface BuyerClaim {
  readonly orderId?: string | null;
  readonly orderToken?: string | null;
}

/** Whether the order belongs to the viewer. A draft belongs to no customer before it is sent. */
export function isOwnOrder({ userId, status }: OrderEntity, viewer: Viewer | null): boolean {
  return viewer !== null && userId === viewer.userId && status !== OrderStatus.DRAFT;
}

/** A request that the holder of an order's link makes for that order, and the address it comes from. */
export interface BuyerAct {
  readonly action: 'order-cancel' | 'return-request' | 'return-cancel';
  readonly ip: string;
}

// Each request writes rows, sends mails and may ask the payment provider. Buyers behind one address cancel a few
// orders a minute, and no buyer returns one order sixty times.
const PER_ORDER: Allowance = { burst: 60, everySeconds: 120 };
const PER_NETWORK: Allowance = { burst: 600, everySeconds: 1 };

/** Gives buyers access to their own orders only. */
export class BuyerAccess {
  constructor(
    private readonly orders: OrderService,
    private readonly tokens: OrderTokens,
    private readonly limiter: RateLimiter,
  ) {}

  /**
   * @throws InvalidInputError unless the order is named in exactly one way
   * @throws NotFoundError for a token that is unknown or too old, and for an order that does not exist or belongs to
   *   another account
   */
  async require({ orderId, orderToken }: BuyerClaim, viewer: Viewer | null): Promise<OrderEntity> {
    const { by, value } = oneOf({ orderId: orderId || null, orderToken: orderToken || null });
    if (by === 'orderToken') {
      const order = await this.tokens.open(value);
      if (order) return order;
      throw new NotFoundError('order', ['orderToken']);
    }
    const id = viewer ? localId('ord', value) : null;
    const order = id && (await this.orders.find(id));
    if (!order || !isOwnOrder(order, viewer)) throw new NotFoundError('order', ['orderId']);
    return order;
  }

  /** Counts a request for an order that `require` returned. @throws GraphQLError RATE_LIMITED */
  count({ id }: OrderEntity, { action, ip }: BuyerAct): Promise<void> {
    return this.limiter.consume(
      { action, by: id, allowance: PER_ORDER },
      ...attemptsFrom(ip, { action, allowance: PER_NETWORK }),
    );
  }
}
