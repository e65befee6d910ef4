import type { ProviderIntent } from '../../integrations/payments/port.js';
import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import type { Networks } from '../../kernel/networks.js';
import { attemptsFrom, type Allowance, type Attempt, type RateLimiter } from '../identity/index.js';
import { OrderStatus, type OrderEntity, type OrderService, type OrderTokens } from '../orders/index.js';
import {
  OPEN_STATUSES,
  type ClientQuestions,
  type PaymentEntity,
  type PaymentFinalizer,
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
  readonly questions: ClientQuestions;
  readonly finalizer: PaymentFinalizer;
  readonly tokens: OrderTokens;
  readonly limiter: RateLimiter;
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
   * yet. Without an intent when another process asked the provider a moment ago: the client asks again.
   *
   * @throws GraphQLError RATE_LIMITED, because the secret of an intent is only available from the provider
   */
  async session(orderToken: string, ip: string): Promise<PaymentProgress | null> {
    const progress = await this.read(orderToken);
    const payment = progress?.payment;
    if (!progress || !payment || !isOpenAtProvider(payment) || !isPayable(progress.order, payment))
      return progress;
    const { questions, limiter } = this.deps;
    // An earlier request has applied the answer that is known.
    const isKnown = questions.isAnswered(payment);
    const answer = questions.latest(payment, async () => {
      await limiter.consume(...attemptsOf('payment-session', progress.order.id, ip));
      return true;
    });
    return this.answered(progress, isKnown ? answer : this.applying(answer));
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
    const { questions, limiter } = this.deps;
    const mayAsk = async (): Promise<boolean> => {
      for (const attempt of attemptsOf('payment-status', progress.order.id, ip))
        if (!(await limiter.allows(attempt))) return false;
      return true;
    };
    return this.answered(progress, this.applying(questions.current(payment, mayAsk)));
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

  private async applying(answer: Promise<ProviderIntent | null>): Promise<ProviderIntent | null> {
    const intent = await answer;
    if (intent) await this.deps.finalizer.apply(intent);
    return intent;
  }

  private async answered(
    earlier: PaymentProgress,
    answer: Promise<ProviderIntent | null>,
  ): Promise<PaymentProgress | null> {
    const { order } = earlier;
    try {
      const intent = await answer;
      return intent ? await this.progress(order.id, intent) : earlier;
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

/** The limits on questions to the provider about an order that a client causes by an action. */
export function attemptsOf(action: string, orderId: string, from: string | Networks): Attempt[] {
  return [
    { action: `${action}-of-order`, by: orderId, allowance: PER_ORDER },
    ...attemptsFrom(from, { action, allowance: PER_NETWORK }),
  ];
}

function isOpenAtProvider({ provider, status }: PaymentEntity): boolean {
  return provider !== 'OFFLINE' && OPEN_STATUSES.includes(status);
}
