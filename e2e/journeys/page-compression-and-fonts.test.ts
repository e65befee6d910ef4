import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openInShop } from '../support/pages.ts';
import { repeatedWith } from '../support/proof.ts';
import { inShop, PHONE, visitor } from '../support/visitor.ts';

/** What the server sends as it is: `fetch` would take it apart. */
function raw(path: string, encoding: string): Promise<{ headers: IncomingHttpHeaders; size: number }> {
  return new Promise((resolve, reject) => {
    const asked = request(inShop(path), { headers: { 'accept-encoding': encoding } }, (answer) => {
      let size = 0;
      answer.on('data', (part: Buffer) => (size += part.length));
      answer.on('end', () => resolve({ headers: answer.headers, size }));
    });
    asked.on('error', reject).end();
  });
}

const filesOf = async (path: string, pattern: RegExp): Promise<string[]> => {
  const html = await (await fetch(inShop(path))).text();
  return [...new Set([...html.matchAll(pattern)].map(([file]) => file))];
};

describe('what a page is made of', () => {
  it('travels compressed in the way the browser accepts', async () => {
    const [script] = await filesOf('/', /\/assets\/index-[\w-]+\.js/g);
    const [style] = await filesOf('/', /\/assets\/index-[\w-]+\.css/g);
    for (const file of [script, style]) {
      const [plain, gzip, br] = await Promise.all(
        ['identity', 'gzip', 'gzip, deflate, br'].map((encoding) => raw(file ?? '', encoding)),
      );
      expect(plain?.headers['content-encoding']).toBeUndefined();
      expect(gzip?.headers['content-encoding']).toBe('gzip');
      expect(br?.headers['content-encoding']).toBe('br');
      expect(br?.headers['content-type']).toBe(plain?.headers['content-type']);
      expect(br?.headers.vary?.toLowerCase()).toContain('accept-encoding');
      expect(br?.headers['cache-control']).toContain('immutable');
      expect((br?.size ?? 0) * 2.5).toBeLessThan(plain?.size ?? 0);
      expect(br?.size).toBeLessThanOrEqual(gzip?.size ?? 0);
    }
  });

  it('are fonts of one language, which draw its letters', async () => {
    const fonts = async (path: string): Promise<number> => {
      const files = await filesOf(path, /\/assets\/[\w-]+\.woff2/g);
      const sizes = await Promise.all(files.map(async (file) => (await raw(file, 'identity')).size));
      return sizes.reduce((sum, size) => sum + size, 0);
    };
    expect(await fonts('/')).toBeLessThan(70_000);
    expect(await fonts('/en')).toBeLessThan(60_000);
  });
});

describe('the fonts of a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each(repeatedWith(['/', '/fr'], ['/en', '/c/cani-si-cesti', '/p/cana-dimineata']))(
    'of %s are the cut ones alone',
    async (path) => {
      const { page, context } = await visitor(browser, PHONE);
      const fonts: string[] = [];
      page.on('request', (sent) => sent.resourceType() === 'font' && fonts.push(sent.url()));
      await openInShop(page, path);
      await page.evaluate(() => document.fonts.ready);
      expect(fonts.length).toBeGreaterThan(0);
      expect(fonts.filter((url) => !url.includes('-shop-'))).toEqual([]);
      await context.close();
    },
  );
});
