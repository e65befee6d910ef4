import type { Invariant } from '../../platform/database/invariant.js';
import { LIVE_REFUND, NEVER_EDITED, PLACED } from './invariant-sql.js';

/** True if a person was notified of payment `p` for one of these reasons. */
const wasReported = (...reasons: string[]): string =>
  `EXISTS (SELECT 1 FROM outbox e WHERE e.aggregate_id = p.order_id AND e.kind = 'payment.mismatch'
     AND e.payload ->> 'paymentId' = p.id::text AND e.payload ->> 'reason' IN (${reasons.map((reason) => `'${reason}'`).join(', ')}))`;

/** Sums over lines `l` of documents `i`: invoices less credit notes. */
const INVOICED_SUMS = `sum(CASE i.kind WHEN 'INVOICE' THEN 1 ELSE -1 END * (l ->> 'gross')::bigint) AS gross,
  sum(CASE i.kind WHEN 'INVOICE' THEN 1 ELSE -1 END * ((l ->> 'gross')::bigint - (l ->> 'net')::bigint)) AS tax`;

export const MONEY_INVARIANTS: readonly Invariant[] = [
  {
    code: 'ORDER_SUMS',
    description: 'An order costs what its lines, its delivery and its charges cost.',
    offenders: `SELECT o.number AS sample FROM shop_order o LEFT JOIN (
        SELECT order_id, sum(total_gross) AS gross, sum(total_net) AS net, sum(discount) AS discount FROM order_line GROUP BY 1
      ) l ON l.order_id = o.id
      WHERE (o.subtotal_gross, o.subtotal_net, o.discount) <> (coalesce(l.gross, 0), coalesce(l.net, 0), coalesce(l.discount, 0))
        OR NOT rates_fit(o.shipping_rates, o.shipping_net, o.shipping_gross)
        OR o.total_gross <> o.subtotal_gross + o.shipping_gross + o.charges_gross
        OR o.total_net <> o.subtotal_net + o.shipping_net + o.charges_net`,
  },
  {
    code: 'ORDER_ADJUSTMENTS',
    description:
      'What was taken off an order and added to it is explained: the shares of a line are its discount, those of a discount its amount, and the charges their sum.',
    offenders: `SELECT o.number AS sample FROM shop_order o
      WHERE NOT charges_fit(o.adjustments, o.charges_net, o.charges_gross)
        OR o.discount <> (SELECT coalesce(sum((a ->> 'amount')::bigint), 0) FROM jsonb_array_elements(o.adjustments) AS a WHERE a ->> 'kind' = 'DISCOUNT')
        OR EXISTS (SELECT FROM jsonb_array_elements(o.adjustments) AS a WHERE a ->> 'kind' = 'DISCOUNT' AND (a ->> 'amount')::bigint
          <> (SELECT coalesce(sum((s ->> 'amount')::bigint), 0) FROM jsonb_array_elements(a -> 'shares') AS s))
      UNION ALL SELECT o.number || ' ' || l.sku FROM order_line l JOIN shop_order o ON o.id = l.order_id
      WHERE (l.discount > 0 OR o.discount > 0) AND l.discount <> (
        SELECT coalesce(sum((s ->> 'amount')::bigint), 0) FROM jsonb_array_elements(o.adjustments) AS a, jsonb_array_elements(a -> 'shares') AS s
        WHERE a ->> 'kind' = 'DISCOUNT' AND s ->> 'lineId' = l.id::text)`,
  },
  {
    code: 'ORDER_TAX',
    description: 'The tax lines of an order add up to its total.',
    offenders: `SELECT number AS sample FROM shop_order WHERE NOT tax_lines_fit(tax_lines, total_net, total_gross)`,
  },
  {
    code: 'LINE_TOTAL',
    description: 'A line costs quantity times price, less its share of the discount.',
    offenders: `SELECT o.number || ' ' || l.sku AS sample FROM order_line l JOIN shop_order o ON o.id = l.order_id
      WHERE l.total_gross <> l.quantity * l.unit_price - l.discount`,
  },
  {
    code: 'PAYMENT_AMOUNT',
    description:
      'A payment is for what tenders leave of the total of its order, or for the difference of its edit; an accepted one is at least that.',
    offenders: `SELECT o.number AS sample FROM payment p JOIN shop_order o ON o.id = p.order_id LEFT JOIN order_edit d ON d.id = p.order_edit_id
      WHERE p.currency <> o.currency OR p.status <> 'CANCELLED' AND CASE p.purpose
        WHEN 'EDIT' THEN p.amount <> d.difference WHEN 'TENDER' THEN false ELSE ${NEVER_EDITED} AND CASE WHEN p.accepted_at IS NULL
          THEN p.amount <> o.total_gross - o.tendered AND NOT EXISTS (SELECT 1 FROM payment a WHERE a.order_id = o.id AND a.accepted_at IS NOT NULL)
          ELSE least(p.amount, p.accepted_amount) <> o.total_gross - o.tendered END END`,
  },
  {
    code: 'ORDER_TENDERS',
    description:
      'An order says what its tenders pay: held until it is paid, then taken, and released when it ended before.',
    offenders: `SELECT o.number AS sample FROM shop_order o LEFT JOIN (
        SELECT order_id, sum(amount) AS amount, bool_or(status = 'AUTHORIZED') AS held, bool_or(status = 'CANCELLED') AS released
        FROM payment WHERE purpose = 'TENDER' GROUP BY 1) t ON t.order_id = o.id
      WHERE o.tendered <> coalesce(t.amount, 0)
        OR t.held AND o.status NOT IN ('PENDING_PAYMENT', 'PLACED', 'FULFILLED', 'COMPLETED', 'REVIEW')
        OR t.released AND o.status NOT IN ('CANCELLED', 'EXPIRED', 'REVIEW')`,
  },
  {
    code: 'ORDER_MONEY',
    description:
      'An order that costs something is placed only with its money, or on the promise of cash on delivery.',
    offenders: `SELECT o.number AS sample FROM shop_order o WHERE o.status IN ${PLACED} AND o.total_gross > 0
      AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND (p.purpose <> 'TENDER' OR o.tendered >= o.total_gross)
        AND (p.status = 'CAPTURED' OR o.status <> 'PAID'
        AND (p.status = 'AUTHORIZED' OR p.method = 'CASH_ON_DELIVERY' AND p.status <> 'CANCELLED')))
      AND NOT (o.status IN ('FULFILLED', 'COMPLETED') AND o.payment_status = 'CANCELLED'
        AND EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND ${wasReported('lapsed')}))`,
  },
  {
    code: 'PAYMENT_STATUS',
    description: 'What an order says of its payment is what its payments say.',
    offenders: `SELECT o.number AS sample FROM shop_order o
      WHERE o.payment_status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') AND o.total_gross > 0
        AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.status = 'CAPTURED')
      UNION ALL SELECT o.number FROM shop_order o WHERE o.payment_status IN ('PENDING', 'PROCESSING', 'AUTHORIZED')
        AND o.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED')
        AND EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.purpose = 'ORDER' AND p.status = 'CAPTURED')
      UNION ALL SELECT o.number FROM shop_order o WHERE (o.payment_status IN ('PARTIALLY_REFUNDED', 'REFUNDED')) <> (o.refunded > 0)`,
  },
  {
    code: 'PAYMENT_ENDED',
    description: 'Of an order that has ended no payment is left open, neither asked for nor reserved.',
    offenders: `SELECT o.number AS sample FROM payment p JOIN shop_order o ON o.id = p.order_id
      WHERE o.status IN ('CANCELLED', 'EXPIRED', 'REFUNDED') AND p.status NOT IN ('CAPTURED', 'CANCELLED') AND o.updated_at < SETTLED
        AND NOT EXISTS (SELECT 1 FROM order_edit e WHERE e.id = p.order_edit_id AND e.status = 'AWAITING_PAYMENT')`,
  },
  {
    code: 'MONEY_HOME',
    description:
      'Money that came in has a placed order, went back in full, or waits for a person who was alerted.',
    // A report covers this payment, or the part of it that could not be refunded.
    offenders: `SELECT o.number AS sample FROM payment p JOIN shop_order o ON o.id = p.order_id CROSS JOIN LATERAL (
        SELECT coalesce(sum(amount) FILTER (WHERE ${LIVE_REFUND}), 0) AS promised, coalesce(sum(amount) FILTER (WHERE status = 'FAILED'), 0) AS failed
        FROM refund WHERE payment_id = p.id) r
      WHERE p.status = 'CAPTURED' AND o.status NOT IN ${PLACED} AND o.status <> 'REVIEW' AND p.updated_at < SETTLED
        AND p.captured_amount > r.promised + r.failed
          + (SELECT coalesce(sum(amount), 0) FROM dispute d WHERE d.payment_id = p.id AND d.status <> 'WON')
        AND NOT ${wasReported('amount', 'disputed', 'unaccounted', 'unknown-to-provider')}`,
  },
  {
    code: 'ONE_PAYMENT',
    description: 'No order keeps two payments for the same thing.',
    offenders: `SELECT o.number AS sample FROM payment p JOIN shop_order o ON o.id = p.order_id
      WHERE p.status <> 'CANCELLED' AND p.purpose = 'ORDER'
        AND p.amount > (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.${LIVE_REFUND})
      GROUP BY o.id HAVING count(*) > 1`,
  },
  {
    code: 'REFUND_COVERED',
    description: 'Never more goes back than came in.',
    offenders: `SELECT o.number AS sample FROM refund r JOIN payment p ON p.id = r.payment_id JOIN shop_order o ON o.id = p.order_id
      WHERE r.${LIVE_REFUND} GROUP BY o.number, p.id HAVING sum(r.amount) > coalesce(p.captured_amount, 0)`,
  },
  {
    code: 'REFUND_SENT',
    description: 'No refund is left lying: each was sent, and one that failed was reported.',
    offenders: `SELECT r.id AS sample FROM refund r JOIN payment p ON p.id = r.payment_id
      WHERE r.status = 'REQUESTED' AND r.updated_at < SETTLED
      UNION ALL SELECT r.id FROM refund r WHERE r.status = 'FAILED'
        AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.kind = 'refund.failed' AND e.payload ->> 'refundId' = r.id::text)`,
  },
  {
    code: 'REFUND_DECIDED',
    description:
      'What staff decided to give back is what its refunds carry, and its lines and delivery explain it.',
    offenders: `SELECT o.number AS sample FROM order_refund d JOIN shop_order o ON o.id = d.order_id
      WHERE d.amount <> (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.order_refund_id = d.id)
      UNION ALL SELECT o.number FROM order_refund_line b JOIN order_line l ON l.id = b.order_line_id
        JOIN order_refund d ON d.id = b.order_refund_id JOIN shop_order o ON o.id = d.order_id
        WHERE l.order_id <> d.order_id
      UNION ALL SELECT o.number FROM order_refund d JOIN shop_order o ON o.id = d.order_id CROSS JOIN LATERAL (
          SELECT d.shipping_amount + d.charges_amount + coalesce(sum(b.amount), 0) AS amount FROM order_refund_line b WHERE b.order_refund_id = d.id) reported
        WHERE reported.amount NOT IN (0, d.amount)
      UNION ALL SELECT o.number FROM order_refund d JOIN shop_order o ON o.id = d.order_id
        WHERE d.charges_amount <> (SELECT coalesce(sum((c ->> 'amount')::bigint), 0) FROM jsonb_array_elements(d.charges) AS c)`,
  },
  {
    code: 'CHARGE_WORTH',
    description: 'Of no charge goes more back at a tax rate, nor of the tax in it, than was paid for it.',
    offenders: `SELECT o.number || ' ' || back.code AS sample FROM shop_order o
      CROSS JOIN LATERAL (
        SELECT c ->> 'code' AS code, c ->> 'basisPoints' AS rate, sum((c ->> 'amount')::bigint) AS amount, sum((c ->> 'tax')::bigint) AS tax
        FROM order_refund d, jsonb_array_elements(d.charges) AS c
        WHERE d.order_id = o.id AND d.charges_amount > 0
          AND EXISTS (SELECT 1 FROM refund r WHERE r.order_refund_id = d.id AND r.${LIVE_REFUND} AND NOT r.precedes_price)
        GROUP BY 1, 2) back
      WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(o.adjustments) AS a, jsonb_array_elements(a -> 'rates') AS r
        WHERE a ->> 'kind' = 'CHARGE' AND a ->> 'code' = back.code AND r ->> 'basisPoints' = back.rate
        AND (r ->> 'amount')::bigint >= back.amount AND (r ->> 'amount')::bigint - (r ->> 'net')::bigint >= back.tax)`,
  },
  {
    code: 'DELIVERY_WORTH',
    description: 'Of no delivery goes more back at a tax rate, nor of the tax in it, than was paid for it.',
    offenders: `SELECT o.number AS sample FROM shop_order o
      CROSS JOIN LATERAL (
        SELECT r ->> 'basisPoints' AS rate, sum((r ->> 'amount')::bigint) AS amount, sum((r ->> 'tax')::bigint) AS tax
        FROM order_refund d, jsonb_array_elements(d.shipping_rates) AS r
        WHERE d.order_id = o.id AND d.shipping_amount > 0
          AND EXISTS (SELECT 1 FROM refund r WHERE r.order_refund_id = d.id AND r.${LIVE_REFUND} AND NOT r.precedes_price)
        GROUP BY 1) back
      WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(o.shipping_rates) AS r WHERE r ->> 'basisPoints' = back.rate
        AND (r ->> 'amount')::bigint >= back.amount AND (r ->> 'amount')::bigint - (r ->> 'net')::bigint >= back.tax)`,
  },
  {
    code: 'LINE_WORTH',
    description: 'Of no line goes more back, in money or for other goods, than was paid for it.',
    // A line of an exchange is also covered by the credit, which its order keeps as a discount.
    offenders: `SELECT o.number || ' ' || l.sku AS sample FROM order_line l JOIN shop_order o ON o.id = l.order_id
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(b.amount), 0) AS amount, coalesce(sum(b.quantity), 0) AS quantity FROM order_refund_line b
        WHERE b.order_line_id = l.id AND EXISTS (SELECT 1 FROM refund r WHERE r.order_refund_id = b.order_refund_id AND r.${LIVE_REFUND})) back
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(t.traded), 0) AS amount, coalesce(sum(t.exchanged), 0) AS quantity
        FROM order_return_line t JOIN order_return b ON b.id = t.return_id JOIN shop_order x ON x.id = b.exchange_order_id
        WHERE t.order_line_id = l.id AND b.status = 'EXCHANGED' AND x.status NOT IN ('CANCELLED', 'EXPIRED')) traded
      WHERE back.amount + traded.amount > l.total_gross + CASE o.source WHEN 'EXCHANGE' THEN l.discount ELSE 0 END
        OR back.quantity + traded.quantity > l.quantity`,
  },
  {
    code: 'ORDER_REFUNDED',
    description: 'An order knows what went back of its money.',
    offenders: `SELECT o.number AS sample FROM shop_order o, LATERAL (
        SELECT coalesce(sum(p.captured_amount), 0) AS captured, coalesce(sum((
          SELECT sum(amount) FROM refund r WHERE r.payment_id = p.id AND r.status = 'SUCCEEDED')), 0) AS returned
        FROM payment p WHERE p.order_id = o.id AND p.status = 'CAPTURED') m
      WHERE o.refunded <> least(m.returned, o.total_gross, greatest(0, o.total_gross - m.captured + m.returned))
        AND o.updated_at < SETTLED AND NOT EXISTS (
          SELECT 1 FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.order_id = o.id AND r.updated_at >= SETTLED)`,
  },
  {
    code: 'ORDER_SETTLED',
    description:
      'Of a paid order the shop keeps what it costs, less what went back: also after it was changed. More only while a refund has failed, or a person was alerted to a payment and has not accepted it.',
    // A failed automatic refund (the difference of an edit) is replaced by what staff decides to refund, which the
    // order does not count as refunded.
    offenders: `SELECT o.number AS sample FROM shop_order o, LATERAL (
        SELECT coalesce(sum(p.captured_amount), 0) AS captured, coalesce(sum(r.returned), 0) AS returned, coalesce(sum(r.promised), 0) AS promised,
          greatest(0, coalesce(sum(r.failed), 0) - greatest(0, coalesce(sum(r.decided), 0) - o.refunded))
            + coalesce(sum(p.captured_amount - r.promised) FILTER (WHERE p.accepted_at IS NULL AND ${wasReported('amount', 'disputed')}), 0) AS reported
        FROM payment p, LATERAL (
          SELECT coalesce(sum(amount) FILTER (WHERE status = 'SUCCEEDED'), 0) AS returned,
            coalesce(sum(amount) FILTER (WHERE ${LIVE_REFUND}), 0) AS promised,
            coalesce(sum(amount) FILTER (WHERE ${LIVE_REFUND} AND order_refund_id IS NOT NULL), 0) AS decided,
            coalesce(sum(amount) FILTER (WHERE status = 'FAILED' AND (order_refund_id IS NULL OR precedes_price)), 0) AS failed
          FROM refund WHERE payment_id = p.id) r
        WHERE p.order_id = o.id AND p.status = 'CAPTURED') m
      WHERE o.status IN ('PAID', 'FULFILLED', 'COMPLETED') AND o.payment_status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
        AND o.updated_at < SETTLED AND (m.captured - m.returned < o.total_gross - o.refunded
          OR m.captured - m.promised > o.total_gross - o.refunded + m.reported)`,
  },
  {
    code: 'EXCHANGE_CREDIT',
    description:
      'Of an order whose goods came back for others that never went out, what these were worth went back, or is with a bank.',
    // Refunds that failed were reported; those of the orders behind it carry the credit of an exchange of an exchange.
    // UNION, not UNION ALL: a wrong row that makes an order the exchange of itself must not keep the check running.
    offenders: `SELECT o.number AS sample FROM shop_order o
      CROSS JOIN LATERAL (
        SELECT sum(least(x.discount, (SELECT coalesce(sum(t.traded), 0) FROM order_return_line t WHERE t.return_id = b.id))) AS credit
        FROM order_return b JOIN shop_order x ON x.id = b.exchange_order_id
        WHERE b.order_id = o.id AND b.status = 'EXCHANGED' AND x.status IN ('CANCELLED', 'EXPIRED') AND x.updated_at < SETTLED) dead
      WHERE dead.credit > (
        WITH RECURSIVE chain AS (
          SELECT o.id UNION SELECT b.order_id FROM chain c JOIN order_return b ON b.exchange_order_id = c.id AND b.status = 'EXCHANGED')
        SELECT coalesce(sum((SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.status <> 'CANCELLED')
          + (SELECT coalesce(sum(amount), 0) FROM dispute d WHERE d.payment_id = p.id AND d.status <> 'WON')), 0)
        FROM chain c JOIN payment p ON p.order_id = c.id AND p.status = 'CAPTURED')`,
  },
  {
    code: 'CREDIT_COVERED',
    description:
      'Credit notes take back of no line and of no tax rate more than invoices said, neither money nor tax, and for a refund no more than it gave.',
    // The difference of an edit, invoiced as one sum, belongs to no line and may be credited by line.
    offenders: `SELECT o.number || ' ' || reported.sku AS sample FROM (
        SELECT i.order_id, l ->> 'sku' AS sku, l ->> 'kind' AS kind, ${INVOICED_SUMS} FROM invoice i, jsonb_array_elements(i.content -> 'lines') AS l
        GROUP BY i.order_id, l ->> 'sku', l ->> 'kind', l ->> 'basisPoints') reported
      JOIN shop_order o ON o.id = reported.order_id
      WHERE reported.kind IN ('GOODS', 'SHIPPING', 'CHARGE') AND (reported.gross < 0 OR reported.tax < 0)
        AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.order_id = o.id AND i.content -> 'lines' @> '[{"kind": "DIFFERENCE"}]')
      UNION ALL SELECT o.number || ' ' || trim_scale(reported.rate / 100.0) || '%' FROM (
        SELECT i.order_id, (l ->> 'basisPoints')::int AS rate, ${INVOICED_SUMS} FROM invoice i, jsonb_array_elements(i.content -> 'lines') AS l
        GROUP BY i.order_id, l ->> 'basisPoints') reported
      JOIN shop_order o ON o.id = reported.order_id WHERE reported.gross < 0 OR reported.tax < 0
      UNION ALL SELECT o.number FROM invoice i JOIN refund r ON i.source_key = 'refund:' || r.id OR i.source_key LIKE 'refund:' || r.id || ':%' JOIN shop_order o ON o.id = i.order_id
      WHERE i.total_gross > r.amount`,
  },
  {
    code: 'DOCUMENT_MONEY',
    description:
      'The documents of a placed order add up to the money that the shop keeps for it; of money that has no home there is none.',
    // Money that is being refunded, and money with which no order could be placed or edited, has no document.
    offenders: `SELECT o.number AS sample FROM shop_order o
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(p.captured_amount), 0) AS captured, coalesce(sum(r.returned), 0) AS returned,
          coalesce(sum(r.waiting), 0) + coalesce(sum(p.captured_amount - r.returned) FILTER (
            WHERE p.captured_amount <> p.amount AND p.accepted_at IS NULL OR p.purpose = 'EDIT' AND e.status <> 'APPLIED'), 0) AS homeless
        FROM payment p LEFT JOIN order_edit e ON e.id = p.order_edit_id CROSS JOIN LATERAL (
          SELECT coalesce(sum(amount) FILTER (WHERE status = 'SUCCEEDED'), 0) AS returned,
            coalesce(sum(amount) FILTER (WHERE status IN ('REQUESTED', 'PENDING') OR status = 'FAILED' AND (order_refund_id IS NULL OR precedes_price)), 0) AS waiting
          FROM refund WHERE payment_id = p.id) r
        WHERE p.order_id = o.id AND p.status = 'CAPTURED') m
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(CASE i.kind WHEN 'INVOICE' THEN 1 ELSE -1 END * i.total_gross), 0) AS gross FROM invoice i WHERE i.order_id = o.id) reported
      WHERE o.placed_at IS NOT NULL AND o.updated_at < SETTLED
        AND NOT m.captured - m.returned - reported.gross BETWEEN 0 AND m.homeless
        AND NOT EXISTS (SELECT 1 FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.order_id = o.id AND r.updated_at >= SETTLED)`,
  },
  {
    code: 'DOCUMENT_SUMS',
    description: 'A document adds up to its lines, and so does its tax.',
    offenders: `SELECT i.printed_number AS sample FROM invoice i
      CROSS JOIN LATERAL (SELECT coalesce(sum((l ->> 'gross')::bigint), 0) AS gross, coalesce(sum((l ->> 'net')::bigint), 0) AS net
        FROM jsonb_array_elements(i.content -> 'lines') AS l) lines
      CROSS JOIN LATERAL (SELECT coalesce(sum((t ->> 'tax')::bigint), 0) AS tax FROM jsonb_array_elements(i.content -> 'taxes') AS t) taxes
      WHERE i.total_gross <> lines.gross OR lines.gross - lines.net <> taxes.tax`,
  },
  {
    code: 'INVOICE_NUMBERS',
    description: 'Invoice numbers run from one without a gap.',
    offenders: `SELECT s.code AS sample FROM invoice_series s LEFT JOIN invoice i ON i.series = s.code
      GROUP BY s.code HAVING s.last_number <> count(i.id) OR s.last_number <> coalesce(max(i.number), 0)`,
  },
];
