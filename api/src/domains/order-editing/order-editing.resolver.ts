import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PageLinks } from '../store/index.js';
import { money } from '../../kernel/money.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Money } from '../../platform/graphql/money.type.js';
import { Role } from '../../platform/graphql/roles.js';
import { Url } from '../../platform/graphql/scalars.js';
import { Order, orderLoaders, OrderStatus, type OrderEntity, type OrderTokens } from '../orders/index.js';
import { UNDECIDED_STATUSES, type PaymentEntity } from '../payments/index.js';
import { orderEditingLoaders } from './order-editing.loaders.js';
import { OrderEdit } from './order-edit.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

/** The fields that order editing adds to an order. */
@Resolver(() => Order)
export class OrderEditingResolver {
  constructor(
    private readonly tokens: OrderTokens,
    private readonly links: PageLinks,
  ) {}

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What a change of the order still asks of the buyer; null when nothing.',
  })
  async pendingPayment(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object | null> {
    const payment = (await payable(order, context)).find(({ purpose }) => purpose === 'EDIT');
    return payment ? money(payment.amount, payment.currency) : null;
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @FieldResolver(() => Url, {
    nullable: true,
    description: 'Where the buyer can pay by card; null when nothing is to be paid so. Staff only.',
  })
  async paymentLink(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<string | null> {
    if ((await payable(order, context)).length === 0) return null;
    return this.links(order.language, `/checkout/pay/${this.tokens.sign(order.id)}`);
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @ListSize(3)
  @FieldResolver(() => [OrderEdit], {
    nullable: true,
    description: 'Changes after the sale, oldest first. Staff only.',
  })
  edits(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    return orderEditingLoaders(context).edits.load(order.id);
  }
}

/** Card payments that the buyer can still make: for an unpaid order, or for the difference of an edit. */
async function payable(order: OrderEntity, context: RequestContext): Promise<PaymentEntity[]> {
  const payments = await orderLoaders(context).payments.load(order.id);
  return payments.filter(
    ({ provider, status, purpose }) =>
      provider !== 'OFFLINE' &&
      UNDECIDED_STATUSES.includes(status) &&
      (purpose === 'EDIT' || order.status === OrderStatus.PENDING_PAYMENT),
  );
}
