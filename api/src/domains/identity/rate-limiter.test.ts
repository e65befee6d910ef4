import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/template-database.js';
import { networkOf, RateLimiter } from './rate-limiter.js';

const attempt = { action: 'test', by: 'someone', allowance: { burst: 5, everySeconds: 10 } };

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

    await wait(21);
    expect(await allowed(5)).toBe(2);
    await wait(100_000);
    expect(await allowed(10)).toBe(5);
  });

  it('comes back although somebody goes on trying', async () => {
    await allowed(5);

    for (let i = 0; i < 3; i++) {
      await wait(4);
      expect(await allowed(1)).toBe(i === 2 ? 1 : 0);
    }
  });

  it('is each one’s own', async () => {
    await allowed(5);

    expect(await limiter.allows({ ...attempt, by: 'another' })).toBe(true);
    expect(await limiter.allows({ ...attempt, action: 'else' })).toBe(true);
    await expect(limiter.take(attempt)).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
  });
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('counts %s as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
