import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Cookie, Page } from 'playwright-core';
import { openLine, type Line } from '@vitrine/testing/simulators/line.js';
import { buy } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin } from '../support/pages.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, visitor, type Visitor } from '../support/visitor.ts';
import { thisShop } from '../support/this-shop.ts';

let browser: Browser;
let line: Line;
let staff: Visitor;
let cookies: Cookie[];
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
  line = await openLine({ port: Number(new URL(thisShop().apiUrl).port) });
});
afterAll(async () => {
  await browser.close();
  await line.close();
});

/** A page of the admin that reaches the API through a breakable proxy. */
const overLine = (path: string): string => `http://localhost:${line.port}/admin${path}`;

async function openList(page: Page): Promise<void> {
  const socket = page.waitForEvent('websocket');
  await openInAdmin(page, overLine('/orders'));
  await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
  await socket;
}

const inList = (page: Page, number: string) =>
  page.getByRole('table').getByRole('link', { name: new RegExp(number) });

describe('an order list that stays open all day', () => {
  beforeEach(async () => {
    staff = await visitor(browser, DESKTOP, cookies);
    await openList(staff.page);
    return async () => {
      // A renewed session has new cookies; the old ones would be treated as stolen.
      cookies = await staff.context.cookies();
      await staff.context.close();
    };
  });

  it('shows the order that came while the network was away, without being touched', async () => {
    line.cut();
    const missed = await buy('cana-prag', 1, 'missed@example.test');
    const attempts = line.attempts;
    await expect.poll(() => line.attempts, { timeout: 60_000 }).toBeGreaterThan(attempts + 2);
    expect(await inList(staff.page, missed.number).count()).toBe(0);

    line.mend();

    await inList(staff.page, missed.number).waitFor();
    const next = await buy('cana-prag', 1, 'next@example.test');
    await inList(staff.page, next.number).waitFor();
  });

  it('notices a dead line that nobody closed', async () => {
    line.freeze();
    const missed = await buy('cana-prag', 1, 'frozen@example.test');
    const attempts = line.attempts;
    await expect.poll(() => line.attempts, { timeout: 60_000 }).toBeGreaterThan(attempts);
    line.mend();

    await inList(staff.page, missed.number).waitFor({ timeout: 60_000 });
  });

  it('stays live when the access token runs out again and again', async () => {
    for (const time of [1, 2, 3]) {
      await staff.context.clearCookies({ name: 'vitrine_admin_access' });
      const socket = staff.page.waitForEvent('websocket');
      // As the API does with the sockets of a token that ran out.
      line.drop();
      await socket;

      const bought = await buy('cana-prag', 1, `hour-${time}@example.test`);
      await inList(staff.page, bought.number).waitFor();
    }
    expect(new URL(staff.page.url()).pathname).toBe('/admin/orders');
  });

  it('asks to sign in over the page, and goes on live, once the session is really over', async () => {
    await staff.context.clearCookies();
    line.drop();

    const dialog = staff.page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill('Admin@123');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });

    const bought = await buy('cana-prag', 1, 'again@example.test');
    await inList(staff.page, bought.number).waitFor();
  });
});
