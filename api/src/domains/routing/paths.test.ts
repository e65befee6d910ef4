import { describe, expect, it } from 'vitest';
import { inLanguage, isReserved, normalPath, splitLanguage } from './paths.js';
import { RedirectTable, type StoredRedirect } from './redirect-table.js';
import type { RedirectCode } from './redirect.entity.js';

describe('a path', () => {
  it.each([
    ['/Old//Page/', '/old/page'],
    ['/pagină?utm=x#top', '/pagină'],
    ['/pagin%C4%83', '/pagină'],
    ['//evil.example', '/evil.example'],
    ['/', '/'],
    ['old', null],
    ['/a\\b', null],
    ['/a b', null],
    ['/../x', null],
    ['/%zz', null],
    ['/%00', null],
    [`/${'x'.repeat(300)}`, null],
  ])('%j is %j', (given, normal) => {
    expect(normalPath(given)).toBe(normal);
  });

  it.each([
    ['/en/p/mug', 'en', '/p/mug'],
    ['/en', 'en', '/'],
    ['/ro/p/mug', 'ro', '/ro/p/mug'],
    ['/english', 'ro', '/english'],
  ])('%j has the language %j', (path, language, bare) => {
    expect(splitLanguage(path)).toEqual({ language, bare });
    expect(inLanguage(splitLanguage(path))).toBe(path);
  });

  it.each(['/', '/cart', '/en/checkout', '/account/orders', '/graphql'])(
    '%j is taken by the shop',
    (path) => {
      expect(isReserved(path)).toBe(true);
    },
  );
});

const redirect = (
  fromPath: string,
  toPath: string | null,
  { isPrefix = false, code = 301 }: { isPrefix?: boolean; code?: RedirectCode } = {},
): StoredRedirect => ({
  ...{ id: fromPath, fromPath, isPrefix, toPath, code, targetKind: null, targetId: null },
});
const end = (table: RedirectTable, path: string): string | null => {
  const found = table.follow(splitLanguage(path));
  if (found === 'LOOP' || !found) return found;
  return `${found.code} ${found.bare === null ? '' : inLanguage({ language: found.language, bare: found.bare })}`;
};

describe('redirects', () => {
  const table = new RedirectTable([
    redirect('/blog', '/about', { isPrefix: true }),
    redirect('/blog/shop', '/c/*', { isPrefix: true }),
    redirect('/blog/shop/sale', '/summer'),
    redirect('/summer', '/c/sale', { code: 302 }),
    redirect('/en/imprint', '/en/about'),
    redirect('/over', null, { code: 410 }),
    redirect('/hu', '/*', { isPrefix: true }),
  ]);

  it.each([
    ['/blog', '301 /about'],
    ['/blog/2019/kilns', '301 /about'],
    ['/blog/shop/mugs/blue', '301 /c/mugs/blue'],
    ['/blog/shop', '301 /c'],
    ['/blogger', null],
    ['/en/blog/x', '301 /en/about'],
    ['/imprint', null],
    ['/en/imprint', '301 /en/about'],
    ['/over', '410 '],
    ['/hu/p/mug', '301 /p/mug'],
  ])('lead %j to %j', (path, wanted) => {
    expect(end(table, path)).toBe(wanted);
  });

  it('take one step for the visitor, for now where one of them is', () => {
    expect(end(table, '/blog/shop/sale')).toBe('302 /c/sale');
    expect(table.hasLoop()).toBe(false);
  });

  it('never lead in a circle, nor over more than ten steps', () => {
    expect(new RedirectTable([redirect('/a', '/b'), redirect('/b', '/a')]).hasLoop()).toBe(true);
    expect(new RedirectTable([redirect('/a', '/a/*', { isPrefix: true })]).hasLoop()).toBe(true);
    expect(new RedirectTable([redirect('/a', '/a/b/*', { isPrefix: true })]).hasLoop()).toBe(true);
    const chain = (steps: number) =>
      new RedirectTable(Array.from({ length: steps }, (_, n) => redirect(`/s${n}`, `/s${n + 1}`)));
    expect(chain(10).hasLoop()).toBe(false);
    expect(chain(11).hasLoop()).toBe(true);
  });
});
