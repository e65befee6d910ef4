import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BRASOV } from '@vitrine/testing/drivers/checkout.js';
import { Guest } from '@vitrine/testing/drivers/guest.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { EXAMPLES } from '../../scripts/build-examples.mjs';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { fillCart } from '../support/page-guest.ts';
import { openInAdmin, openInShop } from '../support/pages.ts';
import { openExampleShop, type WholeShop } from '../support/shop.ts';
import { signInToAdmin } from '../support/steps.ts';
import { DESKTOP, PHONE, visitor } from '../support/visitor.ts';

/* A shop that ran without the example plugin, on the first start with it. */

const PRODUCT = '/en/p/cana-burta';

let browser: Browser;
let shop: WholeShop;
beforeAll(async () => {
  [browser, shop] = await Promise.all([openBrowser(), openExampleShop(inject('spareFolder'))]);
}, 600_000);
afterAll(async () => {
  await Promise.all([browser.close(), shop.stop()]);
});

/** Staff write a paper into the form that is open. */
async function writeWrap(page: Page, names: Record<string, string>, price: string): Promise<void> {
  for (const [language, name] of Object.entries(names)) {
    await page.getByRole('tab', { name: language }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name);
  }
  await page.getByLabel('Price in RON').fill(price);
  await page.getByRole('button', { name: 'Save' }).click();
}

/** Staff fill in the fields of the plugin on the page of a product. */
async function fillGiftFields(page: Page): Promise<void> {
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'More fields' }) });
  await section.getByRole('button', { name: 'Change' }).click();
  const form = page.getByRole('dialog', { name: 'More fields' });
  const hint = form.getByRole('textbox', { name: 'Hint for gifts' });
  await form.getByRole('tab', { name: /^English/ }).click();
  await hint.fill('x'.repeat(121));
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('At most 120 characters.').waitFor();
  await expectAccessible(page, 'form of declared fields');
  await hint.fill('Fits into the small box.');
  await form.getByRole('combobox', { name: 'Size of the paper' }).click();
  await page.getByRole('option', { name: 'Small' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'hidden' });
  await section.getByText('Fits into the small box.').waitFor();
  await section.getByText('Small', { exact: true }).waitFor();
}

/** Staff fill in the field of the plugin, and a value of another program, of a variant on the page of its product. */
async function fillVariant(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More data of Burtă Mug' }).click();
  const panel = page.getByRole('dialog', { name: 'More data of Burtă Mug' });
  const section = (name: string) => panel.locator('section', { has: page.getByRole('heading', { name }) });
  await section('More fields').getByRole('button', { name: 'Change' }).click();
  const fields = page.getByRole('dialog', { name: 'More fields' });
  await fields.getByRole('textbox', { name: 'Paper in cm' }).fill('80');
  await fields.getByRole('button', { name: 'Save' }).click();
  await section('More fields').getByText('80').waitFor();
  await section('Additional data').getByRole('button', { name: 'Change' }).click();
  const data = page.getByRole('dialog', { name: 'Additional data' });
  await data.getByRole('textbox', { name: 'Key' }).fill('kiln.shelf');
  await data.getByRole('textbox', { name: 'Value' }).fill('B4');
  await data.getByRole('button', { name: 'Save' }).click();
  await section('Additional data').getByText('B4').waitFor();
  await data.waitFor({ state: 'hidden' });
  await expectAccessible(page, 'data of a variant');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
}

/** Staff let the price of the courier be computed by the rule of the plugin. */
async function sendInBoxes(page: Page, apiUrl: string): Promise<void> {
  await openInAdmin(page, `${apiUrl}/admin/settings/delivery`);
  const change = page.getByRole('button', { name: /^Change the price of Courier to your door in / });
  await change.click();
  const form = page.getByRole('dialog', { name: /^Price of Courier to your door in / });
  await form.getByRole('combobox', { name: 'Computed by' }).click();
  await page.getByRole('option', { name: 'By gift boxes' }).click();
  await form.getByRole('textbox', { name: 'Units in a box' }).fill('none');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Write a whole number.').waitFor();
  await form.getByText('Please fill this in.').waitFor();
  await expectAccessible(page, 'form of a rule of a plugin');
  await form.getByRole('textbox', { name: 'Units in a box' }).fill('4');
  await form.getByRole('textbox', { name: 'Price of a box' }).fill('12');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'hidden' });
  await page.getByText('By gift boxes').waitFor();
  await page.getByText('RON 12.00').waitFor();
  await expectAccessible(page, 'settings of the delivery');
}

it('staff offer a paper, a buyer has the order wrapped in it and pays for it, and staff see it with the order', async () => {
  const staff = await visitor(browser, PHONE);
  await signInToAdmin(staff.page, `${shop.apiUrl}/admin/`);
  await staff.page.setViewportSize(DESKTOP);
  await staff.page.getByRole('link', { name: 'Gift wraps' }).click();
  await staff.page.getByRole('heading', { name: 'Gift wraps', exact: true }).waitFor();
  expect(await staff.page.title()).toBe('Gift wraps · Vitrine');
  await staff.page.getByRole('button', { name: 'New gift wrap' }).click();
  await writeWrap(staff.page, { English: 'Linen cloth', Romanian: 'Pânză de in' }, '1.5.5');
  await staff.page.getByText('Write a price like 129.90.').waitFor();
  await expectAccessible(staff.page, 'form of a page of a plugin');
  await writeWrap(staff.page, {}, '12.50');
  await staff.page.getByRole('row').filter({ hasText: 'Linen cloth' }).getByText('RON 12.50').waitFor();
  await expectAccessible(staff.page, 'page of a plugin');

  await openInAdmin(staff.page, `${shop.apiUrl}/admin/products`);
  await staff.page.getByRole('link', { name: 'Burtă Mug' }).first().click();
  await fillGiftFields(staff.page);
  await fillVariant(staff.page);
  await sendInBoxes(staff.page, shop.apiUrl);

  const buyer = await visitor(browser, DESKTOP);
  const { page } = buyer;
  const offer = 'Can be gift wrapped, from RON 12.50. Choose a paper in the cart.';
  // The server draws it. A page is kept for some seconds for visitors who are not signed in.
  await expect
    .poll(async () => (await fetch(`${shop.storefrontUrl}${PRODUCT}`.replace('/en/', '/fr/'))).text())
    .toContain('Emballage cadeau possible, à partir de 12,50');
  await openInShop(page, `${shop.storefrontUrl}${PRODUCT}`);
  await page.getByText(offer).waitFor();
  await page.getByText('Fits into the small box.').waitFor();
  await fillCart(page, 'cana-burta');
  await openInShop(page, `${shop.storefrontUrl}/en/cart`);
  await page.getByRole('radio', { name: 'Linen cloth' }).check({ force: true });
  await page.getByLabel('Words on the card').fill('Happy birthday, Ana!');
  await page.getByRole('button', { name: 'Put it on the card' }).click();
  await page.getByText('It is on the card.').waitFor();
  await expectAccessible(page, 'cart with a part of a plugin');
  await page.getByRole('definition').filter({ hasText: 'RON 12.50' }).waitFor();

  await page.getByRole('link', { name: 'Checkout' }).click();
  // 99.00 for the mug, 12.00 for the box, 12.50 for the paper.
  await page.getByRole('button', { name: 'Place order and pay RON 123.50' }).waitFor();
  await page.getByRole('radio', { name: /Cash/ }).check({ force: true });
  await page.getByRole('button', { name: /^Place order/ }).click();
  await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
  await page.getByText('Wrapped in Linen cloth').waitFor();
  await page.getByText('On the card: Happy birthday, Ana!').waitFor();
  const number =
    /\d+/.exec(
      (await page
        .getByText(/^Order \d+$/)
        .first()
        .textContent()) ?? '',
    )?.[0] ?? '';

  await openInAdmin(staff.page, `${shop.apiUrl}/admin/orders`);
  await staff.page
    .getByRole('link', { name: new RegExp(number) })
    .first()
    .click();
  await staff.page.getByRole('heading', { name: new RegExp(`Order ${number}`) }).waitFor();
  await staff.page.getByText('On the card: Happy birthday, Ana!').waitFor();
  await expectAccessible(staff.page, 'order with a part of a plugin');
  expect([...staff.problems, ...buyer.problems]).toEqual([]);
  await buyer.context.close();
  await staff.context.close();
});

it('staff choose a paper for an order that they draw up, and its price follows', async () => {
  const id = await drawnUp();
  const staff = await visitor(browser, DESKTOP);
  await signInToAdmin(staff.page, `${shop.apiUrl}/admin/`);
  await openInAdmin(staff.page, `${shop.apiUrl}/admin/orders/${id}`);
  const { page } = staff;

  await page.getByLabel('Paper').click();
  await page.getByRole('option', { name: 'Linen cloth · RON 12.50' }).click();
  await page.getByLabel('Words on the card').fill('For Ana');
  await expectAccessible(page, 'draft with a form of a plugin');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole('status').filter({ hasText: 'is here again' }).waitFor();
  expect(await page.getByLabel('Words on the card').inputValue()).toBe('For Ana');
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await page.getByRole('definition').filter({ hasText: 'RON 12.50' }).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
  await openInAdmin(page, `${shop.apiUrl}/admin/drafts/${id}`);
  await page.getByRole('definition').filter({ hasText: 'RON 12.50' }).waitFor();
  expect(staff.problems).toEqual([]);
  await staff.context.close();
});

/** The id of a draft of one mug. */
async function drawnUp(): Promise<string> {
  const [office, variantId] = await Promise.all([
    Staff.signIn(shop.apiUrl),
    new Guest(shop.apiUrl).variantOf('cana-burta'),
  ]);
  const lines = [{ variantId, quantity: 1 }];
  const preview = `query($input: DraftOrderPreviewInput!) { draftOrderPreview(input: $input) { shippingMethods { shippingMethodId } } }`;
  const { draftOrderPreview } = await office.ask(preview, { input: { countryCode: 'RO', lines } });
  const { shippingMethodId } = draftOrderPreview.shippingMethods[0];
  const draft = {
    ...{ email: 'ana@example.test', language: 'EN', shippingAddress: BRASOV, shippingMethodId, lines },
  };
  const input = { draft, idempotencyKey: randomUUID() };
  const { order } = await office.do('draftOrderCreate', 'DraftOrderCreateInput', input, 'order { id }');
  return order.id;
}

it('nothing of the plugin is left in the clients of a shop without it', async () => {
  expect(await filesWithIt(join(EXAMPLES, 'admin/dist'))).not.toEqual([]);
  expect(await filesWithIt(join(EXAMPLES, 'storefront/dist'))).not.toEqual([]);

  expect(await filesWithIt(join(import.meta.dirname, '../../admin/dist'))).toEqual([]);
  expect(await filesWithIt(join(import.meta.dirname, '../../storefront/dist'))).toEqual([]);
});

/** The built files that know of gift wraps. */
async function filesWithIt(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    /\.(js|css|html|json)$/.test(name),
  );
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return files.filter((_name, i) => /gift-?wrap/i.test(texts[i] ?? ''));
}
