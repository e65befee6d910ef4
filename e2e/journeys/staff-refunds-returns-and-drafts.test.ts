import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin } from '../support/pages.ts';
import { sell } from '../support/api.ts';
import { mailsTo, signInToAdmin } from '../support/steps.ts';
import { DESKTOP, inAdmin, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openOrder(page: Page, number: string): Promise<void> {
  await page.goto(inAdmin(`/orders?q=${number}`));
  await page
    .getByRole('link', { name: new RegExp(number) })
    .first()
    .click();
  await page.getByRole('heading', { name: `Order ${number}` }).waitFor();
}

const isWhole = (text: Element): boolean =>
  text.scrollWidth <= text.clientWidth && text.scrollHeight <= text.clientHeight;

async function chooseStep(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: step }).click();
}

describe('a day of staff', () => {
  it('gives money back for one piece, and the sum is known before the button is pressed', async () => {
    const sale = await sell('cana-burta', 'ilinca@example.test');
    const staff = await visitor(browser, DESKTOP);
    const { page } = staff;
    await signInToAdmin(page);
    await openOrder(page, sale.number);
    await page.getByRole('button', { name: 'Ship', exact: true }).waitFor();

    await chooseStep(page, 'Pay back');
    const dialog = page.getByRole('dialog', { name: `Pay back for order ${sale.number}` });
    await dialog.waitFor();
    await expectAccessible(page, 'refund');
    expect(await dialog.getByRole('button', { name: 'Pay back', exact: true }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Increment' }).first().click();
    const button = dialog.getByRole('button', { name: /^Pay back RON/ });
    const promised = /RON.[\d.,]+/.exec((await button.textContent()) ?? '')?.[0] ?? 'nothing';
    await button.click();
    await dialog.waitFor({ state: 'hidden' });

    const refunds = page.locator('section', {
      has: page.getByRole('heading', { name: 'Paid back', exact: true }),
    });
    await refunds.getByText('Paid back', { exact: true }).nth(1).waitFor();
    await expect.poll(() => refunds.textContent()).toContain(promised);
    await page.getByText('Partly paid back').first().waitFor();
    // A job writes it, after whatever else the shop has to do.
    await page.getByText('Credit note').first().waitFor({ timeout: 60_000 });
    await expectAccessible(page, 'order with a refund');
    expect(staff.problems).toEqual([]);
    await staff.context.close();
  });

  it('takes a shipment back on a phone, restocks the unit and sends the money on its way', async () => {
    const sale = await sell('cana-burta', 'matei@example.test');
    const staff = await visitor(browser, PHONE);
    const { page } = staff;
    await signInToAdmin(page);
    await openOrder(page, sale.number);
    // Which order it is stands nowhere else on a phone.
    await page.getByRole('button', { name: 'Ship', exact: true }).waitFor();
    const number = page.getByRole('heading', { name: `Order ${sale.number}` }).locator('span');
    await expect.poll(() => number.evaluate(isWhole)).toBe(true);
    await page.getByRole('button', { name: 'Ship', exact: true }).click();
    const shipment = page.getByRole('dialog', { name: 'Ship' });
    await shipment.getByRole('button', { name: 'Mark as shipped' }).click();
    await shipment.waitFor({ state: 'hidden' });
    const returned = await sale.guest.requestReturn(sale, 'It is lovely, but too small for us.');

    await openInAdmin(page, '/returns');
    await expectAccessible(page, 'returns on a phone');
    await page
      .getByRole('link', { name: new RegExp(returned) })
      .first()
      .click();
    await page.getByText('too small for us').waitFor();
    await expectAccessible(page, 'a return on a phone');
    for (const step of ['Approve', 'It came back', 'Pay back']) {
      await page.getByRole('button', { name: step, exact: true }).click();
      const dialog = page.getByRole('dialog', { name: step });
      await dialog.getByRole('button', { name: new RegExp(`^${step}( RON.*)?$`) }).click();
      await dialog.waitFor({ state: 'hidden' });
    }

    await page.getByText('1 of 1 came back, 1 on the shelf').waitFor();
    await page.getByText(/RON.* · Paid back/).waitFor();
    await expect
      .poll(async () => (await mailsTo('matei@example.test')).map(({ subject }) => subject).join('\n'), {
        timeout: 60_000,
      })
      .toContain(returned);
    expect(staff.problems).toEqual([]);
    await staff.context.close();
  });

  it('writes an order for somebody on the telephone and sends a link to pay it', async () => {
    const staff = await visitor(browser, DESKTOP);
    const { page } = staff;
    await signInToAdmin(page);
    await page.goto(inAdmin('/orders'));
    await page.getByRole('link', { name: 'New order' }).click();

    await page.getByPlaceholder('Add a product by name or SKU').fill('LL-CANA');
    await page
      .getByRole('option', { name: /[1-9]\d* free/ })
      .first()
      .click();
    await page.getByPlaceholder('Find a customer').fill('alice');
    // Guests of other journeys may have used her e-mail; only her account has an address.
    await page.getByRole('option').filter({ hasNotText: 'Guest' }).first().click();
    await page.getByLabel('Discount').fill('5');
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor();
    await page.getByText('−RON').first().waitFor();
    await expectAccessible(page, 'a draft');
    await page.getByRole('button', { name: 'Save draft' }).click();

    await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor();
    await page.getByRole('button', { name: 'Send the link to pay' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send the link to pay' });
    await dialog.getByRole('button', { name: 'Send the link to pay' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const link = await page.getByRole('textbox', { name: 'Link to pay' }).inputValue();
    await expect
      .poll(async () => (await mailsTo('alice@example.com')).map(({ text }) => text).join('\n'), {
        timeout: 60_000,
      })
      .toContain(link);
    expect(staff.problems).toEqual([]);
    await staff.context.close();
  });
});
