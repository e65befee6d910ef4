import type { Mail } from '../../../platform/mails/define-mail.js';
import { orderLinkRequested } from '../order.events.js';
import type { OrderMails } from './order-mail.js';

/** The link of an order for a buyer who has asked for it. */
export function orderLink(mails: OrderMails): Mail {
  return mails.define({ name: 'order-link', on: orderLinkRequested, parts: async () => ({}) });
}
