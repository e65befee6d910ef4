import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { DomainError } from '../../../kernel/errors.js';
import { Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import type { BuyerAccess } from './buyer-access.js';
import type { OrderClosingService } from '../closing/order-closing.service.js';
import { OrderCancelByCustomerInput } from '../refunds/order-refund.input.js';
import { FulfillmentStatus, OrderStatus } from '../order-states.js';
import { OrderPayload } from '../order.type.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { orderChangeErrors } from '../order.errors.js';

/** What buyers may do with their own orders. */
@Resolver()
export class OrderBuyerResolver {
  constructor(
    private readonly access: BuyerAccess,
    private readonly closing: OrderClosingService,
  ) {}

  @Public()
  @UserErrors(...orderChangeErrors)
  @Mutation(() => OrderPayload, {
    description:
      "Cancels the caller's order while nothing of it has left: gives up the payment, or sends back in full what was paid.",
  })
  orderCancelByCustomer(
    @Arg('input', () => OrderCancelByCustomerInput, { description: 'Which order, and why.' })
    input: OrderCancelByCustomerInput,
    @Ctx() { viewer, ip }: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(
      input,
      async () => {
        const order = await this.access.require(input, viewer);
        if (order.status === OrderStatus.REVIEW)
          throw new DomainError('ILLEGAL_TRANSITION', 'The shop is looking into this order already.');
        if (order.fulfillmentStatus !== FulfillmentStatus.UNFULFILLED) {
          throw new DomainError('ALREADY_SHIPPED', 'The goods are on their way: send them back instead.', [
            input.orderToken ? 'orderToken' : 'orderId',
          ]);
        }
        await this.access.count(order, { action: 'order-cancel', ip });
        return {
          order: await this.closing.cancel({
            orderId: order.id,
            expectedVersion: null,
            reason: input.reason?.trim() || AUTOMATIC_REASONS.CANCELLED_BY_BUYER,
            idempotencyKey: input.idempotencyKey,
            actor: { kind: 'CUSTOMER', userId: order.userId },
            keyActor: `order:${order.id}`,
            operation: 'orderCancelByCustomer',
            restock: true,
          }),
        };
      },
      async () => ({ order: await this.access.require(input, viewer) }),
    );
  }
}
