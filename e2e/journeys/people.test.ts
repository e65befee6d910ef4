import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/axe.ts';
import { openInAdmin, openInShop, untilStill } from '../support/pages.ts';
import { mailsTo, staffCookies } from '../support/steps.ts';
import { DESKTOP, inAdmin, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

it('invites a colleague for shipments, who accepts on a phone and sees what her role shows', async () => {
  const { page, context } = await visitor(browser, DESKTOP, cookies);
  await openInAdmin(page, '/people');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite' });
  await dialog.getByLabel('E-mail').fill('eva@shop.example');
  await dialog.getByRole('radio', { name: 'Expediere' }).click();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Invitations that wait').waitFor();

  const phone = await visitor(browser, PHONE);
  await expect.poll(() => mailsTo('eva@shop.example')).toHaveLength(1);
  const [mail] = await mailsTo('eva@shop.example');
  const [path] = /\/invitation\?token=[\w-]+/.exec(mail!.text)!;
  await phone.page.goto(inAdmin(path));
  await phone.page.getByRole('heading', { name: /Welcome to/ }).waitFor();
  await phone.page.getByLabel('Given name').fill('Eva');
  await phone.page.getByLabel('Family name').fill('Radu');
  await phone.page.getByLabel('New password').fill('seven grey pebbles');
  await phone.page.getByRole('button', { name: 'Accept' }).click();
  await phone.page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();

  // She works on orders and may not give money back: cancelling one that is paid says so, before she tries.
  const { id } = await buy('cana-dimineata', 1, 'paid@shop.example');
  await openInAdmin(phone.page, `/orders/${id}`);
  await phone.page.getByRole('button', { name: 'More actions' }).click();
  await phone.page.getByRole('menuitem', { name: 'Cancel the order' }).click();
  const cancelling = phone.page.getByRole('dialog', { name: /^Cancel order/ });
  await cancelling.getByText('which needs the permission “Pay money back”').waitFor();
  const number = /\d+/.exec(await cancelling.getByRole('heading').innerText())![0];
  await cancelling.locator('[name=confirmWord]').fill(number);
  await untilStill(phone.page);
  await expectAccessible(phone.page, 'an order that somebody else has to cancel');
  expect(await cancelling.getByRole('button', { name: 'Cancel the order' }).isDisabled()).toBe(true);

  await openInAdmin(page, '/people');
  await page.getByText('Eva Radu').waitFor();
  await page.getByText('Invitations that wait').waitFor({ state: 'detached' });
  await context.close();
  await phone.context.close();
});

it('makes a role on a phone: the first press after the empty name counts', async () => {
  const name = `Orders ${Math.random().toString(36).slice(2, 8)}`;
  const { page, context, problems } = await visitor(browser, PHONE, cookies);
  await openInAdmin(page, '/people/roles');
  await page.getByRole('button', { name: 'New role' }).click();
  const dialog = page.getByRole('dialog', { name: 'New role' });
  const choice = dialog.getByRole('checkbox', { name: 'See orders and returns' });
  await dialog.getByLabel('Name').focus();
  const { x, y, width, height } = (await choice.boundingBox())!;

  // A finger stays down for a moment: nothing may move away from under it meanwhile.
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))),
  );
  await page.mouse.up();

  await expect.poll(() => choice.isChecked()).toBe(true);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Give the role a name').waitFor();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(name).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

/** The code that Eva's app shows, now or some seconds later. */
const codeOf = (secret: string, later = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 1000 });

it('asks a colleague for a code too, in the admin and in the shop, once she has switched that on', async () => {
  const EVA = { email: 'eva@shop.example', password: 'seven grey pebbles' };
  const fillIn = async (page: Page): Promise<void> => {
    await page.getByLabel('E-mail').fill(EVA.email);
    await page.getByLabel('Password', { exact: true }).fill(EVA.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Code', { exact: true }).waitFor();
  };
  const { page, context } = await visitor(browser, DESKTOP);
  await page.goto(inAdmin('/profile'));
  await page.getByLabel('E-mail').fill(EVA.email);
  await page.getByLabel('Password', { exact: true }).fill(EVA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Whoever knows your password can sign in.').waitFor();
  await page.getByRole('button', { name: 'Switch on' }).click();
  const dialog = page.getByRole('dialog', { name: 'Switch on the second factor' });
  await dialog.getByLabel('Your password').fill(EVA.password);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('img', { name: 'Image for the app' }).waitFor();
  const secret = (await dialog.getByTestId('secret').innerText()).replaceAll(' ', '');
  await dialog.getByLabel('Code').fill(codeOf(secret));
  await untilStill(page);
  await expectAccessible(page, 'a secret for an app');
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  const kept = page.getByRole('dialog', { name: 'Your recovery codes' });
  await kept.getByRole('listitem').first().waitFor();
  const codes = await kept.getByRole('listitem').allInnerTexts();
  expect(codes).toHaveLength(10);
  await untilStill(page);
  await expectAccessible(page, 'recovery codes');
  await kept.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes are left.').waitFor();

  const phone = await visitor(browser, PHONE);
  await phone.page.goto(inAdmin('/profile'));
  await fillIn(phone.page);
  await phone.page.getByLabel('Code', { exact: true }).fill('000000');
  await phone.page.getByRole('button', { name: 'Sign in' }).click();
  await phone.page.getByRole('alert').getByText('This code is wrong').waitFor();
  await untilStill(phone.page);
  await expectAccessible(phone.page, 'a code of the app');
  await phone.page.getByLabel('Code', { exact: true }).fill(codeOf(secret, 30));
  await phone.page.getByRole('button', { name: 'Sign in' }).click();
  await phone.page.getByText('10 recovery codes are left.').waitFor();

  const buyer = await visitor(browser, PHONE);
  await openInShop(buyer.page, '/en/login');
  await fillIn(buyer.page);
  await expectAccessible(buyer.page, 'a code in the shop');
  await buyer.page.getByLabel('Code', { exact: true }).fill(codes[0] ?? '');
  await buyer.page.getByRole('button', { name: 'Sign in' }).click();
  await buyer.page.getByRole('heading', { name: 'Hello, Eva' }).waitFor();
  await buyer.context.close();

  await phone.page.getByRole('button', { name: 'Switch off' }).click();
  const off = phone.page.getByRole('dialog', { name: 'Switch off the second factor' });
  await off.getByLabel('Code').fill(codes[1] ?? '');
  await off.getByRole('button', { name: 'Switch off' }).click();
  await phone.page.getByText('Whoever knows your password can sign in.').waitFor();
  await phone.context.close();
  await context.close();
});
