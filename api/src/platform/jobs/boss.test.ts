import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { statement, t } from '../database/database.js';
import { Listener } from '../database/listener.js';
import { JobQueue } from './boss.js';
import { defineJob, handleJob, type HandledJob } from './define-job.js';

const logger = pino({ level: 'silent' });
const job = defineJob({
  queue: 'test.work',
  payload: z.object({ about: z.string(), n: z.number() }),
  concurrency: 4,
  oneAtATimeBy: ({ about }) => about,
});

let shop: TestDatabase;
let listener: Listener;
beforeAll(async () => {
  shop = await testDatabase();
  listener = new Listener(shop.url, logger);
  await listener.start();
});
afterAll(async () => {
  await listener.stop();
  await shop.close();
});

async function withWorker(handled: HandledJob[], work: (queue: JobQueue) => Promise<void>): Promise<void> {
  const queue = new JobQueue(shop.url, listener, logger);
  await queue.start(handled);
  await work(queue).finally(() => queue.stop());
}

it('gives a queue of an earlier version the options of this one, so that the dead are noticed soon', async () => {
  const earlier = new PgBoss({ connectionString: shop.url, schema: 'pgboss' });
  await earlier.start();
  await earlier.createQueue(job.queue, { expireInSeconds: 900 });
  await earlier.stop();

  await withWorker([handleJob(job, async () => undefined)], async () => {
    const queue = await shop.database.row(
      statement('test.queue', {
        params: { name: t.text },
        row: { expires: t.int, heartbeat: t.int, retries: t.int },
        sql: `SELECT expire_seconds AS expires, heartbeat_seconds AS heartbeat, retry_limit AS retries FROM pgboss.queue WHERE name = :name`,
      }),
      { name: job.queue },
    );
    expect(queue).toEqual({ expires: 120, heartbeat: 30, retries: 5 });
  });
});

it('works off what waits under the former name of a queue, and ends its schedule', async () => {
  const former = defineJob({ queue: 'test.former-work', payload: job.payload, schedule: '0 3 * * *' });
  const seen: string[] = [];
  const read = async ({ about }: { about: string }): Promise<void> => void seen.push(about);
  await withWorker([handleJob(former, read)], async ({ boss }) => {
    await boss.send(former.queue, { about: 'due before the new version', n: 1 }, { startAfter: 3_600 });
  });
  expect(seen).toEqual([]);
  await shop.database.pool.query('UPDATE pgboss.job SET start_after = now() WHERE name = $1', [former.queue]);

  const renamed = defineJob({ ...former, queue: 'test.new-work', formerly: former.queue });
  await withWorker([handleJob(renamed, read)], async ({ boss }) => {
    expect((await boss.getSchedules()).map(({ name }) => name)).toEqual([renamed.queue]);
    await expect.poll(() => seen).toEqual(['due before the new version']);
  });
});

it('works side by side, but never twice at once about one thing', async () => {
  const running = new Map<string, number>();
  const [most, done] = [new Map<string, number>(), [] as string[]];
  const handled = handleJob(job, async ({ about, n }) => {
    running.set(about, (running.get(about) ?? 0) + 1);
    running.set('all', (running.get('all') ?? 0) + 1);
    for (const [key, count] of running) most.set(key, Math.max(most.get(key) ?? 0, count));
    // The first one waits for another to run beside it, however slow the machine is; without one the test never ends.
    while ((most.get('all') ?? 0) < 2) await sleep(10);
    await sleep(50);
    for (const key of [about, 'all']) running.set(key, (running.get(key) ?? 0) - 1);
    done.push(`${about} ${n}`);
  });

  await withWorker([handled], async ({ boss }) => {
    const jobs = ['a', 'b', 'c'].flatMap((about) =>
      [1, 2, 3].map((n) => ({ data: { about, n }, group: { id: about } })),
    );
    await boss.insert(job.queue, jobs);
    while (done.length < jobs.length) await sleep(20);
  });

  expect(new Set(done).size).toBe(9);
  expect([most.get('a'), most.get('b'), most.get('c')]).toEqual([1, 1, 1]);
});
