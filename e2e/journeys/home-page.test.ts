import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
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

  const answer = await page.goto(thisShop().storefrontUrl, { waitUntil: 'networkidle' });

  expect(answer?.status()).toBe(200);
  expect(await page.locator('a[href*="/p/"]').count()).toBeGreaterThan(0);
  expect(problems).toEqual([]);
});
