import { PaymentRefused } from '../../integrations/payments/port.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import { claimUnfinished, type PaymentEntity, type PaymentService, type RefundService } from '../payments/index.js';
import type { OrderClosingService } from './order-closing.service.js';
import { OrderStatus } from './order-states.js';
import { SYSTEM } from './order.service.js';
import type { PaymentFinalizer } from './payment-finalizer.js';

/** The wait before a payment without a word is asked after the first time; doubled with each further asking. */
const FIRST_WAIT = '1 minute';

/** Asks the provider about everything that has no final word, so that no order depends on a webhook that was lost. */
export class PaymentReconciler {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentService,
    private readonly refunds: RefundService,
    private readonly finalizer: PaymentFinalizer,
    private readonly closing: OrderClosingService,
    private readonly logger: Logger,
  ) {}

  /** One round. What fails is asked again in the next one. */
  async run(firstWait = FIRST_WAIT): Promise<void> {
    for (const payment of await this.database.rows<PaymentEntity>(claimUnfinished, [firstWait])) {
      await this.guarded(payment.id, () => this.check(payment));
    }
    for (const refund of await this.refunds.open()) {
      await this.guarded(refund.id, () => this.refunds.settle(refund.id));
    }
  }

  private async check(payment: PaymentEntity): Promise<void> {
    try {
      await this.finalizer.apply(await this.payments.ensureIntent(payment));
    } catch (error) {
      if (!(error instanceof PaymentRefused) || payment.providerReference) throw error;
      await this.closing.closeWithoutIntent(payment.orderId, payment, { status: OrderStatus.CANCELLED, actor: SYSTEM });
    }
  }

  private async guarded(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ id, err: error }, 'The provider could not be asked; trying again later');
    }
  }
}
