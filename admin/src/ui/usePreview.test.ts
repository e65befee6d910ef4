import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { usePreview } from './usePreview';

interface Question {
  amount: number;
  answer: (total: number) => void;
}

function typing() {
  const amount = ref<number | null>(null);
  const asked: Question[] = [];
  const scope = effectScope();
  const live = scope.run(() =>
    usePreview(
      () => (amount.value === null ? null : { amount: amount.value }),
      ({ amount: wanted }) =>
        new Promise<{ result: object; preview: number }>((resolve) =>
          asked.push({ amount: wanted, answer: (preview) => resolve({ result: {}, preview }) }),
        ),
    ),
  );
  if (!live) throw new Error('no scope');
  const type = async (value: number | null): Promise<void> => {
    amount.value = value;
    await nextTick();
  };
  return { live, asked, type, close: () => scope.stop() };
}

describe('a preview while somebody types', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks once the typing pauses, not for each key', async () => {
    const { live, asked, type } = typing();

    await type(1);
    await type(12);
    await type(120);
    expect(live.checking.value).toBe(true);
    await vi.advanceTimersByTimeAsync(300);
    asked[0]?.answer(120);
    await vi.advanceTimersByTimeAsync(0);

    expect(asked.map(({ amount }) => amount)).toEqual([120]);
    expect(live.preview.value).toBe(120);
    expect(live.checking.value).toBe(false);
  });

  it('shows the answer to the last question, whichever comes back last', async () => {
    const { live, asked, type } = typing();

    await type(50);
    await vi.advanceTimersByTimeAsync(300);
    await type(80);
    await vi.advanceTimersByTimeAsync(300);
    asked[1]?.answer(80);
    await vi.advanceTimersByTimeAsync(0);
    asked[0]?.answer(50);
    await vi.advanceTimersByTimeAsync(0);

    expect(live.preview.value).toBe(80);
  });

  it('is empty again when there is nothing to ask', async () => {
    const { live, asked, type } = typing();

    await type(50);
    await vi.advanceTimersByTimeAsync(300);
    asked[0]?.answer(50);
    await vi.advanceTimersByTimeAsync(0);
    await type(null);

    expect(live.preview.value).toBeNull();
    expect(live.checking.value).toBe(false);
  });
});
