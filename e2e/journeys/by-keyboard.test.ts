import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextPhone } from '@vitrine/testing/drivers/checkout.js';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, openInShop, untilAdminIsDrawn, untilShopIsDrawn } from '../support/pages.ts';
import { sell } from '../support/api.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

async function atWork(path: string) {
  const shown = await visitor(browser, DESKTOP, cookies);
  await openInAdmin(shown.page, path);
  return shown;
}

/** Presses Tab until an element of this name has the focus. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 60) {
    await page.keyboard.press(key);
    const here = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent;
      return (label ?? element?.textContent ?? '').trim();
    });
    if (name.test(here)) return;
    passed.push(here.slice(0, 30));
  }
  throw new Error(`Tab does not reach ${name}, but ${passed.join(' | ')}`);
}

/** Types into the fields one after the other, as far as each is from the one before. */
async function typeInto(page: Page, fields: readonly (readonly [RegExp, string])[]): Promise<void> {
  for (const [name, text] of fields) {
    await tabTo(page, name);
    await page.keyboard.type(text);
  }
}

const ADDRESS = [
  [/^First name/, 'Ana'],
  [/^Last name/, 'Pop'],
  [/^Street/, 'Strada Mare 1'],
  [/^Postcode/, '550183'],
  [/^County/, 'Sib'],
  [/^Town/, 'Sibiu'],
] as const;
const CARD = [
  [/^Card number/, '4242424242424242'],
  [/^Expiry/, '1230'],
  [/^CVC/, '123'],
] as const;

describe('a guest who shops by keyboard', () => {
  it('finds, changes the language, fills the cart, empties it, thinks again, and pays', async () => {
    const { page, context, problems } = await visitor(browser, DESKTOP);
    const { keyboard } = page;
    await openInShop(page, '/');
    await tabTo(page, /English/);
    await keyboard.press('Enter');
    await page.waitForURL(/\/en$/);
    await untilShopIsDrawn(page);

    await tabTo(page, /^Mug, bowl/);
    await keyboard.press('Enter');
    await page.locator('input[type=search]:focus').waitFor();
    await keyboard.press('Escape');
    await page.locator('button:focus', { hasText: 'Mug, bowl' }).waitFor();
    await keyboard.press('Enter');
    await page.locator('input[type=search]:focus').waitFor();
    await keyboard.type('cana burta');
    await page.getByRole('option').first().waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.waitForURL(/\/en\/p\//);
    await page.locator('#content:focus').waitFor();
    // Until the product is there, Tab leads past the empty page to its foot.
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().waitFor();

    await tabTo(page, /^One more/);
    await keyboard.press('Enter');
    await tabTo(page, /^One less/, 'Shift+Tab');
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await page.locator('button:focus[aria-label="One less"][aria-disabled=true]').waitFor();
    await tabTo(page, /^Add to cart/);
    await keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.getByRole('link', { name: 'Checkout' }).waitFor();
    await tabTo(page, /^Remove from cart/);
    await keyboard.press('Enter');
    await drawer.locator('button:focus', { hasText: 'Undo' }).waitFor();
    await keyboard.press('Enter');
    await drawer.getByRole('link', { name: 'Checkout' }).waitFor();
    await keyboard.press('Escape');
    await page.locator('button:focus', { hasText: 'Add to cart' }).waitFor();
    await tabTo(page, /^Open cart/, 'Shift+Tab');
    await keyboard.press('Enter');
    await drawer.getByRole('link', { name: 'Checkout' }).waitFor();
    await tabTo(page, /^Checkout/);
    await keyboard.press('Enter');

    await page.getByLabel('E-mail').waitFor();
    await typeInto(page, [[/^E-mail/, 'taste@example.test']]);
    await keyboard.press('Enter');
    await page.locator('h2:focus', { hasText: 'Delivery address' }).waitFor();
    await typeInto(page, [...ADDRESS, [/^Phone/, nextPhone()]]);
    await keyboard.press('Enter');
    await page.locator('h2:focus', { hasText: 'Delivery' }).waitFor();
    await tabTo(page, /^Courier/);
    await keyboard.press('Enter');
    await page.locator('h2:focus', { hasText: 'Review' }).waitFor();
    await tabTo(page, /^Place order/);
    await keyboard.press('Enter');
    await page.getByLabel('Card number').waitFor();
    await typeInto(page, CARD);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Thank you/ }).waitFor();

    await tabTo(page, /^Cancel the order/);
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: /^Cancel order/ }).waitFor();
    await keyboard.press('Escape');
    await page.locator('button:focus', { hasText: 'Cancel the order' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  }, 120_000);
});

describe('staff who work by keyboard', () => {
  it('stand at the heading of the page they went to, and reach its search with one key', async () => {
    const { page, context, problems } = await atWork('/orders');
    await page.getByRole('link', { name: 'Products' }).first().click();
    await page.locator('h1:focus', { hasText: 'Products' }).waitFor();

    await page.keyboard.press('/');
    await page.locator('input[type=search]:focus').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('walk through the rows of a list, open one, and go on behind it', async () => {
    const { page, context, problems } = await atWork('/products');
    const { keyboard } = page;
    const rowAt = (index: number) => page.locator(`tbody tr[data-row]`).nth(index);
    const hasFocus = (index: number) => rowAt(index).evaluate((row) => row.contains(document.activeElement));
    await keyboard.press('j');
    await keyboard.press('j');
    await keyboard.press('j');
    await keyboard.press('k');
    await expect.poll(() => hasFocus(1)).toBe(true);
    const id = await rowAt(1).getAttribute('data-row');
    await keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/products/${id}$`));
    await page.getByLabel('Story').waitFor();

    await page.goBack();
    await untilAdminIsDrawn(page);
    await expect.poll(() => hasFocus(1)).toBe(true);
    await keyboard.press('j');
    await expect.poll(() => hasFocus(2)).toBe(true);
    // The second letter of a jump is none of the list.
    await keyboard.press('g');
    await keyboard.press('j');
    await page.locator('h1:focus', { hasText: 'Jobs' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('keep their place when the button of a step they took is gone', async () => {
    const { number } = await sell('cana-burta', 'keyboard@example.test');
    const { page, context, problems } = await atWork(`/orders?q=${number}`);
    await page
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .press('Enter');
    await page.getByRole('button', { name: 'Ship', exact: true }).press('Enter');
    await page.locator('input[name=trackingNumber]:focus').waitFor();
    await page.keyboard.type('AWB777');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Mark as delivered' }).waitFor();
    await page.locator('h1:focus', { hasText: number }).waitFor();

    await page.getByRole('button', { name: 'Mark as delivered' }).press('Enter');
    await page.getByText('Delivered').first().waitFor();
    await page.locator('h1:focus', { hasText: number }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('type the number of received pieces at once', async () => {
    const { page, context } = await atWork('/stock?q=LL-CEAI-04');
    await page
      .getByRole('link', { name: /Lidded Sugar Bowl/ })
      .first()
      .press('Enter');
    await page.getByRole('button', { name: 'Receive' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.locator('[role=spinbutton]:focus').waitFor();
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('+7').first().waitFor();
    await context.close();
  });

  it('write an option and its choices without leaving the fields', async () => {
    const { page, context } = await atWork('/products/new');
    const { keyboard } = page;
    await page.getByRole('button', { name: 'Add an option' }).press('Enter');
    await keyboard.type('Size');
    await keyboard.press('Tab');
    await keyboard.type('Small');
    await keyboard.press('Enter');
    await keyboard.type('Large');
    expect(await page.getByLabel('Choice 2').first().inputValue()).toBe('Large');
    await tabTo(page, /^Remove choice Large/);
    await keyboard.press('Enter');
    await page.locator('input:focus[aria-label="Choice 1"]').waitFor();
    await context.close();
  });

  it('pass every text of a product without changing it, write its price, and go on in the list', async () => {
    const { page, context, problems } = await atWork('/products?q=LL-CANA-0');
    const { keyboard } = page;
    const row = page.locator('tbody').getByRole('link').first();
    await row.press('Enter');
    await page.getByLabel('Story').waitFor();
    await tabTo(page, /^Price \(/);
    expect(await page.getByRole('button', { name: 'Discard' }).count()).toBe(0);
    await keyboard.type('77');
    await keyboard.press('Control+s');
    await page.getByText('Saved', { exact: true }).first().waitFor();

    const first = page.url();
    await tabTo(page, /^When .* is sold out/);
    await keyboard.press('j');
    await expect.poll(() => page.url()).not.toBe(first);
    await page.locator('h1:focus').waitFor();
    await page.getByLabel('Story').waitFor();
    await keyboard.press('k');
    await expect.poll(() => page.url()).toBe(first);
    await page.getByLabel('Story').waitFor();
    await tabTo(page, /^Back to products/, 'Shift+Tab');
    await keyboard.press('Enter');
    await page.locator(`tbody a:focus[href$="${first.split('/').at(-1)}"]`).waitFor();
    await untilAdminIsDrawn(page);
    await expect.poll(() => row.evaluate((link) => link === document.activeElement)).toBe(true);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('delete an image, and bring it back from the notice', async () => {
    const { page, context, problems } = await atWork('/products?q=LL-CANA-0');
    await page.locator('tbody').getByRole('link').first().press('Enter');
    const deletes = page.getByRole('button', { name: /^Delete picture/ });
    await deletes.first().waitFor();
    const before = await deletes.count();
    await deletes.first().focus();
    await page.keyboard.press('Enter');
    await page.getByText('Picture deleted', { exact: true }).waitFor();
    await expect.poll(() => deletes.count()).toBe(before - 1);

    await page.keyboard.press('F8');
    await tabTo(page, /^Undo/);
    await page.keyboard.press('Enter');

    await expect.poll(() => deletes.count()).toBe(before);
    await page.reload();
    await deletes.first().waitFor();
    await expect.poll(() => deletes.count()).toBe(before);
    expect(problems).toEqual([]);
    await context.close();
  });
});
