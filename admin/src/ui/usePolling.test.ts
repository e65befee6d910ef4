import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { usePolling } from './usePolling';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('looks for as long as something is in work, and begins again with the next', async () => {
  const inWork = ref(2);
  const look = vi.fn(async () => void (inWork.value = Math.max(0, inWork.value - 1)));
  const scope = effectScope();
  scope.run(() => usePolling(() => inWork.value > 0, look));

  await vi.advanceTimersByTimeAsync(20_000);
  expect(look).toHaveBeenCalledTimes(2);

  inWork.value = 1;
  await nextTick();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(look).toHaveBeenCalledTimes(3);
  scope.stop();
});

it('looks again after a look that failed, and never after the page is left', async () => {
  const look = vi.fn(async () => {});
  const scope = effectScope();
  scope.run(() => usePolling(() => true, look));

  await vi.advanceTimersByTimeAsync(6_000);
  scope.stop();
  await vi.advanceTimersByTimeAsync(20_000);

  expect(look).toHaveBeenCalledTimes(3);
});
