import { staff } from '../../kernel/actor.js';
import { Arg, Args, ArgsType, Ctx, Field, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { globalId, localId } from '../../kernel/ids.js';
import { oneOf } from '../../kernel/one-of.js';
import { requireId } from '../../kernel/require-id.js';
import type { PageArguments } from '../../kernel/pagination.js';
import { keyedRequest } from '../../platform/database/request-keys.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import type { FulfillmentService } from './fulfillment/fulfillment.service.js';
import type { OrderClosingService } from './closing/order-closing.service.js';
import type { OrderEntity } from './order.entity.js';
import {
  OrderCancelInput,
  OrderFilter,
  OrderSort,
  OrderStatusUpdateInput,
  ShipmentCreateInput,
  ShipmentUpdateInput,
} from './order.input.js';
import { orderQuery, type OrderList } from './order-list.js';
import { currentOrder } from './current-order.js';
import { orderLoaders } from './order.loaders.js';
import type { OrderService } from './order.service.js';
import { Order, OrderConnection, OrderPayload, ShipmentPayload } from './order.type.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { orderChangeErrors } from './order.errors.js';

@ArgsType()
export class OrdersArguments implements PageArguments {
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

  @Field(() => String, {
    nullable: true,
    description:
      "Words that must all be found, each in any of: number (also as #1001), e-mail, telephone number in any spelling, names, company and places of both addresses, products in any language, SKUs, whole barcodes, tracking numbers, numbers of invoices and returns. Accents, capitals and signs in words do not matter. Also a provider's payment reference as it stands. At most 100 characters count.",
  })
  search?: string | null;

  @Field(() => OrderFilter, { nullable: true, description: 'Narrows the list.' })
  filter?: OrderFilter | null;

  @Field(() => OrderSort, {
    nullable: true,
    defaultValue: OrderSort.NEWEST,
    description: 'The order of the list.',
  })
  sort!: OrderSort;
}

@ArgsType()
class OrderNames {
  @Field(() => ID, { nullable: true, description: 'Its id.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Its number, also as #1001.' })
  number?: string | null;
}

@Resolver()
export class OrderAdminResolver {
  constructor(
    private readonly service: OrderService,
    private readonly list: OrderList,
    private readonly fulfillment: FulfillmentService,
    private readonly closing: OrderClosingService,
  ) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => OrderConnection, { description: 'All orders.' })
  async orders(
    @Args(() => OrdersArguments) { search, filter, sort, ...page }: OrdersArguments,
  ): Promise<object> {
    const query = orderQuery(search, filter);
    return { ...(await this.list.page(query, page, sort)), totalCount: () => this.list.count(query) };
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => Order, {
    nullable: true,
    description: 'One order, by its id or by its number; null when there is none.',
  })
  async order(@Args(() => OrderNames) names: OrderNames): Promise<OrderEntity | null> {
    const { by, value } = oneOf(names);
    if (by === 'number') return this.service.findByNumber(value.replace(/^#/, ''));
    const uuid = localId('ord', value);
    return uuid ? this.service.find(uuid) : null;
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(...orderChangeErrors)
  @Mutation(() => OrderPayload, { description: 'Makes one of the moves in `allowedStatuses`.' })
  orderStatusUpdate(
    @Arg('input', () => OrderStatusUpdateInput, { description: 'Order and status.' })
    input: OrderStatusUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(
      input,
      async () => ({
        order: await this.fulfillment.setStatus({
          orderId: requireId('ord', input.orderId, 'order', 'orderId'),
          status: input.status,
          expectedVersion: input.expectedVersion,
          actorId: actor(context),
          keyed: keyedRequest({ actorId: actor(context), operation: 'orderStatusUpdate' }, input),
        }),
      }),
      () => currentOrder(context, input.orderId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(...orderChangeErrors)
  @Mutation(() => OrderPayload, {
    description:
      'Cancels an order that has not been shipped: releases the stock of an unpaid one, refunds and restocks a paid one. Also one that was sent unpaid, once each of its shipments is RETURNED. Of one whose money went back already it gives up what never left; it stays REFUNDED.',
  })
  orderCancel(
    @Arg('input', () => OrderCancelInput, { description: 'Order and reason.' }) input: OrderCancelInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(
      input,
      async () => ({
        order: await this.closing.cancel({
          orderId: requireId('ord', input.orderId, 'order', 'orderId'),
          expectedVersion: input.expectedVersion,
          reason: input.reason?.trim() || null,
          idempotencyKey: input.idempotencyKey,
          actor: staff(actor(context)),
          keyActor: `user:${actor(context)}`,
          operation: 'orderCancel',
          restock: input.restock ?? null,
        }),
      }),
      () => currentOrder(context, input.orderId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(
    'ILLEGAL_TRANSITION',
    'CAPTURE_REQUIRED',
    'PAYMENT_DISPUTED',
    'INSUFFICIENT_STOCK',
    'PLUGIN_FAILED',
  )
  @Mutation(() => ShipmentPayload, {
    description: 'Ships lines of a paid order; the last of them make it FULFILLED. The buyer gets a mail.',
  })
  shipmentCreate(
    @Arg('input', () => ShipmentCreateInput, { description: 'The shipment.' }) input: ShipmentCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<ShipmentPayload> {
    return asPayload(
      input,
      async () => {
        const lines = input.lines?.map(({ orderLineId, quantity }) => ({
          orderLineId: requireId('line', orderLineId, 'line in this order', 'lines'),
          quantity,
        }));
        const { order, shipmentId } = await this.fulfillment.ship({
          orderId: requireId('ord', input.orderId, 'order', 'orderId'),
          expectedVersion: input.expectedVersion,
          actorId: actor(context),
          carrier: input.carrier?.trim() || null,
          trackingNumber: input.trackingNumber?.trim() || null,
          trackingUrl: input.trackingUrl ?? null,
          lines: lines ?? null,
          keyed: keyedRequest({ actorId: actor(context), operation: 'shipmentCreate' }, input),
        });
        const shipments = await orderLoaders(context).shipments.load(order.id);
        return { order, shipment: shipments.find(({ id }) => id === shipmentId) ?? null };
      },
      () => currentOrder(context, input.orderId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors('ILLEGAL_TRANSITION')
  @Mutation(() => ShipmentPayload, {
    description: 'Changes tracking or status of a shipment; the order is COMPLETED once all were delivered.',
  })
  shipmentUpdate(
    @Arg('input', () => ShipmentUpdateInput, { description: 'The change.' })
    input: ShipmentUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<ShipmentPayload> {
    return asPayload(
      input,
      async () => {
        const shipmentId = requireId('ship', input.shipmentId, 'shipment', 'shipmentId');
        const { status, carrier, trackingNumber, trackingUrl } = input;
        const order = await this.fulfillment.updateShipment({
          shipmentId,
          actorId: actor(context),
          expectedVersion: input.expectedVersion ?? null,
          keyed: keyedRequest({ actorId: actor(context), operation: 'shipmentUpdate' }, input),
          ...(status && { status }),
          ...(carrier !== undefined && { carrier }),
          ...(trackingNumber !== undefined && { trackingNumber }),
          ...(trackingUrl !== undefined && { trackingUrl }),
        });
        const shipments = await orderLoaders(context).shipments.load(order.id);
        return { order, shipment: shipments.find(({ id }) => id === shipmentId) ?? null };
      },
      async () => {
        const shipmentId = requireId('ship', input.shipmentId, 'shipment', 'shipmentId');
        const found = await this.fulfillment.orderIdOf(shipmentId);
        if (!found) return {};
        const [{ order }, shipments] = await Promise.all([
          currentOrder(context, globalId('ord', found)),
          orderLoaders(context).shipments.load(found),
        ]);
        return { order, shipment: shipments.find(({ id }) => id === shipmentId) ?? null };
      },
    );
  }
}

function actor({ viewer }: RequestContext): string {
  if (!viewer) throw new Error('A guarded field was reached without a viewer');
  return viewer.userId;
}
