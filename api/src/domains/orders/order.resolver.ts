import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { Auth, Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Role } from '../../platform/graphql/roles.js';
import { catalogLoaders, ProductVariant } from '../catalog/index.js';
import { Customer, readableCustomer } from '../identity/index.js';
import { OrderTender, Payment, toOrderTenders } from '../payments/index.js';
import { isOwnOrder } from './buyer/buyer-access.js';
import type { OrderEntity, OrderLineEntity } from './order.entity.js';
import { OrderSort } from './order.input.js';
import type { OrderList } from './order-list.js';
import { orderLoaders, type ShipmentRow } from './order.loaders.js';
import type { OrderService } from './order.service.js';
import { LINK_DAYS, type OrderTokens } from './buyer/order-tokens.js';
import { Order, OrderConnection, OrderLine } from './order.type.js';
import { STAFF_ONLY_EVENTS } from './order-event-kind.js';
import { OrderEvent } from './order-event.type.js';
import { Shipment } from './fulfillment/shipment.type.js';
import { ShipmentLine } from './fulfillment/shipment-line.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@ArgsType()
export class OrderPage {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, 1 to 100, reading forward; 20 when neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Read on after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Read back from this cursor.' })
  before?: string | null;
}

@Resolver(() => Order)
export class OrderResolver {
  constructor(
    private readonly orders: OrderService,
    private readonly list: OrderList,
    private readonly tokens: OrderTokens,
  ) {}

  @Public()
  @Query(() => Order, {
    nullable: true,
    description: `A guest's order by the token from its link; null for a token that is not ours, and for an order that ended (delivered, cancelled, expired or refunded) and was not touched for ${LINK_DAYS} days or, if longer, for the time to send back and 30 days.`,
  })
  orderByToken(
    @Arg('token', () => String, { description: 'From the confirmation page or mail.' }) token: string,
  ): Promise<OrderEntity | null> {
    return this.tokens.open(token);
  }

  @Auth(Role.CUSTOMER)
  @Query(() => OrderConnection, { description: "The caller's own orders, newest first." })
  async myOrders(@Args(() => OrderPage) page: OrderPage, @Ctx() { viewer }: RequestContext): Promise<object> {
    const query = { userId: viewer?.userId ?? null, forBuyer: true };
    return {
      ...(await this.list.page(query, page, OrderSort.NEWEST)),
      totalCount: () => this.list.count(query),
    };
  }

  @Auth(Role.CUSTOMER)
  @Query(() => Order, {
    nullable: true,
    description: "One of the caller's own orders; null for those of others.",
  })
  async myOrder(
    @Arg('id', () => ID, { description: 'The order.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<OrderEntity | null> {
    const uuid = localId('ord', id);
    const order = uuid && (await this.orders.find(uuid));
    return order && isOwnOrder(order, viewer) ? order : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Opens the page of the order and its payment without signing in. For the customer whose order it is; null for everybody else.',
  })
  token(@Root() order: OrderEntity, @Ctx() { viewer }: RequestContext): string | null {
    return viewer && order.userId === viewer.userId ? this.tokens.sign(order.id) : null;
  }

  @ListSize(8)
  @FieldResolver(() => [OrderLine], { description: 'What was bought.' })
  lines(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<OrderLineEntity[]> {
    return orderLoaders(context).lines.load(order.id);
  }

  @ListSize(2)
  @FieldResolver(() => [Shipment], { description: 'Shipments, oldest first.' })
  shipments(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    return orderLoaders(context).shipments.load(order.id);
  }

  @ListSize(20)
  @FieldResolver(() => [OrderEvent], {
    description: 'The timeline, oldest first; without what is for staff only, unless staff reads it.',
  })
  async events(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    const events = await orderLoaders(context).events.load(order.id);
    return context.viewer?.permissions.has('ORDER_READ')
      ? events
      : events.filter(({ kind }) => !STAFF_ONLY_EVENTS.has(kind));
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @ListSize(3)
  @FieldResolver(() => [Payment], {
    nullable: true,
    description: 'Payments, oldest first, without `tenders`. Staff only.',
  })
  async payments(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    const payments = await orderLoaders(context).payments.load(order.id);
    return payments.filter(({ purpose }) => purpose !== 'TENDER');
  }

  @ListSize(2)
  @FieldResolver(() => [OrderTender], {
    description:
      'Accounts of the shop, such as gift cards, that paid a part of it; `due` is what they leave.',
  })
  async tenders(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    if (order.tendered === 0) return [];
    return toOrderTenders(await orderLoaders(context).payments.load(order.id), context);
  }

  @Auth(Role.SUPPORT, 'CUSTOMER_READ')
  @FieldResolver(() => Customer, {
    nullable: true,
    description:
      'Who ordered, with or without an account; null once the buyer was forgotten, and where the caller may not read the customer. Staff only.',
  })
  customer(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object | null> | null {
    return order.customerId ? readableCustomer(order.customerId, context) : null;
  }
}

@Resolver(() => OrderLine)
export class OrderLineResolver {
  @FieldResolver(() => ProductVariant, {
    nullable: true,
    description: 'The variant as it is today; null when it is no longer public.',
  })
  async variant(@Root() line: OrderLineEntity, @Ctx() context: RequestContext): Promise<object | null> {
    const { variantById, productById } = catalogLoaders(context);
    const [variant, product] = await Promise.all([
      variantById.load(line.variantId),
      productById.load(line.productId),
    ]);
    const isPublic = variant?.deletedAt === null && product?.status === 'ACTIVE';
    return isPublic || context.viewer?.permissions.has('CATALOG_READ') ? variant : null;
  }
}

@Resolver(() => Shipment)
export class ShipmentResolver {
  @ListSize(5)
  @FieldResolver(() => [ShipmentLine], { description: 'What is in the shipment.' })
  async lines(@Root() shipment: ShipmentRow, @Ctx() context: RequestContext): Promise<object[]> {
    const orderLines = await orderLoaders(context).lines.load(shipment.orderId);
    return shipment.lines.flatMap(({ orderLineId, quantity }) => {
      const orderLine = orderLines.find(({ id }) => id === orderLineId);
      return orderLine ? [{ orderLine, quantity }] : [];
    });
  }
}
