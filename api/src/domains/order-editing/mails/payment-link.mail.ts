import type { Mail } from '../../../platform/mails/define-mail.js';
import type { OrderMails } from '../../orders/index.js';
import { draftSent } from '../order-editing.events.js';

/** The link to pay an order that staff drew up. */
export function paymentLink(mails: OrderMails): Mail {
  return mails.define({
    name: 'payment-link',
    on: draftSent,
    async parts(order) {
      const due = await mails.toBePaid(order);
      return due && { ...due, link: mails.pageOf(order, 'checkout/pay') };
    },
  });
}
