import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { giveJobsOfTheDeadToOthers } from '@vitrine/testing/shop/time-passes.js';
import { WIDE_LIMITS } from '@vitrine/testing/shop/wide-limits.js';
import { startWorker } from '../../src/app/worker.js';
import { countingModule } from '../support/long-jobs/counting-job.js';

const MAILS = 400;
const DEATHS = 2;

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
  for (const child of workers) child.kill('SIGKILL');
  await shop.close();
});

/** A worker in a process of its own. */
async function workerToKill(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--import', '@oxc-node/core/register', join(import.meta.dirname, '../support/long-jobs/worker.ts')],
    {
      cwd: join(import.meta.dirname, '../..'),
      env: {
        ...{ PATH: process.env['PATH'], NODE_ENV: 'test', LOG_LEVEL: 'silent', ...WIDE_LIMITS },
        ...{ DATABASE_URL: shop.shop.env.database.url, DATA_DIR: shop.shop.env.dataDir },
        NODE_COMPILE_CACHE: join(tmpdir(), 'vitrine-compile-cache'),
        JWT_SECRET: 'a-secret-of-the-shops-that-tests-open',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  workers.push(child);
  await once(child.stdout!, 'data');
  return child;
}

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
    const child = await workerToKill();
    const before = (await look()).done;
    await shop.eventually(async () => (await look()).done > before);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await giveJobsOfTheDeadToOthers(shop);
    await shop.sql(
      `UPDATE long_job SET heartbeat_at = heartbeat_at - interval '30 seconds' WHERE run_token IS NOT NULL`,
    );
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
