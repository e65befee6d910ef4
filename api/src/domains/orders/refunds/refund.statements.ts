import { OrderRefundEntity } from './order-refund.entity.js';
import type { LiveDecision } from './given-back.js';
import type { RefundedCharge, RefundedRate } from './refund-charges.js';
import { statement, t, rowOf } from '../../../platform/database/database.js';
import { IS_LIVE_REFUND, IS_OPEN_DISPUTE } from '../../payments/index.js';
import { ENDED_UNPAID } from '../order-states.js';
import { sqlList } from '../../../platform/database/sql-list.js';

const LIVE_REFUND = `r.status ${IS_LIVE_REFUND}`;
// A decision settles its units, its delivery and its charges as long as any of the refunds that carry it out may still
// succeed; of its money and tax only the refunds that may succeed count.
const LIVE = `EXISTS (SELECT 1 FROM refund r WHERE r.order_refund_id = d.id AND ${LIVE_REFUND})`;

const DEAD = sqlList(ENDED_UNPAID);

/*
 * The credit of an exchange, whose goods replace other goods: the credit is money too, and it was received with the
 * order that the exchange replaces.
 *
 * A sum without GROUP BY is one row even where there is nothing to add up, and it is NULL; least() and greatest()
 * ignore NULL. So least(discount, sum(...)) would be the whole discount for every order that is no exchange: each sum
 * inside of them is turned into a number first.
 */
const CREDIT = `CROSS JOIN LATERAL (
     SELECT least(o.discount, coalesce(sum(t.traded), 0)) AS amount
     FROM order_return b JOIN order_return_line t ON t.return_id = b.id
     WHERE o.source = 'EXCHANGE' AND o.status NOT IN ${DEAD} AND b.exchange_order_id = o.id AND b.status = 'EXCHANGED'
   ) credit`;

/**
 * What the plan of a refund is made from, line by line; `toRefundableLines` values it. Exchanged units count as settled,
 * like refunded ones.
 */
export const refundableLines = statement('orders.refundable-lines', {
  params: { ids: t.uuids },
  row: {
    orderId: t.uuid,
    id: t.uuid,
    variantId: t.uuid,
    quantity: t.int,
    fulfilled: t.int,
    cancelled: t.int,
    discount: t.int,
    totalNet: t.int,
    totalGross: t.int,
    taxBasisPoints: t.int,
    credit: t.int,
    refundedQuantity: t.int,
    refundedAmount: t.int,
    refundedTax: t.int,
    exchangedQuantity: t.int,
    exchangedAmount: t.int,
    givenUp: t.int,
    restockable: t.int,
    backordered: t.int,
  },
  sql: `SELECT l.order_id AS "orderId", l.id, l.variant_id AS "variantId", l.quantity, l.fulfilled, l.cancelled, l.discount,
     l.total_net AS "totalNet", l.total_gross AS "totalGross", l.tax_basis_points AS "taxBasisPoints", credit.amount::bigint AS credit,
     coalesce(back.quantity, 0)::int AS "refundedQuantity", coalesce(back.amount, 0)::bigint AS "refundedAmount", coalesce(back.tax, 0)::bigint AS "refundedTax",
     coalesce(traded.quantity, 0)::int AS "exchangedQuantity", coalesce(traded.amount, 0)::bigint AS "exchangedAmount",
     greatest(0, l.cancelled - coalesce(back.unshipped, 0))::int AS "givenUp", coalesce(shelf.sold, 0)::int AS restockable, coalesce(waits.quantity, 0)::int AS backordered
   FROM order_line l
   JOIN shop_order o ON o.id = l.order_id
   ${CREDIT}
   LEFT JOIN LATERAL (
     SELECT sum(b.quantity) AS quantity, sum(b.amount) AS amount, sum(b.tax) AS tax, sum(b.unshipped) AS unshipped
     FROM order_refund_line b JOIN order_refund d ON d.id = b.order_refund_id
     WHERE b.order_line_id = l.id AND ${LIVE}
   ) back ON true
   LEFT JOIN LATERAL (
     SELECT sum(t.exchanged) AS quantity, sum(t.traded) AS amount FROM order_return_line t JOIN order_return b ON b.id = t.return_id
     JOIN shop_order x ON x.id = b.exchange_order_id
     WHERE t.order_line_id = l.id AND b.status = 'EXCHANGED' AND x.status NOT IN ${DEAD}
   ) traded ON true
   LEFT JOIN LATERAL (
     SELECT -sum(m.delta_on_hand) AS sold FROM stock_movement m WHERE m.order_id = l.order_id AND m.variant_id = l.variant_id
   ) shelf ON true
   LEFT JOIN LATERAL (
     SELECT sum(w.quantity) AS quantity FROM backorder w WHERE w.order_id = l.order_id AND w.variant_id = l.variant_id AND w.status = 'OWED'
   ) waits ON true
   WHERE l.order_id = ANY(:ids::uuid[]) ORDER BY l.order_id, l.position`,
});

// The orders whose goods an order's goods replace, down to the first: their payments hold its credit.
const CHAIN = `SELECT o.id AS "of", o.id, 0 AS depth FROM shop_order o WHERE o.id = ANY(:ids::uuid[])
     UNION ALL
     SELECT c."of", b.order_id, c.depth + 1 FROM chain c
     JOIN shop_order e ON e.id = c.id AND e.source = 'EXCHANGE' AND e.status NOT IN ${DEAD}
     JOIN order_return b ON b.exchange_order_id = e.id AND b.status = 'EXCHANGED'`;

/** An order and those whose goods it replaces, itself first. */
export const paidBy = statement('orders.paid-by', {
  params: { ids: t.uuids },
  row: { id: t.uuid },
  sql: `WITH RECURSIVE chain AS (${CHAIN}) SELECT id FROM chain ORDER BY depth`,
});

/**
 * The order whose goods an exchange replaces, and how much of the exchange's discount is money that was received
 * there. No row for an order that is no exchange, or one whose credit is void.
 */
export const creditOf = statement('orders.credit-of', {
  params: { orderId: t.uuid },
  row: { orderId: t.uuid, amount: t.int },
  sql: `SELECT b.order_id AS "orderId", credit.amount::bigint AS amount FROM shop_order o
   JOIN order_return b ON b.exchange_order_id = o.id AND b.status = 'EXCHANGED'
   ${CREDIT} WHERE o.id = :orderId`,
});

/** The same amount, less what the exchange has given back of it through the payments of other orders. */
export const creditLeft = statement('orders.credit-left', {
  params: { exchangeId: t.uuid },
  row: { amount: t.int },
  sql: `SELECT greatest(0, credit.amount - (
     SELECT coalesce(sum(r.amount), 0) FROM order_refund d JOIN refund r ON r.order_refund_id = d.id AND ${LIVE_REFUND}
     JOIN payment p ON p.id = r.payment_id WHERE d.order_id = o.id AND p.order_id <> o.id))::bigint AS amount
   FROM shop_order o ${CREDIT} WHERE o.id = :exchangeId`,
});

/**
 * What the plan needs to know of the order's money. A lost dispute has taken its amount for good.
 *
 * An order may refund what was received for it and the credit it was given, less what it refunded and the credit it
 * gave, and never more than is left of all the payments behind it. A refund that an exchange decided and this order's
 * payment carries is counted in the credit already, while the exchange is live. What had gone back when staff accepted
 * the rest as the price is no part of that price; a refund that had failed then is, should it succeed later.
 */
export const orderMoney = statement('orders.money', {
  params: { ids: t.uuids },
  row: {
    orderId: t.uuid,
    currency: t.text,
    refundable: t.int,
    isDisputed: t.boolean,
    decisions: t.json<readonly LiveDecision[]>(),
    givenBackShipping: t.int,
    givenBackDelivery: t.json<readonly (readonly RefundedRate[])[]>(),
    givenBackCharges: t.json<readonly (readonly RefundedCharge[])[]>(),
  },
  sql: `WITH RECURSIVE chain AS (${CHAIN})
   SELECT o.id AS "orderId", o.currency,
     greatest(0, least(coalesce(m.left, 0), coalesce(m.captured, 0) - coalesce(m.gone, 0) - coalesce(y.amount, 0)
       + coalesce(credit.amount, 0) - coalesce(x.traded, 0)))::bigint AS refundable,
     coalesce(m.disputed, false) AS "isDisputed", coalesce(g.decisions, '[]') AS decisions,
     coalesce(g.shipping, 0)::bigint AS "givenBackShipping", coalesce(g.delivery, '[]') AS "givenBackDelivery",
     coalesce(g.charges, '[]') AS "givenBackCharges"
   FROM shop_order o
   ${CREDIT}
   LEFT JOIN LATERAL (
     SELECT sum(p.captured_amount) FILTER (WHERE p.order_id = o.id) AS captured,
       sum(s.own + s.lost) FILTER (WHERE p.order_id = o.id) AS gone, sum(p.captured_amount - s.every - s.lost) AS left,
       bool_or(EXISTS (SELECT 1 FROM dispute d WHERE d.payment_id = p.id AND d.status ${IS_OPEN_DISPUTE})) AS disputed
     FROM chain c JOIN payment p ON p.order_id = c.id AND p.status = 'CAPTURED'
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(r.amount), 0) AS every,
         coalesce(sum(r.amount) FILTER (WHERE d.id IS NULL OR d.order_id = p.order_id OR e.status IN ${DEAD}), 0) AS own,
         coalesce((SELECT sum(d.amount) FROM dispute d WHERE d.payment_id = p.id AND d.status = 'LOST'), 0) AS lost
       FROM refund r LEFT JOIN order_refund d ON d.id = r.order_refund_id LEFT JOIN shop_order e ON e.id = d.order_id
       WHERE r.payment_id = p.id AND ${LIVE_REFUND}
     ) s
     WHERE c."of" = o.id
   ) m ON true
   LEFT JOIN LATERAL (
     SELECT sum(r.amount) AS amount FROM order_refund d JOIN refund r ON r.order_refund_id = d.id AND ${LIVE_REFUND}
     JOIN payment p ON p.id = r.payment_id WHERE d.order_id = o.id AND p.order_id <> o.id AND o.status NOT IN ${DEAD}
   ) y ON true
   LEFT JOIN LATERAL (
     SELECT sum(least(e.discount, (SELECT coalesce(sum(t.traded), 0) FROM order_return_line t WHERE t.return_id = b.id))) AS traded
     FROM order_return b JOIN shop_order e ON e.id = b.exchange_order_id
     WHERE b.order_id = o.id AND b.status = 'EXCHANGED' AND e.status NOT IN ${DEAD}
   ) x ON true
   LEFT JOIN LATERAL (
     SELECT sum(d.shipping_amount) AS shipping, jsonb_agg(d.shipping_rates) FILTER (WHERE d.shipping_amount > 0) AS delivery,
       jsonb_agg(jsonb_build_object('amount', d.amount, 'live', given.live, 'tax', d.tax)) AS decisions,
       jsonb_agg(d.charges) FILTER (WHERE d.charges_amount > 0) AS charges
     FROM order_refund d CROSS JOIN LATERAL (
       SELECT sum(r.amount) AS live FROM refund r WHERE r.order_refund_id = d.id AND ${LIVE_REFUND} AND NOT r.precedes_price
     ) given
     WHERE d.order_id = o.id AND given.live IS NOT NULL
   ) g ON true
   WHERE o.id = ANY(:ids::uuid[])`,
});

/**
 * Inserts the decision and its lines, and cancels the units that will not be shipped any more, in one statement.
 * Requires the order lock.
 */
export const insertOrderRefund = statement('orders.insert-refund', {
  params: {
    id: t.uuid,
    orderId: t.uuid,
    amount: t.int,
    shippingAmount: t.int,
    tax: t.int,
    reason: t.text.orNull,
    actorId: t.uuid.orNull,
    shippingTax: t.int,
    shippingRates: t.json<readonly RefundedRate[]>(),
    charges: t.json<readonly RefundedCharge[]>(),
    chargesAmount: t.int,
    lineIds: t.uuids,
    quantities: t.ints,
    lineAmounts: t.ints,
    lineTaxes: t.ints,
    restocked: t.ints,
    unshipped: t.ints,
    cancelled: t.ints,
  },
  sql: `WITH decided AS (
     INSERT INTO order_refund (id, order_id, amount, shipping_amount, tax, reason, actor_id, shipping_tax, shipping_rates, charges, charges_amount)
     VALUES (:id, :orderId, :amount, :shippingAmount, :tax, :reason, :actorId, :shippingTax, :shippingRates, :charges, :chargesAmount)
   ), units AS (
     SELECT * FROM unnest(:lineIds::uuid[], :quantities::int[], :lineAmounts::bigint[], :lineTaxes::bigint[], :restocked::int[], :unshipped::int[], :cancelled::int[])
       AS u(id, quantity, amount, tax, restocked, unshipped, cancelled)
   ), listed AS (
     INSERT INTO order_refund_line (order_refund_id, order_line_id, quantity, amount, tax, restocked, unshipped)
     SELECT :id, id, quantity, amount, tax, restocked, unshipped FROM units
   )
   UPDATE order_line l SET cancelled = l.cancelled + u.cancelled FROM units u
   WHERE l.id = u.id AND l.order_id = :orderId AND u.cancelled > 0`,
});

const REFUND = `d.id, d.order_id AS "orderId", d.amount, d.shipping_amount AS "shippingAmount", d.charges, d.tax, d.reason, d.actor_id AS "actorId",
  d.created_at AS "createdAt", o.currency, coalesce(s.status, 'CANCELLED') AS status, coalesce(u.lines, '[]') AS lines
  FROM order_refund d JOIN shop_order o ON o.id = d.order_id
  LEFT JOIN LATERAL (
    SELECT CASE WHEN bool_or(r.status = 'FAILED') THEN 'FAILED' WHEN bool_or(r.status = 'REQUESTED') THEN 'REQUESTED'
      WHEN bool_or(r.status = 'PENDING') THEN 'PENDING' WHEN bool_or(r.status = 'SUCCEEDED') THEN 'SUCCEEDED' ELSE 'CANCELLED' END AS status
    FROM refund r WHERE r.order_refund_id = d.id
  ) s ON true
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('orderLineId', b.order_line_id, 'quantity', b.quantity, 'amount', b.amount, 'restocked', b.restocked)
      ORDER BY l.position) AS lines
    FROM order_refund_line b JOIN order_line l ON l.id = b.order_line_id WHERE b.order_refund_id = d.id
  ) u ON true`;

const REFUND_ROW = {
  ...rowOf(OrderRefundEntity),
  currency: t.text,
  status: t.text,
  lines: t.json<{ orderLineId: string; quantity: number; amount: number; restocked: number }[]>(),
};

export const refundsByOrder = statement('orders.refunds', {
  params: { ids: t.uuids },
  row: REFUND_ROW,
  sql: `SELECT ${REFUND} WHERE d.order_id = ANY(:ids::uuid[]) ORDER BY d.order_id, d.created_at, d.id`,
});
export const refundsById = statement('orders.refunds-by-id', {
  params: { ids: t.uuids },
  row: REFUND_ROW,
  sql: `SELECT ${REFUND} WHERE d.id = ANY(:ids::uuid[])`,
});
