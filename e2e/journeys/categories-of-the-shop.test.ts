import type { Browser, Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, untilStill } from '../support/pages.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, inShop, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Cookie[];
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

const tree = (page: Page) =>
  page.locator('section', { has: page.getByRole('heading', { name: 'All categories' }) });
const link = (name: string) => ({ name: new RegExp(`^${name} ?,`) });
const row = (page: Page, name: string) => tree(page).getByRole('link', link(name));
/** The category and all that lies below it; the ones that it lies in come before it. */
const item = (page: Page, name: string) =>
  tree(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', link(name)) });

/** The names in the branch of a category, from top to bottom. */
async function branch(page: Page, name: string): Promise<string[]> {
  const names = await item(page, name).last().locator('a > span:first-child').allTextContents();
  return names.map((text) => text.trim());
}

async function newCategory(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New category' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function choose(page: Page, name: string, action: string): Promise<void> {
  await tree(page)
    .getByRole('button', { name: `What to do with ${name}`, exact: true })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

async function deleteCategory(page: Page, name: string): Promise<void> {
  await choose(page, name, 'Delete');
  const dialog = page.getByRole('dialog', { name: `Delete ${name}` });
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await row(page, name).waitFor({ state: 'detached' });
}

it('staff make categories, put them in order by keys and by hand, write their texts, and delete them', async () => {
  const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
  await openInAdmin(page, '/categories');
  await row(page, 'Plates').waitFor();
  await expectAccessible(page, 'tree of categories');
  await page.keyboard.press('n');
  await newCategory(page, 'Workshop');
  // Below the one that is chosen.
  for (const name of ['Clay', 'Glaze']) {
    await choose(page, 'Workshop', 'New category below it');
    await newCategory(page, name);
  }
  expect(await branch(page, 'Workshop')).toEqual(['Workshop', 'Clay', 'Glaze']);

  await row(page, 'Glaze').focus();
  for (const [key, wanted] of [
    ['ArrowUp', ['Workshop', 'Glaze', 'Clay']],
    ['ArrowDown', ['Workshop', 'Clay', 'Glaze']],
    ['ArrowLeft', ['Workshop', 'Clay']],
    ['ArrowRight', ['Workshop', 'Clay', 'Glaze']],
  ] as const) {
    await page.keyboard.press(`Alt+${key}`);
    await expect.poll(() => branch(page, 'Workshop')).toEqual(wanted);
    await expect
      .poll(() => row(page, 'Glaze').evaluate((link) => link === document.activeElement))
      .toBe(true);
  }
  await row(page, 'Glaze').dragTo(row(page, 'Clay'), { targetPosition: { x: 40, y: 2 } });
  await expect.poll(() => branch(page, 'Workshop')).toEqual(['Workshop', 'Glaze', 'Clay']);
  await row(page, 'Clay').dragTo(row(page, 'Glaze'));
  await expect.poll(() => branch(page, 'Glaze')).toEqual(['Glaze', 'Clay']);

  await row(page, 'Glaze').click();
  await page.getByRole('heading', { level: 1, name: 'Glaze' }).waitFor();
  await page.getByRole('tab', { name: 'English' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Glazes');
  await page.getByRole('textbox', { name: 'Description', exact: true }).fill('Every colour that we fire.');
  await page.getByRole('textbox', { name: 'Address in the shop' }).fill('glazes-of-the-workshop');
  await untilStill(page);
  await expectAccessible(page, 'page of a category');
  await page.getByRole('button', { name: 'Save' }).click();
  await row(page, 'Glazes').waitFor();
  const moved = await fetch(inShop('/en/c/glaze'), { redirect: 'manual' });
  expect([moved.status, new URL(moved.headers.get('location') ?? '', inShop('/')).pathname]).toEqual([
    301,
    '/en/c/glazes-of-the-workshop',
  ]);
  const shown = await (await fetch(inShop('/en/c/glazes-of-the-workshop'))).text();
  expect(shown).toContain('Every colour that we fire.');

  await choose(page, 'Workshop', 'Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete Workshop' });
  await dialog.getByText('1 category lies below it.').waitFor();
  await untilStill(page);
  await expectAccessible(page, 'deleting a category');
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.waitFor({ state: 'hidden' });
  for (const name of ['Clay', 'Glazes', 'Workshop']) await deleteCategory(page, name);
  expect(problems).toEqual([]);
  await context.close();
});

it('staff put categories in order on a phone, by their menu', async () => {
  const { page, context, problems } = await visitor(browser, PHONE, cookies);
  await openInAdmin(page, '/categories');
  await page.getByRole('button', { name: 'New category' }).click();
  await newCategory(page, 'Pantry');
  await page.getByRole('link', { name: 'Categories' }).first().click();
  await choose(page, 'Pantry', 'Into the one above');
  await expect.poll(async () => (await item(page, 'Pantry').count()) > 1).toBe(true);
  await choose(page, 'Pantry', 'Move to');
  const dialog = page.getByRole('dialog', { name: 'Move Pantry' });
  await dialog.getByLabel('Lies in').click();
  await page.getByRole('option', { name: 'Top level' }).click();
  await dialog.getByRole('button', { name: 'Move' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => item(page, 'Pantry').count()).toBe(1);
  await untilStill(page);
  await expectAccessible(page, 'tree of categories on a phone');
  await deleteCategory(page, 'Pantry');
  expect(problems).toEqual([]);
  await context.close();
});
