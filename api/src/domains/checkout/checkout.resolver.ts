import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ProviderIntent } from '../../integrations/payments/port.js';
import type { SignedTokens } from '../../kernel/tokens.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { cartOwner } from '../cart/index.js';
import { PaymentMethod, PaymentSession, toSession, type PaymentEntity } from '../payments/index.js';
import type { CheckoutService } from './checkout.service.js';
import { CheckoutCompleteInput, CheckoutCompletePayload, PaymentStatusResult } from './checkout.type.js';
import { isPayable, type PaymentStanding, type PaymentStatusService } from './payment-status.service.js';
import { Cost } from '../../platform/graphql/cost-directives.js';

@Resolver()
export class CheckoutResolver {
  constructor(
    private readonly checkout: CheckoutService,
    private readonly statuses: PaymentStatusService,
    private readonly tokens: SignedTokens,
    private readonly publishableKey: string | null,
  ) {}

  @Public()
  @Cost(200)
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
        paymentMethod: input.paymentMethod ?? PaymentMethod.CARD,
      });
      return {
        order,
        orderToken: this.tokens.sign(order.id),
        paymentSession: sessionOf(payment, this.publishableKey, intent),
      };
    });
  }

  @Public()
  @Cost(200)
  @Query(() => PaymentSession, {
    nullable: true,
    description:
      'What the browser needs to pay an order; null for a token that is not ours or an order without a payment.',
  })
  async paymentSession(
    @Arg('orderToken', () => String, { description: 'From `checkoutComplete`.' }) orderToken: string,
  ): Promise<PaymentSession | null> {
    const standing = await this.statuses.session(orderToken);
    return standing && sessionOf(standing.payment, this.publishableKey, standing.intent);
  }

  @Public()
  @Cost(200)
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

/** Only cards are paid in the browser. */
function sessionOf(
  payment: PaymentEntity | null,
  publishableKey: string | null,
  intent: ProviderIntent | null,
): PaymentSession | null {
  if (!payment || payment.provider === 'OFFLINE') return null;
  return toSession(payment, publishableKey, intent?.clientSecret ?? null);
}

/** What a page may show of a payment. */
export function toStatus({ order, payment }: PaymentStanding): PaymentStatusResult {
  const isOpen = isPayable(order, payment);
  return {
    order,
    // An order that costs nothing has no payment and is as good as paid.
    state: payment?.state ?? 'CAPTURED',
    failureCode: payment?.failureCode ?? null,
    canPay:
      isOpen &&
      payment?.provider !== 'OFFLINE' &&
      (payment?.state === 'PENDING' || payment?.state === 'CREATING'),
    final: !isOpen,
  };
}
