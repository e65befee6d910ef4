import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { mailsOfTheDeadAreKnown } from '@vitrine/testing/shop/time-passes.js';
import { startWorker } from '../../src/app/worker.js';
import { countingModule } from '../support/long-jobs/counting-job.js';
import { kill, silence, workerToKill } from '../support/long-jobs/workers-to-kill.js';

const MAILS = 400;
const DEATHS = process.env['PROOF'] === 'full' ? 4 : 1;
/** After each death one more is cancelled before the next. */
const ORDERS = DEATHS + 3;

let shop: TestShop;
let clerk: GraphqlClient;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  shop = await TestShop.open({ worker: false, modules: [countingModule] });
  clerk = await shop.staff();
  await shop.sql(
    `INSERT INTO email (id, dedupe_key, recipient, template, language, model, status, not_before, next_attempt_at)
     SELECT new_id(), 'wait:' || n, 'wait' || n || '@example.test', 'owner-alert', 'en', '{}', 'SCHEDULED', now() + interval '1 day', now() + interval '1 day'
     FROM generate_series(1, ${MAILS}) n`,
  );
});
afterAll(async () => {
  await Promise.all(workers.map((child) => kill(child)));
  await shop.close();
});

it('stops each of many mails once although the worker is killed again and again', async () => {
  const { started } = await clerk.ask(
    'mutation($input: EmailBulkCancelInput!) { started: emailBulkCancel(input: $input) { job { id } errors { code } } }',
    { input: { search: 'wait', idempotencyKey: randomUUID() } },
  );
  const look = async (): Promise<Answer> =>
    (await clerk.ask('query($id: ID!) { job(id: $id) { status done errorCount } }', { id: started.job.id }))
      .job;
  // Each mail takes a moment, so that none of the workers comes to the end before it is killed.
  await shop.sql(
    `CREATE FUNCTION take_a_moment() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.03); RETURN NEW; END $$`,
  );
  await shop.sql(
    `CREATE TRIGGER takes_a_moment BEFORE UPDATE ON email FOR EACH ROW EXECUTE FUNCTION take_a_moment()`,
  );

  for (let deaths = 1; deaths <= DEATHS; deaths++) {
    const child = await workerToKill(shop);
    workers.push(child);
    const before = (await look()).done;
    await shop.eventually(async () => (await look()).done > before);
    await kill(child);
    await silence(shop);
  }
  const between = await look();
  await shop.sql('DROP TRIGGER takes_a_moment ON email');
  const stop = await startWorker(shop.shop);
  const ended = await shop.eventually(async () => {
    const job = await look();
    return job.status === 'SUCCEEDED' && job;
  });
  await stop();

  expect(between.done).toBeLessThan(MAILS);
  // A mail that was stopped twice would be refused the second time.
  expect(ended).toMatchObject({ done: MAILS, errorCount: 0 });
  const [told] = await shop.sql<{ mails: number; events: number }>(
    `SELECT count(DISTINCT aggregate_id)::int AS mails, count(*)::int AS events FROM outbox WHERE kind = 'mail.cancelled'`,
  );
  expect(told).toEqual({ mails: MAILS, events: MAILS });
});

it('cancels, pays back and tells each of many orders once although the worker is killed in the middle of one', async () => {
  const variantId = await shop.stock({ name: 'Mug', sku: 'MUG', price: 5000, stock: 50 });
  const orders: Answer[] = [];
  for (let i = 0; i < ORDERS; i++) orders.push(await buy(shop.guest(), [{ variantId, quantity: 1 }]));
  const { started } = await clerk.ask(
    'mutation($input: OrderBulkCancelInput!) { started: orderBulkCancel(input: $input) { job { id } errors { code } } }',
    { input: { filter: { ids: orders.map(({ id }) => id) }, idempotencyKey: randomUUID() } },
  );
  const look = async (): Promise<Answer> =>
    (await clerk.ask('query($id: ID!) { job(id: $id) { status done errorCount } }', { id: started.job.id }))
      .job;
  // Whoever cancels an order waits in the middle of it once so many are paid back, and is killed there.
  await shop.sql('CREATE TABLE stop_after (refunds int NOT NULL)');
  await shop.sql('INSERT INTO stop_after VALUES (0)');
  await shop.sql(`CREATE FUNCTION wait_there() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      WHILE (SELECT count(*) FROM order_refund) >= (SELECT refunds FROM stop_after) LOOP PERFORM pg_sleep(0.05); END LOOP;
      RETURN NEW;
    END $$`);
  await shop.sql(
    'CREATE TRIGGER waits_there BEFORE INSERT ON order_refund FOR EACH ROW EXECUTE FUNCTION wait_there()',
  );
  const stopAfter = (refunds: number) => shop.sql('UPDATE stop_after SET refunds = $1', [refunds]);
  for (let deaths = 1; deaths <= DEATHS; deaths++) {
    const child = await workerToKill(shop);
    workers.push(child);
    await stopAfter(deaths);
    await shop.eventually(async () => (await look()).done === deaths);
    await kill(child);
    await silence(shop);
  }
  const between = await look();
  await stopAfter(ORDERS + 1);
  const stop = await startWorker(shop.shop);
  const ended = await shop.eventually(async () => {
    const job = await look();
    return job.status === 'SUCCEEDED' && job;
  });
  // A mail that the dead were sending is theirs for two minutes; nobody living sends one while these pass.
  await stop();
  await mailsOfTheDeadAreKnown(shop);
  const stopAgain = await startWorker(shop.shop);
  await assertLedgerBalances(shop);
  await stopAgain();

  expect(between.done).toBe(DEATHS);
  expect(ended).toMatchObject({ done: ORDERS, errorCount: 0 });
  const found = await shop.sql(
    `SELECT status, (SELECT count(*)::int FROM order_refund r WHERE r.order_id = o.id) AS refunds,
       (SELECT count(*)::int FROM email m WHERE m.template = 'order-cancelled' AND m.status = 'SENT' AND m.dedupe_key LIKE 'order:' || o.id || ':%') AS mails
     FROM shop_order o`,
  );
  expect(found).toEqual(orders.map(() => ({ status: 'CANCELLED', refunds: 1, mails: 1 })));
  expect(await shop.sql('SELECT sum(on_hand)::int AS "onHand" FROM stock_level')).toEqual([{ onHand: 50 }]);
});
