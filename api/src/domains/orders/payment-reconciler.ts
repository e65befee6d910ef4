import { PaymentRefused } from '../../integrations/payments/port.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import {
  claimUnfinished,
  type PaymentEntity,
  type PaymentService,
  type RefundService,
} from '../payments/index.js';
import type { OrderClosingService } from './order-closing.service.js';
import { OrderStatus } from './order-states.js';
import { SYSTEM } from './order.service.js';
import type { PaymentFinalizer } from './payment-finalizer.js';

/** The wait before a payment without a word is asked after the first time; doubled with each further asking. */
const FIRST_WAIT = '1 minute';

export interface ReconcilerParts {
  readonly database: Database;
  readonly payments: PaymentService;
  readonly refunds: RefundService;
  readonly finalizer: PaymentFinalizer;
  readonly closing: OrderClosingService;
  readonly logger: Logger;
}

/** Asks the provider about everything that has no final word, so that no order depends on a webhook that was lost. */
export class PaymentReconciler {
  constructor(private readonly parts: ReconcilerParts) {}

  /** One round. What fails is asked again in the next one. */
  async run(firstWait = FIRST_WAIT): Promise<void> {
    for (const payment of await this.parts.database.rows<PaymentEntity>(claimUnfinished, [firstWait])) {
      await this.guarded(payment.id, () => this.check(payment));
    }
    for (const refund of await this.parts.refunds.open()) {
      await this.guarded(refund.id, () => this.parts.refunds.settle(refund.id));
    }
  }

  private async check(payment: PaymentEntity): Promise<void> {
    try {
      await this.parts.finalizer.apply(await this.parts.payments.ensureIntent(payment));
    } catch (error) {
      if (!(error instanceof PaymentRefused) || payment.providerReference) throw error;
      await this.parts.closing.closeWithoutIntent(payment.orderId, payment, {
        status: OrderStatus.CANCELLED,
        actor: SYSTEM,
      });
    }
  }

  private async guarded(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.logger.warn({ id, err: error }, 'The provider could not be asked; trying again later');
    }
  }
}
