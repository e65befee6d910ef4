import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { money } from '../../../kernel/money.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Money } from '../../../platform/graphql/money.type.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { previewCancel } from '../buyer/cancel-preview.js';
import type { OrderEntity, OrderLineEntity } from '../order.entity.js';
import { currentOrder } from '../current-order.js';
import { orderLoaders } from '../order.loaders.js';
import { OrderRefundInput, OrderRefundPreviewInput } from './order-refund.input.js';
import type { OrderRefundService } from './order-refund.service.js';
import { anyOfIds } from '../../../kernel/any-of.js';
import { previewCancels } from '../closing/preview-cancels.js';
import {
  OrderBulkCancelPreview,
  OrderCancelPreview,
  OrderRefund,
  OrderRefundLine,
  OrderRefundPayload,
  OrderRefundPreview,
  toRefundCharges,
} from './order-refund.type.js';
import type { OrderService } from '../order.service.js';
import { Order, OrderLine } from '../order.type.js';
import { refundLoaders, type OrderRefundRow } from './refund.loaders.js';
import type { RequestedRefund } from './refund-plan.js';
import type { Database } from '../../../platform/database/database.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { providerErrors } from '../../payments/index.js';

/** Refunds by staff. */
@Resolver()
export class OrderRefundAdminResolver {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderService,
    private readonly refunds: OrderRefundService,
  ) {}

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @Query(() => OrderRefundPreview, {
    nullable: true,
    description:
      'What a refund would do; null when there is no such order. A refund that cannot be made ends as BAD_USER_INPUT.',
  })
  async orderRefundPreview(
    @Arg('input', () => OrderRefundPreviewInput, { description: 'The refund to try out.' })
    input: OrderRefundPreviewInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderRefundPreview | null> {
    const orderId = localId('ord', input.orderId);
    const found = orderId && (await this.refunds.preview(orderId, toRequested(input)));
    if (!found) return null;
    const { order, ledger, plan } = found;
    const lines = await orderLoaders(context).lines.load(order.id);
    const inCurrency = (amount: number) => money(amount, order.currency);
    return {
      lines: plan.lines.map(({ line, quantity, amount, restocked }) => ({
        orderLine: lineOf(lines, line.id),
        quantity,
        amount: inCurrency(amount),
        restocked,
      })),
      shippingAmount: inCurrency(plan.shippingAmount),
      charges: toRefundCharges(plan.charges, order.currency, context),
      amount: inCurrency(plan.amount),
      tax: inCurrency(plan.tax),
      refundable: inCurrency(ledger.refundable),
      restocked: plan.restocked,
    };
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @Query(() => OrderCancelPreview, {
    nullable: true,
    description: 'What cancelling would do now; null when there is no such order or it cannot be cancelled.',
  })
  async orderCancelPreview(
    @Arg('orderId', () => ID, { description: 'The order.' }) orderId: string,
  ): Promise<OrderCancelPreview | null> {
    const id = localId('ord', orderId);
    const order = id && (await this.orders.find(id));
    const effects = order && (await previewCancel(this.database, this.refunds, order));
    if (!order || !effects) return null;
    const { refund, voided, ...units } = effects;
    return { ...units, refund: money(refund, order.currency), voided: money(voided, order.currency) };
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @Query(() => OrderBulkCancelPreview, {
    nullable: true,
    description:
      'What `orderBulkCancel` would do to these orders now, by the same figures as for one; null when none of them can be cancelled.',
  })
  async orderBulkCancelPreview(
    @Arg('orderIds', () => [ID], { description: 'The orders, at most 100.' }) orderIds: string[],
    @Ctx() { viewer }: RequestContext,
  ): Promise<OrderBulkCancelPreview | null> {
    const ids = new Set(anyOfIds('ord', orderIds) ?? []);
    const mayGiveBack = viewer?.permissions.has('ORDER_REFUND') ?? false;
    return previewCancels([...ids], mayGiveBack, async (id) => {
      const order = await this.orders.find(id);
      const effects = order && (await previewCancel(this.database, this.refunds, order));
      return effects && { ...effects, currency: order.currency };
    });
  }

  @Auth(Role.MANAGER, 'ORDER_REFUND')
  @UserErrors(
    ...providerErrors,
    'ILLEGAL_TRANSITION',
    'REFUND_TOO_LARGE',
    'PAYMENT_NOT_CAPTURED',
    'LINE_NOT_EDITABLE',
  )
  @Mutation(() => OrderRefundPayload, {
    description: 'Gives money back and puts units back in stock; a job sends the money.',
  })
  orderRefund(
    @Arg('input', () => OrderRefundInput, { description: 'Order, units, money and reason.' })
    input: OrderRefundInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderRefundPayload> {
    return asPayload(
      input,
      async () => {
        const { order, refundId } = await this.refunds.refund({
          orderId: requireId('ord', input.orderId, 'order', 'orderId'),
          expectedVersion: input.expectedVersion,
          requested: toRequested(input),
          reason: input.reason?.trim() || null,
          idempotencyKey: input.idempotencyKey,
          actorId: context.viewer!.userId,
        });
        return { order, refund: await refundLoaders(context).refundById.load(refundId) };
      },
      () => currentOrder(context, input.orderId),
    );
  }
}

@Resolver(() => OrderRefund)
export class OrderRefundResolver {
  @ListSize(4)
  @FieldResolver(() => [OrderRefundLine], { description: 'The units it is for; empty for a plain amount.' })
  async lines(@Root() refund: OrderRefundRow, @Ctx() context: RequestContext): Promise<OrderRefundLine[]> {
    const lines = await orderLoaders(context).lines.load(refund.orderId);
    return refund.lines.map(({ orderLineId, quantity, amount, restocked }) => ({
      orderLine: lineOf(lines, orderLineId),
      quantity,
      amount: money(amount, refund.currency),
      restocked,
    }));
  }
}

@Resolver(() => Order)
export class OrderMoneyResolver {
  @ListSize(2)
  @FieldResolver(() => [OrderRefund], { description: 'Every decision to give money back, oldest first.' })
  refunds(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<OrderRefundRow[]> {
    return refundLoaders(context).refundsByOrder.load(order.id);
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @FieldResolver(() => Money, { nullable: true, description: 'What could still go back. Staff only.' })
  async refundable(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object> {
    const row = await refundLoaders(context).money.load(order.id);
    return money(row?.refundable ?? 0, order.currency);
  }
}

@Resolver(() => OrderLine)
export class OrderLineMoneyResolver {
  @FieldResolver(() => Int, { description: 'How many of them were paid back.' })
  async refundedQuantity(@Root() line: OrderLineEntity, @Ctx() context: RequestContext): Promise<number> {
    const lines = await refundLoaders(context).refundableLines.load(line.orderId);
    return lines.find(({ id }) => id === line.id)?.refundedQuantity ?? 0;
  }
}

function toRequested({ lines, shipping, charges, amount }: OrderRefundPreviewInput): RequestedRefund {
  return {
    lines: (lines ?? []).map(({ orderLineId, quantity, restock }) => ({
      orderLineId: requireId('line', orderLineId, 'line in this order', 'lines'),
      quantity,
      restock: restock ?? null,
    })),
    shipping: shipping ?? null,
    charges: charges ?? [],
    amount: amount ?? null,
  };
}

function lineOf<T extends { id: string }>(lines: readonly T[], id: string): T {
  const line = lines.find((candidate) => candidate.id === id);
  if (!line) throw new Error('A refund names a line of another order');
  return line;
}
