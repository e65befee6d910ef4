import { localId } from '../../kernel/ids.js';
import { NotFoundError } from '../../kernel/errors.js';
import { oneOf } from '../../kernel/one-of.js';
import type { Viewer } from '../../platform/graphql/context.js';
import type { OrderEntity } from './order.entity.js';
import { OrderStatus } from './order-states.js';
import type { OrderService } from './order.service.js';
import type { OrderTokens } from './order-tokens.js';

/** How a buyer names an order: an own one by its id, a guest's by the token from its link. */
export interface BuyerClaim {
  readonly orderId?: string | null;
  readonly orderToken?: string | null;
}

/** Whether an order is the viewer's own. A draft is nobody's before it is sent. */
export function isOwnOrder({ userId, status }: OrderEntity, viewer: Viewer | null): boolean {
  return viewer !== null && userId === viewer.userId && status !== OrderStatus.DRAFT;
}

/** Lets buyers at their own orders and nobody at anybody else's. */
export class BuyerAccess {
  constructor(
    private readonly orders: OrderService,
    private readonly tokens: OrderTokens,
  ) {}

  /**
   * @throws InvalidInputError unless the order is named in exactly one way
   * @throws NotFoundError for a token that is not ours or too old, and for an order that is somebody else's or not there
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
}
