import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { SignedTokens } from '../../kernel/tokens.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { cartOwner } from '../cart/index.js';
import { OrderStatus } from '../orders/index.js';
import { PaymentSession, toSession } from '../payments/index.js';
import type { CheckoutService } from './checkout.service.js';
import { CheckoutCompleteInput, CheckoutCompletePayload, PaymentStatusResult } from './checkout.type.js';
import type { PaymentStanding, PaymentStatusService } from './payment-status.service.js';

@Resolver()
export class CheckoutResolver {
  constructor(
    private readonly checkout: CheckoutService,
    private readonly statuses: PaymentStatusService,
    private readonly tokens: SignedTokens,
    private readonly publishableKey: string | null,
  ) {}

  @Public()
  @Mutation(() => CheckoutCompletePayload, {
    description:
      'Turns the cart into an order, holds its stock and begins the payment. Once for each key, whatever happens in between.',
  })
  checkoutComplete(
    @Arg('input', () => CheckoutCompleteInput, { description: 'The cart as the buyer saw it.' })
    input: CheckoutCompleteInput,
    @Ctx() context: RequestContext,
  ): Promise<CheckoutCompletePayload> {
    return asPayload(input, async () => {
      const { order, payment, intent } = await this.checkout.complete({
        owner: cartOwner(context),
        idempotencyKey: input.idempotencyKey,
        cartVersion: input.cartVersion,
        expectedTotal: input.expectedTotal,
        language: context.language,
      });
      return {
        order,
        orderToken: this.tokens.sign(order.id),
        paymentSession: payment && toSession(payment, this.publishableKey, intent?.clientSecret ?? null),
      };
    });
  }

  @Public()
  @Query(() => PaymentSession, {
    nullable: true,
    description:
      'What the browser needs to pay an order; null for a token that is not ours or an order without a payment.',
  })
  async paymentSession(
    @Arg('orderToken', () => String, { description: 'From `checkoutComplete`.' }) orderToken: string,
  ): Promise<PaymentSession | null> {
    const standing = await this.statuses.session(orderToken);
    if (!standing?.payment) return null;
    return toSession(standing.payment, this.publishableKey, standing.intent?.clientSecret ?? null);
  }

  @Public()
  @Query(() => PaymentStatusResult, {
    nullable: true,
    description:
      'Asks the provider where the payment stands and places the order if the money is there. For the page that waits.',
  })
  async paymentStatus(
    @Arg('orderToken', () => String, { description: 'From `checkoutComplete`.' }) orderToken: string,
  ): Promise<PaymentStatusResult | null> {
    const standing = await this.statuses.status(orderToken);
    return standing && toStatus(standing);
  }
}

/** What a page may show of a payment. */
export function toStatus({ order, payment }: PaymentStanding): PaymentStatusResult {
  const isOpen = order.status === OrderStatus.PENDING_PAYMENT;
  return {
    order,
    // An order that costs nothing has no payment and is as good as paid.
    state: payment?.state ?? 'CAPTURED',
    failureCode: payment?.failureCode ?? null,
    canPay: isOpen && (payment?.state === 'PENDING' || payment?.state === 'CREATING'),
    final: !isOpen,
  };
}
