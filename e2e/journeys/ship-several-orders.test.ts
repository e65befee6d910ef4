import type { Browser, Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import type { Bought } from '@vitrine/testing/drivers/guest.js';
import { buy, staffCaller } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, inAdmin, visitor } from '../support/visitor.ts';

let browser: Browser;
let orders: Bought[];
let cookies: Cookie[];
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
  orders = [];
  for (const who of ['one', 'two', 'three']) orders.push(await buy('cana-prag', 1, `${who}@parcels.test`));
});
afterAll(() => browser.close());
beforeEach(async () => {
  const staff = await visitor(browser, { width: DESKTOP.width, height: 500 }, cookies);
  ({ page } = staff);
  return async () => {
    await staff.context.close();
    expect(staff.problems).toEqual([]);
  };
});

const row = (order: Bought) => page.getByRole('row').filter({ hasText: `#${order.number}` });
const orderOf = (index: number): Bought => orders[index] as Bought;

describe('sending one shipment after the other', () => {
  it('goes from order to order and back to the list as it was left', async () => {
    const list = '/orders?q=parcels.test&sort=OLDEST';
    await page.goto(inAdmin(list));
    await row(orderOf(0)).getByRole('link').click();
    await page.getByRole('heading', { name: `Order ${orderOf(0).number}` }).waitFor();

    await page.getByRole('button', { name: 'Next in the list' }).click();
    await page.getByRole('heading', { name: `Order ${orderOf(1).number}` }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: `Order ${orderOf(0).number}` }).waitFor();
    await page.getByRole('link', { name: 'Back to orders' }).click();

    await row(orderOf(2)).waitFor();
    await expect.poll(() => page.url()).toBe(inAdmin(list));
  });

  it('begins in the tracking number, knows the carrier of before, and writes the link', async () => {
    await page.goto(inAdmin(`/orders/${orderOf(0).id}`));
    await page.getByRole('button', { name: 'Ship', exact: true }).click();
    const first = page.getByRole('dialog', { name: 'Ship' });
    const number = first.getByLabel('Tracking number');
    await expect.poll(() => number.evaluate((field) => field === document.activeElement)).toBe(true);
    await first.getByLabel('Carrier').fill('Curier Local');
    await number.fill('AB12');
    await first.getByLabel('Tracking link').fill('https://curier.example/awb/AB12');
    await expectAccessible(page, 'shipping');
    await first.getByRole('button', { name: 'Mark as shipped' }).click();
    await first.waitFor({ state: 'hidden' });

    await page.goto(inAdmin(`/orders/${orderOf(1).id}`));
    await page.getByRole('button', { name: 'Ship', exact: true }).click();
    const second = page.getByRole('dialog', { name: 'Ship' });
    await expect.poll(() => second.getByLabel('Carrier').inputValue()).toBe('Curier Local');
    await second.getByLabel('Tracking number').fill('CD34');
    await expect
      .poll(() => second.getByLabel('Tracking link').inputValue())
      .toBe('https://curier.example/awb/CD34');
  });

  it('puts a mistyped tracking number right', async () => {
    await page.goto(inAdmin(`/orders/${orderOf(0).id}`));
    await page.getByRole('button', { name: 'Edit tracking' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit tracking' });
    await dialog.getByLabel('Tracking number').fill('AB21');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });

    const link = page.getByRole('link', { name: 'AB21' });
    await link.waitFor();
    await expect.poll(() => link.getAttribute('href')).toBe('https://curier.example/awb/AB21');
  });

  it('shows in an open list what a colleague shipped', async () => {
    await page.goto(inAdmin('/orders?q=parcels.test'));
    await row(orderOf(2)).getByText('To ship', { exact: true }).first().waitFor();

    await (await staffCaller()).deliver(orderOf(2));

    await row(orderOf(2)).getByText('Completed', { exact: true }).first().waitFor();
  });
});
