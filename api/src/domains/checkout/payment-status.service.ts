import type { ProviderIntent } from '../../integrations/payments/port.js';
import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import { attemptsFrom, type Allowance, type Attempt, type RateLimiter } from '../identity/index.js';
import { OrderStatus, type OrderEntity, type OrderService, type OrderTokens } from '../orders/index.js';
import {
  OPEN_STATUSES,
  type PaymentEntity,
  type PaymentFinalizer,
  type PaymentIntents,
  type PaymentService,
} from '../payments/index.js';

export interface PaymentProgress {
  readonly order: OrderEntity;
  readonly payment: PaymentEntity | null;
  /** The intent as just read from the provider; null when the provider was not asked. */
  readonly intent: ProviderIntent | null;
  /** The provider was asked and did not answer. */
  readonly isUnreachable?: boolean;
}

/** Whether the buyer still has to pay: for the order, or for a change of it. */
export function isPayable(order: OrderEntity, payment: PaymentEntity | null): boolean {
  if (order.status === OrderStatus.PENDING_PAYMENT) return true;
  return payment?.purpose === 'EDIT' && OPEN_STATUSES.includes(payment.status);
}

/**
 * How often the provider may be asked for an order, and for all orders of a network. Behind the address of a mobile
 * operator dozens of buyers may be paying at a time; Stripe allows a hundred requests a second for the whole shop.
 */
const PER_ORDER: Allowance = { burst: 30, everySeconds: 2 };
const PER_NETWORK: Allowance = { burst: 240, everySeconds: 0.25 };

export interface PaymentStatusDeps {
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly finalizer: PaymentFinalizer;
  readonly tokens: OrderTokens;
  readonly limiter: RateLimiter;
  /** One payment is checked at its provider at most once in so many seconds, whoever asks. */
  readonly askAgainSeconds: number;
}

/** The payment status for the page that pays and the page that waits. */
export class PaymentStatusService {
  constructor(private readonly deps: PaymentStatusDeps) {}

  /** The payment's status in our database; no provider is asked. Null for an unknown token. */
  async read(orderToken: string): Promise<PaymentProgress | null> {
    const order = await this.deps.tokens.open(orderToken);
    return order && { order, payment: await this.deps.payments.current(order.id), intent: null };
  }

  /**
   * The order of the token with its intent, for paying; the intent is created at the provider where there is none
   * yet.
   *
   * @throws GraphQLError RATE_LIMITED, because the secret of an intent is only available from the provider
   */
  async session(orderToken: string, ip: string): Promise<PaymentProgress | null> {
    const progress = await this.read(orderToken);
    const payment = progress?.payment;
    if (!progress || !payment || !isOpenAtProvider(payment) || !isPayable(progress.order, payment))
      return progress;
    await this.deps.limiter.consume(...attemptsOf('payment-session', progress.order.id, ip));
    return this.asked(progress, payment);
  }

  /**
   * The payment's status after asking the provider. Uses the same finalizer as the webhook, so the page finds its
   * order placed even when no webhook is ever received. Above the limits, or while another request asks, returns the
   * stored status.
   */
  async refresh(orderToken: string, ip: string): Promise<PaymentProgress | null> {
    const progress = await this.read(orderToken);
    const payment = progress?.payment;
    if (!progress || !payment || !isOpenAtProvider(payment)) return progress;
    // The payment's own limit comes first: a page that gets the stored status does not use up its network's limit.
    if (!(await this.deps.intents.mayAsk(payment, this.deps.askAgainSeconds))) return progress;
    for (const attempt of attemptsOf('payment-status', progress.order.id, ip))
      if (!(await this.deps.limiter.allows(attempt))) return progress;
    return this.asked(progress, payment);
  }

  /** Applies an intent just read from the provider, and returns the status of its order. */
  async applied(intent: ProviderIntent): Promise<PaymentProgress | null> {
    await this.deps.finalizer.apply(intent);
    return this.progressOf(intent);
  }

  /** The stored status of an intent's order; null for an intent that is not in the database. */
  async progressOf(intent: ProviderIntent): Promise<PaymentProgress | null> {
    const { orders, payments } = this.deps;
    const payment = intent.paymentId ? await payments.find(intent.paymentId) : null;
    const order = payment && (await orders.find(payment.orderId));
    return order && { order, payment, intent };
  }

  private async asked({ order }: PaymentProgress, payment: PaymentEntity): Promise<PaymentProgress | null> {
    try {
      const intent = await this.deps.intents.ensure(payment);
      await this.deps.finalizer.apply(intent);
      return await this.progress(order.id, intent);
    } catch (error) {
      if (error instanceof PaymentRejectedError) return this.progress(order.id);
      if (!(error instanceof PaymentOutcomeUnknown)) throw error;
      const progress = await this.progress(order.id);
      return progress && { ...progress, isUnreachable: true };
    }
  }

  private async progress(
    orderId: string,
    intent: ProviderIntent | null = null,
  ): Promise<PaymentProgress | null> {
    const { orders, payments } = this.deps;
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
  return provider !== 'OFFLINE' && OPEN_STATUSES.includes(status);
}
