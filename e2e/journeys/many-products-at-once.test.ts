import type { Browser, Cookie } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, untilStill } from '../support/pages.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Cookie[];
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

describe('many products at once', () => {
  it('are chosen by keyboard or all of them that match, taken from sale, and put back', async () => {
    const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
    const chosen = page.getByRole('region', { name: 'Chosen rows' });
    await openInAdmin(page, '/products?status=ACTIVE');
    const all = Number(/(\d+) in all/.exec((await page.getByText(/in all$/).textContent()) ?? '')?.[1]);
    expect(all).toBeGreaterThan(25);

    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Shift+X');
    await chosen.getByText('3 chosen').waitFor();
    await page.getByLabel('Choose all of this page').click();
    await chosen.getByText('25 chosen').waitFor();
    await chosen.getByRole('button', { name: `Choose all ${all} that match` }).click();
    await chosen.getByText(`All ${all} that match are chosen`).waitFor();
    await untilStill(page);
    await expectAccessible(page, 'a list with chosen rows');

    await chosen.getByRole('button', { name: 'Archive' }).click();
    const dialog = page.getByRole('dialog', { name: 'Archive' });
    await dialog.getByText(`${all} products will be taken from sale`).waitFor();
    await dialog.getByRole('button', { name: 'Archive' }).click();
    const drawer = page.getByRole('dialog', { name: 'Status of products' });
    await drawer.getByRole('button', { name: 'Undo' }).waitFor();
    await page.getByText('Nothing matches').waitFor();

    await drawer.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('dialog', { name: 'Status of products, undone' }).waitFor();
    await page.getByText(`${all} in all`).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('are chosen one by one on a phone', async () => {
    const { page, context, problems } = await visitor(browser, PHONE, cookies);
    await openInAdmin(page, '/products');
    await untilStill(page);
    await page.getByLabel('Choose', { exact: true }).first().click();
    const chosen = page.getByRole('region', { name: 'Chosen rows' });
    await chosen.getByText('1 chosen').waitFor();
    await untilStill(page);
    await expectAccessible(page, 'a list with a chosen row on a phone');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
    await chosen.getByRole('button', { name: 'Choose none' }).click();
    await chosen.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await context.close();
  });
});
