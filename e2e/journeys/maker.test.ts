import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, openInShop, untilAdminIsDrawn } from '../support/pages.ts';
import { openEmptyShop } from '../support/shop.ts';
import { PHONE, visitor } from '../support/visitor.ts';

/** A shop with nothing in it, for this file alone. */
let shop: Awaited<ReturnType<typeof openEmptyShop>>;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([openEmptyShop(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});

const IMAGE = join(import.meta.dirname, '../../demo/pictures/bol-adanc-supa--front--miere.webp');
const next = (page: Page) => page.getByRole('button', { name: 'Continue' }).click();

async function setUp(page: Page): Promise<void> {
  await page.goto(shop.setupLink);
  await page.getByLabel('Given name').fill('Ilinca');
  await expectAccessible(page, 'set-up: you');
  await page.getByLabel('Family name').fill('Moreau');
  await page.getByLabel('E-mail').fill('ilinca@example.test');
  await page.getByLabel('Password').fill('quatre tasses vertes');
  await next(page);
  await page.getByLabel('Name of the shop').fill('Chez Ilinca');
  await page.getByLabel('Country').click();
  await page.getByRole('option', { name: 'France' }).click();
  await page.getByText('Prices in EUR').waitFor();
  await expectAccessible(page, 'set-up: shop');
  await next(page);
  await page.getByLabel('Legal name').fill('Moreau SARL');
  await page.getByLabel('Address').fill('3 rue des Potiers\n69001 Lyon');
  await page.getByLabel('Tax number').fill('FR12345678901');
  await page.getByLabel('E-mail for buyers').fill('bonjour@moreau.example');
  await next(page);
  await page.getByLabel('Price in EUR').fill('5.90');
  await next(page);
  await page.getByLabel('Name', { exact: true }).fill('Tasse');
  await page.getByLabel('Price in EUR').fill('24');
  await page.getByLabel('In stock').fill('4');
  await page.getByLabel('Picture').setInputFiles(IMAGE);
  await page.getByRole('button', { name: /^Open my shop/ }).click();
}

/** Asks the API as the page does. */
async function ask(page: Page, query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const answer = await page.request.post(`${shop.apiUrl}/graphql`, {
    headers: { 'x-vitrine-client': 'admin' },
    data: { query, variables },
  });
  return ((await answer.json()) as { data: Record<string, unknown> }).data;
}

/** Reads the legal texts that every shop begins with. */
async function readTexts(page: Page): Promise<void> {
  const { staffPages } = await ask(page, '{ staffPages { id version isStartText } }');
  for (const { id, version, isStartText } of staffPages as {
    id: string;
    version: number;
    isStartText: boolean;
  }[])
    if (isStartText)
      await ask(
        page,
        'mutation($input: PageUpdateInput!) { pageUpdate(input: $input) { errors { code } } }',
        {
          input: { pageId: id, expectedVersion: version, isRead: true },
        },
      );
}

async function buy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click();
  await page.getByRole('dialog', { name: 'Your cart' }).getByRole('link', { name: 'Checkout' }).click();
  await page.getByLabel('E-mail').fill('paul@example.test');
  await page.getByRole('button', { name: 'Go to address' }).click();
  await page.getByLabel('First name').fill('Paul');
  await page.getByLabel('Last name').fill('Girard');
  await page.getByLabel('Street and number').fill('8 rue Neuve');
  await page.getByLabel('Postcode').fill('69002');
  await page.getByLabel('Town or city').fill('Lyon');
  await page.getByLabel('Phone').fill('+33 6 12 34 56 78');
  await page.getByRole('button', { name: 'Go to delivery' }).click();
  await page.getByRole('radio').first().check({ force: true });
  await page.getByRole('button', { name: 'Go to review' }).click();
  await page.getByRole('button', { name: /^Place order/ }).click();
  await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
}

it('a maker begins with an empty shop on her phone, opens it, and a stranger buys her mug', async () => {
  const maker = await visitor(browser, PHONE);
  const stranger = await visitor(browser, PHONE);
  const { page } = maker;

  await setUp(page);
  await page.getByText('A way to pay').waitFor();
  await untilAdminIsDrawn(page);
  await expectAccessible(page, 'before the opening');
  await openInShop(stranger.page, `${shop.storefrontUrl}/en/p/tasse`);
  await stranger.page.getByRole('heading', { name: 'We open soon' }).waitFor();
  await expectAccessible(stranger.page, 'a shop that has not opened');
  expect(await stranger.page.getByText('Tasse').count()).toBe(0);

  await openInAdmin(page, `${shop.apiUrl}/admin/settings/payments`);
  await page.getByLabel('Cash on delivery').check();
  await page.getByLabel('Card', { exact: true }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  await readTexts(page);
  await openInAdmin(page, `${shop.apiUrl}/admin/opening`);
  await page.getByRole('button', { name: 'Open the shop' }).click();
  await page.getByText('The shop is open.').first().waitFor();

  await openInShop(stranger.page, `${shop.storefrontUrl}/en/p/tasse`);
  await stranger.page.getByText('Moreau SARL · FR12345678901 · 3 rue des Potiers, 69001 Lyon').waitFor();
  await buy(stranger.page);
  await openInAdmin(page, `${shop.apiUrl}/admin/orders`);
  await page.getByText('Girard').first().waitFor();
  expect(maker.problems).toEqual([]);
  expect(stranger.problems).toEqual([]);
});
