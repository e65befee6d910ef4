import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { staffCaller } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, openInShop, untilShopIsDrawn, untilStill } from '../support/pages.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, PHONE, visitor } from '../support/visitor.ts';
import { thisShop } from '../support/this-shop.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('shows a visitor goods on the home page, and nothing goes wrong in the browser', async () => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));

  const answer = await page.goto(thisShop().storefrontUrl);
  await untilShopIsDrawn(page);

  expect(answer?.status()).toBe(200);
  expect(await page.locator('a[href*="/p/"]').count()).toBeGreaterThan(0);
  expect(problems).toEqual([]);
});

it('leads to all goods in one line, and names whole on a phone what was taken out of the cart', async () => {
  const { page, context, problems } = await visitor(browser, PHONE);
  await openInShop(page, '/');
  const lines = await page
    .getByRole('link', { name: 'Vezi tot' })
    .evaluate((link) => link.getClientRects().length);

  await openInShop(page, '/en/p/set-farfurii-patru-persoane');
  const name = (await page.locator('h1').textContent())?.trim() ?? '';
  await page.getByRole('button', { name: 'Add to cart' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'Your cart' });
  await drawer.getByRole('button', { name: 'Remove from cart' }).click();
  const undo = drawer.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  const bar = drawer.getByRole('status').filter({ hasText: 'Undo' });
  const cut = await bar.evaluate((box) =>
    [...box.querySelectorAll('*')]
      .filter(
        (part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline',
      )
      .map((part) => part.textContent),
  );

  expect(lines).toBe(1);
  expect(name).not.toBe('');
  expect(await bar.textContent()).toContain(name);
  expect(cut).toEqual([]);
  expect((await undo.boundingBox())?.height).toBeLessThan(60);
  expect(problems).toEqual([]);
  await context.close();
});

it('shows a stranger the heading that staff wrote: pressed, typed, published', async () => {
  const cookies = await staffCookies(browser);
  const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
  await openInAdmin(page, '/content/pages');
  await page.getByRole('link', { name: /Handmade ceramics/ }).click();
  await page.getByRole('button', { name: /^Hero/ }).click();
  await page.getByRole('tab', { name: 'English' }).click();
  await page.getByRole('textbox', { name: 'Heading', exact: true }).fill('Clay, wool and time');
  const preview = page.frameLocator('iframe[title^="Preview of"]');

  // Nobody pressed Save: the draft is kept when the writer pauses, and the preview is in the language of the shop.
  await page.getByText('Draft', { exact: true }).first().waitFor();
  await preview.getByText('A draft').or(preview.getByText('O ciornă')).first().waitFor();
  await untilStill(page);
  await expectAccessible(page, 'editor of a page');
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog', { name: /^Publish/ });
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await dialog.waitFor({ state: 'hidden' });

  const stranger = await visitor(browser, PHONE);
  await openInShop(stranger.page, '/en');
  expect(await stranger.page.getByRole('heading', { level: 1 }).textContent()).toContain(
    'Clay, wool and time',
  );
  expect([...problems, ...stranger.problems]).toEqual([]);
  await stranger.context.close();
  await context.close();
});

it('keeps a text as it was written, however often it is opened, written on and stored', async () => {
  const html =
    '<h2>Titlu</h2><p>Un <strong>text</strong> <em>cu</em> <a href="https://example.com/a?b=1&amp;c=2">o legătură</a>,<br>un <code>cod</code> și&nbsp;un „citat” \'simplu\' &lt;b&gt;.</p><h3>Listă</h3><ul><li><p>unu</p><ul><li><p>doi</p></li></ul></li></ul><ol start="3"><li><p>trei</p></li></ol><blockquote><p>citat</p></blockquote><hr><h4>Mic</h4><p>Ultimul</p>';
  const { page, context, problems } = await visitor(browser, DESKTOP, await staffCookies(browser));
  const staff = await staffCaller();
  const { pageCreate } = await staff.ask(
    'mutation($input: PageCreateInput!) { pageCreate(input: $input) { page { id version } } }',
    { input: { translations: [{ locale: 'RO', name: 'Cu de toate' }] } },
  );
  const { id, version } = pageCreate.page;
  const { pageUpdate } = await staff.ask(
    'mutation($input: PageUpdateInput!) { pageUpdate(input: $input) { errors { code message } } }',
    {
      input: {
        ...{ pageId: id, expectedVersion: version },
        blocks: [{ key: 'the-text', type: 'TEXT', translations: [{ locale: 'RO', html }] }],
      },
    },
  );
  expect(pageUpdate.errors).toEqual([]);
  const stored = async (): Promise<string> => {
    const { staffPage } = await staff.ask(
      `{ staffPage(id: "${id}") { draft { blocks { translations { html } } } } }`,
    );
    return staffPage.draft.blocks[0].translations[0].html
      .replaceAll(' />', '>')
      .replaceAll('\u00a0', '&nbsp;');
  };
  expect(await stored()).toBe(html);

  for (const sign of ['!', '?']) {
    await openInAdmin(page, `/content/pages/${id}`);
    await page.getByRole('button', { name: /^Text/ }).click();
    const before = await stored();
    await page.getByRole('textbox', { name: 'Text', exact: true }).getByText('Ultimul').click();
    await page.keyboard.press('End');
    await page.keyboard.type(sign);
    await expect.poll(stored).toBe(before.replace(/<\/p>$/, `${sign}</p>`));
  }
  expect(await stored()).toBe(html.replace('Ultimul', 'Ultimul!?'));
  expect(problems).toEqual([]);
  await context.close();
});
