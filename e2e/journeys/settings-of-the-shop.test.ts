import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin } from '../support/pages.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, inAdmin, inShop, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

it('what staff writes about the shop stands at the foot of its pages, and nothing where it is taken out', async () => {
  const staff = await visitor(browser, PHONE, cookies);
  const { page } = staff;
  await page.goto(inAdmin('/settings/contact'));
  await page.getByLabel('E-mail').fill('hello@lut.example');
  await page.getByLabel('Telephone').fill('0268 123 456');
  await page.getByLabel('Pages elsewhere').fill('https://www.instagram.com/lut\n\nnot an address');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('It begins with https://', { exact: false }).waitFor();
  await expectAccessible(page, 'settings of the contact with an error');

  await page.getByLabel('Pages elsewhere').fill('https://www.instagram.com/lut');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).first().waitFor();

  const shop = await visitor(browser, DESKTOP);
  // A page is kept for some seconds for visitors who are not signed in.
  const footer = shop.page.getByRole('contentinfo');
  await expect
    .poll(async () => {
      await shop.page.goto(inShop('/'));
      return footer.textContent();
    })
    .toContain('hello@lut.example');
  expect(await footer.getByRole('link', { name: '0268 123 456' }).getAttribute('href')).toBe(
    'tel:0268123456',
  );
  expect(await footer.getByRole('link', { name: 'instagram.com' }).getAttribute('href')).toBe(
    'https://www.instagram.com/lut',
  );
  await expectAccessible(shop.page, 'home page');

  for (const label of ['E-mail', 'Telephone', 'Pages elsewhere']) await page.getByLabel(label).fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => {
      await shop.page.goto(inShop('/'));
      return footer.textContent();
    })
    .not.toContain('hello@lut.example');
  expect([...staff.problems, ...shop.problems]).toEqual([]);
  await staff.context.close();
  await shop.context.close();
});

it('fewer days for returns than the law gives are refused at their field, and not lost on the way to other settings', async () => {
  const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
  await page.goto(inAdmin('/settings/returns'));
  const days = page.getByLabel('Days to send goods back');
  await days.fill('10');
  await days.press('Tab');
  await page.keyboard.press('Control+s');

  await page.getByRole('alert').getByText('at least 14 days', { exact: false }).waitFor();
  const asked = new Promise<void>((resolve) =>
    page.once('dialog', (question) => resolve(question.dismiss())),
  );
  await page.getByRole('link', { name: 'Contact' }).first().click();
  await asked;
  expect([new URL(page.url()).pathname, await days.inputValue()]).toEqual(['/admin/settings/returns', '10']);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect.poll(() => days.inputValue()).toBe('30');
  expect(problems).toEqual([]);
  await context.close();
});

it('the price of a delivery is changed in its place, and a county gets one of its own that is tried out first', async () => {
  const { page, context, problems } = await visitor(browser, PHONE, cookies);
  await openInAdmin(page, inAdmin('/settings/delivery'));
  const price = (name: RegExp) => page.getByRole('button', { name });
  for (const [typed, shown] of [
    ['91', /^Price of International courier .*RON 91\.00/],
    ['89', /^Price of International courier .*RON 89\.00/],
  ] as const) {
    await price(/^Price of International courier /).click();
    await page.getByRole('textbox', { name: /^Price of International courier / }).fill(typed);
    await page.keyboard.press('Enter');
    await price(shown).waitFor();
  }

  await page.getByRole('button', { name: 'New zone' }).click();
  const zone = page.getByRole('dialog', { name: 'New zone' });
  await zone.getByRole('textbox', { name: 'Name' }).fill('The Delta');
  await zone.getByLabel('Counties', { exact: true }).click();
  await page.getByRole('option', { name: 'Tulcea' }).click();
  await page.keyboard.press('Escape');
  await expectAccessible(page, 'form of a zone of delivery');
  await zone.getByRole('button', { name: 'Save' }).click();
  await zone.waitFor({ state: 'hidden' });
  await page.getByText('Nobody can order in 1 place').waitFor();

  await page.getByRole('button', { name: 'Add a delivery to The Delta' }).click();
  await page.getByRole('menuitem', { name: 'Courier to your door' }).click();
  const rate = page.getByRole('dialog', { name: 'Price of Courier to your door in The Delta' });
  await rate.getByRole('combobox', { name: 'Computed by' }).click();
  await page.getByRole('option', { name: 'By weight, in steps' }).click();
  await rate.getByRole('button', { name: 'Save' }).click();
  await rate.getByText('Please fill this in.').waitFor();
  await rate.getByRole('textbox', { name: 'Up to (g)' }).fill('2000');
  await rate.getByRole('textbox', { name: 'Price', exact: true }).fill('12.50');
  await expectAccessible(page, 'form of a delivery price in steps');
  await rate.getByRole('button', { name: 'Save' }).click();
  await rate.waitFor({ state: 'hidden' });
  await page.getByText('Nobody can order in 1 place').waitFor({ state: 'hidden' });

  await page.getByLabel('County', { exact: true }).click();
  await page.getByRole('option', { name: 'Tulcea' }).click();
  await page.getByRole('button', { name: 'Show prices' }).click();
  await page.getByText('Zone: The Delta').waitFor();
  await page.getByRole('definition').getByText('RON 12.50').waitFor();
  await page.getByLabel('Weight (g)').fill('2001');
  await page.getByRole('button', { name: 'Show prices' }).click();
  await page.getByText('not taken by its rule').waitFor();
  await expectAccessible(page, 'settings of the delivery');

  await page.getByRole('button', { name: 'Delete The Delta' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'The Delta' }).waitFor({ state: 'hidden' });
  expect(problems).toEqual([]);
  await context.close();
});
