import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { money, type Money as MoneyValue } from '../../kernel/money.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Money } from '../../platform/graphql/money.type.js';
import { Role } from '../../platform/graphql/roles.js';
import { catalogLoaders, ProductVariant } from '../catalog/index.js';
import {
  buyerActions,
  Order,
  OrderAction,
  OrderLine,
  orderLoaders,
  OrderRefund,
  refundLoaders,
  staffActions,
  acceptablePayment,
  type OrderSituation,
  type OrderEntity,
  type OrderLineEntity,
  type OrderRefundRow,
} from '../orders/index.js';
import { returnTerms } from './returnable.js';
import { returnLoaders, type ReturnLineRow, type ReturnPhotoRow, type ReturnRow } from './return.loaders.js';
import { returnValue } from './return-value.js';
import { ReturnLine, ReturnPhoto } from './return-parts.type.js';
import { Return } from './return.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@Resolver(() => Return)
export class ReturnFieldsResolver {
  @FieldResolver(() => Order, { description: 'The order it belongs to.' })
  order(@Root() row: ReturnRow, @Ctx() context: RequestContext): Promise<object | null> {
    return orderLoaders(context).orderById.load(row.orderId);
  }

  @ListSize(4)
  @FieldResolver(() => [ReturnLine], { description: 'What is sent back.' })
  lines(@Root() row: ReturnRow, @Ctx() context: RequestContext): Promise<ReturnLineRow[]> {
    return returnLoaders(context).lines.load(row.id);
  }

  @FieldResolver(() => Money, {
    description:
      'What the units are worth: the received ones, and before that the ones asked for. Until it is settled that is what a refund of them by line would give now.',
  })
  async value(@Root() row: ReturnRow, @Ctx() context: RequestContext): Promise<MoneyValue> {
    const [units, lines, refund] = await Promise.all([
      returnLoaders(context).lines.load(row.id),
      refundLoaders(context).refundableLines.load(row.orderId),
      row.orderRefundId ? refundLoaders(context).refundById.load(row.orderRefundId) : null,
    ]);
    return money(returnValue({ status: row.status, units, lines, refund }), row.currency);
  }

  @ListSize(3)
  @FieldResolver(() => [ReturnPhoto], { description: 'Images of what is wrong, at most 6.' })
  photos(@Root() row: ReturnRow, @Ctx() context: RequestContext): Promise<ReturnPhotoRow[]> {
    return returnLoaders(context).photos.load(row.id);
  }

  @FieldResolver(() => OrderRefund, {
    nullable: true,
    description: 'The money back; null when none was given.',
  })
  refund(@Root() row: ReturnRow, @Ctx() context: RequestContext): Promise<OrderRefundRow | null> | null {
    return row.orderRefundId ? refundLoaders(context).refundById.load(row.orderRefundId) : null;
  }

  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The order of the goods sent instead; null when none.',
  })
  exchangeOrder(@Root() row: ReturnRow, @Ctx() context: RequestContext): Promise<object | null> | null {
    return row.exchangeOrderId ? orderLoaders(context).orderById.load(row.exchangeOrderId) : null;
  }
}

@Resolver(() => ReturnLine)
export class ReturnLineResolver {
  @FieldResolver(() => OrderLine, { description: 'The line of the order.' })
  async orderLine(@Root() line: ReturnLineRow, @Ctx() context: RequestContext): Promise<object | undefined> {
    const lines = await orderLoaders(context).lines.load(line.orderId);
    return lines.find(({ id }) => id === line.orderLineId);
  }

  @FieldResolver(() => ProductVariant, {
    nullable: true,
    description: 'What is wanted instead; null for the same again, and for a refund.',
  })
  exchangeVariant(
    @Root() line: ReturnLineRow,
    @Ctx() context: RequestContext,
  ): Promise<object | null> | null {
    return line.exchangeVariantId ? catalogLoaders(context).variantById.load(line.exchangeVariantId) : null;
  }
}

@Resolver(() => Order)
export class OrderReturnsResolver {
  @ListSize(2)
  @FieldResolver(() => [Return], { description: 'Everything its buyer wanted to send back, oldest first.' })
  returns(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<ReturnRow[]> {
    return returnLoaders(context).byOrder.load(order.id);
  }

  @ListSize(6)
  @FieldResolver(() => [OrderAction], { description: 'What its buyer may do now.' })
  async actions(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<OrderAction[]> {
    return buyerActions(await situationOf(order, context));
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @ListSize(6)
  @FieldResolver(() => [OrderAction], { nullable: true, description: 'What staff may do now. Staff only.' })
  async staffActions(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<OrderAction[]> {
    const mayRefund = context.viewer?.permissions.has('ORDER_REFUND');
    const actions = staffActions(await situationOf(order, context));
    return mayRefund ? actions : actions.filter((action) => action !== OrderAction.REFUND);
  }
}

@Resolver(() => OrderLine)
export class OrderLineReturnsResolver {
  @FieldResolver(() => Int, { description: 'How many of them the buyer may ask to send back now.' })
  async returnableQuantity(@Root() line: OrderLineEntity, @Ctx() context: RequestContext): Promise<number> {
    const lines = await returnLoaders(context).returnable.load(line.orderId);
    const found = lines.find(({ id }) => id === line.id);
    return found ? (await returnTerms.of(context).window()).returnable(found) : 0;
  }
}

async function situationOf(order: OrderEntity, context: RequestContext): Promise<OrderSituation> {
  const [money, lines, returnable, open, acceptable] = await Promise.all([
    refundLoaders(context).money.load(order.id),
    refundLoaders(context).refundableLines.load(order.id),
    returnLoaders(context).returnable.load(order.id),
    returnLoaders(context).openState.load(order.id),
    acceptablePayment(order, context),
  ]);
  const window = await returnTerms.of(context).window();
  return {
    status: order.status,
    paymentStatus: order.paymentStatus,
    fulfillmentStatus: order.fulfillmentStatus,
    openPayment: open?.openPayment ?? null,
    hasOpenEdit: open?.hasOpenEdit ?? false,
    hasInvoice: open?.hasInvoice ?? false,
    hasAcceptablePayment: acceptable !== null,
    hasShipmentOut: open?.hasShipmentOut ?? false,
    isDisputed: money?.isDisputed ?? false,
    refundable: money?.refundable ?? 0,
    shippable: lines.reduce(
      (sum, { quantity, fulfilled, cancelled, backordered }) =>
        sum + Math.max(0, quantity - fulfilled - cancelled - backordered),
      0,
    ),
    returnable: returnable.reduce((sum, line) => sum + window.returnable(line), 0),
  };
}
