import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { money } from '../../../kernel/money.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import { PaymentMethod } from '../../payments/index.js';
import { orderPaid } from '../order.events.js';
import type { OrderMails } from './order-mail.js';

const receivedOf = statement('orders.payment-received-mail', {
  params: { orderId: t.uuid },
  row: { placedUnpaid: t.boolean, captured: t.int },
  sql: `SELECT EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND kind IN ('PLACED', 'PAYMENT_AUTHORIZED')) AS "placedUnpaid",
     (SELECT coalesce(sum(captured_amount), 0)::bigint - (SELECT coalesce(sum(d.amount), 0)::bigint FROM order_refund d
        WHERE d.order_id = o.id AND d.reason = '${AUTOMATIC_REASONS.REFUSED_AT_DOOR}')
      FROM payment p WHERE p.order_id = o.id AND p.status = 'CAPTURED' AND p.purpose <> 'TENDER') AS captured
   FROM shop_order o WHERE o.id = :orderId`,
});

/**
 * Thanks for money that comes after the order was placed. Cards and transfers are paid when it is placed, and its
 * confirmation says so, unless cards are captured by hand.
 */
export function paymentReceived(mails: OrderMails, database: Database, cardsByHand: boolean): Mail {
  return mails.define({
    name: 'payment-received',
    on: orderPaid,
    // No job for the others: orders paid by card are many.
    when: ({ paymentMethod }) =>
      paymentMethod === PaymentMethod.CASH_ON_DELIVERY ||
      (cardsByHand && paymentMethod === PaymentMethod.CARD),
    async parts(order) {
      const known = await database.row(receivedOf, { orderId: order.id });
      // Where tenders pay all that was kept, nothing came.
      return known?.placedUnpaid && known.captured > 0
        ? { amount: money(known.captured, order.currency) }
        : null;
    },
  });
}
