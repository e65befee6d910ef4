import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Cookie, Page } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { openLine, type Line } from '@vitrine/testing/simulators/line.js';
import { expectAccessible } from '../support/axe.ts';
import { staffCaller } from '../support/api.ts';
import type { Staff } from '@vitrine/testing/drivers/staff.js';
import { openBrowser } from '../support/browser.ts';
import { staffCookies } from '../support/steps.ts';
import { DESKTOP, visitor, type Visitor } from '../support/visitor.ts';
import { thisShop } from '../support/this-shop.ts';

const IMAGES = ['front--crem', 'above--negru'].map((view) =>
  fileURLToPath(new URL(`../../demo/pictures/cana-prag--${view}.webp`, import.meta.url)),
);

let browser: Browser;
let line: Line;
let boss: Staff;
let staff: Visitor;
let page: Page;
let cookies: Cookie[];
beforeAll(async () => {
  browser = await openBrowser();
  cookies = await staffCookies(browser);
  line = await openLine({ port: Number(new URL(thisShop().apiUrl).port) });
  boss = await staffCaller();
});
afterAll(async () => {
  await browser.close();
  await line.close();
});
beforeEach(async () => {
  staff = await visitor(browser, DESKTOP, cookies);
  ({ page } = staff);
});
afterEach(() => staff.context.close());

async function newProduct(): Promise<{ id: string }> {
  const name = `Cană de probă ${Math.random().toString(36).slice(2, 8)}`;
  const { product } = await boss.do(
    'productCreate',
    'ProductCreateInput',
    {
      translations: [{ locale: 'RO', name, summary: 'Pentru ceai.' }],
      variants: [{ sku: name.slice(-6).toUpperCase(), price: 5000, stock: 3, options: [] }],
      idempotencyKey: crypto.randomUUID(),
    },
    'product { id version }',
  );
  return product;
}

async function open({ id }: { id: string }): Promise<void> {
  await page.goto(`http://localhost:${line.port}/admin/products/${id}`);
  await page.getByLabel('Address in the shop').waitFor();
}

async function colleagueWrites({ id }: { id: string }, summary: string): Promise<void> {
  const { staffProduct } = await boss.ask(
    'query($id: ID!) { staffProduct(id: $id) { version translations { locale name } } }',
    { id },
  );
  const [text] = staffProduct.translations;
  await boss.do('productUpdate', 'ProductUpdateInput', {
    productId: id,
    expectedVersion: staffProduct.version,
    translations: [{ locale: 'RO', name: text.name, summary }],
  });
}

const summaryOf = async ({ id }: { id: string }): Promise<string> =>
  (await boss.ask('query($id: ID!) { staffProduct(id: $id) { translations { summary } } }', { id }))
    .staffProduct.translations[0].summary;

const gallery = () => page.locator('ol img');
/** Loaded, and from the shop rather than from this device. */
const areServed = (images: (SVGElement | HTMLElement)[]): boolean[] =>
  (images as HTMLImageElement[]).map((image) => image.src.includes('/media/') && image.naturalWidth > 0);

const summaryField = () => page.getByLabel('In short', { exact: true });
const save = () => page.getByRole('button', { name: /^Save/ });

describe('images of a product that has none yet', () => {
  it('stand in the gallery as soon as each is uploaded', async () => {
    await open(await newProduct());

    await page.locator('input[type=file]').setInputFiles(IMAGES);

    await page.getByRole('button', { name: 'Delete picture 2' }).waitFor();
    // Its sizes are made meanwhile, and the page finds out by itself.
    await expect
      .poll(() => gallery().evaluateAll(areServed), {
        timeout: 60_000,
      })
      .toEqual([true, true]);
  });

  it('come from the library as well, with the text that is kept there', async () => {
    await open(await newProduct());

    await page.getByRole('button', { name: 'From the library' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose a picture' });
    const kept = dialog.getByRole('button', { name: /\.\w+: / }).first();
    const text = (await kept.getAttribute('aria-label'))!.replace(/^.*?\.\w+: /, '');
    await kept.click();

    await page.getByRole('button', { name: 'Delete picture 1' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => gallery().evaluateAll(areServed)).toEqual([true]);
    expect(await gallery().getAttribute('alt')).toBe(text);
  });

  it('say that they are being prepared, and what is wrong with a damaged one', async () => {
    await open(await newProduct());
    const whole = await sharp(IMAGES[0]).jpeg().toBuffer();
    const half = { name: 'half.jpg', mimeType: 'image/jpeg', buffer: whole.subarray(0, whole.length / 2) };

    await page.locator('input[type=file]').setInputFiles(half);
    await page.getByRole('alert').filter({ hasText: 'damaged and cannot be read to its end' }).waitFor();
    await expectAccessible(page, 'a damaged picture');
    // The job may be done before the page reads the product again; what it reads at first is as if it were not.
    await page.route('**/graphql?*', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('"status":"FAILED"', '"status":"PROCESSING"');
      await route.fulfill({ response, body });
    });
    await page.getByRole('button', { name: 'Try again with picture 1' }).click();

    await page.getByText('Being prepared').first().waitFor();
    await page.unroute('**/graphql?*');
    await page.getByRole('alert').filter({ hasText: 'damaged and cannot be read to its end' }).waitFor();
    await page.getByRole('button', { name: 'Delete picture 1' }).click();
    await page.getByText('Picture deleted').first().waitFor();
  });
});

describe('two people with one product', () => {
  it('are told of each other, and nobody overwrites the other unseen', async () => {
    const product = await newProduct();
    await open(product);
    await summaryField().fill('Pentru cafea.');
    await colleagueWrites(product, 'Pentru supă.');

    await save().click();

    const alert = page.getByRole('alert').filter({ hasText: 'changed by somebody else' });
    await alert.getByText('Pentru supă.').waitFor();
    await expectAccessible(page, 'a clash');
    // A second press decides nothing either.
    await page.keyboard.press('Control+s');
    await alert.waitFor();
    expect(await summaryOf(product)).toBe('Pentru supă.');

    await alert.getByRole('button', { name: /^Keep mine/ }).click();
    await save().click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    expect(await summaryOf(product)).toBe('Pentru cafea.');
  });
});

describe('two people with one place of stock', () => {
  it('are told of each other in the dialog, and choose whose name stands', async () => {
    const code = `shed-${Math.random().toString(36).slice(2, 8)}`;
    const { location } = await boss.do(
      'stockLocationCreate',
      'StockLocationCreateInput',
      { code, name: `Shed ${code}`, kind: 'STORE', priority: 1 },
      'location { id }',
    );
    await page.goto(`http://localhost:${line.port}/admin/stock/locations`);
    await page.getByRole('button', { name: `Edit Shed ${code}` }).click();
    const dialog = page.getByRole('dialog', { name: `Shed ${code}` });
    await dialog.getByLabel('Name').fill(`Barn ${code}`);
    const theirs = { locationId: location.id, name: `Hut ${code}`, priority: 4 };
    await boss.do('stockLocationUpdate', 'StockLocationUpdateInput', theirs);

    await dialog.getByRole('button', { name: 'Save' }).click();
    // Its title follows the colleague's name; what nobody here touched takes the colleague's value.
    const fresh = page.getByRole('dialog', { name: `Hut ${code}` });
    const alert = fresh.getByRole('alert').filter({ hasText: 'changed by somebody else' });
    await alert.getByText(`Hut ${code}`).waitFor();
    await expectAccessible(page, 'a clash in a dialog');
    await alert.getByRole('button', { name: /^Keep mine/ }).click();
    await fresh.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();

    const { stockLocations } = await boss.ask('{ stockLocations { id name priority } }');
    expect(stockLocations.find(({ id }: { id: string }) => id === location.id)).toEqual({
      id: location.id,
      name: `Barn ${code}`,
      priority: 4,
    });
  });
});

describe('work that is not saved yet', () => {
  it('stays on the page when the server is away, and is saved when it is back', async () => {
    const product = await newProduct();
    await open(product);
    await summaryField().fill('Scris fără rețea.');
    line.cut();

    await save().click();
    // Other parts of the page may be without the network, too.
    await page
      .getByRole('alert')
      .filter({ hasText: 'Check your connection and try again' })
      .first()
      .waitFor();
    expect(await summaryField().inputValue()).toBe('Scris fără rețea.');

    line.mend();
    await save().click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    expect(await summaryOf(product)).toBe('Scris fără rețea.');
  });

  it('stays on the page when the session has ended: one signs in over it', async () => {
    const product = await newProduct();
    await open(product);
    await summaryField().fill('Scris înainte de plecare.');
    await staff.context.clearCookies();

    await save().click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill('Admin@123');
    await expectAccessible(page, 'signing in again');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });

    expect(await summaryField().inputValue()).toBe('Scris înainte de plecare.');
    await save().click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    expect(await summaryOf(product)).toBe('Scris înainte de plecare.');
  });
});
