// @vitest-environment node
import { expect, it } from 'vitest';
import { readTarget } from './target';

const layers = (count: number): string => `%${'25'.repeat(count)}`;

it.each([0, 1, 2, 7, 500].flatMap((count) => ['2e', '2E'].map((dot) => [count, dot] as const)))(
  'refuses a dot segment under %i layers of encoding (%s)',
  (count, dot) => {
    const encoded = count === 0 ? `%${dot}` : `${layers(count)}${dot}`;

    expect(readTarget(`/media/${encoded}${encoded}/dev/inbox`)).toBeNull();
    expect(
      readTarget(`/media/x${layers(Math.max(1, count))}2f..${layers(Math.max(1, count))}5c/dev`),
    ).toBeNull();
    expect(readTarget(`/media/a${encoded}jpg`)).not.toBeNull();
  },
);

it('reads the longest address as fast as any other, however often it is encoded', () => {
  const path = `/${'a/'.repeat(3_000)}${layers(4_000)}2e`;
  const began = performance.now();

  for (let i = 0; i < 20; i++) expect(readTarget(path)).toBeNull();

  // One by one, the layers take half a minute.
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('takes a path with a percent sign that somebody typed', () => {
  expect(readTarget('/search/100%25?q=100%25')).toEqual({ pathname: '/search/100%25', search: '?q=100%25' });
});
