import { expect, it } from 'vitest';
import { Fence } from './fence.js';

/** A connection whose answers the test gives. */
function line() {
  const open: { answer: () => void; fail: () => void }[] = [];
  const ping = (): Promise<void> =>
    new Promise((resolve, reject) => open.push({ answer: resolve, fail: () => reject(new Error('gone')) }));
  return { open, ping };
}

const settled = async (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ]);

it('shares no statement that was sent before a caller asked, and one among all who wait', async () => {
  const { open, ping } = line();
  const fence = new Fence(ping);
  const first = fence.pass();
  const [second, third] = [fence.pass(), fence.pass()];
  expect(open).toHaveLength(1);

  open[0]?.answer();
  expect(await first).toBe(true);
  expect(await settled(second)).toBe(false);
  expect(open).toHaveLength(2);

  open[1]?.answer();
  expect(await Promise.all([second, third])).toEqual([true, true]);
  const fourth = fence.pass();
  expect(open).toHaveLength(3);
  open[2]?.answer();
  expect(await fourth).toBe(true);
});

it('says that nothing is known when the connection fails or stays silent, and asks again afterwards', async () => {
  const { open, ping } = line();
  const fence = new Fence(ping, 20);
  const failed = fence.pass();
  open[0]?.fail();
  expect(await failed).toBe(false);

  const silent = fence.pass();
  const behind = fence.pass();
  expect(await silent).toBe(false);
  open[2]?.answer();
  expect(await behind).toBe(true);
});
