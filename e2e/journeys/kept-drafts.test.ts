import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Cookie, Page } from 'playwright-core';
import type { Staff } from '@vitrine/testing/drivers/staff.js';
import { openLine, type Line } from '@vitrine/testing/simulators/line.js';
import { expectAccessible } from '../support/axe.ts';
import { sell, staffCaller } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { openInAdmin, untilAdminIsDrawn } from '../support/pages.ts';
import { pressSignIn, staffCookies } from '../support/steps.ts';
import { thisShop } from '../support/this-shop.ts';
import { DESKTOP, visitor, type Visitor } from '../support/visitor.ts';

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
  // What the browser itself asks before a page with unsaved input is loaded again; a question of the admin stays open.
  page.on('dialog', (dialog) => dialog.type() === 'beforeunload' && void dialog.accept());
});
afterEach(async () => {
  line.mend();
  await staff.context.close();
});

const onLine = (path: string): string => `http://localhost:${line.port}/admin${path}`;
const part = (): string => Math.random().toString(36).slice(2, 8);

async function newProduct(): Promise<{ id: string; path: string }> {
  const sku = part().toUpperCase();
  const { product } = await boss.do(
    'productCreate',
    'ProductCreateInput',
    {
      translations: [{ locale: 'RO', name: `Cană ${sku}`, summary: 'Pentru ceai.' }],
      variants: [{ sku, price: 5000, stock: 3, options: [] }],
      idempotencyKey: crypto.randomUUID(),
    },
    'product { id }',
  );
  return { id: product.id, path: `/products/${product.id}` };
}

interface Stored {
  readonly version: number;
  readonly translations: readonly { readonly name: string; readonly summary: string }[];
}
async function stored({ id }: { id: string }): Promise<Stored> {
  const { staffProduct } = await boss.ask(
    'query($id: ID!) { staffProduct(id: $id) { version translations { name summary } } }',
    { id },
  );
  return staffProduct;
}

async function colleagueWrites(product: { id: string }, summary: string): Promise<void> {
  const { version, translations } = await stored(product);
  await boss.do('productUpdate', 'ProductUpdateInput', {
    productId: product.id,
    expectedVersion: version,
    translations: [{ locale: 'RO', name: translations[0]?.name, summary }],
  });
}

const summary = () => page.getByLabel('In short', { exact: true });
const save = () => page.getByRole('button', { name: /^Save/ });
const broughtBack = () => page.getByRole('status').filter({ hasText: 'is here again.' });
const unanswered = () => page.getByRole('status').filter({ hasText: 'got no answer. Send it again' });
const savedNotice = () => page.getByText('Saved', { exact: true }).first().waitFor();
/** What was typed is kept shortly after the last letter. */
const untilKept = (text: string) =>
  page.waitForFunction(
    (typed) =>
      Object.values({ ...localStorage })
        .join()
        .includes(typed),
    text,
  );
const keptInBrowser = () => page.evaluate(() => Object.values({ ...localStorage }).join());
/**
 * From now on requests with a key arrive and are carried out, and their answers do not come. A mutation that the API has not
 * seen yet is sent twice, first by its hash alone: the answer to that is let through.
 */
const loseAnswers = () =>
  page.route('**/graphql*', async (route) => {
    if (!route.request().postData()?.includes('idempotencyKey')) return route.fallback();
    const response = await route.fetch();
    if ((await response.text()).includes('PERSISTED_QUERY_NOT_FOUND')) return route.fulfill({ response });
    await route.abort();
  });
const isLost = () => page.getByText('Check your connection and try again').first().waitFor();
async function signInAnew(): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByRole('button', { name: 'Go to the sign-in page' }).click();
  // The page before has an e-mail field, too.
  await page.getByRole('heading', { name: 'Sign in to the admin' }).waitFor();
  await page.getByLabel('E-mail').fill('admin@example.com');
  await page.getByLabel('Password', { exact: true }).fill('Admin@123');
  await pressSignIn(page);
}
const clash = () => page.getByRole('alert').filter({ hasText: 'changed by somebody else' });

describe('what was typed and not saved', () => {
  it('is in the form again after the page was loaded anew, until it is saved', async () => {
    const product = await newProduct();
    await openInAdmin(page, product.path);
    await summary().fill('Scris înainte.');
    await page.reload();

    await broughtBack().waitFor();
    expect(await summary().inputValue()).toBe('Scris înainte.');
    await expectAccessible(page, 'input that was brought back');
    await save().click();
    await savedNotice();
    expect((await stored(product)).translations[0]?.summary).toBe('Scris înainte.');
    expect(await keptInBrowser()).not.toContain('Scris înainte.');

    await page.reload();
    await summary().waitFor();
    expect(await broughtBack().count()).toBe(0);
  });

  it('goes when it is discarded, and the form shows what is saved', async () => {
    const product = await newProduct();
    await openInAdmin(page, product.path);
    await summary().fill('De aruncat.');
    await untilKept('De aruncat.');
    await page.reload();

    await broughtBack().getByRole('button', { name: 'Discard' }).click();
    expect(await summary().inputValue()).toBe('Pentru ceai.');
    expect(await keptInBrowser()).not.toContain('De aruncat.');
  });

  it('is there after signing in anew on the page that the lost session led to', async () => {
    const product = await newProduct();
    await openInAdmin(page, product.path);
    await summary().fill('Scris înainte de pauză.');
    await staff.context.clearCookies();
    // By keyboard: a part of the page that is read again may notice first, and the dialog lies over the button then.
    await page.keyboard.press('Control+s');
    await signInAnew();

    await broughtBack().waitFor();
    expect(await summary().inputValue()).toBe('Scris înainte de pauză.');
    await save().click();
    await savedNotice();
    expect((await stored(product)).translations[0]?.summary).toBe('Scris înainte de pauză.');
  });

  it('waits for the network, also when the page is closed meanwhile', async () => {
    const product = await newProduct();
    // Whole, because a part of the page that is still being fetched would say that there is no network, too.
    await openInAdmin(page, onLine(product.path));
    await summary().fill('Scris fără rețea.');
    line.cut();
    await save().click();
    // Other parts of the page may be without the network, too.
    await page
      .getByRole('alert')
      .filter({ hasText: 'Check your connection and try again' })
      .first()
      .waitFor();
    await page.close();
    line.mend();

    page = await staff.context.newPage();
    await page.goto(onLine(product.path));
    await broughtBack().waitFor();
    await save().click();
    await savedNotice();
    expect((await stored(product)).translations[0]?.summary).toBe('Scris fără rețea.');
  });

  it('stands beside what a colleague saved meanwhile, and the user chooses', async () => {
    const product = await newProduct();
    await openInAdmin(page, product.path);
    await summary().fill('Pentru cafea.');
    await untilKept('Pentru cafea.');
    await page.goto('about:blank');
    await colleagueWrites(product, 'Pentru supă.');
    await openInAdmin(page, product.path);

    for (const text of ['Pentru ceai.', 'Pentru cafea.', 'Pentru supă.'])
      await clash().getByText(text).waitFor();
    await clash()
      .getByRole('button', { name: /^Keep mine/ })
      .click();
    await save().click();
    await savedNotice();
    expect((await stored(product)).translations[0]?.summary).toBe('Pentru cafea.');
  });
});

describe('a dialog with unsaved input', () => {
  const newPlace = () => page.getByRole('dialog', { name: 'New location' });
  const name = () => newPlace().getByLabel('Name', { exact: true });
  async function openDialog(): Promise<void> {
    await openInAdmin(page, '/stock/locations');
    await page.getByRole('button', { name: 'New location' }).click();
    await newPlace().waitFor();
  }
  const answers = (isSure: boolean) =>
    page.once('dialog', (dialog) => void (isSure ? dialog.accept() : dialog.dismiss()));

  it('closes at once while nothing is typed, and asks afterwards', async () => {
    await openDialog();
    await page.keyboard.press('Escape');
    await newPlace().waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'New location' }).click();
    const place = `Pod ${part()}`;
    await name().fill(place);
    answers(false);
    await page.keyboard.press('Escape');
    expect(await name().inputValue()).toBe(place);

    answers(true);
    await page.keyboard.press('Escape');
    await newPlace().waitFor({ state: 'hidden' });
    expect(await keptInBrowser()).not.toContain(place);
  });

  it('has it again when the page was loaded anew', async () => {
    await openDialog();
    const place = `Pod ${part()}`;
    await name().fill(place);
    await page.reload();
    await page.getByRole('button', { name: 'New location' }).click();

    await broughtBack().waitFor();
    expect(await name().inputValue()).toBe(place);
    await newPlace().getByLabel('Code').fill(part());
    await newPlace().getByRole('button', { name: 'Save' }).click();
    await savedNotice();
    await page.getByText(place).first().waitFor();
    expect(await keptInBrowser()).not.toContain(place);
  });
});

describe('money that goes back', () => {
  const payBack = async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Pay back' }).click();
    return page.getByRole('dialog', { name: /^Pay back for order/ });
  };

  const refundsOf = async ({ id }: { id: string }) => {
    const { order } = await boss.ask(
      'query($id: ID!) { order(id: $id) { refunds { lines { quantity } } } }',
      { id },
    );
    return order.refunds;
  };

  it('goes once when the answer gets lost and the same is sent again after the page was loaded anew', async () => {
    const sale = await sell('cana-burta', `${part()}@lost.test`);
    await openInAdmin(page, `/orders/${sale.id}`);
    const asked = await payBack();
    await asked.getByRole('button', { name: 'Increment' }).first().click();
    const button = asked.getByRole('button', { name: /^Pay back RON/ });
    await button.waitFor();
    await loseAnswers();
    await button.click();
    await asked.getByText('Check your connection and try again').waitFor();
    expect(await refundsOf(sale)).toHaveLength(1);
    expect(await page.evaluate(() => Object.keys({ ...localStorage }).join())).not.toContain('order-refund');
    await page.unrouteAll();
    await page.reload();

    const again = await payBack();
    await unanswered().waitFor();
    expect(await again.getByRole('spinbutton').first().inputValue()).toBe('1');
    await again.getByRole('button', { name: /^Pay back RON/ }).click();
    await again.waitFor({ state: 'hidden' });
    expect(await refundsOf(sale)).toEqual([{ lines: [{ quantity: 1 }] }]);
  });
});

describe('an order that staff change', () => {
  const apply = () => page.getByRole('button', { name: /^Apply and pay back RON/ });
  async function storedOrder(id: string) {
    const { order } = await boss.ask(
      `query($id: ID!) { order(id: $id) { version edits { id } payments { refunds { id } }
        lines { quantity variant { id } } } }`,
      { id },
    );
    return order;
  }

  it('is changed and paid back once when the answer gets lost and the page is loaded anew', async () => {
    const sale = await sell('cana-burta', `${part()}@lost.test`);
    await openInAdmin(page, `/orders/${sale.id}/edit`);
    await page.getByRole('button', { name: 'Decrement' }).click();
    await apply().waitFor();
    await page.getByText('RON 99.00 is paid back at once').waitFor();
    await untilAdminIsDrawn(page);
    await expectAccessible(page, 'an edit of an order');
    await loseAnswers();
    await apply().click();
    await isLost();
    expect(await page.evaluate(() => Object.keys({ ...localStorage }).join())).not.toContain('order-edit');
    expect((await storedOrder(sale.id)).edits).toHaveLength(1);
    await page.unrouteAll();
    await page.reload();

    await unanswered().waitFor();
    await untilAdminIsDrawn(page);
    await expectAccessible(page, 'an edit without an answer');
    await apply().click();
    await page.getByRole('heading', { name: `Order ${sale.number}`, exact: true }).waitFor();
    const changed = await storedOrder(sale.id);
    expect([changed.edits.length, changed.lines[0].quantity]).toEqual([1, 1]);
    expect(changed.payments[0].refunds).toHaveLength(1);
    expect(await page.evaluate(() => Object.keys({ ...sessionStorage }).join())).not.toContain('order-edit');
  });

  it('stands beside what a colleague made of it meanwhile, and the user chooses', async () => {
    const sale = await sell('cana-burta', `${part()}@clash.test`);
    await openInAdmin(page, `/orders/${sale.id}/edit`);
    await page.getByRole('button', { name: 'Increment' }).click();
    await page.getByRole('button', { name: /^Apply and ask for RON/ }).waitFor();
    const { version, lines } = await storedOrder(sale.id);
    const theirs = { orderId: sale.id, lines: [{ variantId: lines[0].variant.id, quantity: 1 }] };
    const { orderEditPreview } = await boss.ask(
      'query($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) { totalAfter { amount } } }',
      { input: theirs },
    );
    const expectedTotal = orderEditPreview.totalAfter.amount;
    const once = { expectedVersion: version, expectedTotal, idempotencyKey: crypto.randomUUID() };
    await boss.do('orderEdit', 'OrderEditInput', { ...theirs, ...once });

    await page.getByRole('button', { name: /^Apply and ask for RON/ }).click();
    await clash().getByText('Pieces, ').waitFor();
    expect(await clash().getByRole('definition').allTextContents()).toEqual(['2', '3', '1']);
    await untilAdminIsDrawn(page);
    await expectAccessible(page, 'a clash about the pieces of an order');
    await clash()
      .getByRole('button', { name: /^Take theirs/ })
      .click();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'hidden' });
    expect(await page.getByRole('spinbutton').inputValue()).toBe('1');
  });
});

describe('an order that staff draw up', () => {
  const note = () => page.getByLabel('Note');
  const saveDraft = () => page.getByRole('button', { name: 'Save draft' });
  const savedDraft = async (email: string) => {
    const { orders } = await boss.ask(
      `query($email: String!) { orders(first: 5, search: $email) { nodes { id version email language phone
        shippingMethodId lines { quantity variant { id } }
        shippingAddress { firstName lastName line1 city region postalCode countryCode } } } }`,
      { email },
    );
    return orders.nodes;
  };

  it('waits for a reload, a session and a network, is written once, and stands beside a colleague’s', async () => {
    const email = `${part()}@draft.test`;
    await openInAdmin(page, '/drafts/new');
    await page.getByPlaceholder('Add a product by name or SKU').fill('LL-CANA');
    await page.getByRole('option').first().click();
    await page.getByPlaceholder('Find a customer').fill('alice');
    await page.getByRole('option').filter({ hasNotText: 'Guest' }).first().click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('radio').first().waitFor();
    await page.reload();

    await broughtBack().waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    await note().fill('Sună înainte.');
    await staff.context.clearCookies();
    await page.keyboard.press('Control+s');
    await signInAnew();

    // What was sent without a session may have been left before its answer came.
    await broughtBack().or(unanswered()).waitFor();
    expect(await note().inputValue()).toBe('Sună înainte.');
    await page.getByRole('radio').first().waitFor();
    await loseAnswers();
    await saveDraft().click();
    await isLost();
    expect(await keptInBrowser()).not.toContain(email);
    expect(await savedDraft(email)).toHaveLength(1);
    await page.unrouteAll();
    await page.reload();

    await unanswered().waitFor();
    await saveDraft().click();
    await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor();
    const drafts = await savedDraft(email);
    expect(drafts.map(({ lines }: { lines: { quantity: number }[] }) => lines[0]?.quantity)).toEqual([1]);
    const [{ id, version, lines, ...draft }] = drafts;

    await openInAdmin(page, `/drafts/${id}`);
    await note().fill('Sună după-amiaza.');
    const theirs = {
      ...draft,
      note: 'Sună dimineața.',
      lines: [{ variantId: lines[0].variant.id, quantity: 2 }],
    };
    const once = { orderId: id, expectedVersion: version, idempotencyKey: crypto.randomUUID() };
    await boss.do('draftOrderUpdate', 'DraftOrderUpdateInput', { ...once, draft: theirs });
    await saveDraft().click();
    for (const text of ['Sună înainte.', 'Sună după-amiaza.', 'Sună dimineața.'])
      await clash().getByText(text).waitFor();
    await untilAdminIsDrawn(page);
    await expectAccessible(page, 'a clash in a draft');
    await clash()
      .getByRole('button', { name: /^Keep mine/ })
      .click();
    await saveDraft().click();
    await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor();
    const { order } = await boss.ask('query($id: ID!) { order(id: $id) { note lines { quantity } } }', {
      id,
    });
    expect(order).toEqual({ note: 'Sună după-amiaza.', lines: [{ quantity: 2 }] });
  });
});
