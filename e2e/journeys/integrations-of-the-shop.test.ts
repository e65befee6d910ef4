import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, inAdmin, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
});
afterAll(() => browser.close());

it('a password is written and tried on a phone, replaced and removed on a desktop, and never shown again', async () => {
  const { page, context, problems } = await visitor(browser, PHONE, cookies);
  await page.goto(inAdmin('/settings/integrations'));
  const card = page.locator('form').filter({ has: page.locator('input[name="url"]') });
  const field = card.locator('input[name="url"]');
  const saveAs = async (value: string): Promise<void> => {
    await field.fill(value);
    await card.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => field.inputValue()).toBe('');
  };

  await field.fill('mail.example');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.locator('[id$="-error"]').waitFor();
  await card.locator('input[name="url"]:focus').waitFor();
  await expectAccessible(page, 'integrations with an error');
  await saveAs('smtp://shop:planted-password@127.0.0.1:9');
  await card.getByText('ends in ….1:9', { exact: false }).waitFor();
  await card.getByRole('button', { name: 'Test' }).click();
  await card.getByText('could not be reached', { exact: false }).waitFor();

  await page.setViewportSize(DESKTOP);
  await saveAs('smtp://shop:planted-password@127.0.0.1:19');
  await card.getByText('ends in …1:19', { exact: false }).waitFor();
  await card.getByText('Not tested since the last change').waitFor();
  await page.reload();
  await card.getByText('ends in …1:19', { exact: false }).waitFor();
  expect(await page.content()).not.toContain('planted-password');

  await card.getByRole('button', { name: /^Remove/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('remove');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => card.getByText('Missing').isVisible()).toBe(true);
  expect(problems).toEqual([]);
  await context.close();
});
