import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { attemptsFrom, RateLimiter } from './rate-limiter.js';

// So slow that what comes back while a test runs is nothing, however busy the machine is.
const attempt = { action: 'test', by: 'someone', allowance: { burst: 5, everySeconds: 1_000 } };

let shop: TestDatabase;
let limiter: RateLimiter;
beforeAll(async () => {
  shop = await testDatabase({ poolSize: 10 });
  limiter = new RateLimiter(shop.database);
});
afterAll(() => shop.close());
beforeEach(() => shop.database.pool.query('TRUNCATE rate_limit'));

const allowed = async (times: number) =>
  (await Promise.all(Array.from({ length: times }, () => limiter.allows(attempt)))).filter(Boolean).length;
const wait = (seconds: number) =>
  shop.database.pool.query(`UPDATE rate_limit SET updated_at = updated_at - make_interval(secs => $1)`, [
    seconds,
  ]);

describe('an allowance', () => {
  it('is not exceeded by attempts side by side', async () => {
    expect(await allowed(40)).toBe(5);
  });

  it('comes back bit by bit, never above its measure', async () => {
    await allowed(5);

    await wait(2_100);
    expect(await allowed(5)).toBe(2);
    await wait(10_000_000);
    expect(await allowed(10)).toBe(5);
  });

  it('comes back although somebody goes on trying', async () => {
    await allowed(5);

    for (let i = 0; i < 3; i++) {
      await wait(400);
      expect(await allowed(1)).toBe(i === 2 ? 1 : 0);
    }
  });

  it('is each one’s own', async () => {
    await allowed(5);

    expect(await limiter.allows({ ...attempt, by: 'another' })).toBe(true);
    expect(await limiter.allows({ ...attempt, action: 'else' })).toBe(true);
    await expect(limiter.consume(attempt)).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
  });
});

it('whoever goes through the networks of one block is stopped by the block, and an address of the old kind has none', async () => {
  const from = (ip: string): ReturnType<typeof attemptsFrom> => attemptsFrom(ip, attempt);
  const tries = async (ip: string): Promise<boolean> => {
    try {
      await limiter.consume(...from(ip));
      return true;
    } catch {
      return false;
    }
  };
  const got: boolean[] = [];
  for (let i = 0; i < 25; i++) got.push(await tries(`2001:db8:5:${i}::1`));

  expect(got.filter(Boolean)).toHaveLength(20);
  expect(await tries('2001:db8:6::1')).toBe(true);
  for (let i = 0; i < 25; i++) expect(await tries(`203.0.113.${i}`)).toBe(true);
});

it('who hammers from one network leaves the rest of its block alone', async () => {
  for (let i = 0; i < 60; i++)
    for (const one of attemptsFrom('2001:db8:7:1::1', attempt)) if (!(await limiter.allows(one))) break;

  const [, wide] = attemptsFrom('2001:db8:7:2::1', attempt);
  expect(await limiter.allows(wide!)).toBe(true);
});
