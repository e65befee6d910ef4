import { money } from '../../../kernel/money.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import type { OrderMails } from '../../orders/index.js';
import { refundChanged } from '../../payments/index.js';

const refundWithoutReturn = statement('returns.refund-made-mail', {
  params: { refundId: t.uuid },
  row: { amount: t.int },
  sql: `SELECT amount FROM refund r WHERE id = :refundId AND status = 'SUCCEEDED'
     AND NOT EXISTS (SELECT 1 FROM order_return b WHERE b.order_refund_id = r.order_refund_id)`,
});

/** Tells of a refund that has left. Declared here because the mail of a return already states its refund. */
export function refundMade(mails: OrderMails, database: Database): Mail {
  return mails.define({
    name: 'refund-made',
    on: refundChanged,
    about: 'refundId',
    when: ({ status }) => status === 'SUCCEEDED',
    async parts(order, { refundId }) {
      const refund = await database.row(refundWithoutReturn, { refundId });
      return refund && { amount: money(refund.amount, order.currency) };
    },
  });
}
