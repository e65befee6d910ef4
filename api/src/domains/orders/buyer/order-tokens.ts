import type { Clock } from '../../../kernel/clock.js';
import type { SignedTokens } from '../../../kernel/tokens.js';
import { returnsGroup, type SettingsService } from '../../store/index.js';
import { OrderStatus } from '../order-states.js';
import type { OrderEntity } from '../order.entity.js';
import type { OrderService } from '../order.service.js';

/**
 * For how many days after the last change of an ended order its link still opens it. A link stays in an inbox for
 * years, and shows a name, an address and an e-mail address to anyone who has it: half a year is well past every
 * return and every complaint about a shipment, and after that the order is still in the account and in the shop.
 */
export const LINK_DAYS = 180;
const DAY_MS = 86_400_000;

/** Orders that are over: the buyer has the goods or a refund, or neither was due. */
const ENDED: ReadonlySet<OrderStatus> = new Set([
  OrderStatus.FULFILLED,
  OrderStatus.COMPLETED,
  OrderStatus.CANCELLED,
  OrderStatus.EXPIRED,
  OrderStatus.REFUNDED,
]);

/** The tokens in the links of orders: each opens one order without signing in, until the order ended too long ago. */
export class OrderTokens {
  constructor(
    private readonly orders: Pick<OrderService, 'find'>,
    private readonly signed: SignedTokens,
    private readonly clock: Clock,
    private readonly settings: Pick<SettingsService, 'get'>,
  ) {}

  sign(orderId: string): string {
    return this.signed.sign(orderId);
  }

  /** The order; null for a token that is unknown, and for one whose order ended too long ago. */
  async open(token: string): Promise<OrderEntity | null> {
    const id = this.signed.open(token);
    const order = id && (await this.orders.find(id));
    return order && !(await this.isPast(order)) ? order : null;
  }

  /** A link stays valid a month longer than goods come back. */
  private async isPast({ status, updatedAt }: OrderEntity): Promise<boolean> {
    if (!ENDED.has(status)) return false;
    const { days } = await this.settings.get(returnsGroup);
    const afterMs = Math.max(LINK_DAYS, days + 30) * DAY_MS;
    return this.clock.now().getTime() - updatedAt.getTime() > afterMs;
  }
}
