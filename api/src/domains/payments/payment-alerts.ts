import type { ProviderIntent } from '../../integrations/payments/port.js';
import { isUuid, newId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/logger.js';
import type { Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { paymentMismatch } from './payment.events.js';
import type { PaymentEntity } from './payment.entity.js';

/** Why staff must check a payment. */
export type PaymentTrouble =
  /** The captured amount differs from the agreed one. */
  | 'amount'
  /** The authorization of a placed order lapsed. */
  | 'lapsed'
  /** The money must go back, and its buyer disputes the payment at the bank: the shop cannot refund it. */
  | 'disputed'
  /** The payment's time is over and the provider does not report an outcome. */
  | 'undecided'
  /** A payment that is CAPTURED here, and not at the provider. */
  | 'unknown-to-provider'
  /** A captured payment with neither a placed order nor a full refund. */
  | 'unaccounted';

/** Alerts staff, once for each payment and reason, by `payment.mismatch`. */
export class PaymentAlerts {
  constructor(
    private readonly outbox: Outbox,
    private readonly logger: Logger,
  ) {}

  async raise(
    tx: Tx,
    { id: paymentId, orderId }: Pick<PaymentEntity, 'id' | 'orderId'>,
    reason: PaymentTrouble,
  ): Promise<void> {
    this.logger.error({ orderId, paymentId, reason }, 'A person must look at a payment');
    await this.outbox.append(tx, paymentMismatch(orderId, { paymentId, reason }, paymentId));
  }

  /**
   * Alerts staff of a payment at the provider that names this shop but fits none of its payments. The event contains
   * what is needed to find it in the provider's dashboard.
   */
  async raiseUnknown(tx: Tx, { reference, paymentId, ...intent }: ProviderIntent): Promise<void> {
    const reason = 'unknown-to-us';
    this.logger.error({ reference, paymentId, reason }, 'A payment of this shop fits none of its orders');
    const id = paymentId && isUuid(paymentId) ? paymentId : newId();
    const amount = intent.status === 'succeeded' ? intent.amountReceived : intent.amount;
    const data = { paymentId: id, reason, reference, ...amount };
    await this.outbox.append(tx, paymentMismatch(id, data, reference));
  }
}
