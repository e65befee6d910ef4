import { describe, expect, it } from 'vitest';
import { asUrl, inLanguage, isReserved, normalPath, splitLanguage } from './paths.js';
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
    ['/50%25-off', '/50%25-off'],
    ['/what%3F', '/what%3f'],
    ['/no%231', '/no%231'],
    ['/%2563ana', '/%2563ana'],
    ['/%2e%2E/x', null],
    ['/a%0d%0ab', null],
    ['/a%c2%85b', null],
    ['/a%e2%80%a8b', null],
    ['/half-\ud800', null],
    ['/İstanbul', '/i\u0307stanbul'],
    [`/${'x'.repeat(300)}`, null],
  ])('%j is %j, and that is itself', (given, normal) => {
    expect(normalPath(given)).toBe(normal);
    if (normal) expect(normalPath(normal)).toBe(normal);
  });

  it.each([
    ['/pagină/nouă', '/pagin%C4%83/nou%C4%83'],
    ['/50%25-off', '/50%25-off'],
    ['/茶碗', '/%E8%8C%B6%E7%A2%97'],
    ['/"><script>', '/%22%3E%3Cscript%3E'],
    ['/c/mugs~1,2', '/c/mugs~1,2'],
  ])('%j stands in a header as %j, which leads back to it', (normal, url) => {
    expect(asUrl(normal)).toBe(url);
    expect(normalPath(url)).toBe(normal);
  });

  it.each([
    ['/en/p/mug', 'en', '/p/mug'],
    ['/en', 'en', '/'],
    ['/de/p/mug', 'de', '/p/mug'],
    ['/english', 'ro', '/english'],
  ])('%j has the language %j', (path, language, bare) => {
    expect(splitLanguage(path, 'ro')).toEqual({ language, bare });
    expect(inLanguage(splitLanguage(path, 'ro'), 'ro')).toBe(path);
  });

  it('of the language at the root is found with the prefix that it had elsewhere, and written without', () => {
    expect(splitLanguage('/ro/p/mug', 'ro')).toEqual({ language: 'ro', bare: '/p/mug' });
    expect(inLanguage(splitLanguage('/ro/p/mug', 'ro'), 'ro')).toBe('/p/mug');
    expect(inLanguage(splitLanguage('/ro/p/mug', 'de'), 'de')).toBe('/ro/p/mug');
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
  const found = table.follow(splitLanguage(path, 'ro'), 'ro');
  if (found === 'LOOP' || !found) return found;
  return `${found.code} ${found.bare === null ? '' : inLanguage({ language: found.language, bare: found.bare }, 'ro')}`;
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
    redirect('/long', `/${'x'.repeat(290)}/*`, { isPrefix: true }),
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
    ['/blog/shop/50%25', '301 /c/50%25'],
    ['/long/of-what-was-below', null],
  ])('lead %j to %j', (path, wanted) => {
    expect(end(table, path)).toBe(wanted);
  });

  it('take one step for the visitor, for now where one of them is', () => {
    expect(end(table, '/blog/shop/sale')).toBe('302 /c/sale');
    expect(table.loops('ro')).toEqual([]);
  });

  it('never lead in a circle, nor over more than ten steps', () => {
    const isLoop = (...redirects: StoredRedirect[]) => new RedirectTable(redirects).loops('ro').length > 0;
    expect(isLoop(redirect('/a', '/b'), redirect('/b', '/a'))).toBe(true);
    expect(isLoop(redirect('/a', '/a/*', { isPrefix: true }))).toBe(true);
    expect(isLoop(redirect('/a', '/a/b/*', { isPrefix: true }))).toBe(true);
    const chain = (steps: number) =>
      Array.from({ length: steps }, (_, n) => redirect(`/s${n}`, `/s${n + 1}`));
    expect(isLoop(...chain(10))).toBe(false);
    expect(isLoop(...chain(11))).toBe(true);
  });

  it('lead in no circle below a path either, where one of exactly the path hides it', () => {
    const circle = [
      redirect('/a', '/b/x/*', { isPrefix: true }),
      redirect('/b', '/k/*', { isPrefix: true }),
      redirect('/k/x', '/a/*', { isPrefix: true }),
    ];
    const hiding = new RedirectTable([...circle, redirect('/b/x', '/about')]);

    expect(end(hiding, '/a')).toBe('301 /about');
    expect(end(hiding, '/a/mugs')).toBe('LOOP');
    expect(hiding.loops('ro')).toEqual(['/a', '/k/x']);
  });
});
