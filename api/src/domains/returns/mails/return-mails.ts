import { money, type Money } from '../../../kernel/money.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import {
  OrderStatus,
  type OrderEntity,
  type OrderMailParts,
  type OrderMails,
  type OrderService,
} from '../../orders/index.js';
import {
  returnApproved,
  returnExchanged,
  returnReceived,
  returnRefunded,
  returnRejected,
} from '../return.events.js';

interface ReturnMailDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly orderMails: OrderMails;
}

const returnOf = statement('returns.mail', {
  params: { returnId: t.uuid },
  row: { number: t.text, noteToBuyer: t.text.orNull, exchangeOrderId: t.uuid.orNull, refunded: t.int.orNull },
  sql: `SELECT b.number, b.staff_note AS "noteToBuyer", b.exchange_order_id AS "exchangeOrderId",
     (SELECT amount FROM order_refund d WHERE d.id = b.order_refund_id) AS refunded
   FROM order_return b WHERE b.id = :returnId`,
});

interface ReturnForMail {
  readonly number: string;
  readonly noteToBuyer: string | null;
  readonly exchangeOrderId: string | null;
  readonly refunded: number | null;
}

type ReturnParts = (
  found: ReturnForMail,
  order: OrderEntity,
) => OrderMailParts | null | Promise<OrderMailParts | null>;

/** The mails on how a return stands. */
export function returnMails(deps: ReturnMailDeps): Mail[] {
  const mail = (name: string, on: typeof returnApproved, more: ReturnParts): Mail =>
    deps.orderMails.define({
      ...{ name, on, about: 'returnId' as const },
      async parts(order, { returnId }) {
        const found = await deps.database.row(returnOf, { returnId });
        const parts = found && (await more(found, order));
        return parts && { reference: found.number, amount: refundOf(found, order), ...parts };
      },
    });
  return [
    mail('return-approved', returnApproved, ({ noteToBuyer }) => ({ note: noteToBuyer })),
    mail('return-rejected', returnRejected, ({ noteToBuyer }) => ({ note: noteToBuyer })),
    mail('return-received', returnReceived, () => ({})),
    // A return without a refund is settled without a mail about money.
    mail('return-refunded', returnRefunded, ({ refunded }) => (refunded === null ? null : {})),
    mail('return-exchanged', returnExchanged, (found) => exchangeParts(deps, found)),
  ];
}

function refundOf({ refunded }: ReturnForMail, { currency }: OrderEntity): Money | null {
  return refunded === null ? null : money(refunded, currency);
}

/** The order that goes in exchange, and what is left to pay for it. */
async function exchangeParts(
  { orders, orderMails }: ReturnMailDeps,
  { exchangeOrderId }: ReturnForMail,
): Promise<OrderMailParts | null> {
  const exchange = exchangeOrderId && (await orders.find(exchangeOrderId));
  if (!exchange) return null;
  const isDue = exchange.status === OrderStatus.PENDING_PAYMENT;
  return {
    number: exchange.number,
    amount: isDue ? money(exchange.totalGross, exchange.currency) : null,
    link: orderMails.pageOf(exchange, isDue ? 'checkout/pay' : 'order'),
  };
}
