import { expect, it } from 'vitest';
import { withoutSlash } from './without-slash';

it.each([
  ['/', null],
  ['/c/mugs', null],
  ['/c/mugs/', '/c/mugs'],
  ['/c/mugs//', '/c/mugs'],
  ['//', '/'],
  ['//evil.example/', '/evil.example'],
  ['/c//mugs/?sort=new&q=a/?', '/c//mugs?sort=new&q=a/?'],
])('gives each page one address: %s', (asked, canonical) => {
  expect(withoutSlash(asked)).toBe(canonical);
});

it('reads the longest address as fast as any other', () => {
  const path = `/a${'/'.repeat(15_000)}a/`;
  const began = performance.now();

  for (let i = 0; i < 50; i++) withoutSlash(path);

  expect(performance.now() - began).toBeLessThan(2_000);
});
