import { expect, it } from 'vitest';
import { eachAlone } from './each-alone.js';

it('lets one that fails hold none of the others, and tells of it', async () => {
  const done: number[] = [];
  const bad = new Error('bad row');

  const all = eachAlone([1, 2, 3], async (n) => {
    if (n === 1) throw bad;
    done.push(n);
  });

  await expect(all).rejects.toMatchObject({ message: '1 of 3 failed', cause: bad });
  expect(done).toEqual([2, 3]);
});
