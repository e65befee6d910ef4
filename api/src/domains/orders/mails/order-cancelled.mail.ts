import { money } from '../../../kernel/money.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import { IS_LIVE_REFUND } from '../../payments/index.js';
import { OrderStatus } from '../order-states.js';
import { orderClosed } from '../order.events.js';
import { OrderSource } from '../placing/order-source.js';
import type { OrderMails } from './order-mail.js';

const cancellationOf = statement('orders.cancelled-mail', {
  params: { orderId: t.uuid },
  row: {
    cancelledBy: t.textOf<'CUSTOMER' | 'STAFF' | 'SYSTEM'>().orNull,
    linkSent: t.boolean,
    goesBack: t.int,
  },
  sql: `SELECT (SELECT actor_kind FROM order_event e WHERE e.order_id = o.id AND kind = 'CANCELLED' ORDER BY at DESC LIMIT 1) AS "cancelledBy",
     EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND kind = 'LINK_SENT') AS "linkSent",
     (SELECT coalesce(sum(r.amount), 0)::bigint FROM refund r JOIN payment p ON p.id = r.payment_id
        WHERE p.order_id = o.id AND r.status ${IS_LIVE_REFUND}) AS "goesBack"
   FROM shop_order o WHERE o.id = :orderId`,
});

/** Tells of a cancellation, unless the buyer never knew of the order or nobody decided it. */
export function orderCancelled(mails: OrderMails, database: Database): Mail {
  return mails.define({
    name: 'order-cancelled',
    on: orderClosed,
    when: ({ status }) => status === OrderStatus.CANCELLED,
    async parts(order) {
      const known = await database.row(cancellationOf, { orderId: order.id });
      if (!known || order.status !== OrderStatus.CANCELLED) return null;
      const isSecretDraft = order.source === OrderSource.STAFF && !order.placedAt && !known.linkSent;
      const isDecided = order.placedAt !== null || ['CUSTOMER', 'STAFF'].includes(known.cancelledBy ?? '');
      if (isSecretDraft || !isDecided) return null;
      return { amount: known.goesBack > 0 ? money(known.goesBack, order.currency) : null };
    },
  });
}
