import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, untilAdminIsDrawn, untilStill } from '../support/pages.ts';
import { orderUnpaid, sell } from '../support/api.ts';
import { buy, staffCaller } from '../support/api.ts';
import { repeatedWith } from '../support/proof.ts';
import { goInAdmin, staffCookies } from '../support/steps.ts';
import { PHONE, visitor } from '../support/visitor.ts';

const LAPTOP = { width: 1280, height: 800 };
const LISTS = [
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
  '/blocked-buyers',
  '/settings/shop',
  '/settings/contact',
  '/settings/seller',
  '/settings/payments',
  '/settings/holds',
  '/settings/returns',
  '/settings/invoicing',
  '/settings/delivery',
  '/settings/taxes',
  '/settings/languages',
  '/settings/tax',
  '/settings/integrations',
  '/settings/activity',
  '/system/mails',
  '/system/mails/preview',
  '/settings/languages/fr',
  '/system/webhooks',
];

let browser: Browser;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
  await sell('cana-burta', 'wide@example.test');
  await orderUnpaid('cana-burta', 'somebody-with-a-rather-long-address@example.test');
  const staff = await staffCaller();
  const delivered = await buy('cana-burta', 1, 'returner@example.test');
  await staff.deliver(delivered);
});
afterAll(() => browser.close());

async function speaking(language: string, viewport: { width: number; height: number }) {
  const shown = await visitor(browser, viewport, cookies);
  await shown.context.addInitScript((value) => {
    // The page of a mail is in a sandbox, where nothing can be stored.
    if (window === window.top) localStorage.setItem('vitrine-admin-language', value);
  }, language);
  return shown;
}

/** The page has taken this size and drawn itself anew. */
async function resize(page: Page, viewport: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(viewport);
  await page.waitForFunction(({ width }) => innerWidth === width, viewport);
}

/** Elements that need horizontal scrolling. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main, main *')]
      .filter((box) => ['auto', 'scroll'].includes(getComputedStyle(box).overflowX))
      .filter((box) => box.scrollWidth > box.clientWidth + 1)
      .map((box) => `${box.className}: ${box.scrollWidth} in ${box.clientWidth}`),
  );

/** Search fields whose hint is longer than the field. */
const cutHints = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('main input[placeholder]')].flatMap((field) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      const drawing = document.createElement('canvas').getContext('2d');
      if (!drawing) return ['no canvas'];
      drawing.font = font;
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      const width = Math.ceil(drawing.measureText(field.placeholder).width);
      return width > room ? [`${field.placeholder}: ${width} in ${room}`] : [];
    }),
  );

async function cutWords(page: Page, where: string): Promise<string[]> {
  await untilAdminIsDrawn(page);
  // A frame in which columns that have no room any more leave the list.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  return [...(await tooWide(page)), ...(await cutHints(page))].map((box) => `${where}: ${box}`);
}

describe('the lists of the admin', () => {
  // French has the longest words.
  it.each(repeatedWith(['fr'], ['ro', 'en']))(
    'are seen whole on a laptop and on a phone (%s)',
    async (language) => {
      const { page, context, problems } = await speaking(language, LAPTOP);

      await openInAdmin(page, '/drafts/new');

      const wide: string[] = [];
      for (const path of LISTS) {
        await resize(page, LAPTOP);
        await goInAdmin(page, path);
        wide.push(...(await cutWords(page, `${path} on a laptop`)));
        await resize(page, PHONE);
        wide.push(...(await cutWords(page, `${path} on a phone`)));
      }

      expect(wide).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    },
  );

  it('offer a column that has no room as hidden, and show it to whoever asks', async () => {
    const { page, context } = await speaking('en', LAPTOP);
    await openInAdmin(page, '/orders');
    await page.getByRole('main').getByRole('link', { name: /#\d+/ }).first().waitFor();
    // Whether a column has room is known once the rows are drawn.
    await page.getByRole('columnheader', { name: 'Town' }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Columns' }).click();
    const choice = page.getByRole('menuitemcheckbox', { name: 'Town' });
    expect(await choice.getAttribute('aria-checked')).toBe('false');
    await choice.click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Town' }).waitFor();

    await context.close();
  });

  it('name mails and reasons in words', async () => {
    const { page, context } = await speaking('ro', LAPTOP);
    await openInAdmin(page, '/system/mails?q=wide@example');
    await page.getByRole('cell', { name: 'Confirmarea comenzii' }).first().waitFor();
    await openInAdmin(page, '/stock/movements');
    await page.getByText('Cana Burtă').first().waitFor();

    await openInAdmin(page, '/orders?q=wide@example');
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByText('Confirmarea comenzii').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('order-confirmation');
    await context.close();
  });
});

describe('a shipment of a product with a long name', () => {
  it.each(repeatedWith([PHONE], [LAPTOP]))(
    'has its number of pieces within the dialog (%o)',
    async (viewport) => {
      const { number } = await buy('set-farfurii-patru-persoane', 1, `parcel-${viewport.width}@example.test`);
      const { page, context, problems } = await speaking('en', viewport);
      await openInAdmin(page, `/orders?q=${number}`);
      await page
        .getByRole('link', { name: new RegExp(number) })
        .first()
        .click();
      await page.getByRole('button', { name: 'Ship', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Ship' });
      await dialog.getByRole('spinbutton').first().waitFor();
      await untilStill(page);

      const pieces = await dialog.getByRole('spinbutton').first().boundingBox();
      const frame = await dialog.boundingBox();
      expect(pieces && frame && pieces.x + pieces.width < frame.x + frame.width).toBe(true);
      expect(problems).toEqual([]);
      await context.close();
    },
  );
});

describe('a product on a laptop', () => {
  it('shows its variants whole: the end of their names tells them apart', async () => {
    const { page, context, problems } = await speaking('ro', LAPTOP);
    await openInAdmin(page, '/products?q=cana+dimineata');
    await page.locator('main tbody').getByRole('link').first().click();
    const table = page.locator('main table');
    await table.getByText('Albastru de ceață / 350 ml').waitFor();

    expect(await tooWide(page)).toEqual([]);
    const cut = await table.evaluate((box) =>
      [...box.querySelectorAll('td:first-child span')]
        .filter((name) => name.scrollWidth > name.clientWidth + 1)
        .map((name) => name.textContent),
    );
    expect(cut).toEqual([]);
    const frame = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((box) => getComputedStyle(box).position === 'fixed' && box.scrollHeight > innerHeight)
        .map((box) => box.className),
    );
    expect(frame).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a product on a phone', () => {
  it('has every field of a variant within the screen', async () => {
    const { page, context, problems } = await speaking('en', PHONE);
    await openInAdmin(page, '/products?q=LL-CANA-02');
    await page.locator('main li[data-row]').getByRole('link').first().click();

    for (const field of ['SKU', 'Price (RON)', 'Price before', 'Weight (g)', 'Barcode']) {
      const box = await page
        .getByRole('textbox', { name: new RegExp(`^${field.replace(/[()]/g, '\\$&')},`) })
        .first()
        .boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= PHONE.width, field).toBe(true);
    }
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a new product on a phone', () => {
  it('has price and stock of each variant within the screen', async () => {
    const { page, context, problems } = await speaking('en', PHONE);
    await openInAdmin(page, '/products/new');
    await page.getByRole('button', { name: 'Add an option' }).click();
    await page.getByPlaceholder('Size').fill('Colour');
    await page.getByRole('textbox', { name: 'Choice 1', exact: true }).fill('Red');

    for (const field of ['SKU', 'Price (RON)', 'Stock']) {
      const box = await page.getByRole('textbox', { name: `${field}, Red` }).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= PHONE.width, field).toBe(true);
    }
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the shop that cannot be reached', () => {
  it.each(
    repeatedWith<[string, typeof PHONE]>(
      [['a phone, whose menu covers the page', PHONE]],
      [['a laptop', LAPTOP]],
    ),
  )(
    'leaves the admin as it is on %s when a page cannot be fetched, and opens it later',
    async (_on, viewport) => {
      const { page, context } = await speaking('en', viewport);
      const stock = page.getByRole('link', { name: 'Stock', exact: true });
      await openInAdmin(page, '/orders');
      await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
      await page.getByRole('main').getByRole('link', { name: /#\d+/ }).first().waitFor();
      if (viewport === PHONE) await page.getByRole('button', { name: 'Open sidebar' }).click();
      await stock.waitFor();

      await context.setOffline(true);
      await stock.click();
      await page.getByRole('alert').filter({ hasText: 'This page could not be opened' }).waitFor();
      await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();

      await context.setOffline(false);
      await page.getByRole('button', { name: 'Try again' }).last().click();
      await page.getByRole('heading', { name: 'Stock', exact: true }).waitFor();
      await context.close();
    },
  );
});
