import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ProviderIntent } from '../../integrations/payments/port.js';
import { NotFoundError } from '../../kernel/errors.js';
import { networksOf } from '../../kernel/networks.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import { isStaff, type RequestContext } from '../../platform/graphql/context.js';
import { WarningCode, type Warning } from '../../platform/graphql/warning.type.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { cartOwner } from '../cart/index.js';
import {
  PaymentMethod,
  toSession,
  type PaymentEntity,
  type PaymentProviders,
  type PaymentSession,
} from '../payments/index.js';
import type { CheckoutService } from './checkout.service.js';
import { CheckoutCompleteInput, CheckoutCompletePayload } from './checkout.type.js';
import {
  PaymentSessionCreateInput,
  PaymentSessionCreatePayload,
  PaymentStatusRefreshInput,
  PaymentStatusRefreshPayload,
  PaymentStatusResult,
} from './payment-status.type.js';
import { isPayable, type PaymentProgress, type PaymentStatusService } from './payment-status.service.js';
import { Cost } from '../../platform/graphql/limits/cost-directives.js';
import type { OrderTokens } from '../orders/index.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';

@Resolver()
export class CheckoutResolver {
  constructor(
    private readonly checkout: CheckoutService,
    private readonly statuses: PaymentStatusService,
    private readonly tokens: OrderTokens,
    private readonly providers: PaymentProviders,
  ) {}

  @Public()
  @Cost(200)
  @UserErrors(
    'CART_NOT_READY',
    'INSUFFICIENT_STOCK',
    'SHIPPING_METHOD_UNAVAILABLE',
    'PRICE_CHANGED',
    'PAYMENT_METHOD_NOT_OFFERED',
    'AMOUNT_TOO_SMALL',
    'AMOUNT_NOT_PAYABLE',
    'TOO_MANY_UNPAID_ORDERS',
    'UNPAID_QUANTITY_TOO_LARGE',
    'CHECKOUT_BLOCKED',
    'SHOP_CLOSED',
    'SHOP_NOT_OPEN',
    'PAYMENT_FAILED',
    'PLUGIN_FAILED',
  )
  @Mutation(() => CheckoutCompletePayload, {
    description:
      'Turns the cart into an order, holds its stock and begins the payment. Once for each key, whatever happens in between.',
  })
  checkoutComplete(
    @Arg('input', () => CheckoutCompleteInput, { description: 'The cart as the buyer saw it.' })
    input: CheckoutCompleteInput,
    @Ctx() context: RequestContext,
  ): Promise<CheckoutCompletePayload> {
    return asPayload(
      input,
      async () => {
        const { order, payment, intent, isUnreachable } = await this.checkout.complete({
          owner: cartOwner(context),
          idempotencyKey: input.idempotencyKey,
          cartVersion: input.cartVersion,
          expectedTotal: input.expectedTotal,
          expectedDue: input.expectedDue ?? null,
          language: context.language,
          paymentMethod: input.paymentMethod ?? PaymentMethod.CARD,
          networks: networksOf(context.ip),
          isStaff: isStaff(context.viewer),
        });
        return {
          order,
          orderToken: this.tokens.sign(order.id),
          paymentSession: this.sessionOf(payment, intent),
          cart: null,
          warnings: isUnreachable ? [unreachable()] : [],
        };
      },
      async () => ({ cart: await this.checkout.cartOf(cartOwner(context)) }),
    );
  }

  @Public()
  @Query(() => PaymentStatusResult, {
    nullable: true,
    description:
      "Where an order's payment stands as far as the shop knows; null for a token that is not ours. `paymentStatusRefresh` asks the provider.",
  })
  async paymentStatus(
    @Arg('orderToken', () => String, { description: 'From `checkoutComplete`.' }) orderToken: string,
  ): Promise<PaymentStatusResult | null> {
    const progress = await this.statuses.read(orderToken);
    return progress && toStatus(progress);
  }

  @Public()
  @Cost(200)
  @UserErrors('NOT_FOUND')
  @Mutation(() => PaymentSessionCreatePayload, {
    description:
      'What the browser needs to pay an order; the payment is begun at the provider if it was not yet. Any number of calls make one payment. NOT_FOUND for a token that is not ours.',
  })
  paymentSessionCreate(
    @Arg('input', () => PaymentSessionCreateInput, { description: 'The order.' })
    input: PaymentSessionCreateInput,
    @Ctx() { ip }: RequestContext,
  ): Promise<PaymentSessionCreatePayload> {
    return asPayload(input, async () => {
      const progress = found(await this.statuses.session(input.orderToken, ip));
      return {
        paymentSession: this.sessionOf(progress.payment, progress.intent),
        paymentStatus: toStatus(progress),
        warnings: progress.isUnreachable ? [unreachable()] : [],
      };
    });
  }

  @Public()
  @Cost(200)
  @UserErrors('NOT_FOUND')
  @Mutation(() => PaymentStatusRefreshPayload, {
    description:
      'Asks the provider where the payment stands and places the order if the money is there. For the page that waits. Any number of calls have the effect of one; the provider is asked at most every two seconds, in between the answer is what is known. NOT_FOUND for a token that is not ours.',
  })
  paymentStatusRefresh(
    @Arg('input', () => PaymentStatusRefreshInput, { description: 'The order.' })
    input: PaymentStatusRefreshInput,
    @Ctx() { ip }: RequestContext,
  ): Promise<PaymentStatusRefreshPayload> {
    return asPayload(input, async () => {
      const progress = found(await this.statuses.refresh(input.orderToken, ip));
      return { paymentStatus: toStatus(progress), warnings: progress.isUnreachable ? [unreachable()] : [] };
    });
  }

  /** Only card payments are completed in the browser, each at the provider that took it. */
  private sessionOf(payment: PaymentEntity | null, intent: ProviderIntent | null): PaymentSession | null {
    if (!payment || payment.provider === 'OFFLINE') return null;
    const publishableKey = this.providers.find(payment.provider)?.publishableKey ?? null;
    return toSession(payment, publishableKey, intent?.clientSecret ?? null);
  }
}

function found(progress: PaymentProgress | null): PaymentProgress {
  if (!progress) throw new NotFoundError('order', ['orderToken']);
  return progress;
}

function unreachable(): Warning {
  return {
    code: WarningCode.PAYMENT_UNREACHABLE,
    message: 'The payment provider does not answer. The order is kept; ask again in a moment.',
  };
}

/** The status of a payment as buyers' pages may show it. */
export function toStatus({ order, payment }: PaymentProgress): PaymentStatusResult {
  const isOpen = isPayable(order, payment);
  return {
    order,
    // An order that costs nothing has no payment and counts as paid.
    status: payment?.status ?? 'CAPTURED',
    failureCode: payment?.failureCode ?? null,
    canPay:
      isOpen &&
      payment?.provider !== 'OFFLINE' &&
      (payment?.status === 'PENDING' || payment?.status === 'CREATING'),
    isFinal: !isOpen,
  };
}
