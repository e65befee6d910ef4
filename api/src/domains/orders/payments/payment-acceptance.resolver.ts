import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { money } from '../../../kernel/money.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { Money } from '../../../platform/graphql/money.type.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { currentOrder } from '../current-order.js';
import type { OrderEntity } from '../order.entity.js';
import { acceptablePayment } from '../order.loaders.js';
import { Order, OrderPayload } from '../order.type.js';
import { PaymentAcceptInput } from './order-payment.input.js';
import { requestOf } from './order-payment.resolver.js';
import type { PaymentAcceptanceService } from './payment-acceptance.service.js';

/** Money of another amount than agreed. */
@Resolver(() => Order)
export class PaymentAcceptanceResolver {
  constructor(private readonly acceptance: PaymentAcceptanceService) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'What is left of the money that came in for an order in REVIEW, with which `paymentAccept` may place it; null when nothing can be accepted. Staff only.',
  })
  async acceptableAmount(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object | null> {
    const found = await acceptablePayment(order, context);
    return found && money(found.amount, found.currency);
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(
    'REFUND_NOT_ALLOWED',
    'PAYMENT_CHANGED',
    'STOCK_UNAVAILABLE',
    'PAYMENT_DISPUTED',
    'ILLEGAL_TRANSITION',
  )
  @Mutation(() => OrderPayload, {
    description:
      'Places an order in REVIEW with the money that came in. Less than agreed: the difference becomes a discount of the order. More: the surplus is refunded, for which staff need ORDER_REFUND. STOCK_UNAVAILABLE when the goods were sold meanwhile; nothing is changed then.',
  })
  paymentAccept(
    @Arg('input', () => PaymentAcceptInput, { description: 'The order, and the amount that came in.' })
    input: PaymentAcceptInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    const { expectedAmount } = input;
    return asPayload(
      input,
      async () => ({ order: await this.acceptance.accept({ ...requestOf(input, context), expectedAmount }) }),
      () => currentOrder(context, input.orderId),
    );
  }
}
