import { money } from '../../../kernel/money.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import type { OrderMails } from '../../orders/index.js';
import { orderEditProposed } from '../order-editing.events.js';

const awaitingPayment = statement('orderEditing.link-mail', {
  params: { orderId: t.uuid },
  row: { difference: t.int, expiresAt: t.timestamp.orNull },
  sql: `SELECT difference, expires_at AS "expiresAt" FROM order_edit WHERE order_id = :orderId AND status = 'AWAITING_PAYMENT'`,
});

/** The link to pay what an order costs more after its edit. */
export function editPaymentLink(mails: OrderMails, database: Database): Mail {
  return mails.define({
    name: 'edit-payment-link',
    on: orderEditProposed,
    async parts(order) {
      const edit = await database.row(awaitingPayment, { orderId: order.id });
      return (
        edit && {
          amount: money(edit.difference, order.currency),
          dueAt: edit.expiresAt?.toISOString() ?? null,
          link: mails.pageOf(order, 'checkout/pay'),
        }
      );
    },
  });
}
