import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { orderChangeErrors, currentOrder } from '../../orders/index.js';
import { PaymentPage } from '../../payments/index.js';
import type { CheckoutBlockService } from './checkout-block.service.js';
import { checkoutBlockQuery, type CheckoutBlockList } from './checkout-block-list.js';
import {
  CheckoutBlockFilter,
  CheckoutBlockRemoveInput,
  OrderReleaseAndBlockInput,
} from './checkout-block.input.js';
import {
  CheckoutBlockConnection,
  CheckoutBlockRemovePayload,
  OrderReleaseAndBlockPayload,
  UnpaidOrderRelations,
} from './checkout-block.type.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';

@Resolver()
export class CheckoutBlockResolver {
  constructor(
    private readonly blocks: CheckoutBlockService,
    private readonly list: CheckoutBlockList,
  ) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => CheckoutBlockConnection, {
    description:
      'Whom staff keep from ordering, now or until within the last 30 days, latest first. For staff with ORDER_READ.',
  })
  checkoutBlocks(
    @Args(() => PaymentPage) page: PaymentPage,
    @Arg('search', () => String, {
      nullable: true,
      description: 'A part of the contact or of the reason, or the number of the order, with or without #.',
    })
    search: string | null,
    @Arg('filter', () => CheckoutBlockFilter, { nullable: true, description: 'Narrows the list.' })
    filter: CheckoutBlockFilter | null,
  ): Promise<object> {
    return this.list.page(checkoutBlockQuery(search, filter), page);
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => UnpaidOrderRelations, {
    nullable: true,
    description:
      'What an unpaid order shares with others; null for one that is paid, shipped or over. For staff with ORDER_READ.',
  })
  async unpaidOrderRelations(
    @Arg('orderId', () => ID, { description: 'The order.' }) orderId: string,
  ): Promise<object | null> {
    const uuid = localId('ord', orderId);
    return uuid ? this.blocks.relations(uuid) : null;
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(...orderChangeErrors)
  @Mutation(() => OrderReleaseAndBlockPayload, {
    description:
      'Ends an unpaid order, gives its stock back and keeps its buyer from ordering for some days. For staff with ORDER_WRITE.',
  })
  orderReleaseAndBlock(
    @Arg('input', () => OrderReleaseAndBlockInput, { description: 'Order and marks.' })
    input: OrderReleaseAndBlockInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderReleaseAndBlockPayload> {
    const nothing = { order: null, blocks: [] as object[], released: 0, undecided: 0 };
    return asPayload(
      input,
      async () =>
        this.blocks.releaseAndBlock({
          orderId: requireId('ord', input.orderId, 'order', 'orderId'),
          kinds: input.kinds,
          days: input.days,
          includeRelated: input.includeRelated,
          reason: input.reason?.trim() || null,
          idempotencyKey: input.idempotencyKey,
          staffId: context.viewer?.userId ?? '',
        }),
      () => currentOrder(context, input.orderId),
    ).then((payload) => ({ ...nothing, ...payload }));
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @Mutation(() => CheckoutBlockRemovePayload, {
    description:
      'Lifts a block, so that the buyer may order again: NOT_FOUND when none of this id is in force. Who placed and who lifted it stays readable for 30 days, and for good in the timeline of its order. For staff with ORDER_WRITE.',
  })
  checkoutBlockRemove(
    @Arg('input', () => CheckoutBlockRemoveInput, { description: 'The block.' })
    input: CheckoutBlockRemoveInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<CheckoutBlockRemovePayload> {
    return asPayload(input, async () => {
      const blockId = requireId('block', input.blockId, 'block', 'blockId');
      await this.blocks.lift(blockId, viewer?.userId ?? '');
      return { ok: true, deletedBlockId: input.blockId };
    });
  }
}
