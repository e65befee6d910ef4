import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { money, type Money as MoneyValue } from '../../../kernel/money.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Money } from '../../../platform/graphql/money.type.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import {
  providerErrors,
  Dispute,
  DisputeConnection,
  PaymentMethod,
  PaymentPage,
  type BankAccount,
  type DisputeList,
  type DisputeRow,
} from '../../payments/index.js';
import type { OrderEntity } from '../order.entity.js';
import { currentOrder } from '../current-order.js';
import { orderLoaders } from '../order.loaders.js';
import { PaymentCaptureInput, PaymentMarkReceivedInput } from './order-payment.input.js';
import { OrderStatus } from '../order-states.js';
import { Order, OrderPayload } from '../order.type.js';
import type { ManualPaymentService } from './manual-payment.service.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';

@ObjectType({ description: 'Where the buyer sends the money.', simpleResolvers: true })
export class BankTransfer {
  @Field(() => String, { description: 'Whose account it is.' })
  holder!: string;

  @Field(() => String, { description: 'The account.' })
  iban!: string;

  @Field(() => String, { description: "What to write as the payment's purpose: the order's number." })
  reference!: string;

  @Field(() => Money, { description: 'How much.' })
  amount!: MoneyValue;

  @Field(() => Date, { description: 'By when it has to be here; after that the order expires.' })
  dueAt!: Date;
}

@InputType({ description: 'Which disputes to list; what is left out does not narrow.' })
export class DisputeFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: undecided ones; false: decided ones.' })
  open?: boolean | null;
}

@Resolver(() => Order)
export class OrderPaymentResolver {
  constructor(
    private readonly manualPayments: ManualPaymentService,
    private readonly account: () => Promise<BankAccount | null>,
  ) {}

  @FieldResolver(() => BankTransfer, {
    nullable: true,
    description:
      'Where to send the money, as the settings say now; null unless the order waits for a bank transfer, and while the shop names no account.',
  })
  async bankTransfer(@Root() order: OrderEntity): Promise<BankTransfer | null> {
    const isWaiting =
      order.status === OrderStatus.PENDING_PAYMENT && order.paymentMethod === PaymentMethod.BANK_TRANSFER;
    if (!isWaiting || !order.expiresAt) return null;
    const account = await this.account();
    return (
      account && {
        ...account,
        reference: order.number,
        amount: money(order.totalGross - order.tendered, order.currency),
        dueAt: order.expiresAt,
      }
    );
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @ListSize(2)
  @FieldResolver(() => [Dispute], {
    nullable: true,
    description: 'Disputes about its payments, oldest first. Staff only.',
  })
  disputes(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    return orderLoaders(context).disputes.load(order.id);
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors('NOTHING_TO_CAPTURE', 'STOCK_UNAVAILABLE', ...providerErrors, 'ILLEGAL_TRANSITION')
  @Mutation(() => OrderPayload, {
    description:
      'Takes the money that is reserved on the card. PAYMENT_UNDECIDED when the provider does not answer: it is asked again by itself.',
  })
  paymentCapture(
    @Arg('input', () => PaymentCaptureInput, { description: 'The order.' }) input: PaymentCaptureInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(
      input,
      async () => ({ order: await this.manualPayments.capture(requestOf(input, context)) }),
      () => currentOrder(context, input.orderId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(
    'NOTHING_TO_RECEIVE',
    'REFUND_NOT_ALLOWED',
    'STOCK_UNAVAILABLE',
    ...providerErrors,
    'ILLEGAL_TRANSITION',
  )
  @Mutation(() => OrderPayload, {
    description:
      'Notes that the money of an order came by courier, by bank or otherwise; also a smaller sum, for what was kept of an order whose other shipments were refused at the door. STOCK_UNAVAILABLE when the order has expired and its goods were sold.',
  })
  paymentMarkReceived(
    @Arg('input', () => PaymentMarkReceivedInput, { description: 'The order, with a note.' })
    input: PaymentMarkReceivedInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    const note = input.note?.trim() || null;
    return asPayload(
      input,
      async () => ({
        order: await this.manualPayments.markReceived({
          ...requestOf(input, context),
          ...{ note, amount: input.amount ?? null, restock: input.restock ?? false },
        }),
      }),
      () => currentOrder(context, input.orderId),
    );
  }
}

@Resolver(() => Dispute)
export class DisputeResolver {
  constructor(private readonly list: DisputeList) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => DisputeConnection, { description: 'Disputes, newest first.' })
  disputes(
    @Args(() => PaymentPage) page: PaymentPage,
    @Arg('filter', () => DisputeFilter, { nullable: true, description: 'Narrows the list.' })
    filter: DisputeFilter | null,
  ): Promise<object> {
    return this.list.page(filter?.open ?? null, page);
  }

  @FieldResolver(() => Order, { description: 'The order whose payment is disputed.' })
  order(@Root() dispute: DisputeRow, @Ctx() context: RequestContext): Promise<object | null> {
    return orderLoaders(context).orderById.load(dispute.orderId);
  }
}

/** The part of the input that every request of staff about a payment has. */
export function requestOf(
  { orderId, expectedVersion, idempotencyKey }: PaymentCaptureInput,
  { viewer }: RequestContext,
): { orderId: string; expectedVersion: number; idempotencyKey: string; actorId: string } {
  if (!viewer) throw new Error('A guarded field was reached without a viewer');
  const id = requireId('ord', orderId, 'order', 'orderId');
  return { orderId: id, expectedVersion, idempotencyKey, actorId: viewer.userId };
}
