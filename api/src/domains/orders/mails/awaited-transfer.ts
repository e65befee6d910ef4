import type { Tx } from '../../../platform/database/database.js';
import type { Mails } from '../../../platform/mails/mails.js';
import { PaymentMethod } from '../../payments/index.js';
import { OrderStatus } from '../order-states.js';
import type { OrderEntity } from '../order.entity.js';

/** Stops what reminds of the transfer of an order. */
export const cancelKeyOf = ({ id }: Pick<OrderEntity, 'id'>): string => `order:${id}:transfer`;

export const awaitsTransfer = ({ status, paymentMethod }: OrderEntity): boolean =>
  status === OrderStatus.PENDING_PAYMENT && paymentMethod === PaymentMethod.BANK_TRANSFER;

/** Stops the reminder, in the transaction in which an order stops to wait for its transfer; others cost no statement. */
export async function stopTransferReminder(
  tx: Tx,
  mails: Pick<Mails, 'cancel'>,
  { before, next }: { before: OrderEntity; next: Pick<OrderEntity, 'status'> },
): Promise<void> {
  if (awaitsTransfer(before) && next.status !== before.status) await mails.cancel(tx, cancelKeyOf(before));
}
