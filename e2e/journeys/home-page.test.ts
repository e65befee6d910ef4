import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openInShop, untilShopIsDrawn } from '../support/pages.ts';
import { PHONE, visitor } from '../support/visitor.ts';
import { thisShop } from '../support/this-shop.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('shows a visitor goods on the home page, and nothing goes wrong in the browser', async () => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));

  const answer = await page.goto(thisShop().storefrontUrl);
  await untilShopIsDrawn(page);

  expect(answer?.status()).toBe(200);
  expect(await page.locator('a[href*="/p/"]').count()).toBeGreaterThan(0);
  expect(problems).toEqual([]);
});

it('leads to all goods in one line, and names whole on a phone what was taken out of the cart', async () => {
  const { page, context, problems } = await visitor(browser, PHONE);
  await openInShop(page, '/');
  const lines = await page
    .getByRole('link', { name: 'Vezi tot' })
    .evaluate((link) => link.getClientRects().length);

  await openInShop(page, '/en/p/set-farfurii-patru-persoane');
  const name = (await page.locator('h1').textContent())?.trim() ?? '';
  await page.getByRole('button', { name: 'Add to cart' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'Your cart' });
  await drawer.getByRole('button', { name: 'Remove from cart' }).click();
  const undo = drawer.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  const bar = drawer.getByRole('status').filter({ hasText: 'Undo' });
  const cut = await bar.evaluate((box) =>
    [...box.querySelectorAll('*')]
      .filter(
        (part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline',
      )
      .map((part) => part.textContent),
  );

  expect(lines).toBe(1);
  expect(name).not.toBe('');
  expect(await bar.textContent()).toContain(name);
  expect(cut).toEqual([]);
  expect((await undo.boundingBox())?.height).toBeLessThan(60);
  expect(problems).toEqual([]);
  await context.close();
});
