import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, inAdmin, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

async function atWork(path: string) {
  const shown = await visitor(browser, DESKTOP, cookies);
  await shown.page.goto(inAdmin(path), { waitUntil: 'networkidle' });
  return shown;
}

describe('staff who work by keyboard', () => {
  it('stand at the heading of the page they went to, and reach its search with one key', async () => {
    const { page, context, problems } = await atWork('/orders');
    await page.getByRole('link', { name: 'Products' }).first().click();
    await page.locator('h1:focus', { hasText: 'Products' }).waitFor();

    await page.keyboard.press('/');
    await page.locator('input[type=search]:focus').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('write the choice they added at once', async () => {
    const { page, context } = await atWork('/products/new');
    await page.getByRole('button', { name: 'Add an option' }).click();
    await page.keyboard.type('Size');
    await page.getByRole('button', { name: 'Add a choice' }).click();
    await page.keyboard.type('Large');
    expect(await page.getByLabel('Choice 2').first().inputValue()).toBe('Large');
    await context.close();
  });
});
