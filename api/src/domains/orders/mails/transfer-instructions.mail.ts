import type { Mail } from '../../../platform/mails/define-mail.js';
import { PaymentMethod, type BankAccount } from '../../payments/index.js';
import { orderCreated } from '../order.events.js';
import type { OrderMails } from './order-mail.js';

/** Where to transfer the money of an order that is paid by bank transfer. */
export function transferInstructions(mails: OrderMails, accountNow: () => Promise<BankAccount | null>): Mail {
  return mails.define({
    name: 'transfer-instructions',
    on: orderCreated,
    when: ({ paymentMethod }) => paymentMethod === PaymentMethod.BANK_TRANSFER,
    async parts(order) {
      if (order.paymentMethod !== PaymentMethod.BANK_TRANSFER) return null;
      const due = await mails.toBePaid(order);
      if (!due) return null;
      const account = await accountNow();
      // Its job fails visibly and is tried again: buyers cannot pay without it.
      if (!account)
        throw new Error(`The order ${order.number} waits for a transfer, and the shop names no account`);
      const { holder, iban } = account;
      return { ...due, transfer: { holder, iban, reference: order.number } };
    },
  });
}
