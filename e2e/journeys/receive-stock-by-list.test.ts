import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { staffCaller } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, untilAdminIsDrawn, untilStill } from '../support/pages.ts';
import { repeatedWith } from '../support/proof.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, PHONE, visitor } from '../support/visitor.ts';

let browser: Browser;
let staff: Awaited<ReturnType<typeof staffCaller>>;
let cookies: Awaited<ReturnType<typeof staffCookies>>;
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
  staff = await staffCaller();
});
afterAll(() => browser.close());

/** Two SKUs of the demo shop, with what is on hand of the first. */
async function twoItems(): Promise<{ skus: [string, string]; onHand: number }> {
  const query = '{ stockItems(first: 2) { nodes { onHand variant { sku } } } }';
  const [first, second] = (await staff.ask(query)).stockItems.nodes;
  return { skus: [first.variant.sku, second.variant.sku], onHand: first.onHand };
}

const file = (text: string) => ({ name: 'aviz.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

it.each(repeatedWith<[string, typeof PHONE]>([['a phone', PHONE]], [['a desk', DESKTOP]]))(
  'at %s a delivery is received from a file: columns, check, errors, movements',
  async (_at, size) => {
    const { page, context, problems } = await visitor(browser, size, cookies);
    const { skus, onHand } = await twoItems();
    await openInAdmin(page, '/stock');
    await page.getByRole('link', { name: 'Receive by list' }).click();
    await page.getByRole('heading', { name: 'What the list may hold' }).waitFor();
    await expectAccessible(page, 'the start of an import');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Template' }).click();
    const template = await readFile(await (await waiting).path(), 'utf8');

    await page
      .getByTestId('import-file')
      .setInputFiles(
        file(`Aviz 4711\nArticol;Ref furnizor;Livrat\n${skus[0]};x;5\n${skus[1]};y;2\nNO-SUCH;z;1\n`),
      );
    await page.getByRole('heading', { name: 'What the columns mean' }).waitFor();
    await page.getByLabel('Quantity', { exact: true }).click();
    await page.getByRole('option', { name: /^Livrat/ }).click();
    await expectAccessible(page, 'the columns of an import');
    await page.getByRole('button', { name: 'Check the rows' }).click();
    const errors = page.getByTestId('import-errors');
    await errors.getByText('No variant has this SKU or barcode.').waitFor();
    await expectAccessible(page, 'a checked import');
    expect(await errors.getByRole('listitem').count()).toBe(1);
    await page.getByRole('button', { name: 'Apply 2 rows' }).click();
    await page.getByRole('heading', { name: '2 rows were applied' }).waitFor();
    await expectAccessible(page, 'an import that is done');
    await page.getByRole('link', { name: 'Movements of this list' }).click();
    await page.getByText('aviz.csv').filter({ visible: true }).first().waitFor();
    await untilAdminIsDrawn(page);

    expect(template.split('\r\n')[0]).toBe('\ufeff"SKU","Barcode (EAN)","Quantity","Location","Note"');
    expect((await twoItems()).onHand).toBe(onHand + 5);
    expect(problems).toEqual([]);
    await context.close();
  },
);

it('a file is dropped on the page; one that cannot be read is said to be none, and stays out of the list of imports', async () => {
  const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
  await openInAdmin(page, '/imports/new/STOCK_RECEIVE');
  const drop = async (name: string, content: string): Promise<void> => {
    const files = await page.evaluateHandle(
      ([called, text]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], called));
        return transfer;
      },
      [name, content] as const,
    );
    await page
      .getByRole('button', { name: 'Drop a file here' })
      .dispatchEvent('drop', { dataTransfer: files });
  };

  await drop('photo.png', '\u0089PNG\0\0\0');
  await page.getByRole('alert').getByText('This is no CSV, XLSX or JSON file').waitFor();
  await drop('dropped.json', '[{ "sku": "NO-SUCH", "quantity": 1 }]');
  await page.getByRole('heading', { name: 'What the columns mean' }).waitFor();
  await openInAdmin(page, '/imports');
  await page.getByText('dropped.json').filter({ visible: true }).first().waitFor();

  expect(await page.getByText('photo.png').count()).toBe(0);
  await expectAccessible(page, 'the list of imports');
  // The browser itself reports the file that was refused as a failed load.
  expect(problems.filter((problem) => !problem.includes('422'))).toEqual([]);
  await context.close();
});

it('by keyboard alone, rows are pasted, checked and received; leaving unsent rows asks first', async () => {
  const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
  const { skus, onHand } = await twoItems();
  await openInAdmin(page, '/stock');
  await page.getByRole('link', { name: 'Receive by list' }).press('Enter');
  const rows = page.getByRole('textbox', { name: 'Rows' });
  await rows.fill(`${skus[0]}\t4`);
  let asked = '';
  page.once('dialog', (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: 'Back' }).press('Enter');
  await expect.poll(() => asked).not.toBe('');
  await page.getByRole('button', { name: 'Use these rows' }).press('Enter');
  await page.getByRole('button', { name: 'Check the rows' }).press('Enter');
  await page.getByRole('button', { name: 'Apply 1 row' }).press('Enter');
  await page.getByRole('heading', { name: '1 row was applied' }).waitFor();

  expect((await twoItems()).onHand).toBe(onHand + 4);
  expect(problems).toEqual([]);
  await context.close();
});

it('the stock of chosen items grows by what is said, as the dialog foretells, and is as before when it is undone', async () => {
  const { page, context, problems } = await visitor(browser, DESKTOP, cookies);
  const { skus, onHand } = await twoItems();
  await openInAdmin(page, `/stock?q=${skus[0]}`);
  await page.getByLabel('Choose all of this page').click();
  const chosen = page.getByRole('region', { name: 'Chosen rows' });
  await chosen.getByRole('button', { name: 'Adjust stock' }).click();
  const dialog = page.getByRole('dialog', { name: 'Adjust the stock of 1 variant' });
  await dialog.getByText('1 unit is added.').waitFor();
  await dialog.getByRole('spinbutton').fill('3');
  await dialog.getByRole('spinbutton').press('Tab');
  await dialog.getByText('3 units are added.').waitFor();
  await untilStill(page);
  await expectAccessible(page, 'the stock of several items');
  await dialog.getByRole('button', { name: 'Adjust stock' }).click();

  const drawer = page.getByRole('dialog', { name: 'Stock adjusted' });
  await drawer.getByRole('button', { name: 'Undo' }).waitFor();
  expect((await twoItems()).onHand).toBe(onHand + 3);
  await drawer.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('dialog', { name: 'Stock adjusted, undone' }).waitFor();
  await expect.poll(async () => (await twoItems()).onHand).toBe(onHand);
  expect(problems).toEqual([]);
  await context.close();
});
