import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy, staffCaller } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, openInShop, untilStill } from '../support/pages.ts';
import { goInAdmin, staffCookies } from '../support/steps.ts';
import { DESKTOP, inShop, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const titleOf = async (path: string): Promise<string> =>
  /<title>(.*?)<\/title>/.exec(await (await fetch(inShop(path))).text())?.[1]?.replace(/&amp;/g, '&') ?? '';

const open = (path: string): Promise<Response> => fetch(inShop(path), { redirect: 'manual' });

/** The status of a page, and where it leads. */
async function led(path: string): Promise<[number, string | null]> {
  const { status, headers } = await open(path);
  const to = headers.get('location');
  return [status, to && URL.parse(to, inShop('/'))!.pathname];
}

describe('an address', () => {
  it('has one spelling', async () => {
    for (const path of ['/P/Cana-Dimineata', '/p//cana-dimineata', '//p/cana-dimineata'])
      expect([path, ...(await led(path))]).toEqual([path, 301, '/p/cana-dimineata']);
    expect(await led('/en/Cart')).toEqual([301, '/en/cart']);
    const slashed = await open('/en/c/boluri/?sort=newest');
    expect([slashed.status, slashed.headers.get('location')]).toEqual([301, '/en/c/boluri?sort=newest']);
    expect((await open('/en')).status).toBe(200);
  });

  it('of a product leads on when staff give it another, and one that was missed when they make a redirect', async () => {
    const boss = await staffCaller();
    const mark = Math.random().toString(36).slice(2, 8);
    const { product } = await boss.do(
      'productCreate',
      'ProductCreateInput',
      {
        status: 'ACTIVE',
        slug: `tray-${mark}`,
        translations: [{ locale: 'RO', name: `Tavă ${mark}` }],
        variants: [{ sku: mark.toUpperCase(), price: 5000, stock: 3, options: [] }],
        idempotencyKey: crypto.randomUUID(),
      },
      'product { id }',
    );
    expect((await open(`/p/tray-${mark}`)).status).toBe(200);
    expect((await open(`/missed-${mark}`)).status).toBe(404);
    const { page, context, problems } = await visitor(browser, DESKTOP, await staffCookies(browser));

    await openInAdmin(page, `/products/${product.id}`);
    await page.getByLabel('Address in the shop').fill(`wooden-tray-${mark}`);
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    // The page of before may be kept for some seconds.
    await expect.poll(() => led(`/p/tray-${mark}`)).toEqual([301, `/p/wooden-tray-${mark}`]);
    expect(await led(`/en/p/tray-${mark}`)).toEqual([301, `/en/p/wooden-tray-${mark}`]);

    await goInAdmin(page, '/content/redirects/missing');
    await page.getByRole('button', { name: `Make a redirect from /missed-${mark}` }).click();
    const dialog = page.getByRole('dialog', { name: 'New redirect' });
    await expect.poll(() => dialog.getByLabel('Old address').inputValue()).toBe(`/missed-${mark}`);
    await dialog.getByLabel('Leads to').fill(`/p/wooden-tray-${mark}`);
    await untilStill(page);
    await expectAccessible(page, 'a new redirect');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => led(`/missed-${mark}`)).toEqual([301, `/p/wooden-tray-${mark}`]);
    const redirect = (fromPath: string, toPath: string) =>
      boss.do('redirectCreate', 'RedirectCreateInput', { fromPath, toPath }, 'redirect { id }');
    await redirect(`/catalog-${mark}.php`, `/pagină-${mark}`);
    expect(await led(`/catalog-${mark}.php?id=3`)).toEqual([301, `/pagin%C4%83-${mark}`]);
    await openInShop(page, `/fr/missed-${mark}`);
    expect(new URL(page.url()).pathname).toBe(`/fr/p/wooden-tray-${mark}`);

    expect(problems).toEqual([]);
    await context.close();
  });

  it('that opens no payment is no page', async () => {
    expect((await open('/checkout/pay/xyz')).status).toBe(404);
  });

  it('promises no gift card that cannot be redeemed', async () => {
    expect((await open('/p/card-cadou')).status).toBe(404);
    expect(await (await open('/')).text()).not.toContain('carduri-cadou');
  });
});

describe('what search engines are given', () => {
  it('names the shop once in each title', async () => {
    for (const path of ['/', '/en', '/p/cana-dimineata', '/en/p/cana-dimineata', '/fr/c/boluri']) {
      const title = await titleOf(path);
      expect(title.split('Lut & Lână').length - 1, title).toBeLessThanOrEqual(1);
      expect(title.length).toBeGreaterThan(3);
    }
  });

  it('says who the shop is, how it is searched and what a list holds', async () => {
    const home = await (await open('/en')).text();
    expect(home).toContain('"@type":"Organization"');
    expect(home).toContain('"@type":"WebSite"');
    const list = await (await open('/en/c/boluri')).text();
    expect(list).toContain('"@type":"ItemList"');
    expect(list).toMatch(/property="og:image" content="http[^"]+\.webp"/);
    const product = await (await open('/en/p/cana-dimineata')).text();
    expect(product).toContain('"merchantReturnDays":30');
    expect(product).toContain('"shippingRate":{"@type":"MonetaryAmount","value":"19.90","currency":"RON"}');
    expect(product).toMatch(/"transitTime":{"@type":"QuantitativeValue","minValue":1,"maxValue":2,/);
  });

  it('shares a product with the image that staff chose for that, else with its own', async () => {
    const boss = await staffCaller();
    const sharedBy = async (path: string): Promise<string> =>
      /property="og:image" content="([^"]+)"/.exec(await (await open(path)).text())?.[1] ?? '';
    const own = await sharedBy('/en/p/cana-dimineata');
    const { media } = await boss.ask('{ media(first: 9, filter: { kind: IMAGE }) { nodes { id url } } }');
    const fileOf = (url: string): string => /\/media\/(.+)\.\w+$/.exec(url)![1]!;
    const chosen = media.nodes.find(({ url }: { url: string }) => !own.includes(fileOf(url)));
    const mark = Math.random().toString(36).slice(2, 8);
    await boss.do('productCreate', 'ProductCreateInput', {
      ...{ status: 'ACTIVE', slug: `shared-${mark}`, seo: { imageId: chosen.id } },
      translations: [{ locale: 'RO', name: `Farfurie ${mark}` }],
      variants: [{ sku: mark.toUpperCase(), price: 5000, stock: 3, options: [] }],
      idempotencyKey: crypto.randomUUID(),
    });

    expect(own).toMatch(/^http.+\.webp$/);
    expect(await sharedBy(`/en/p/shared-${mark}`)).toContain(fileOf(chosen.url));
  });

  it('says of each product in the sitemap when it changed, and where its image is', async () => {
    const sitemap = await (await open('/sitemap.xml')).text();
    const entry = /<url><loc>[^<]*\/p\/cana-dimineata<\/loc>.*?<\/url>/.exec(sitemap)?.[0] ?? '';
    expect(entry).toMatch(/<lastmod>\d{4}-\d\d-\d\d<\/lastmod>/);
    expect(entry).toMatch(/<image:loc>http[^<]+<\/image:loc>/);
  });

  it('is shown no product twice on the front page', async () => {
    const home = (await (await open('/')).text()).replace(/<script.*?<\/script>/gs, '');
    const names = [...home.matchAll(/<article.*?<\/article>/gs)].map(
      ([card]) => /href="(\/p\/[^"?]+)/.exec(card)?.[1],
    );
    expect(names.length).toBe(12);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names the currency of the price filter as the prices do', async () => {
    expect(await (await open('/en/c/boluri')).text()).toContain('Price (RON)');
    expect(await (await open('/c/boluri')).text()).toContain('Preț (lei)');
  });

  it.each([
    '/favicon.ico',
    '/favicon.svg',
    '/apple-touch-icon.png',
    '/manifest.webmanifest',
    '/icon-512.png',
  ])('finds %s', async (path) => {
    expect((await open(path)).status).toBe(200);
  });
});

describe('a page without scripts', () => {
  it('says that ordering needs them', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
    const page = await context.newPage();
    await page.goto(inShop('/en/p/cana-dimineata'));
    // Playwright's search by text leaves this element out.
    const note = page.locator('noscript p');
    await note.waitFor();
    expect(await note.textContent()).toContain('ordering needs JavaScript');
    await context.close();
  });
});

describe('moving through the shop', () => {
  it('reads out each new page and puts the focus at its beginning', async () => {
    const { page, context, problems } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en');
    // On a slow line the title comes later than the page.
    await page.route('**/graphql*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.continue();
    });
    await page
      .getByRole('navigation', { name: 'Categories' })
      .getByRole('link', { name: 'Bowls' })
      .first()
      .click();
    await page.waitForURL(/\/c\/boluri$/);
    await expect.poll(() => page.getByTestId('page-announcer').textContent()).toContain('Bowls');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('gives the focus back to the plus of the card after choosing and closing the cart', async () => {
    const { page, context } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en/c/cani');
    const plus = page.getByRole('article').filter({ hasText: 'Dimineața Mug' }).getByRole('button');
    await plus.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Add to cart' }).click();
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await expect.poll(() => plus.evaluate((element) => element === document.activeElement)).toBe(true);
    await context.close();
  });

  it('shows in one tab what another one put into the cart', async () => {
    const { page, context } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en/cart');
    await page.getByRole('heading', { name: 'Your cart is empty' }).waitFor();
    const other = await context.newPage();
    await openInShop(other, '/en/p/cana-burta');
    await other.getByRole('button', { name: 'Add to cart', exact: true }).first().click();
    await other.getByRole('dialog', { name: 'Your cart' }).waitFor();

    await page.getByRole('button', { name: /^Open cart, 1/ }).waitFor();
    await page.getByRole('link', { name: 'Checkout' }).waitFor();
    await context.close();
  });

  it('answers a search that finds nothing with ways on', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await openInShop(page, '/en/search?q=zzzzqqqq');
    await page.getByRole('heading', { name: 'Nothing for “zzzzqqqq”' }).waitFor();
    expect(await page.getByRole('article').count()).toBeGreaterThan(0);
    expect(await page.getByLabel('Sort').count()).toBe(0);
    await expectAccessible(page, 'search without results');
    await context.close();
  });
});

describe('an image on the whole screen', () => {
  async function widthOf(page: Page): Promise<number> {
    const shown = page.getByRole('dialog').locator('img').first();
    return (await shown.boundingBox())?.width ?? 0;
  }

  it('fills a phone from edge to edge, grows at a double tap and comes in its largest size', async () => {
    const { page, context, problems } = await visitor(browser, PHONE);
    await openInShop(page, '/en/p/cana-dimineata');
    await page.getByRole('button', { name: /full screen/i }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expect.poll(() => widthOf(page)).toBe(390);
    const image = dialog.locator('img').first();
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(640);
    await expectAccessible(page, 'gallery on the whole screen');

    await image.dblclick();
    await expect.poll(() => widthOf(page)).toBeGreaterThan(390 * 2);
    await image.dblclick();
    await expect.poll(() => widthOf(page)).toBe(390);
    await dialog.getByRole('button', { name: 'Next picture' }).click();
    await dialog.getByText(/^2 \//).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the page of a new order', () => {
  it('says what happens next and when it arrives, and offers cancelling last', async () => {
    const order = await buy('cana-burta', 1, 'next-steps@example.test');
    const { page, context, problems } = await visitor(browser, PHONE);
    await openInShop(page, `/en/order/${order.token}`);
    await page.getByRole('heading', { name: 'What happens next' }).waitFor();
    await page.getByText(/^Expected to arrive/).waitFor();
    await page.getByRole('link', { name: 'Continue shopping' }).waitFor();
    const [shop, cancel] = await Promise.all([
      page.getByRole('link', { name: 'Continue shopping' }).boundingBox(),
      page.getByRole('button', { name: 'Cancel the order' }).boundingBox(),
    ]);
    expect(cancel?.y).toBeGreaterThan((shop?.y ?? 0) + 300);
    await page.emulateMedia({ media: 'print' });
    for (const part of ['banner', 'contentinfo'] as const)
      await page.getByRole(part, { includeHidden: true }).waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('words longer than a phone is wide', () => {
  const LONG = 'Donaudampfschifffahrtsgesellschaftskapitaenskajuetenschluessel'.repeat(2);

  it.each(['/en/search?q=', '/en/c/boluri?tag='])('do not widen %s', async (path) => {
    const { page, context } = await visitor(browser, { width: 320, height: 700 });
    await openInShop(page, path + LONG.slice(0, 90));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await context.close();
  });

  it('do not widen a product, a cart or an order that has them', async () => {
    const order = await buy('cana-burta', 1, `${'a'.repeat(60)}@example.test`);
    const { page, context } = await visitor(browser, { width: 320, height: 700 });
    for (const path of ['/en/p/cana-burta', `/en/order/${order.token}`]) {
      await openInShop(page, path);
      await page.evaluate((long) => {
        for (const text of document.querySelectorAll(
          'main h1, main h3 a, main li p.font-name, main address p, main address span',
        )) {
          if (text.children.length === 0) text.textContent = long;
        }
      }, LONG);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    }
    await context.close();
  });
});
