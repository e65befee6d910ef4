import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openInShop, untilShopIsDrawn } from '../support/pages.ts';
import { inShop, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function withoutScripts(): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

const plain = (page: Page, text: string) => page.locator('noscript :is(p, li)', { hasText: text });

describe('a buyer whose browser runs no scripts', () => {
  it('puts pieces into the cart, reads there what it holds and that ordering needs scripts', async () => {
    const page = await withoutScripts();
    await page.goto(inShop('/en/p/cana-burta'));
    await page.locator('input[name=quantity]').fill('2');
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();

    await page.waitForURL(/\/en\/cart$/);
    await plain(page, '× 2').waitFor();
    await plain(page, 'the cart waits for you').waitFor();
    expect(await page.locator('.skeleton').first().isVisible()).toBe(false);

    await page.goto(inShop('/en/p/cana-prag'));
    await page.locator('noscript').getByRole('link', { name: 'Search' }).click();
    await page.getByRole('main').getByRole('searchbox').fill('burta');
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/\/en\/search\?q=burta/);
    await page.locator('noscript').getByRole('link', { name: 'Open cart' }).click();
    await plain(page, '× 2').waitFor();
    await page.context().close();
  });

  it('chooses among variants from a list', async () => {
    const page = await withoutScripts();
    await page.goto(inShop('/en/p/cana-prag'));
    const choices = page.locator('noscript select[name=variantId]');
    const wanted = await choices.locator('option:not([selected])').first().textContent();
    await choices.selectOption({ label: wanted ?? '' });
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();

    await page.waitForURL(/\/en\/cart$/);
    const detail = wanted?.split(' · ').at(-1)?.trim() ?? '';
    await plain(page, detail).waitFor();
    await page.context().close();
  });

  it('is told in words what was refused', async () => {
    const page = await withoutScripts();
    await page.goto(inShop('/en/p/cana-burta'));
    await page.locator('input[name=quantity]').fill('5000');
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();

    await page.waitForURL(/refused=/);
    expect(await page.getByRole('alert').first().textContent()).not.toContain('errors.');
    await page.context().close();
  });
});

describe('a form that fills carts', () => {
  it('is taken from pages of the shop only', async () => {
    const answer = await fetch(inShop('/cart/add'), {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'variantId=vari_x&quantity=1',
    });
    expect([answer.status, answer.headers.get('location'), answer.headers.getSetCookie()]).toEqual([
      303,
      '/cart',
      [],
    ]);
  });

  it('works before the scripts of the page have come', async () => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB' });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(inShop('/en/p/cana-burta'));
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();

    await page.waitForURL(/\/en\/cart$/);
    await page.unroute('**/assets/*.js');
    await page.reload();
    await page.getByRole('link', { name: 'Checkout' }).waitFor();
    await context.close();
  });
});

/** Shows the page of the server; the answered function lets its scripts come, and waits until they run. */
async function onPageOfServer(path: string): Promise<{ page: Page; letScriptsCome: () => Promise<void> }> {
  const { page } = await visitor(browser, PHONE);
  let come: () => void = () => undefined;
  const mayCome = new Promise<void>((resolve) => (come = resolve));
  await page.route('**/assets/*.js', async (route) => {
    await mayCome;
    await route.fallback();
  });
  await page.goto(inShop(path), { waitUntil: 'commit' });
  const letScriptsCome = async (): Promise<void> => {
    come();
    await untilShopIsDrawn(page);
  };
  return { page, letScriptsCome };
}

describe('what a buyer enters before the scripts of the page have come', () => {
  it('is still in the fields, and is what the shop takes', async () => {
    const { page, letScriptsCome } = await onPageOfServer('/en/login');
    await page.getByLabel('E-mail').fill('bob@example.com');
    await page.getByLabel('Password', { exact: true }).fill('Bob@123');
    await letScriptsCome();

    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/account/);
    await page.context().close();
  });

  it('is the color and the quantity that go into the cart', async () => {
    const { page, letScriptsCome } = await onPageOfServer('/en/p/cana-prag');
    await page.getByRole('radio', { name: /^Clay pink/ }).check({ force: true });
    await page.getByRole('textbox', { name: 'How many pieces' }).first().fill('2');
    await letScriptsCome();

    await page.getByRole('radio', { name: /^Clay pink/, checked: true }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.getByText('Clay pink').waitFor();
    expect(await drawer.getByRole('textbox').first().inputValue()).toBe('2');
    await page.context().close();
  });
});

describe('what a buyer presses before the scripts of the page have come', () => {
  it('opens the menu, the search or the cart once they are there', async () => {
    for (const [button, dialog] of [
      ['Menu', 'Menu'],
      ['Search', 'Search'],
      ['Open cart', 'Your cart'],
    ] as const) {
      const { page, letScriptsCome } = await onPageOfServer('/en/p/cana-prag');
      await page.getByRole('banner').getByRole('button', { name: button, exact: true }).click();
      await letScriptsCome();

      await page.getByRole('dialog', { name: dialog }).waitFor();
      await page.context().close();
    }
  });

  it('adds one more for each press, and puts them into the cart', async () => {
    const { page, letScriptsCome } = await onPageOfServer('/en/p/cana-prag');
    for (let press = 0; press < 2; press++)
      await page.getByRole('main').getByRole('button', { name: 'One more' }).first().click();
    await letScriptsCome();

    const quantity = page.getByRole('textbox', { name: 'How many pieces' }).first();
    await expect.poll(() => quantity.inputValue()).toBe('3');
    await page.context().close();
  });

  it('signs in with what was entered, which leaves neither the page nor the fields', async () => {
    const { page, letScriptsCome } = await onPageOfServer('/en/login');
    await page.getByLabel('E-mail').fill('alice@example.com');
    await page.getByLabel('Password', { exact: true }).fill('Alice@123');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await letScriptsCome();

    await page.waitForURL(/\/account/);
    await page.context().close();
  });
});

describe('a buyer whose connection loses the code of the shop', () => {
  const lateNote = (page: Page) => page.getByText('Part of this page did not reach you.');

  async function onCartWithout(files: string): Promise<Page> {
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB' });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    await page.route(files, (route) => route.abort());
    await page.goto(inShop('/en/cart'));
    return page;
  }

  it.each([
    ['every script', '**/assets/*.js'],
    ['the code of this page', '**/assets/CartPage-*.js'],
    ['its text', '**/assets/storefront-*.js'],
  ])('is told in the cart that it lost %s, and gets it by trying again', async (_what, files) => {
    const page = await onCartWithout(files);
    await lateNote(page).waitFor();

    await page.unroute(files);
    await page.getByRole('link', { name: 'Reload the page' }).click();
    await page.getByText('Your cart is empty').waitFor();
    await lateNote(page).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('sees from the open cart that a page did not come', async () => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB' });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    await page.route('**/assets/CartPage-*.js', (route) => route.abort());
    await openInShop(page, '/en/p/cana-burta');
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();
    await page.getByRole('link', { name: 'See the cart' }).click();

    await page.getByRole('button', { name: 'Reload the page' }).click({ trial: true });
    await context.close();
  });

  it('is told nothing while the scripts come', async () => {
    const page = await onCartWithout('**/nothing');
    await lateNote(page).waitFor({ state: 'detached' });
    await page.context().close();
  });
});
