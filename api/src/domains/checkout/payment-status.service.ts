import type { ProviderIntent } from '../../integrations/payments/port.js';
import { PaymentOutcomeUnknown, PaymentRefused } from '../../integrations/payments/port.js';
import { attemptsFrom, type Allowance, type Attempt, type RateLimiter } from '../identity/index.js';
import {
  OrderStatus,
  type OrderEntity,
  type OrderService,
  type OrderTokens,
  type PaymentFinalizer,
} from '../orders/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';

export interface PaymentStanding {
  readonly order: OrderEntity;
  readonly payment: PaymentEntity | null;
  /** As the provider has just told it; null when it was not asked. */
  readonly intent: ProviderIntent | null;
  /** It was asked and did not answer. */
  readonly isUnreachable?: boolean;
}

const OPEN = ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED'];

/** Whether money is still to come from the buyer: for the order, or for a change of it. */
export function isPayable(order: OrderEntity, payment: PaymentEntity | null): boolean {
  if (order.status === OrderStatus.PENDING_PAYMENT) return true;
  return payment?.purpose === 'EDIT' && OPEN.includes(payment.status);
}

/**
 * How often the provider is asked for an order, and for all orders of a network. Behind the address of a mobile operator
 * dozens may be paying at a time; Stripe answers a hundred questions a second for the whole shop.
 */
const PER_ORDER: Allowance = { burst: 30, everySeconds: 2 };
const PER_NETWORK: Allowance = { burst: 240, everySeconds: 0.25 };

export interface PaymentStatusParts {
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly finalizer: PaymentFinalizer;
  readonly tokens: OrderTokens;
  readonly limiter: RateLimiter;
  /** One payment is asked after at its provider at most once in so many seconds, whoever wants to know. */
  readonly askAgainSeconds: number;
}

/** What the page that pays, and the page that waits, may know of a payment. */
export class PaymentStatusService {
  constructor(private readonly parts: PaymentStatusParts) {}

  /** Where the payment stands in our books; nobody is asked. Null for a token that is not ours. */
  async read(orderToken: string): Promise<PaymentStanding | null> {
    const order = await this.parts.tokens.open(orderToken);
    return order && { order, payment: await this.parts.payments.current(order.id), intent: null };
  }

  /**
   * The order of the token with its intent, for paying: made at the provider where there is none yet.
   *
   * @throws GraphQLError RATE_LIMITED, for the secret of an intent is only had from the provider
   */
  async session(orderToken: string, ip: string): Promise<PaymentStanding | null> {
    const standing = await this.read(orderToken);
    const payment = standing?.payment;
    if (!standing || !payment || !isOpenAtProvider(payment) || !isPayable(standing.order, payment))
      return standing;
    await this.parts.limiter.take(...attemptsOf('payment-session', standing.order.id, ip));
    return this.asked(standing, payment);
  }

  /**
   * Where the payment stands after asking the provider: the same finalizer as the webhook's, so a page that asks finds
   * its order placed even when no webhook ever comes. Who asks too often, or while another asks, gets what is known.
   */
  async refresh(orderToken: string, ip: string): Promise<PaymentStanding | null> {
    const standing = await this.read(orderToken);
    const payment = standing?.payment;
    if (!standing || !payment || !isOpenAtProvider(payment)) return standing;
    // First whether anybody may ask now: a page that is answered from our books takes nothing from what its network may ask.
    if (!(await this.parts.payments.mayAsk(payment, this.parts.askAgainSeconds))) return standing;
    for (const attempt of attemptsOf('payment-status', standing.order.id, ip))
      if (!(await this.parts.limiter.allows(attempt))) return standing;
    return this.asked(standing, payment);
  }

  /** Applies an intent that the provider has just answered, and says where its order stands. */
  async applied(intent: ProviderIntent): Promise<PaymentStanding | null> {
    await this.parts.finalizer.apply(intent);
    return this.standingOf(intent);
  }

  /** Where the order of an intent stands in our books; null for an intent that is not ours. */
  async standingOf(intent: ProviderIntent): Promise<PaymentStanding | null> {
    const { orders, payments } = this.parts;
    const payment = intent.paymentId ? await payments.find(intent.paymentId) : null;
    const order = payment && (await orders.find(payment.orderId));
    return order && { order, payment, intent };
  }

  private async asked({ order }: PaymentStanding, payment: PaymentEntity): Promise<PaymentStanding | null> {
    try {
      const intent = await this.parts.payments.ensureIntent(payment);
      await this.parts.finalizer.apply(intent);
      return await this.standing(order.id, intent);
    } catch (error) {
      if (error instanceof PaymentRefused) return this.standing(order.id);
      if (!(error instanceof PaymentOutcomeUnknown)) throw error;
      const standing = await this.standing(order.id);
      return standing && { ...standing, isUnreachable: true };
    }
  }

  private async standing(
    orderId: string,
    intent: ProviderIntent | null = null,
  ): Promise<PaymentStanding | null> {
    const { orders, payments } = this.parts;
    const [order, payment] = await Promise.all([orders.find(orderId), payments.current(orderId)]);
    return order && { order, payment, intent };
  }
}

function attemptsOf(action: string, orderId: string, ip: string): Attempt[] {
  return [
    { action: `${action}-of-order`, by: orderId, allowance: PER_ORDER },
    ...attemptsFrom(ip, { action, allowance: PER_NETWORK }),
  ];
}

function isOpenAtProvider({ provider, status }: PaymentEntity): boolean {
  return provider !== 'OFFLINE' && OPEN.includes(status);
}
