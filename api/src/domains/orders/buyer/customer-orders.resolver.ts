import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { money } from '../../../kernel/money.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Money } from '../../../platform/graphql/money.type.js';
import { Role } from '../../../platform/graphql/roles.js';
import { regionalGroup, type SettingsService } from '../../store/index.js';
import { Customer } from '../../identity/index.js';
import { OrderSort } from '../order.input.js';
import type { OrderList } from '../order-list.js';
import { orderLoaders } from '../order.loaders.js';
import { OrderPage } from '../order.resolver.js';
import { OrderConnection } from '../order.type.js';

/** The fields that orders add to a customer. */
@Resolver(() => Customer)
export class CustomerOrdersResolver {
  constructor(
    private readonly list: OrderList,
    private readonly settings: SettingsService,
  ) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @FieldResolver(() => OrderConnection, { nullable: true, description: 'Their orders, newest first.' })
  async orders(@Root() customer: { id: string }, @Args(() => OrderPage) page: OrderPage): Promise<object> {
    const query = { customerId: customer.id };
    return {
      ...(await this.list.page(query, page, OrderSort.NEWEST)),
      totalCount: () => this.list.count(query),
    };
  }

  @FieldResolver(() => Int, { description: 'How many orders they have paid.' })
  async orderCount(@Root() customer: { id: string }, @Ctx() context: RequestContext): Promise<number> {
    return (await orderLoaders(context).customerSummary.load(customer.id))?.orderCount ?? 0;
  }

  @FieldResolver(() => Money, { description: 'What they paid in all, refunds taken off.' })
  async totalSpent(@Root() customer: { id: string }, @Ctx() context: RequestContext): Promise<object> {
    const { currency } = await this.settings.get(regionalGroup);
    return money((await orderLoaders(context).customerSummary.load(customer.id))?.spent ?? 0, currency);
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: 'When they last paid an order; null when they never did.',
  })
  async lastOrderAt(@Root() customer: { id: string }, @Ctx() context: RequestContext): Promise<Date | null> {
    return (await orderLoaders(context).customerSummary.load(customer.id))?.lastOrderAt ?? null;
  }
}
