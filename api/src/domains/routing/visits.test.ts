import { expect, it } from 'vitest';
import { createLogger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import { Visits } from './visits.js';

/** What is written of these paths at which there was nothing, of a database that refuses so many writes first. */
async function written(paths: readonly string[], refused = 0): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  let left = refused;
  const count = async (
    _statement: unknown,
    given: { paths?: string[]; counts?: number[] },
  ): Promise<number> => {
    if (left-- > 0) throw new Error('The database is away');
    given.paths?.forEach((path, at) => sums.set(path, (sums.get(path) ?? 0) + (given.counts?.[at] ?? 0)));
    return 1;
  };
  const visits = new Visits({ count } as unknown as Database, createLogger('silent'));
  paths.forEach((path) => visits.foundNothing(path));
  await visits.write();
  return sums;
}

it('two hundred new paths of a minute are counted, and what is known of them beyond that', async () => {
  const doors = Array.from({ length: 210 }, (_, n) => `/door-${n}`);

  const sums = await written([...doors, '/door-1', '/door-205']);

  expect([sums.size, sums.get('/door-1'), sums.get('/door-205')]).toEqual([200, 2, undefined]);
});

it.each([
  '/reset/4f9a8b7c6d5e4f3a2b1c',
  '/ana@example.com',
  '/o/2c1e0bb2-8c0f-4a6e-9c36-0b1c2d3e4f50',
  `/${'x'.repeat(32)}`,
  '/wp-login.php',
  `/${'long/'.repeat(45)}`,
])('%j is not: it may be a secret, or is asked for by a program', async (path) => {
  expect((await written([path])).size).toBe(0);
});

it('a database that is away costs the counts of a minute, and ends nothing', async () => {
  expect((await written(['/lost'], 1)).size).toBe(0);
});
