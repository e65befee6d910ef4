import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { startWorker } from '../../src/app/worker.js';
import { countingModule } from '../support/long-jobs/counting-job.js';
import { kill, silence, workerToKill } from '../support/long-jobs/workers-to-kill.js';

const MAILS = 400;
const DEATHS = process.env['PROOF'] === 'full' ? 4 : 1;

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
