import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { order, staffCaller } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { openInShop, untilAdminIsDrawn } from '../support/pages.ts';
import { fillCart } from '../support/page-guest.ts';
import { mailsTo, signInToAdmin, signInToShop } from '../support/steps.ts';
import { DESKTOP, inAdmin, PHONE, visitor } from '../support/visitor.ts';

const SIMPLE_PRODUCT = '/en/p/cana-burta';
const PRODUCT_WITH_CHOICES = '/en/p/cana-prag';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function addToCart(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();
  await page.getByRole('dialog', { name: 'Your cart' }).getByRole('link', { name: 'Checkout' }).click();
}

async function fillAddress(page: Page): Promise<void> {
  await page.getByLabel('First name').fill('Ioana');
  await page.getByLabel('Last name').fill('Marin');
  await page.getByLabel('Street and number').fill('Strada Șurii Mici 4');
  await page.getByLabel('Postcode').fill('550183');
  await page.getByLabel('Town or city').fill('Sibiu');
  await page.getByLabel('County').selectOption({ label: 'Sibiu' });
  await page.getByLabel('Phone').fill('0722/123.456');
}

async function payWith(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Expiry (MM/YY)').fill('12/30');
  await page.getByLabel('CVC').fill('123');
  await page.getByRole('button', { name: /^Pay / }).click();
}

const orderNumber = async (page: Page): Promise<string> => {
  const text = await page
    .getByText(/^Order \d+$/)
    .first()
    .textContent();
  return /\d+/.exec(text ?? '')?.[0] ?? '';
};

describe('the first sale', () => {
  it('goes to a guest on a phone, whose page follows the shipment without a reload', async () => {
    const guest = await visitor(browser, PHONE);
    const { page } = guest;

    await openInShop(page, SIMPLE_PRODUCT);
    await expectAccessible(page, 'product page on a phone');
    await addToCart(page);
    await page.getByLabel('E-mail').waitFor();
    await expectAccessible(page, 'checkout: contact');
    await page.getByLabel('E-mail').fill('ioana@example.test');
    await page.getByRole('button', { name: 'Go to address' }).click();
    await fillAddress(page);
    // From the top: a field half below the summary that stays in view is no small target.
    await page.evaluate(() => scrollTo(0, 0));
    await expectAccessible(page, 'checkout: address');
    await page.getByRole('button', { name: 'Go to delivery' }).click();
    await page.getByRole('radio').first().check({ force: true });
    await page.getByRole('button', { name: 'Go to review' }).click();
    await page.getByRole('button', { name: /^Place order and pay/ }).click();

    await page.getByLabel('Card number').waitFor();
    await expectAccessible(page, 'payment');
    await payWith(page, '4000 0000 0000 0002');
    await page.getByText('The bank declined this card').waitFor();
    await payWith(page, '4242 4242 4242 4242');

    await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
    await expectAccessible(page, 'confirmation');
    const number = await orderNumber(page);
    expect(number).toMatch(/^\d+$/);
    await expect.poll(subjects, { timeout: 60_000 }).toHaveLength(2);
    expect(await subjects()).toEqual([
      expect.stringMatching(new RegExp(`^Invoice .+ for your order ${number}$`)),
      `Your order ${number} is with us`,
    ]);

    const staff = await visitor(browser, DESKTOP);
    await signInToAdmin(staff.page);
    await staff.page.goto(inAdmin('/orders'));
    await staff.page
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .click();
    await staff.page.getByRole('heading', { name: new RegExp(`Order ${number}`) }).waitFor();
    await staff.page.getByRole('button', { name: 'Ship', exact: true }).first().waitFor();
    await expectAccessible(staff.page, 'order in the admin');
    await staff.page.getByRole('button', { name: 'Ship', exact: true }).first().click();
    const dialog = staff.page.getByRole('dialog', { name: 'Ship' });
    await dialog.getByLabel('Carrier').fill('Fan Courier');
    await dialog.getByLabel('Tracking number').fill('FC123456789RO');
    await dialog.getByRole('button', { name: 'Mark as shipped' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByText('FC123456789RO').first().waitFor();
    await page.getByText('Shipped').first().waitFor();
    await expect.poll(subjects, { timeout: 60_000 }).toContain(`Your order ${number} is on its way`);
    expect(guest.problems).toEqual([]);
    expect(staff.problems).toEqual([]);
    await guest.context.close();
    await staff.context.close();
  });

  it('goes to alice at her computer, and turns up in the open list of the admin by itself', async () => {
    const staff = await visitor(browser, DESKTOP);
    await signInToAdmin(staff.page);
    await staff.page.goto(inAdmin('/orders'));
    await staff.page.getByPlaceholder('Number, name, phone, AWB …').waitFor();
    await untilAdminIsDrawn(staff.page);
    const alice = await visitor(browser, DESKTOP);
    const { page } = alice;

    await signInToShop(page, 'alice@example.com', 'Alice@123');
    await openInShop(page, PRODUCT_WITH_CHOICES);
    await addToCart(page);
    await buyAsAlice(page);

    const number = await orderNumber(page);
    await staff.page
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .waitFor();
    await openInShop(page, '/en/account/orders');
    await page
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .click();
    await page.getByText('Paid, being prepared').first().waitFor();
    await expectAccessible(page, "a customer's order");
    expect(alice.problems).toEqual([]);
    expect(staff.problems).toEqual([]);
    await alice.context.close();
    await staff.context.close();
  });
});

describe('the last piece', () => {
  it('that somebody else bought during the checkout is named at the button, and is left out of the cart', async () => {
    const staff = await staffCaller();
    const { product } = await staff.do(
      'productCreate',
      'ProductCreateInput',
      {
        translations: [{ locale: 'RO', name: 'Ultimul bol' }],
        status: 'ACTIVE',
        slug: 'ultimul-bol',
        variants: [{ sku: 'LAST-BOWL', price: 5000, stock: 1, options: [] }],
      },
      'product { slug }',
    );
    const { page, context, problems } = await visitor(browser, PHONE);
    await openInShop(page, '/en/cart');
    await fillCart(page, product.slug);
    await openInShop(page, '/en/checkout?step=review');
    const email = 'quicker@example.test';
    await order(product.slug, { quantity: 1, email, paymentMethod: 'CARD', received: 0 });

    await page.getByRole('button', { name: /^Place order and pay/ }).click();
    const told = page.locator('[data-problems]:focus', { hasText: 'Ultimul bol' });
    await expect.poll(() => told.evaluate((box) => box.getBoundingClientRect().top)).toBeGreaterThan(0);
    await expectAccessible(page, 'sold out during the checkout');

    await page.getByRole('link', { name: 'Edit the cart' }).click();
    // While the page changes, the one of the checkout may still stand beside that of the cart.
    await page.getByRole('alert').filter({ hasText: 'Ultimul bol' }).first().waitFor();
    await page.getByRole('button', { name: 'Remove from cart: Ultimul bol' }).click();
    await page.getByRole('heading', { name: 'Your cart is empty' }).waitFor();
    await page.locator('button:focus', { hasText: 'Undo' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

/** Continues from the first checkout step that alice's account does not complete. */
async function buyAsAlice(page: Page): Promise<void> {
  const place = page.getByRole('button', { name: /^Place order and pay/ });
  const next = page.getByRole('button', { name: /^Go to (address|delivery|review)$/ });
  while (
    await next
      .or(place)
      .first()
      .waitFor()
      .then(() => next.isVisible())
  ) {
    const step = await next.textContent();
    if (step?.includes('review')) await page.getByRole('radio').first().check({ force: true });
    await next.click();
    await page.getByRole('button', { name: step ?? '', exact: true }).waitFor({ state: 'hidden' });
  }
  await place.click();
  await page.getByLabel('Card number').waitFor();
  await payWith(page, '4242 4242 4242 4242');
  await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
}

/** The mails of the guest, sorted. */
async function subjects(): Promise<string[]> {
  return (await mailsTo('ioana@example.test')).map(({ subject }) => subject).sort();
}
