// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageInstead } from './early-forms';

describe('a form that is sent before its page can take it', () => {
  it.each([
    ['POST', '/login', '?next=%2Faccount', '/login?next=%2Faccount'],
    ['POST', '/en/reset-password', '?token=abc', '/en/reset-password?token=abc'],
    ['GET', '/login', '?email=a%40b.co&password=SecretPass1', '/login?email=a%40b.co'],
    ['GET', '/sign-up', '?newPassword=x&password=y', '/sign-up'],
    ['POST', '//evil.example', '', '/evil.example'],
  ])('comes back without what is secret: %s %s%s', (method, pathname, search, wanted) => {
    expect(pageInstead(method, { pathname, search })).toBe(wanted);
  });

  it('while every other address stays as it is', () => {
    expect(pageInstead('GET', { pathname: '/search', search: '?q=x' })).toBeNull();
  });

  it('never puts what was typed into the address bar: each form says post, but for the search', () => {
    const folder = join(import.meta.dirname, '../src');
    const wrong = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.vue') && !/Search/.test(file))
      .filter((file) =>
        [...readFileSync(join(folder, file), 'utf8').matchAll(/<form\b[^>]*>/g)].some(
          ([tag]) => !tag.includes('method="post"'),
        ),
      );

    expect(wrong).toEqual([]);
  });
});
