import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { orderUnpaid } from '../support/api.ts';
import { signInToAdmin } from '../support/steps.ts';
import { inAdmin, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('ends two orders that nobody pays, keeps their mailbox from ordering, and lifts the block again; who blocked and who lifted stays readable', async () => {
  const email = 'bot@example.test';
  await orderUnpaid('cana-burta', email);
  const number = await orderUnpaid('cana-burta', email);
  const staff = await visitor(browser, PHONE);
  const { page } = staff;
  await signInToAdmin(page);
  await page.goto(inAdmin(`/orders?q=${number}`));
  await page
    .getByRole('link', { name: new RegExp(number) })
    .first()
    .click();

  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Not paid yet' }) });
  await card.getByText('Other unpaid orders, same e-mail').waitFor();
  await expectAccessible(page, 'an unpaid order on a phone');
  await card.getByRole('button', { name: 'Release and block' }).click();
  const dialog = page.getByRole('dialog', { name: `Release order ${number} and block its buyer?` });
  await dialog.getByRole('checkbox', { name: 'Release the other unpaid orders too' }).click();
  await expectAccessible(page, 'release and block');
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/release.png` });
  await dialog.getByRole('button', { name: 'Release and block' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.getByText('Cancelled').first().waitFor();
  const order = page.url();
  await expect(orderUnpaid('cana-burta', 'Bot+again@example.test')).rejects.toThrow('checkoutComplete');
  await page.goto(inAdmin('/blocked-buyers'));
  const blocked = page.getByRole('listitem').filter({ hasText: 'bot@example.test' });
  await blocked.getByText('Blocked now').waitFor();
  await expectAccessible(page, 'blocked buyers');
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/blocks.png` });
  await blocked.getByRole('button', { name: 'Lift the block' }).click();
  await blocked.getByText(/^Lifted: .+/).waitFor();
  await expectAccessible(page, 'blocks that ended');
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/ended.png` });
  await page.goto(order);
  const timeline = page.locator('section', { has: page.getByRole('heading', { name: 'What happened' }) });
  await timeline.getByText('Buyer blocked').waitFor();
  await timeline.getByText('Block lifted').waitFor();
  await orderUnpaid('cana-burta', 'bot@example.test');
  expect(staff.problems).toEqual([]);
  await staff.context.close();
});
