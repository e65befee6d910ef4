import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sell } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin } from '../support/pages.ts';
import { repeatedWith } from '../support/proof.ts';
import { mailsTo, staffCookies } from '../support/steps.ts';
import { DESKTOP, inAdmin, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
  await sell('cana-burta', 'exported@example.test');
});
afterAll(() => browser.close());

it.each(repeatedWith<[string, typeof PHONE]>([['a phone', PHONE]], [['a desk', DESKTOP]]))(
  'at %s a file of orders is fetched from the drawer, and again from the list of jobs',
  async (_at, size) => {
    const { page, context, problems } = await visitor(browser, size, cookies);
    await page.goto(inAdmin('/orders'));
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page.getByRole('menuitem', { name: 'Every column' }).click();

    const drawer = page.getByTestId('job-drawer');
    const link = drawer.getByRole('link', { name: 'Download the file' });
    await link.waitFor();
    const file = await page.request.get(new URL((await link.getAttribute('href'))!, page.url()).href);
    expect(await file.text()).toContain('exported@example.test');
    await expectAccessible(page, 'the drawer of a job');

    if (size === PHONE) await page.getByRole('button', { name: 'Close' }).last().click();
    else await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    const notice = page.getByRole('region', { name: 'Jobs' });
    await notice.getByText('Done').first().waitFor();
    // The page below the notice can be used, and the notice stays on the next one.
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
    await notice.getByRole('button', { name: 'Put away' }).first().click();
    await notice.waitFor({ state: 'detached' });

    await page.goto(inAdmin('/jobs'));
    await page.getByRole('button', { name: 'Details' }).filter({ visible: true }).first().click();
    await link.waitFor();
    await expectAccessible(page, 'the list of jobs with its drawer');
    expect(problems).toEqual([]);
    await context.close();
  },
);

it('the orders that a list shows are shipped at once, the job is watched to its end, and the file says so', async () => {
  const bought = [await sell('cana-burta', 'one@bulk.test'), await sell('cana-burta', 'two@bulk.test')];
  const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
  await openInAdmin(page, '/orders?q=bulk.test');
  const row = (index: number) => page.getByRole('row').filter({ hasText: `#${bought[index]?.number}` });
  await row(1).waitFor();
  await page.getByLabel('Choose all of this page').click();
  const chosen = page.getByRole('region', { name: 'Chosen rows' });
  await chosen.getByText('2 chosen').waitFor();
  await chosen.getByRole('button', { name: 'Mark as shipped' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mark as shipped' });
  await dialog.getByText('Everything that is left of 2 orders').waitFor();
  await dialog.getByRole('button', { name: 'Mark as shipped' }).click();

  const drawer = page.getByTestId('job-drawer');
  await drawer.getByText('2 of 2 rows').waitFor();
  await drawer.getByText('Done', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Close' }).last().click();
  for (const index of [0, 1]) await row(index).getByText('Shipped', { exact: true }).first().waitFor();
  for (const email of ['one@bulk.test', 'two@bulk.test'])
    await expect.poll(async () => (await mailsTo(email)).length).toBeGreaterThan(1);

  await page.getByRole('button', { name: 'Export CSV' }).click();
  await page.getByRole('menuitem', { name: 'What is shown' }).click();
  const link = drawer.getByRole('link', { name: 'Download the file' });
  await link.waitFor();
  const file = await page.request.get(new URL((await link.getAttribute('href'))!, page.url()).href);
  const lines = (await file.text()).trim().split('\n').slice(1);
  expect(lines).toHaveLength(2);
  for (const { number } of bought) expect(lines.some((line) => line.includes(number))).toBe(true);
  expect(lines.every((line) => line.includes('FULFILLED'))).toBe(true);
  expect(problems).toEqual([]);
  await context.close();
});
