import { afterEach, expect, it, vi } from 'vitest';
import { keepsCookies } from './cookies';

afterEach(() => vi.restoreAllMocks());

it('a browser that keeps cookies is left without the one that asked', () => {
  expect(keepsCookies()).toBe(true);
  expect(document.cookie).not.toContain('cookie-check');
});

it.each([
  ['all cookies, and says so', () => vi.spyOn(navigator, 'cookieEnabled', 'get').mockReturnValue(false)],
  [
    'those of this shop, and says it keeps them',
    () => vi.spyOn(document, 'cookie', 'get').mockReturnValue(''),
  ],
  [
    'even the question',
    () =>
      vi.spyOn(document, 'cookie', 'set').mockImplementation(() => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      }),
  ],
])('a browser is seen to block %s', (_what, block) => {
  block();
  expect(keepsCookies()).toBe(false);
});
