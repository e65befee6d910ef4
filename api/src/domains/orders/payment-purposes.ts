import type { Tx } from '../../platform/database/database.js';
import type { PaymentEntity } from '../payments/index.js';
import type { OrderEntity } from './order.entity.js';

/** What a payment can be for besides the price of the order itself. */
export type OtherPurpose = Exclude<PaymentEntity['purpose'], 'ORDER'>;

/**
 * Applies payments of another purpose; implemented by the module that asks for them. Each method is called with order
 * and payment locked, in the transaction that wrote the payment's new status.
 */
export interface PaymentPurpose {
  /** Returns false when the money is not needed any more: the caller refunds it. */
  captured(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<boolean>;
  givenUp(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void>;
  /** The bank has not decided yet; what the payment is for must wait at least until `until`. */
  undecided(tx: Tx, order: OrderEntity, payment: PaymentEntity, until: Date): Promise<void>;
}

/** The purpose is not registered: its money is refunded, and nothing else happens. */
const UNKNOWN: PaymentPurpose = {
  captured: () => Promise.resolve(false),
  givenUp: () => Promise.resolve(),
  undecided: () => Promise.resolve(),
};

/** The purposes that modules depending on orders have registered. */
export class PaymentPurposes {
  private readonly known = new Map<OtherPurpose, PaymentPurpose>();

  /** @throws Error when another module has registered the purpose */
  register(name: OtherPurpose, purpose: PaymentPurpose): void {
    if (this.known.has(name)) throw new Error(`Two modules handle payments of purpose ${name}`);
    this.known.set(name, purpose);
  }

  /** Null for the price of the order itself. */
  of({ purpose }: Pick<PaymentEntity, 'purpose'>): PaymentPurpose | null {
    return purpose === 'ORDER' ? null : (this.known.get(purpose) ?? UNKNOWN);
  }
}
