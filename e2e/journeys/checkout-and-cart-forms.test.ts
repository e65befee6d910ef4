import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guest } from '@vitrine/testing/drivers/guest.js';
import { nextPhone } from '@vitrine/testing/drivers/checkout.js';
import { customer } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInShop } from '../support/pages.ts';
import { guestOn } from '../support/page-guest.ts';
import { signInToShop } from '../support/steps.ts';
import { DESKTOP, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Puts a product into the cart of this browser, whose page must stand in the shop. */
async function put(page: Page, slug: string, quantity: number): Promise<void> {
  const guest = guestOn(page);
  await guest.do('cartLineAdd', 'CartLineAddInput', { variantId: await guest.variantOf(slug), quantity });
}

async function fillAddress(page: Page, phone: string): Promise<void> {
  await page.getByLabel('First name').fill('Ioana');
  await page.getByLabel('Last name').fill('Marin');
  await page.getByLabel('Street and number').fill('Strada Șurii Mici 4');
  await page.getByLabel('Postcode').fill('550183');
  await page.getByLabel('Town or city').fill('Sibiu');
  await page.getByLabel('County').selectOption({ label: 'Sibiu' });
  await page.getByLabel('Phone').fill(phone);
}

const WITHOUT_PHONE = {
  firstName: 'Ioana',
  lastName: 'Marin',
  line1: 'Strada Șurii Mici 4',
  city: 'Sibiu',
  region: 'Sibiu',
  postalCode: '550183',
  countryCode: 'RO',
};

async function toAddress(page: Page, email: string): Promise<void> {
  await openInShop(page, '/en/checkout');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Go to address' }).click();
  await page.getByLabel('First name').waitFor();
}

describe('the checkout', () => {
  it('asks at the field for the number that the courier calls, and for the region where a country has them', async () => {
    const { page, context, problems } = await visitor(browser, PHONE);
    await openInShop(page, '/en');
    await put(page, 'cana-burta', 1);
    await toAddress(page, 'courier@example.test');
    await fillAddress(page, '');
    await page.getByRole('button', { name: 'Go to delivery' }).click();
    const phone = page.getByLabel('Phone');
    await expect.poll(() => phone.getAttribute('aria-invalid')).toBe('true');

    await page.getByLabel('Country').selectOption('IT');
    await page.getByLabel('Province').waitFor();
    await page.getByLabel('Postcode').fill('20121');
    await page.getByLabel('Town or city').fill('Milano');
    await phone.fill('+39 02 1234567');
    await page.getByRole('button', { name: 'Go to delivery' }).click();
    await expect.poll(() => page.getByLabel('Province').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Province').selectOption({ label: 'Milano' });
    await page.getByRole('button', { name: 'Go to delivery' }).click();
    await page.getByRole('radio').first().waitFor({ state: 'attached' });
    expect(problems).toEqual([]);
    await context.close();
  });

  it('asks with the delivery for a number that neither contact nor address has, and says at the field what is wrong with it', async () => {
    const { page, context, problems } = await visitor(browser, PHONE);
    await openInShop(page, '/en');
    await put(page, 'cana-burta', 1);
    const guest = guestOn(page);
    await guest.do('cartContactUpdate', 'CartContactUpdateInput', { email: 'no-number@example.test' });
    await guest.do('cartAddressesUpdate', 'CartAddressesUpdateInput', { shippingAddress: WITHOUT_PHONE });
    await openInShop(page, '/en/checkout');
    const phone = page.getByLabel('Phone');
    const on = page.getByRole('button', { name: 'Go to review' });

    await on.click();
    await page.locator('input[name=phone][aria-invalid=true]:focus').waitFor();
    await page.getByText('Please fill this in.').waitFor();
    await expectAccessible(page, 'delivery step with a missing number');
    await phone.fill('12');
    await on.click();
    await page.getByText('Write a telephone number').waitFor();
    await page.locator('input[name=phone][aria-invalid=true]:focus').waitFor();
    await phone.fill(nextPhone());
    await on.click();

    await page.getByRole('button', { name: /^Place order/ }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('names price and days of the delivery when it is reviewed, the same as on the step before', async () => {
    const { page, context, problems } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en');
    await put(page, 'cana-burta', 1);
    await toAddress(page, 'days@example.test');
    await fillAddress(page, nextPhone());
    await page.getByRole('button', { name: 'Go to delivery' }).click();
    const choice = page.locator('label', { has: page.locator('input[name=shipping-method]') }).first();
    await choice.waitFor();
    expect(await choice.textContent()).toContain('1–2 working days');
    await page.getByRole('button', { name: 'Go to review' }).click();
    await page.getByRole('button', { name: /^Place order and pay/ }).waitFor();
    const summary = page.getByRole('main');
    await summary.getByText('1–2 working days').waitFor();
    expect(await summary.getByText('1–2 working days').count()).toBe(1);
    expect(await summary.getByText('RON 19.90').count()).toBeGreaterThan(0);
    expect(await summary.textContent()).not.toContain('RO-SB');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('keeps what was typed when a customer is signed out in the middle, and goes on after signing in again', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await signInToShop(page, 'bob@example.com', 'Bob@123');
    await put(page, 'cana-burta', 1);
    await openInShop(page, '/en/checkout?step=address');
    const other = page.getByRole('radio', { name: 'Another address' });
    await page.getByRole('button', { name: 'Go to delivery' }).waitFor();
    if (await other.count()) await other.check({ force: true });
    await fillAddress(page, '0722 123 456');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Go to delivery' }).click();

    const notice = page.getByRole('alert').filter({ hasText: 'your cart is waiting' });
    const again = notice.getByRole('link', { name: 'Sign in' });
    await again.waitFor();
    expect(await page.getByText('Your cart is empty').count()).toBe(0);
    await again.click();
    await page.getByLabel('E-mail').fill('bob@example.com');
    await page.getByLabel('Password', { exact: true }).fill('Bob@123');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/checkout/);
    await expect.poll(() => page.getByLabel('Street and number').inputValue()).toBe('Strada Șurii Mici 4');
    await expect.poll(() => page.getByLabel('Phone').inputValue()).toBe('0722 123 456');
    await page.getByRole('button', { name: 'Go to delivery' }).click();
    await page.getByRole('radio').first().waitFor({ state: 'attached' });
    await context.close();
  });
});

describe('the cart', () => {
  it('says in words that the one before is gone', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await openInShop(page, '/en/p/cana-burta');
    await put(page, 'cana-burta', 1);
    const cookies = await context.cookies();
    const cart = cookies.find(({ name }) => name.includes('cart'));
    if (!cart) throw new Error('There is no cookie of a cart.');
    await context.addCookies([{ ...cart, value: 'a-token-that-names-no-cart' }]);
    await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();

    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.getByText('The basket you had is no longer there').waitFor();
    await context.close();
  });

  it('says in words what was refused, also when no line is left to stand beside it', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await openInShop(page, '/en/p/cana-burta');
    await put(page, 'cana-burta', 2);
    await openInShop(page, '/en/cart');
    const more = page.getByRole('button', { name: 'One more' });
    await more.waitFor();
    await context.clearCookies();
    await more.click();

    await page.getByRole('alert').getByText('This is no longer here').waitFor();
    await context.close();
  });

  it('tells a customer who signs in that it holds fewer than the two it was made of', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await signInToShop(page, 'alice@example.com', 'Alice@123');
    const alice = guestOn(page);
    const scarce = await alice.variantOf('cana-burta');
    const most = await mostOf(alice, scarce);
    await context.clearCookies();
    await openInShop(page, '/en/login');
    await alice.do('cartLineAdd', 'CartLineAddInput', { variantId: scarce, quantity: most });
    await page.getByLabel('E-mail').fill('alice@example.com');
    await page.getByLabel('Password', { exact: true }).fill('Alice@123');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();

    await page.waitForURL(/\/account/);
    await page.getByRole('alert').getByText('Of some pieces it holds fewer than both did').waitFor();
    await alice.ask('mutation { cartClear { errors { code } } }');
    await context.close();
  });
});

/** Adds all available units of a variant to the cart; returns how many. */
async function mostOf(guest: Guest, variantId: string): Promise<number> {
  const add = 'mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { errors { code } } }';
  for (const quantity of [64, 32, 16, 8, 4, 2, 1]) await guest.ask(add, { input: { variantId, quantity } });
  const { lines } = (await guest.ask('{ cart { lines { quantity variant { id } } } }'))['cart'];
  const line = lines.find(({ variant }: { variant: { id: string } }) => variant.id === variantId);
  return line?.quantity ?? 0;
}

describe('one address on two devices of a customer', () => {
  it('is overwritten on neither unseen: the second one is told, keeps what it typed and decides', async () => {
    const { page, context } = await visitor(browser, PHONE);
    await signInToShop(page, 'alice@example.com', 'Alice@123');
    await openInShop(page, '/en/account/addresses');
    await page.getByRole('button', { name: 'Change', exact: true }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Edit the address' });
    await dialog.getByLabel('Street and number').fill('Strada de aici 1');
    const other = await customer({ email: 'alice@example.com', password: 'Alice@123' });
    const street = async (): Promise<string> =>
      (await other.ask('{ me { addresses { address { line1 } } } }')).me.addresses[0].address.line1;
    const { me } = await other.ask('{ me { addresses { id version } } }');
    await other.do('addressUpdate', 'AddressUpdateInput', {
      addressId: me.addresses[0].id,
      expectedVersion: me.addresses[0].version,
      address: { ...WITHOUT_PHONE, line1: 'Strada de acolo 2' },
    });

    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.locator('[data-problems]:focus', { hasText: 'changed meanwhile' }).waitFor();
    expect(await street()).toBe('Strada de acolo 2');
    expect(await dialog.getByLabel('Street and number').inputValue()).toBe('Strada de aici 1');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByText('Strada de aici 1').waitFor();
    expect(await street()).toBe('Strada de aici 1');
    await context.close();
  });
});

describe('the categories at the top of the page', () => {
  it('leave the page free once one was chosen, and open again when the pointer comes back', async () => {
    const { page, context } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en');
    const nav = page.getByRole('banner').getByRole('navigation', { name: 'Categories' });
    const child = nav.getByRole('link', { name: 'Small bowls' });
    await nav.getByRole('link', { name: 'Bowls', exact: true }).hover();
    await child.waitFor();
    await nav.getByRole('link', { name: 'Bowls', exact: true }).click();
    await page.waitForURL(/\/c\/boluri$/);
    await page.getByRole('heading', { name: 'Bowls', exact: true }).waitFor();
    await child.waitFor({ state: 'hidden' });

    await page.mouse.move(600, 700);
    await nav.getByRole('link', { name: 'Bowls', exact: true }).hover();
    await child.waitFor();
    await context.close();
  });
});
