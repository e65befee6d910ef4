import { JobQueue } from '../platform/jobs/boss.js';
import { OutboxRelay } from '../platform/jobs/outbox-relay.js';
import type { Shop } from './create-shop.js';

/** Starts the jobs and the outbox relay; returns a function that stops both. */
export async function startWorker(shop: Shop): Promise<() => Promise<void>> {
  const { env, logger, database, listener, jobs, subscriptions, events, refresh } = shop;
  const queue = new JobQueue(env.database.url, listener, logger);
  await queue.start(
    jobs.map(({ job, run }) => ({
      job,
      run: async (payload, signal) => (await refresh(), run(payload, signal)),
    })),
  );
  const relay = new OutboxRelay({ database, boss: queue.boss, subscriptions, events, logger });
  relay.start(listener);
  return async () => {
    await relay.stop();
    await queue.stop();
  };
}
