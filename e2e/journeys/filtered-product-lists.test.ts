import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openInShop } from '../support/pages.ts';
import { DESKTOP, inShop, visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('a list that is narrowed', () => {
  it('shows each product in the color that was asked for, and leads to it', async () => {
    const { page, context, problems } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en/c/cani-si-cesti?f.colour=crem');
    const card = page.getByRole('article').filter({ hasText: 'Dimineața Mug' }).first();
    await card.getByText(/^Cream \//).waitFor();
    expect(await card.getByRole('link').getAttribute('href')).toMatch(/\?variant=.*CREM/i);

    await card.getByRole('link').click();
    await page.getByRole('radio', { name: /^Cream/, checked: true }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('takes prices with decimals, the wrong way round too, and says when they are none', async () => {
    const { page, context } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en/c/cani-si-cesti');
    await page.getByLabel('Lowest price').fill('120');
    await page.getByLabel('Highest price').fill('100,50');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/min=100\.5&max=120$/);

    await page.getByLabel('Lowest price').fill('cheap');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Write the price in figures').waitFor();
    expect(page.url()).toMatch(/min=100\.5&max=120$/);
    await context.close();
  });

  it('opens from its beginning by an old link, whatever its cursor was', async () => {
    const answer = await fetch(inShop('/en/c/boluri?f.colour=crem&after=zzz'), { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/en/c/boluri?f.colour=crem');
    expect((await fetch(inShop('/search?q=bol&after=zzz'))).status).toBe(200);
  });

  it('stays a list when the address asks for more filters than the shop takes', async () => {
    const many = Array.from({ length: 12 }, (_, i) => `f.a${i}=x`).join('&');
    expect((await fetch(inShop(`/c/boluri?${many}`))).status).toBe(200);
  });
});
