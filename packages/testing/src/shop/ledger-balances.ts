import { expect } from 'vitest';
import { CHECKS } from '../../../../api/src/domains/integrity/index.js';
import type { StripeServer } from '../simulators/stripe-server.js';
import type { TestShop } from './test-shop.js';
import { workIsDone } from './work-is-done.js';

/** Invariants of tests beside the integrity checks: jobs are done, mails are sent, and the test provider's ledger agrees. */
const TEST_INVARIANTS: Readonly<Record<string, string>> = {
  'a placed order has one confirmation that arrived, any other has none': `
    SELECT o.id, o.status FROM shop_order o WHERE (placed_at IS NOT NULL)::int <> (
      SELECT count(*) FROM email m WHERE m.dedupe_key = 'order:' || o.id || ':confirmation' AND m.status = 'SENT')`,
  'each parcel has one mail that arrived': `
    SELECT s.id FROM shipment s WHERE 1 <> (
      SELECT count(*) FROM email m WHERE m.dedupe_key = 'order:' || s.order_id || ':shipped:' || s.id AND m.status = 'SENT')`,
  'no mail was sent twice': 'SELECT message_key FROM dev_inbox GROUP BY message_key HAVING count(*) > 1',
  'what the test provider took and gave back is what the ledger says': `
    SELECT i.id, i.status, p.status FROM test_provider_intent i LEFT JOIN payment p ON p.provider = 'TEST' AND p.provider_reference = i.id
    WHERE (i.status = 'succeeded') <> (coalesce(p.status, '') = 'CAPTURED')
      OR i.refunded <> (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.status = 'SUCCEEDED')`,
};

/** Waits for the jobs to be done, then runs all integrity checks, also against Stripe's ledger. */
export async function assertLedgerBalances(shop: TestShop, stripe?: StripeServer): Promise<void> {
  await workIsDone(shop);
  for (const invariant of CHECKS) {
    const look = async () =>
      (await shop.sql<{ violations: number }>(invariant.statement.text, ['0 seconds']))[0];
    let found = await look();
    // A digest of alerts may have come due since the work was done.
    if (invariant.code === 'MAIL_SENT' && found?.violations) {
      await workIsDone(shop);
      found = await look();
    }
    expect(found, invariant.description).toEqual({ violations: 0, samples: [] });
  }
  for (const [invariant, offenders] of Object.entries(TEST_INVARIANTS))
    expect(await shop.sql(offenders), invariant).toEqual([]);
  if (stripe) await assertStripeAgrees(shop, stripe);
}

async function assertStripeAgrees(shop: TestShop, stripe: StripeServer): Promise<void> {
  const payments = await shop.sql<{ reference: string; status: string; returned: string }>(
    `SELECT provider_reference AS reference, status,
       (SELECT coalesce(sum(amount), 0)::text FROM refund r WHERE r.payment_id = p.id AND r.status = 'SUCCEEDED') AS returned
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
  const ours = payments.map(({ reference, status, returned }) => ({
    reference,
    taken: status === 'CAPTURED',
    returned: Number(returned),
  }));
  const byReference = (a: { reference: string }, b: { reference: string }): number =>
    a.reference.localeCompare(b.reference);
  expect(ours.sort(byReference), 'our payments are Stripe’s intents').toEqual(theirs.sort(byReference));

  const edits = await shop.sql<{ id: string }>(`SELECT id FROM payment WHERE purpose = 'EDIT'`);
  const orders = [...stripe.intents.values()]
    .filter(({ status }) => status !== 'canceled')
    .filter(({ metadata }) => !edits.some(({ id }) => id === metadata.payment_id))
    .map(({ metadata }) => metadata.order_id);
  expect(new Set(orders).size, 'no order has two intents, but for its changes').toBe(orders.length);
  const posts = stripe.requests.filter(({ method }) => method === 'POST');
  expect(
    posts.filter(({ idempotencyKey }) => !idempotencyKey || idempotencyKey.startsWith('stripe-node-retry')),
    'every request carries a key of ours',
  ).toEqual([]);
}
