import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin } from '../support/pages.ts';
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

  await openInAdmin(page, '/people');
  await page.getByText('Eva Radu').waitFor();
  await page.getByText('Invitations that wait').waitFor({ state: 'detached' });
  await context.close();
  await phone.context.close();
});
