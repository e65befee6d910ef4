import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
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
