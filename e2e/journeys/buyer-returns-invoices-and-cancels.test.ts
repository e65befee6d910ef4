import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy, newGuest, order as place, staffCaller } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { openInShop } from '../support/pages.ts';
import { DESKTOP, inShop, PHONE, visitor } from '../support/visitor.ts';

const PRODUCT = 'cana-burta';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

function photo(): Promise<Buffer> {
  return sharp({ create: { width: 1200, height: 900, channels: 3, background: '#b98d68' } })
    .jpeg()
    .toBuffer();
}

describe('a buyer whose cup arrived broken', () => {
  it('asks to send it back with a photo, on a phone, and sees the answer without a reload', async () => {
    const staff = await staffCaller();
    const order = await buy(PRODUCT, 2, 'spart@example.test');
    await staff.deliver(order);
    const { page, context, problems } = await visitor(browser, PHONE);
    await openInShop(page, `/en/order/${order.token}`);
    await expectAccessible(page, 'order page');

    await page.getByRole('link', { name: 'Return something' }).click();
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('Choose at least one piece.').waitFor();
    await expectAccessible(page, 'return form with errors');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'One less' }).click();
    await page.getByLabel('Why does it come back?').selectOption('DAMAGED');
    await page.getByLabel(/^Tell us more/).fill('The handle came off.');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'handle.jpg', mimeType: 'image/jpeg', buffer: await photo() });
    await page.getByText('Sent', { exact: true }).waitFor({ state: 'attached' });
    await expectAccessible(page, 'return form, filled');
    await page.getByRole('button', { name: 'Send the request' }).click();

    await page.getByText('Waiting for our answer').waitFor();
    await page.getByRole('img', { name: 'Photo 1' }).waitFor();
    await expectAccessible(page, 'order page with a return');

    const { returns } = await staff.ask('{ returns(first: 1) { nodes { id version photos { url } } } }');
    const [asked] = returns.nodes;
    expect(asked.photos).toHaveLength(1);
    await staff.do('returnApprove', 'ReturnDecisionInput', {
      returnId: asked.id,
      expectedVersion: asked.version,
      note: 'Please send it to the studio.',
      idempotencyKey: randomUUID(),
    });
    await page.getByText('Please send it to the studio.').waitFor();
    await page.getByText('Approved', { exact: true }).waitFor();

    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the invoice of an order that is paid while its page is open', () => {
  const BY_CARD = { quantity: 1, paymentMethod: 'CARD' } as const;
  const invoiced = async (orderToken: string): Promise<number> => {
    const query = 'query($orderToken: String!) { orderByToken(token: $orderToken) { invoices { id } } }';
    return (await newGuest().ask(query, { orderToken })).orderByToken.invoices.length;
  };

  it('turns up without a reload', async () => {
    const order = await place(PRODUCT, { ...BY_CARD, email: 'factura@example.test' });
    const { page, context } = await visitor(browser, PHONE);
    await openInShop(page, `/en/order/${order.token}`);

    await order.guest.pay(order);

    await page.getByRole('link', { name: /^Invoice / }).waitFor();
    await context.close();
  });

  it('turns up too when it was written after the page was read and before the page listened', async () => {
    const order = await place(PRODUCT, { ...BY_CARD, email: 'devreme@example.test' });
    const { page, context } = await visitor(browser, PHONE);
    let listen: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => (listen = resolve));
    await page.route(/\/assets\/live-/, async (route) => {
      await isWritten;
      await route.continue();
    });
    await page.goto(inShop(`/en/order/${order.token}`));
    await page.getByRole('heading', { name: 'Your order is waiting for payment' }).waitFor();

    await order.guest.pay(order);
    await expect.poll(() => invoiced(order.token), { timeout: 60_000 }).toBe(1);
    listen();

    await page.getByRole('link', { name: /^Invoice / }).waitFor();
    await context.close();
  });
});

describe('a buyer who thinks better of it', () => {
  it('reads the invoice, cancels before the shipment leaves, and is told that the money goes back', async () => {
    const order = await buy(PRODUCT, 1, 'razgandit@example.test');
    const { page, context, problems } = await visitor(browser, DESKTOP);
    await openInShop(page, `/en/order/${order.token}`);
    const invoice = page.getByRole('link', { name: /^Invoice / });
    await invoice.waitFor();

    const pdf = await context.request.get(inShop((await invoice.getAttribute('href')) ?? ''));
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    const sure = page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' });
    await sure.waitFor();
    await expectAccessible(page, 'cancel dialog');
    await sure.click();

    // The button was at the end of the page: what became of the order is brought into view, and read out.
    const told = page.locator('h1:focus', { hasText: 'This order was cancelled' });
    await expect
      .poll(() => told.evaluate((heading) => heading.getBoundingClientRect().top))
      .toBeGreaterThan(0);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    await page.getByRole('link', { name: /^Credit note / }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});
