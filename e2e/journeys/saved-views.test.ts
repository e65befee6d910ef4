import type { Browser, Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { staffCaller } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { goInAdmin, staffCookies } from '../support/steps.ts';
import { openInAdmin, untilAdminIsDrawn, untilStill } from '../support/pages.ts';
import { DESKTOP, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Cookie[];
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());
beforeEach(async () => {
  const staff = await visitor(browser, DESKTOP, cookies);
  ({ page } = staff);
  return async () => {
    await staff.context.close();
    expect(staff.problems).toEqual([]);
  };
});

const tab = (name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
const query = () => decodeURIComponent(new URL(page.url()).search);

async function saveAs(name: string, ...choices: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save view' });
  await dialog.getByLabel('Name').fill(name);
  for (const choice of choices) await dialog.getByLabel(choice).click();
  await untilStill(page);
  await expectAccessible(page, 'saving a view');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('a view of the list of products', () => {
  it('is kept, opened again from elsewhere, changed, and deleted', async () => {
    await openInAdmin(page, '/products?availability=SOLD_OUT&sort=PRICE_DESC');
    await saveAs('Sold out');
    await tab('Sold out').and(page.locator('[aria-current=true]')).waitFor();

    await goInAdmin(page, '/stock');
    await goInAdmin(page, '/products');
    await tab('Sold out').click();
    await expect.poll(query).toMatch(/^\?availability=SOLD_OUT&sort=PRICE_DESC&view=view_/);
    await untilAdminIsDrawn(page);
    await page.getByRole('row').filter({ hasText: 'Sold out' }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Save changes' }).count()).toBe(0);

    await page.getByRole('combobox', { name: 'Order of rows' }).click();
    await page.getByRole('option', { name: 'Newest first' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    // The notice of the view's first saving may still be there: the button goes once its changes are kept.
    await page.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' });
    await tab('All').click();
    await expect.poll(query).toBe('');
    await tab('Sold out').click();
    await expect.poll(query).toMatch(/^\?availability=SOLD_OUT&view=view_/);

    await page.getByRole('button', { name: 'Change the view Sold out' }).click();
    await page.getByRole('menuitem', { name: 'Delete view' }).click();
    await tab('Sold out').waitFor({ state: 'detached' });
    await expect.poll(query).toBe('');
  });

  it('that is shown first opens by itself, and all products are one press away', async () => {
    await openInAdmin(page, '/products?availability=LOW_STOCK');
    await saveAs('Few left', 'Show first', 'For all staff');

    await openInAdmin(page, '/products');
    await expect.poll(query).toMatch(/availability=LOW_STOCK/);
    await tab('All').click();
    await expect.poll(query).toBe('?view=all');
    await page.reload();
    await tab('All').and(page.locator('[aria-current=true]')).waitFor();

    // Whoever has chosen rows before the views were read keeps them.
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/graphql*', async (route) => {
      const asked = `${route.request().url()} ${route.request().postData() ?? ''}`;
      if (asked.includes('SavedViews')) await held;
      await route.continue();
    });
    await openInAdmin(page, '/products');
    await page.getByLabel('Choose', { exact: true }).first().click();
    release();
    await tab('Few left').waitFor();
    await page.getByRole('region', { name: 'Chosen rows' }).getByText('1 chosen').waitFor();
    expect(query()).toBe('');
    await page.unroute('**/graphql*');

    await page.setViewportSize(PHONE);
    await tab('Few left').click();
    await expect.poll(query).toMatch(/availability=LOW_STOCK/);
    await untilAdminIsDrawn(page);
    await expectAccessible(page, 'the views of a list on a phone');

    // Journeys after this one open the whole list of the same shop.
    await page.setViewportSize(DESKTOP);
    await page.getByRole('button', { name: 'Change the view Few left' }).click();
    await page.getByRole('menuitem', { name: 'Delete view' }).click();
    await tab('Few left').waitFor({ state: 'detached' });
  });

  it('that asks for what the shop no longer has says so, and is shown without it', async () => {
    const staff = await staffCaller();
    await staff.do('savedViewCreate', 'SavedViewCreateInput', {
      ...{ list: 'customers', name: 'From before', isShared: true },
      address: 'glaze=celadon&q=bob',
    });
    await openInAdmin(page, '/customers');
    await tab('From before').click();
    await page.getByRole('alert').getByText('glaze: celadon').waitFor();
    await page.getByRole('row').filter({ hasText: 'bob@example.com' }).waitFor();

    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await tab('All').click();
    await tab('From before').click();
    await expect.poll(query).toMatch(/^\?q=bob&view=view_/);
  });
});
