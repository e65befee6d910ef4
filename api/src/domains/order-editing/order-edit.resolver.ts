import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { catalogLoaders, ProductVariant } from '../catalog/index.js';
import { orderChangeErrors, currentOrder } from '../orders/index.js';
import { orderEditingLoaders } from './order-editing.loaders.js';
import { toChange, toRequestedLines } from './drafts/draft-order.resolver.js';
import type { EditPlan } from './edit-plan.js';
import { OrderEditStatus } from './order-edit.entity.js';
import { OrderEditCancelInput, OrderEditInput, OrderEditPreviewInput } from './order-edit.input.js';
import type { OrderEditService } from './order-edit.service.js';
import {
  OrderEdit,
  OrderEditLine,
  OrderEditPayload,
  OrderEditPreview,
  type OrderEditLineRow,
} from './order-edit.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';

@Resolver(() => OrderEdit)
export class OrderEditResolver {
  constructor(private readonly edits: OrderEditService) {}

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @Query(() => OrderEditPreview, {
    nullable: true,
    description: 'What a change of a placed order would cost or give back; null for an unknown order.',
  })
  async orderEditPreview(
    @Arg('input', () => OrderEditPreviewInput, { description: 'Order and lines.' })
    input: OrderEditPreviewInput,
  ): Promise<object | null> {
    const orderId = localId('ord', input.orderId);
    const preview = orderId && (await this.edits.preview(orderId, toRequestedLines(input.lines)));
    if (!preview) return null;
    const { order, plan, settlement, refund } = preview;
    return {
      lines: toLines(plan, order.currency),
      currency: order.currency,
      shipping: plan.shipping,
      totalBefore: plan.totalBefore,
      totalAfter: plan.total.gross,
      difference: plan.total.gross - plan.totalBefore,
      refund,
      settlement,
    };
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(
    ...orderChangeErrors,
    'INSUFFICIENT_STOCK',
    'LINE_NOT_EDITABLE',
    'PRICE_CHANGED',
    'REFUND_TOO_LARGE',
    'AMOUNT_TOO_SMALL',
    'PAYMENT_METHOD_NOT_OFFERED',
    'AMOUNT_NOT_PAYABLE',
  )
  @Mutation(() => OrderEditPayload, {
    description:
      'Changes the lines of a placed order. One that becomes cheaper is changed and refunded at once; one that becomes dearer is changed when the buyer has paid the difference by the link they are mailed.',
  })
  orderEdit(
    @Arg('input', () => OrderEditInput, { description: 'Order and lines.' }) input: OrderEditInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderEditPayload> {
    return asPayload(
      input,
      async () =>
        toPayload(
          await this.edits.edit({
            ...toChange(input, context),
            lines: toRequestedLines(input.lines),
            expectedTotal: input.expectedTotal,
            restock: input.restock ?? true,
          }),
        ),
      () => currentOrderAndEdit(context, input.orderId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors('ILLEGAL_TRANSITION', 'PAYMENT_UNDECIDED')
  @Mutation(() => OrderEditPayload, {
    description:
      'Takes back a change that waits for its payment. PAYMENT_UNDECIDED when the buyer was quicker.',
  })
  orderEditCancel(
    @Arg('input', () => OrderEditCancelInput, { description: 'The order.' }) input: OrderEditCancelInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderEditPayload> {
    return asPayload(
      input,
      async () => toPayload(await this.edits.cancel(toChange(input, context))),
      () => currentOrderAndEdit(context, input.orderId),
    );
  }

  @ListSize(8)
  @FieldResolver(() => [OrderEditLine], { description: 'The lines after the change, then those taken off.' })
  lines(@Root() edit: { plan: EditPlan; currency: string }): OrderEditLineRow[] {
    return toLines(edit.plan, edit.currency);
  }
}

@Resolver(() => OrderEditLine)
export class OrderEditLineResolver {
  @FieldResolver(() => ProductVariant, { description: 'The variant as it is today.' })
  variant(@Root() line: OrderEditLineRow, @Ctx() context: RequestContext): Promise<object | null> {
    return catalogLoaders(context).variantById.load(line.variantId);
  }
}

/** The order as it is now, and the edit that awaits its payment. */
async function currentOrderAndEdit(
  context: RequestContext,
  orderId: string,
): Promise<{ order: object | null; edit: object | null }> {
  const uuid = localId('ord', orderId);
  const edits = uuid ? await orderEditingLoaders(context).edits.clear(uuid).load(uuid) : [];
  const waiting = edits.find(({ status }) => status === OrderEditStatus.AWAITING_PAYMENT);
  return { ...(await currentOrder(context, orderId)), edit: waiting ?? null };
}

function toPayload({ order, edit }: Awaited<ReturnType<OrderEditService['edit']>>): {
  order: object;
  edit: object;
} {
  return { order, edit: { ...edit, currency: order.currency } };
}

function toLines(plan: EditPlan, currency: string): OrderEditLineRow[] {
  const lines = plan.lines.map(
    ({ variantId, productName, quantityBefore, quantity, totalNet, totalGross }) => ({
      variantId,
      productName,
      quantityBefore,
      quantityAfter: quantity,
      total: { net: totalNet, gross: totalGross },
      currency,
    }),
  );
  const removed = plan.removed.map(({ variantId, productName, quantity }) => ({
    variantId,
    productName,
    quantityBefore: quantity,
    quantityAfter: 0,
    total: { net: 0, gross: 0 },
    currency,
  }));
  return [...lines, ...removed];
}
