import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Cookie, Page } from 'playwright-core';
import type { Staff } from '@vitrine/testing/drivers/staff.js';
import { expectAccessible } from '../support/axe.ts';
import { staffCaller } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin } from '../support/pages.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, visitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let boss: Staff;
let staff: Visitor;
let page: Page;
let cookies: Cookie[];
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
  boss = await staffCaller();
});
afterAll(() => browser.close());
beforeEach(async () => {
  staff = await visitor(browser, DESKTOP, cookies);
  ({ page } = staff);
});
afterEach(() => staff.context.close());

interface Mug {
  readonly id: string;
  readonly variants: readonly { readonly id: string; readonly sku: string }[];
}
async function newMug(): Promise<Mug> {
  const sku = Math.random().toString(36).slice(2, 8).toUpperCase();
  const values = ['250', '350'].map((code) => ({ code, name: `${code} ml` }));
  const { product } = await boss.do(
    'productCreate',
    'ProductCreateInput',
    {
      translations: [{ locale: 'RO', name: `Cană ${sku}` }],
      options: [{ code: 'size', name: 'Mărime', values }],
      variants: [{ sku, price: 5000, stock: 3, options: [{ option: 'size', value: '250' }] }],
      idempotencyKey: crypto.randomUUID(),
    },
    'product { id variants { id sku } }',
  );
  return product;
}
const firstOf = ({ variants }: Mug) => variants[0] ?? { id: '', sku: '' };

const levelsOf = async (variantId: string): Promise<Record<string, number>> => {
  const { stockItem } = await boss.ask(
    'query($id: ID!) { stockItem(variantId: $id) { levels { onHand location { name } } } }',
    { id: variantId },
  );
  const levels = stockItem.levels as { onHand: number; location: { name: string } }[];
  return Object.fromEntries(levels.map(({ onHand, location }) => [location.name, onHand]));
};
const notice = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
const choose = async (within: ReturnType<Page['getByRole']>, label: string, option: RegExp) => {
  await within.getByLabel(label, { exact: true }).click();
  await page.getByRole('option', { name: option }).first().click();
};

describe('a variant of a product', () => {
  it('is added with its price, and refused at the field of a SKU that another one has', async () => {
    const mug = await newMug();
    await openInAdmin(page, `/products/${mug.id}`);
    await page.getByRole('button', { name: 'Add a variant' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a variant' });
    await choose(dialog, 'Mărime', /350/);
    await dialog.getByLabel('SKU').fill(firstOf(mug).sku);
    await dialog.getByLabel('Price').fill('62,5');
    await expectAccessible(page, 'a new variant');
    await dialog.getByRole('button', { name: 'Add a variant' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'sku');

    await dialog.getByLabel('SKU').fill(`${firstOf(mug).sku}-350`);
    await dialog.getByRole('button', { name: 'Add a variant' }).click();
    await notice('Variant added');
    const { staffProduct } = await boss.ask(
      'query($id: ID!) { staffProduct(id: $id) { variants { sku price { amount } } } }',
      { id: mug.id },
    );
    expect(staffProduct.variants).toContainEqual(
      expect.objectContaining({
        sku: `${firstOf(mug).sku}-350`,
        price: expect.objectContaining({ amount: 6250 }),
      }),
    );
  });

  it('goes on selling up to a limit when it is sold out', async () => {
    const mug = await newMug();
    await openInAdmin(page, `/products/${mug.id}`);
    await page
      .getByRole('button', { name: /sold out/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch').click();
    await dialog.getByLabel('At most').fill('5');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await notice('Saved');
    const { staffProduct } = await boss.ask(
      'query($id: ID!) { staffProduct(id: $id) { variants { stockPolicy backorderLimit } } }',
      { id: mug.id },
    );
    expect(staffProduct.variants[0]).toMatchObject({ stockPolicy: 'CONTINUE', backorderLimit: 5 });
  });
});

describe('stock of a variant', () => {
  it('is received, and brought from one location to the other, never to where it is', async () => {
    const { id } = firstOf(await newMug());
    await openInAdmin(page, `/stock/${id}`);
    await page.getByRole('button', { name: 'Receive' }).click();
    const receiving = page.getByRole('dialog', { name: /^Receive/ });
    await receiving.getByRole('spinbutton').fill('4');
    await receiving.getByRole('button', { name: 'Receive' }).click();
    await receiving.waitFor({ state: 'hidden' });
    const before = await levelsOf(id);
    const [full] = Object.entries(before).find(([, onHand]) => onHand > 0) ?? [''];

    await page.getByRole('button', { name: 'Transfer' }).click();
    const moving = page.getByRole('dialog', { name: /^Transfer/ });
    const to = await moving.getByLabel('To', { exact: true }).textContent();
    expect(to).not.toBe(full);
    await moving.getByRole('spinbutton').fill('2');
    await expectAccessible(page, 'a transfer of stock');
    await moving.getByRole('button', { name: 'Transfer' }).click();
    await moving.waitFor({ state: 'hidden' });
    const after = await levelsOf(id);
    expect(after[full]).toBe((before[full] ?? 0) - 2);
    expect(after[to ?? '']).toBe((before[to ?? ''] ?? 0) + 2);
  });
});
