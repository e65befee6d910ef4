import { PaymentOutcomeUnknown } from '../../../integrations/payments/port.js';
import type { Allowance, RateLimiter } from '../../identity/index.js';

/** A cancellation asks the provider two or more questions; only one that could not be decided is worth a repeat. */
const PER_ORDER: Allowance = { burst: 10, everySeconds: 30 };

/** Bounds the questions to the provider that buyers cause by cancelling an unpaid order again and again. */
export class BuyerCancellations {
  private readonly running = new Map<string, Promise<void>>();

  constructor(private readonly limiter: RateLimiter) {}

  /**
   * Runs `close` for an order. Simultaneous requests of this process share one run and its result.
   *
   * @throws PaymentOutcomeUnknown without running when the order was cancelled too often
   */
  async once(orderId: string, close: () => Promise<void>): Promise<void> {
    const running = this.running.get(orderId) ?? this.within(orderId, close);
    this.running.set(orderId, running);
    try {
      await running;
    } finally {
      this.running.delete(orderId);
    }
  }

  private async within(orderId: string, close: () => Promise<void>): Promise<void> {
    const attempt = { action: 'cancel-at-provider', by: orderId, allowance: PER_ORDER };
    if (!(await this.limiter.allows(attempt)))
      throw new PaymentOutcomeUnknown('The provider was asked too often to cancel this payment', 'BUSY');
    await close();
  }
}
