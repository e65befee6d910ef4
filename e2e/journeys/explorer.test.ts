import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { buy } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { DESKTOP, visitor, type Visitor } from '../support/visitor.ts';
import { thisShop } from '../support/this-shop.ts';

let browser: Browser;
let developer: Visitor;
let foreign: string[];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  developer = await visitor(browser, DESKTOP);
  foreign = [];
  developer.page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${thisShop().apiUrl}/`) && !url.startsWith('data:')) foreign.push(url);
  });
  return () => developer.context.close();
});

/** Opens the explorer with this text in it, as a link that somebody was sent does, and runs it. */
async function runInExplorer(page: Page, text: string): Promise<void> {
  await page.goto(`${thisShop().apiUrl}/graphiql?query=${encodeURIComponent(text)}`);
  await page.getByRole('button', { name: /^Execute query/ }).click();
}

/** Waits until this stands in the answer. */
const answered = (page: Page, text: string | RegExp): Promise<void> =>
  page.locator('.graphiql-response').getByText(text).first().waitFor();

/** Waits until a socket that the page is about to open has asked for a subscription. */
const subscribed = (page: Page): Promise<void> =>
  new Promise((resolve) => {
    page.once('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        if (payload.includes('"subscribe"')) resolve();
      }),
    );
  });

describe('the explorer', () => {
  it('runs what stands in it when somebody first comes, with nothing from another machine', async () => {
    await developer.page.goto(`${thisShop().apiUrl}/graphiql`);
    await developer.page.getByRole('button', { name: /^Execute query/ }).click();

    // Whatever the journeys before have left of the first goods.
    await answered(developer.page, '"availability"');
    expect(foreign).toEqual([]);
    expect(developer.problems).toEqual([]);
  });

  it('signs staff in, and shows each order as it comes', async () => {
    const { page } = developer;
    await runInExplorer(
      page,
      'mutation { login(input: { email: "admin@example.com", password: "Admin@123" }) { user { role } errors { code } } }',
    );
    await answered(page, '"ADMIN"');

    const listening = subscribed(page);
    await runInExplorer(page, 'subscription { orderPlaced { number } }');
    await listening;
    const bought = await buy('cana-prag', 1, 'explored@example.test');

    await answered(page, `"${bought.number}"`);
    expect(foreign).toEqual([]);
    expect(developer.problems).toEqual([]);
  });
});
