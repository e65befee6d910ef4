import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInShop, untilAdminIsDrawn } from '../support/pages.ts';
import { isProof } from '../support/proof.ts';
import { goInAdmin, mailsTo, signInToAdmin, signInToShop } from '../support/steps.ts';
import { thisShop } from '../support/this-shop.ts';
import { DESKTOP, inAdmin, PHONE, visitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

// The first is none that signing in ends at.
const ADMIN_PAGES = [
  '/drafts/new',
  '/orders',
  '/returns',
  '/disputes',
  '/products',
  '/categories',
  '/attributes',
  '/tags',
  '/content/pages',
  '/content/menus',
  '/content/media',
  '/content/redirects',
  '/content/redirects/missing',
  '/stock',
  '/stock/movements',
  '/stock/reservations',
  '/stock/locations',
  '/imports',
  '/imports/new/STOCK_RECEIVE',
  '/customers',
  '/jobs',
  '/people',
  '/people/roles',
  '/profile',
  '/settings/taxes',
  '/settings/languages',
  '/system/mails/preview',
  '/settings/languages/fr',
  '/system/webhooks',
  '/system/integrity',
  '/system/plugins',
];

describe('every page', () => {
  const pages = [
    '/',
    '/en',
    '/fr',
    '/en/c/cani-si-cesti',
    '/en/search?q=mug',
    '/en/p/cana-prag',
    '/en/cart',
    '/en/login',
    '/en/sign-up',
    '/en/forgot-password',
    '/en/nothing-here',
  ];

  it.each([
    ['a phone', PHONE, pages],
    // Those that are laid out in columns there.
    ['a desk', DESKTOP, isProof ? pages : ['/en', '/en/c/cani-si-cesti', '/en/p/cana-prag']],
  ])('can be read and used by everybody on %s', async (_name, viewport, paths) => {
    const { page, context, problems } = await visitor(browser, viewport);

    for (const path of paths) {
      await openInShop(page, path);
      await expectAccessible(page, path);
    }

    // The browser itself reports the one missing page as a failed load.
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
    await context.close();
  });

  it('of an account can be, too', async () => {
    const { page, context, problems } = await visitor(browser, PHONE);
    await signInToShop(page, 'bob@example.com', 'Bob@123');

    for (const path of [
      '/en/account',
      '/en/account/orders',
      '/en/account/addresses',
      '/en/account/devices',
    ]) {
      await openInShop(page, path);
      await expectAccessible(page, path);
    }

    expect(problems).toEqual([]);
    await context.close();
  });

  describe('of the admin', () => {
    let visit: Visitor;
    beforeAll(async () => {
      visit = await visitor(browser, DESKTOP);
      await visit.page.goto(inAdmin('/'));
      await visit.page.getByLabel('E-mail').waitFor();
      await expectAccessible(visit.page, 'admin sign-in');
      await signInToAdmin(visit.page);
    });
    afterAll(async () => {
      expect(visit.problems).toEqual([]);
      await visit.context.close();
    });

    it.each(ADMIN_PAGES)('can be, too: %s', async (path) => {
      await goInAdmin(visit.page, path);
      await expectAccessible(visit.page, `admin ${path}`);
    });

    it('can be, too: a piece in stock that is received', async () => {
      const { page } = visit;
      await goInAdmin(page, '/stock');
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Receive' }).click();
      await page.getByRole('dialog').getByLabel('Reason').waitFor();
      await expectAccessible(page, 'admin stock item');
      await page.keyboard.press('Escape');
    });

    it('can be, too: what is checked', async () => {
      const { page } = visit;
      await goInAdmin(page, '/system/integrity');
      await page.getByRole('button', { name: 'Check now' }).click();
      await page.getByText('Every rule holds.').waitFor();
      await expectAccessible(page, 'admin integrity');
    });

    it('can be, too: a product', async () => {
      const { page } = visit;
      await goInAdmin(page, '/products');
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByLabel('Address in the shop').waitFor();
      await untilAdminIsDrawn(page);
      await expectAccessible(page, 'admin product');
    });
  });
});

const FORGETFUL = 'forgetful@example.test';

/** A customer of one test alone: the demonstration's sign in to other journeys of this shop. */
async function signUp(email: string, password: string, language: string): Promise<void> {
  const answer = await fetch(`${thisShop().apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify({
      query: 'mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }',
      variables: {
        input: { email, firstName: 'Ion', lastName: 'Uituc', password },
      },
    }),
  });
  expect(await answer.json()).toMatchObject({ data: { signUp: { errors: [] } } });
}

const resetMails = async () =>
  (await mailsTo(FORGETFUL)).filter(({ text }) => text.includes('reset-password'));

describe('a customer who forgot the password', () => {
  it('gets a link by mail in the language of the account, chooses another one, and is let in with it', async () => {
    await signUp(FORGETFUL, 'Lut, lana si rabdare 6', 'ro');
    const { page, context, problems } = await visitor(browser, PHONE);
    await openInShop(page, '/en/forgot-password');

    await page.getByLabel('E-mail').fill(FORGETFUL);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect.poll(resetMails, { timeout: 60_000 }).toHaveLength(1);
    const link = /https?:\S+reset-password\S+/.exec((await resetMails())[0]?.text ?? '')?.[0] ?? '';
    await openInShop(page, link);
    await expectAccessible(page, 'choosing a new password');
    await page.getByLabel('Parola nouă').fill('Lut, lana si rabdare 7');
    await page.getByRole('button', { name: 'Salvează parola' }).click();

    await page.getByText('Parola este schimbată').waitFor();
    await openInShop(page, link);
    await page.getByLabel('Parola nouă').fill('Lut, lana si rabdare 8');
    await page.getByRole('button', { name: 'Salvează parola' }).click();
    await page.getByText('Linkul a expirat sau a fost folosit').waitFor();
    await page.getByRole('link', { name: 'Parolă nouă' }).waitFor();
    await signInToShop(page, FORGETFUL, 'Lut, lana si rabdare 7');
    expect(problems).toEqual([]);
    await context.close();
  });
});

const NEWCOMER = 'newcomer@example.test';
const MOVED = 'moved@example.test';

describe('a customer with a new account', () => {
  it('reads why orders of a guest are hidden, confirms the address with the link of the welcome, takes another one, and downloads their data', async () => {
    await signUp(NEWCOMER, 'Lut, lana si rabdare 6', 'en');
    const { page, context, problems } = await visitor(browser, PHONE);
    const welcome = async () => (await mailsTo(NEWCOMER)).filter(({ subject }) => subject === 'Welcome');
    await expect.poll(welcome, { timeout: 60_000 }).toHaveLength(1);
    const link = /https?:\S+verify-email\S+/.exec((await welcome())[0]?.text ?? '')?.[0] ?? '';

    await openInShop(page, link);
    await expectAccessible(page, 'confirming an address as a guest');
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(NEWCOMER);
    await page.getByLabel('Password', { exact: true }).fill('Lut, lana si rabdare 6');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(`This shows that ${NEWCOMER} is yours.`).waitFor();

    await openInShop(page, '/en/account/orders');
    await page.getByRole('heading', { name: 'Your e-mail address is not confirmed yet' }).waitFor();
    await expectAccessible(page, 'orders of an account that is not confirmed');
    await page.getByRole('button', { name: 'Mail me the link' }).click();
    await page.getByText('If you have no link yet').waitFor();

    await openInShop(page, link);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText('Your address is confirmed.').waitFor();
    await page.getByRole('link', { name: 'See your orders' }).click();
    await page.getByText('Is an order missing that you placed as a guest?').waitFor();

    await openInShop(page, '/en/account');
    const form = page.locator('form', { has: page.getByLabel('New e-mail address') });
    await form.getByLabel('New e-mail address').fill(MOVED);
    await form.getByLabel('Current password').fill('Lut, lana si rabdare 6');
    await form.getByRole('button', { name: 'Change the address' }).click();
    await page.getByText(`The link is on its way to ${MOVED}.`).waitFor();
    await expect.poll(() => mailsTo(MOVED), { timeout: 60_000 }).toHaveLength(1);
    const change = /https?:\S+change-email\S+/.exec((await mailsTo(MOVED))[0]?.text ?? '')?.[0] ?? '';
    await openInShop(page, change);
    await page.getByRole('button', { name: 'Use the new address' }).click();
    await page.getByText('Your account has the new address.').waitFor();

    await openInShop(page, '/en/account/privacy');
    await expectAccessible(page, 'the privacy page of an account');
    await page.getByLabel('Current password').fill('Lut, lana si rabdare 6');
    await page.getByRole('button', { name: 'Get my data' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the file' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^personal-data-.*\.json$/);
    expect(problems).toEqual([]);
    await context.close();
  });
});
