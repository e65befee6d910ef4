import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openInShop } from '../support/pages.ts';
import { fillCart } from '../support/page-guest.ts';
import { PHONE, visitor } from '../support/visitor.ts';
import { thisShop } from '../support/this-shop.ts';

const PRODUCT = 'cana-burta';
// A name that is not localhost: over plain http the browser takes some of its interfaces away.
const LAN_NAME = 'shop.lan';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser([`--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`]);
});
afterAll(() => browser.close());

async function placeOrder(page: Page, origin: string): Promise<void> {
  await openInShop(page, `${origin}/en/checkout?step=review`);
  await page.getByRole('button', { name: /^Place order and pay/ }).click();
  await page.getByLabel('Card number').waitFor();
}

describe('a shop on plain http, under a name of the local network', () => {
  const origin = (): string => {
    const { port } = new URL(thisShop().storefrontUrl);
    return `http://${LAN_NAME}:${port}`;
  };

  it('sells, and lets the buyer cancel', async () => {
    const { page, context, problems } = await visitor(browser, PHONE);
    await page.goto(`${origin()}/en/p/${PRODUCT}`);
    expect(await page.evaluate(() => typeof crypto.randomUUID)).toBe('undefined');

    await fillCart(page, PRODUCT);
    await placeOrder(page, origin());
    await openInShop(page, page.url().replace('/checkout/pay/', '/order/'));
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();

    await page.getByRole('heading', { name: /cancelled/i }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a browser that blocks all storage', () => {
  it('sells all the same', async () => {
    const { page, context, problems } = await visitor(browser, PHONE);
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
      }
    });
    await openInShop(page, `/en/p/${PRODUCT}`);
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();
    await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
    await fillCart(page, PRODUCT);
    await placeOrder(page, thisShop().storefrontUrl);

    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('code that does not arrive', () => {
  it('is said beside the button, which can be pressed again', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await openInShop(page, `/en/p/${PRODUCT}`);
    await context.setOffline(true);
    const add = page.getByRole('button', { name: 'Add to cart', exact: true }).first();
    await add.click();
    await page.getByText('We cannot reach the shop').first().waitFor();

    await context.setOffline(false);
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();
    await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
    await context.close();
  });

  it.each([
    ['the search', 'Search'],
    ['the menu', 'Menu'],
    ['the cart', 'Open cart'],
  ])('is said for %s, which opens at the next press', async (_part, name) => {
    const { page, context } = await visitor(browser, PHONE);
    await openInShop(page, '/en');
    await context.setOffline(true);
    const button = page.getByRole('banner').getByRole('button', { name, exact: true });
    await button.click();
    await page.getByRole('alert').getByText('Part of this page did not reach you').waitFor();

    await context.setOffline(false);
    await button.click();
    await page.getByRole('dialog').first().waitFor();
    await context.close();
  });

  it('is fetched anew, once, when a deploy removed it while the page was open', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await openInShop(page, '/en');
    // The page is of an older deploy: its entry file has another name than the one the server sends now.
    await page.evaluate(() => {
      const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
      entry?.setAttribute('src', '/assets/index-ofyesterday.js');
    });
    await page.route('**/assets/SearchDialog-*', (route) => route.fulfill({ status: 404, body: '' }));
    const open = page.getByRole('banner').getByRole('button', { name: 'Search', exact: true });
    await Promise.all([page.waitForEvent('load'), open.click()]);

    await page.getByRole('alert').getByText('The shop has just been updated').waitFor();
    await open.click();
    await page.getByRole('alert').getByText('Part of this page did not reach you').waitFor();
    await context.close();
  });
});
