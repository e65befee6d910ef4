import type { ProviderIntent } from '../../integrations/payments/port.js';
import { PaymentOutcomeUnknown, PaymentRefused } from '../../integrations/payments/port.js';
import type { SignedTokens } from '../../kernel/tokens.js';
import { OrderStatus, type OrderEntity, type OrderService, type PaymentFinalizer } from '../orders/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';

export interface PaymentStanding {
  readonly order: OrderEntity;
  readonly payment: PaymentEntity | null;
  readonly intent: ProviderIntent | null;
}

const OPEN = ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED'];

/** Whether money is still to come from the buyer: for the order, or for a change of it. */
export function isPayable(order: OrderEntity, payment: PaymentEntity | null): boolean {
  if (order.status === OrderStatus.PENDING_PAYMENT) return true;
  return payment?.purpose === 'EDIT' && OPEN.includes(payment.state);
}

/** What the page that pays, and the page that waits, may know of a payment. */
export class PaymentStatusService {
  constructor(
    private readonly orders: OrderService,
    private readonly payments: PaymentService,
    private readonly finalizer: PaymentFinalizer,
    private readonly tokens: SignedTokens,
  ) {}

  /** The order of the token with its intent, for paying; null for a token that is not ours. */
  async session(orderToken: string): Promise<PaymentStanding | null> {
    const order = await this.orderOf(orderToken);
    if (!order) return null;
    const payment = await this.payments.current(order.id);
    if (!payment || !isOpenAtProvider(payment) || !isPayable(order, payment))
      return { order, payment, intent: null };
    const intent = await this.ask(payment);
    return { order, payment: (await this.payments.current(order.id)) ?? payment, intent };
  }

  /**
   * Where the payment stands after asking the provider: the same finalizer as the webhook's, so a page that asks finds
   * its order placed even when no webhook ever comes.
   */
  async status(orderToken: string): Promise<PaymentStanding | null> {
    const order = await this.orderOf(orderToken);
    if (!order) return null;
    const payment = await this.payments.current(order.id);
    if (!payment || !isOpenAtProvider(payment)) return { order, payment, intent: null };
    const intent = await this.ask(payment);
    if (!intent) return { order, payment, intent };
    await this.finalizer.apply(intent);
    return this.standing(order.id, intent);
  }

  /** The order and payment as they are now. */
  async standing(orderId: string, intent: ProviderIntent | null): Promise<PaymentStanding | null> {
    const [order, payment] = await Promise.all([this.orders.find(orderId), this.payments.current(orderId)]);
    return order && { order, payment, intent };
  }

  /** Applies an intent that the provider has just answered, and says where its order stands. */
  async applied(intent: ProviderIntent): Promise<PaymentStanding | null> {
    await this.finalizer.apply(intent);
    const payment = intent.paymentId ? await this.payments.find(intent.paymentId) : null;
    const order = payment && (await this.orders.find(payment.orderId));
    return order && { order, payment, intent };
  }

  private async orderOf(token: string): Promise<OrderEntity | null> {
    const id = this.tokens.open(token);
    return id ? this.orders.find(id) : null;
  }

  /** Null when the provider does not answer: the page asks again. */
  private async ask(payment: PaymentEntity): Promise<ProviderIntent | null> {
    try {
      return await this.payments.ensureIntent(payment);
    } catch (error) {
      if (error instanceof PaymentOutcomeUnknown || error instanceof PaymentRefused) return null;
      throw error;
    }
  }
}

function isOpenAtProvider({ provider, state }: PaymentEntity): boolean {
  return provider !== 'OFFLINE' && OPEN.includes(state);
}
