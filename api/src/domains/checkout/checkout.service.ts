import { SYSTEM } from '../../kernel/actor.js';
import type { ProviderIntent } from '../../integrations/payments/port.js';
import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import type { CartOwner, CartView } from '../cart/index.js';
import { OrderStatus, type OrderClosingService, type OrderEntity } from '../orders/index.js';
import type { RateLimiter } from '../identity/index.js';
import type { ClientQuestions, PaymentEntity } from '../payments/index.js';
import { attemptsOf } from './payment-status.service.js';
import type { StockErrorLimit } from './stock-error-limit.js';
import { refusingLocked } from './refusing-locked.js';
import { byPresentRates } from '../pricing/index.js';
import { PlaceOrder, type CheckoutRequest, type PlaceOrderDeps } from './place-order.js';

export interface CheckoutOutcome {
  readonly order: OrderEntity;
  /** Null for an order that costs nothing. */
  readonly payment: PaymentEntity | null;
  /**
   * Null while the provider does not answer, and for a repeat that may not ask it; the client asks for the session
   * again a moment later.
   */
  readonly intent: ProviderIntent | null;
  /** The provider was asked and did not answer. */
  readonly isUnreachable?: boolean;
}

export interface CheckoutServiceDeps extends PlaceOrderDeps {
  readonly stockErrors: StockErrorLimit;
  readonly questions: ClientQuestions;
  readonly limiter: RateLimiter;
  readonly closing: OrderClosingService;
}

/** Checkout from the cart to the begun payment; its transactions and locks stand on top of place-order.ts. */
export class CheckoutService {
  private readonly placing: PlaceOrder;

  constructor(private readonly deps: CheckoutServiceDeps) {
    this.placing = new PlaceOrder(deps);
  }

  /**
   * Turns a ready cart into an order with its stock held, exactly once, and begins its payment. Cash on delivery
   * places the order at once; a bank transfer is waited for.
   *
   * The limits on what may be held unpaid are checked first (`unpaid-limits.ts`), then those on questions about exact
   * stock (`stock-error-limit.ts`).
   *
   * @throws ShopClosedError the shop is on holiday
   * @throws DomainError CHECKOUT_BLOCKED | TOO_MANY_UNPAID_ORDERS | UNPAID_QUANTITY_TOO_LARGE | CART_NOT_READY |
   *   SHIPPING_METHOD_UNAVAILABLE | PAYMENT_METHOD_NOT_OFFERED | AMOUNT_TOO_SMALL | AMOUNT_NOT_PAYABLE |
   *   IDEMPOTENCY_KEY_REUSED | PAYMENT_FAILED |
   *   PLUGIN_FAILED, or a code of a plugin that handles checkout.beforePlace
   * @throws StaleVersionError the cart was changed elsewhere
   * @throws UserErrorWithWarnings PriceChangedError, InsufficientStockError or SHIPPING_METHOD_UNAVAILABLE, with what
   *   changed
   * @throws InsufficientStockError a line cannot be held; nothing is written
   * @throws GraphQLError RATE_LIMITED too many failures with large lines in this network
   */
  async complete(request: CheckoutRequest): Promise<CheckoutOutcome> {
    const { orders, payments, outbox, guard, stockErrors } = this.deps;
    const made = await guard.hold(request, (attempt) =>
      stockErrors.ask(attempt, request.networks, () =>
        refusingLocked(() => byPresentRates(() => this.placing.place(request, attempt))),
      ),
    );
    outbox.notifyRelay();
    const order = typeof made === 'string' ? await orders.find(made) : made;
    if (!order) throw new NotFoundError('order');
    const payment = await payments.current(order.id);
    if (!payment || payment.provider === 'OFFLINE') return { order, payment, intent: null };
    if (order.status !== OrderStatus.PENDING_PAYMENT) return { order, payment, intent: null };
    const { questions } = this.deps;
    return this.beginPayment(
      { order, payment },
      typeof made === 'string'
        ? questions.latest(payment, () => this.mayRepeat(order, request))
        : questions.begin(payment),
    );
  }

  /** The cart that would be ordered, as it is now; null while there is none. */
  cartOf(owner: CartOwner): Promise<CartView | null> {
    return this.deps.carts.find(owner);
  }

  /** A client may repeat without end: its questions count like those of `paymentSessionCreate`. */
  private async mayRepeat(order: OrderEntity, { networks }: CheckoutRequest): Promise<boolean> {
    for (const attempt of attemptsOf('payment-session', order.id, networks))
      if (!(await this.deps.limiter.allows(attempt))) return false;
    return true;
  }

  /** Answers with the provider's intent of an unpaid order. */
  private async beginPayment(
    { order, payment }: { readonly order: OrderEntity; readonly payment: PaymentEntity },
    answer: Promise<ProviderIntent | null>,
  ): Promise<CheckoutOutcome> {
    try {
      const intent = await answer;
      if (!intent) return { order, payment, intent };
      const status = payment.status === 'CREATING' ? 'PENDING' : payment.status;
      return { order, payment: { ...payment, status, providerReference: intent.reference }, intent };
    } catch (error) {
      // The provider watch counts it and the buyer is told; the page or the reconciler continues from here.
      if (error instanceof PaymentOutcomeUnknown)
        return { order, payment, intent: null, isUnreachable: true };
      if (!(error instanceof PaymentRejectedError)) throw error;
      await this.deps.closing.closeWithoutIntent(order.id, payment, { reason: 'CANCELLED', actor: SYSTEM });
      throw new DomainError('PAYMENT_FAILED', 'The payment could not be begun. Nothing was charged.');
    }
  }
}
