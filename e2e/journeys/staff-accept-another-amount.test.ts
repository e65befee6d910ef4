import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { order } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { mailsTo, staffCookies } from '../support/steps.ts';
import { DESKTOP, inAdmin, PHONE, visitor } from '../support/visitor.ts';

/** A tenth less than asked is captured of this card. */
const PARTLY_CAPTURED = '4000 0000 0000 9235';

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

/** Opens an order of two units of which a tenth of the price is missing. */
async function openInReview(page: Page, email: string): Promise<void> {
  const sale = await order('cana-burta', { quantity: 2, email, paymentMethod: 'CARD' });
  await sale.guest.pay(sale, PARTLY_CAPTURED);
  await page.goto(inAdmin(`/orders/${sale.id}`));
  await page.getByRole('heading', { name: `Order ${sale.number}` }).waitFor();
  await page.getByText('Needs a look').first().waitFor();
}

/** The amounts in a text, in minor units. */
function amountsIn(text: string | null): number[] {
  return [...(text ?? '').matchAll(/RON\s?([\d,]+\.\d\d)/g)].map(([, amount = '']) =>
    Math.round(Number(amount.replaceAll(',', '')) * 100),
  );
}

/** The amounts that were agreed and are there, as the dialog says before anybody accepts. */
async function accept(page: Page, place: string): Promise<{ agreed: number; paid: number }> {
  await page.getByRole('button', { name: 'Accept amount', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept amount' });
  const text = await dialog.getByText('becomes a discount').textContent();
  expect(text).toContain('Its goods are taken from stock again.');
  await expectAccessible(page, place);
  const [agreed = 0, paid = 0, costs, difference] = amountsIn(text);
  expect([costs, difference]).toEqual([paid, agreed - paid]);
  await dialog.getByRole('button', { name: 'Accept amount', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  return { agreed, paid };
}

/** The order on the page is placed and paid, and ready to be shipped. */
async function expectPlaced(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ship', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Accept amount' }).waitFor({ state: 'detached' });
}

const totalOf = async (page: Page): Promise<number> => {
  const row = page.locator('dl > div', { has: page.getByText('Total', { exact: true }) }).last();
  return amountsIn(await row.textContent()).at(-1) ?? 0;
};

describe('another amount came in than was agreed', () => {
  it('on a desktop: the dialog says what the order costs then, and it is placed for that', async () => {
    const staff = await visitor(browser, DESKTOP, cookies);
    const { page } = staff;
    const email = 'review-desktop@example.test';
    await openInReview(page, email);

    const { agreed, paid } = await accept(page, 'accepting an amount');

    expect(paid).toBe(agreed - Math.floor(agreed / 10));
    await expectPlaced(page);
    await expect.poll(() => totalOf(page)).toBe(paid);
    // Jobs write and send them, after whatever else the shop has to do. The open page hears of the invoice.
    await page
      .getByText(/^Invoice · /)
      .first()
      .waitFor({ timeout: 60_000 });
    await expect
      .poll(async () => (await mailsTo(email)).map(({ subject }) => subject).sort(), { timeout: 60_000 })
      .toEqual([expect.stringMatching(/^Invoice /), expect.stringMatching(/ is with us$/)]);
    expect(staff.problems).toEqual([]);
    await staff.context.close();
  });

  it('on a phone after a part was paid back: what is left is the price', async () => {
    const staff = await visitor(browser, PHONE, cookies);
    const { page } = staff;
    await openInReview(page, 'review-phone@example.test');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Pay back' }).click();
    const refund = page.getByRole('dialog', { name: /^Pay back for order/ });
    await refund.getByRole('radio', { name: 'An amount' }).click();
    await refund.getByLabel('Amount', { exact: true }).fill('10');
    await refund.getByRole('button', { name: /^Pay back RON.10.00/ }).click();
    await refund.waitFor({ state: 'hidden' });
    await page.getByText('Partly paid back').first().waitFor();

    const { agreed, paid } = await accept(page, 'accepting an amount on a phone');

    expect(paid).toBe(agreed - Math.floor(agreed / 10) - 1_000);
    await expectPlaced(page);
    await expect.poll(() => totalOf(page)).toBe(paid);
    expect(staff.problems).toEqual([]);
    await staff.context.close();
  });
});
