import { PgBoss } from 'pg-boss';
import type { TestShop } from './test-shop.js';

/** Simulates an hour: jobs of ended processes are retried, and mails that they were sending are resolved. */
export async function timePasses(shop: TestShop): Promise<void> {
  await giveJobsOfTheDeadToOthers(shop);
  await mailsOfTheDeadAreKnown(shop);
}

/**
 * Nine minutes pass: a mail that a process was sending when it ended is looked up at the mail service twice, and is sent if
 * it was not.
 */
export async function mailsOfTheDeadAreKnown(shop: TestShop): Promise<void> {
  for (const minutes of [3, 2, 4]) {
    shop.clock.advance(minutes * 60_000);
    await shop.shop.notifications.mailQueue.sendDue();
  }
}

/** Gives the jobs of ended processes to others at once; the clock stays. */
export async function giveJobsOfTheDeadToOthers(shop: TestShop): Promise<void> {
  const boss = new PgBoss({
    connectionString: shop.shop.env.database.url,
    schema: 'pgboss',
    supervise: false,
    schedule: false,
  });
  await boss.start();
  const abandoned = await shop.sql<{ name: string; id: string }>(
    `SELECT name, id FROM pgboss.job WHERE state = 'active'`,
  );
  for (const { name, id } of abandoned) await boss.fail(name, id);
  await boss.stop();
}

/**
 * Closes every unpaid order whose time is over, also one that a job holds at this moment to write its mail: the shop
 * leaves such an order to its next round, a minute later.
 */
export async function closeExpired(shop: TestShop): Promise<void> {
  const began = shop.clock.now();
  await shop.eventually(async () => {
    await shop.shop.orders.closing.expireDue();
    const left = await shop.sql(
      `SELECT FROM shop_order WHERE status = 'PENDING_PAYMENT' AND expires_at < $1 AND coalesce(close_tried_at, '-infinity') < $1`,
      [began],
    );
    return left.length === 0;
  });
}
