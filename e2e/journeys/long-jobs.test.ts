import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sell } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { repeatedWith } from '../support/proof.ts';
import { staffCookies } from '../support/steps.ts';
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
