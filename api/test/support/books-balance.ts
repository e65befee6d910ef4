import { expect } from 'vitest';
import type { StripeServer } from './stripe-server.js';
import type { TestShop } from './test-shop.js';

const PLACED = `('PAID', 'FULFILLED', 'COMPLETED')`;
const LIVE_REFUND = `state NOT IN ('FAILED', 'CANCELED')`;

/** What must be true of the books after anything that may happen to a shop: each finds the rows that break it. */
const LAWS: Readonly<Record<string, string>> = {
  'a shelf holds what its movements add up to': `
    SELECT s.* FROM stock_level s LEFT JOIN (
      SELECT variant_id, location_id, sum(delta_on_hand) AS hand, sum(delta_reserved) AS held FROM stock_movement GROUP BY 1, 2
    ) m USING (variant_id, location_id)
    WHERE s.on_hand <> coalesce(m.hand, 0) OR s.reserved <> coalesce(m.held, 0)`,
  'what is reserved is what open orders hold': `
    SELECT s.* FROM stock_level s LEFT JOIN (
      SELECT variant_id, location_id, sum(quantity) AS held FROM reservation WHERE state = 'ACTIVE' GROUP BY 1, 2
    ) r USING (variant_id, location_id) WHERE s.reserved <> coalesce(r.held, 0)`,
  'only unpaid orders hold stock': `
    SELECT r.* FROM reservation r JOIN shop_order o ON o.id = r.order_id WHERE r.state = 'ACTIVE' AND o.status <> 'PENDING_PAYMENT'`,
  'an unpaid order holds all of its lines': `
    SELECT l.* FROM order_line l JOIN shop_order o ON o.id = l.order_id WHERE o.status = 'PENDING_PAYMENT' AND l.quantity <> (
      SELECT coalesce(sum(quantity), 0) FROM reservation r WHERE r.order_id = o.id AND r.variant_id = l.variant_id AND r.state = 'ACTIVE')`,
  'a placed order took its lines from the shelf, any other took nothing': `
    SELECT l.order_id, o.status FROM order_line l JOIN shop_order o ON o.id = l.order_id WHERE o.status <> 'REFUNDED'
      AND (CASE WHEN o.status IN ${PLACED} THEN -l.quantity ELSE 0 END) <> (
        SELECT coalesce(sum(delta_on_hand), 0) FROM stock_movement m WHERE m.order_id = o.id AND m.variant_id = l.variant_id)`,
  'an order costs what its lines and its delivery cost': `
    SELECT o.* FROM shop_order o WHERE (subtotal_gross, subtotal_net) <> (
      SELECT coalesce(sum(total_gross), 0), coalesce(sum(total_net), 0) FROM order_line l WHERE l.order_id = o.id)`,
  'a line costs quantity times price': 'SELECT * FROM order_line WHERE total_gross <> quantity * unit_price',
  'the tax lines add up to the total': `
    SELECT o.id FROM shop_order o WHERE (total_net, total_gross) <> (
      SELECT coalesce(sum((t ->> 'net')::bigint), 0), coalesce(sum((t ->> 'net')::bigint + (t ->> 'tax')::bigint), 0) FROM jsonb_array_elements(o.tax_lines) t)`,
  'a payment is for the total of its order': `
    SELECT p.* FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE p.amount <> o.total_gross OR p.currency <> o.currency`,
  'an order that costs something is placed only with its money': `
    SELECT o.* FROM shop_order o WHERE o.status IN ${PLACED} AND o.total_gross > 0
      AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.state = 'CAPTURED')`,
  'money that came in has a placed order, went back in full, or waits for a person': `
    SELECT p.*, o.status FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE p.state = 'CAPTURED'
      AND o.status NOT IN ${PLACED}
      AND p.amount <> (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.state = 'SUCCEEDED')
      AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.kind = 'payment.mismatch' AND e.aggregate_id = o.id)`,
  'no order keeps two payments': `
    SELECT order_id FROM payment p WHERE state <> 'CANCELLED'
      AND amount > (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.${LIVE_REFUND})
    GROUP BY order_id HAVING count(*) > 1`,
  'never more goes back than came in': `
    SELECT payment_id FROM refund r JOIN payment p ON p.id = r.payment_id WHERE r.${LIVE_REFUND}
    GROUP BY payment_id HAVING sum(r.amount) > min(p.amount)`,
  'no refund is left lying': `SELECT * FROM refund WHERE state IN ('REQUESTED', 'FAILED')`,
  'an order knows what went back': `
    SELECT o.id, o.refunded FROM shop_order o, LATERAL (
      SELECT coalesce(sum(amount), 0) AS captured, coalesce(sum((
        SELECT sum(amount) FROM refund r WHERE r.payment_id = p.id AND r.state = 'SUCCEEDED')), 0) AS returned
      FROM payment p WHERE p.order_id = o.id AND p.state = 'CAPTURED') m
    WHERE o.refunded <> CASE WHEN m.captured = 0 THEN 0 ELSE least(o.total_gross, greatest(0, o.total_gross - m.captured + m.returned)) END`,
  'the timeline tells once that an order was made, and once that it was paid': `
    SELECT o.id FROM shop_order o JOIN order_event e ON e.order_id = o.id AND e.kind IN ('CREATED', 'PAID')
    GROUP BY o.id, e.kind HAVING count(*) <> 1`,
  'the timeline tells of each mail that went out': `
    SELECT o.id FROM shop_order o WHERE (SELECT count(*) FROM order_event e WHERE e.order_id = o.id AND e.kind = 'MAIL_SENT') <> (
      SELECT count(*) FROM email m WHERE m.state = 'SENT' AND m.dedupe_key LIKE 'order:' || o.id || ':%')`,
  'a placed order was announced, and only a placed one': `
    SELECT o.id FROM shop_order o WHERE (placed_at IS NOT NULL) <> EXISTS (
      SELECT 1 FROM outbox e WHERE e.kind = 'order.placed' AND e.aggregate_id = o.id)`,
  'a placed order has one confirmation, any other has none': `
    SELECT o.id, o.status FROM shop_order o WHERE (placed_at IS NOT NULL)::int <> (
      SELECT count(*) FROM email m WHERE m.dedupe_key = 'order:' || o.id || ':confirmation' AND m.state = 'SENT')`,
  'each parcel has one mail': `
    SELECT s.id FROM shipment s WHERE 1 <> (
      SELECT count(*) FROM email m WHERE m.dedupe_key = 'order:' || s.order_id || ':shipped:' || s.id AND m.state = 'SENT')`,
  'no mail was sent twice': 'SELECT message_key FROM dev_inbox GROUP BY message_key HAVING count(*) > 1',
  'a line is shipped as far as its parcels hold it': `
    SELECT l.* FROM order_line l WHERE fulfilled <> (SELECT coalesce(sum(quantity), 0) FROM shipment_line s WHERE s.order_line_id = l.id)`,
  'all news was passed on': 'SELECT * FROM outbox WHERE published_at IS NULL',
  'every webhook was worked off': `SELECT * FROM webhook_inbox WHERE state IN ('NEW', 'DEAD')`,
  'what the test provider took and gave back is what the books say': `
    SELECT i.id, i.status, p.state FROM test_provider_intent i LEFT JOIN payment p ON p.provider = 'TEST' AND p.provider_reference = i.id
    WHERE (i.status = 'succeeded') <> (coalesce(p.state, '') = 'CAPTURED')
      OR i.refunded <> (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.state = 'SUCCEEDED')`,
};

// Work that jobs still have to do; the laws hold once it is done.
const WORK_LEFT = `
  SELECT 1 FROM outbox WHERE published_at IS NULL
  UNION ALL SELECT 1 FROM webhook_inbox WHERE state = 'NEW'
  UNION ALL SELECT 1 FROM refund WHERE state = 'REQUESTED'
  UNION ALL SELECT 1 FROM email WHERE state IN ('QUEUED', 'SENDING')
  UNION ALL SELECT 1 FROM pgboss.job WHERE data <> '{}'
    AND (state IN ('created', 'retry') OR state = 'active' AND started_on > now() - interval '2 minutes')
  LIMIT 1`;

/** Waits for the jobs to be done, then audits everything that the shop wrote down, against Stripe's books as well. */
export async function assertBooksBalance(shop: TestShop, stripe?: StripeServer): Promise<void> {
  await shop.eventually(async () => (await shop.sql(WORK_LEFT)).length === 0);
  for (const [law, offenders] of Object.entries(LAWS)) expect(await shop.sql(offenders), law).toEqual([]);
  if (stripe) await assertStripeAgrees(shop, stripe);
}

async function assertStripeAgrees(shop: TestShop, stripe: StripeServer): Promise<void> {
  const payments = await shop.sql<{ reference: string; state: string; returned: string }>(
    `SELECT provider_reference AS reference, state,
       (SELECT coalesce(sum(amount), 0)::text FROM refund r WHERE r.payment_id = p.id AND r.state = 'SUCCEEDED') AS returned
     FROM payment p WHERE provider = 'STRIPE' AND provider_reference IS NOT NULL ORDER BY 1`,
  );
  const refunds = [...stripe.refunds.values()];
  const theirs = [...stripe.intents.values()].map(({ id, status }) => ({
    reference: id,
    taken: status === 'succeeded',
    returned: refunds
      .filter((r) => r.payment_intent === id && r.status === 'succeeded')
      .reduce((sum, r) => sum + r.amount, 0),
  }));
  const ours = payments.map(({ reference, state, returned }) => ({
    reference,
    taken: state === 'CAPTURED',
    returned: Number(returned),
  }));
  const byReference = (a: { reference: string }, b: { reference: string }): number =>
    a.reference.localeCompare(b.reference);
  expect(ours.sort(byReference), 'our payments are Stripe’s intents').toEqual(theirs.sort(byReference));

  const orders = [...stripe.intents.values()]
    .filter(({ status }) => status !== 'canceled')
    .map(({ metadata }) => metadata.order_id);
  expect(new Set(orders).size, 'no order has two intents').toBe(orders.length);
  const posts = stripe.requests.filter(({ method }) => method === 'POST');
  expect(
    posts.filter(({ idempotencyKey }) => !idempotencyKey || idempotencyKey.startsWith('stripe-node-retry')),
    'every request carries a key of ours',
  ).toEqual([]);
}
