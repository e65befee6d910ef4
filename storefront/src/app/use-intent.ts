import { randomKey } from './random-key';

/**
 * The key of one thing that somebody wants done: the same for every press until the outcome is known, so that pressing
 * again after a lost answer finds what the first press did. What is asked for is part of it: another wish, another key.
 */
export function useIntent(): { keyFor: (wish: object) => string; settled: () => void } {
  let kept: { wish: string; key: string } | null = null;
  return {
    keyFor(wish) {
      const text = JSON.stringify(wish);
      if (kept?.wish !== text) kept = { wish: text, key: randomKey() };
      return kept.key;
    },
    settled() {
      kept = null;
    },
  };
}
