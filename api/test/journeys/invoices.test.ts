import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/kernel/ids.js';
import { buy, complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

let shop: TestShop;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  variantId = await shop.stock({ name: 'Cană de țărână', sku: 'CANA', price: 12_100, stock: 500 });
});
afterAll(() => shop.close());

const INVOICES =
  'query($token: String!) { orderByToken(token: $token) { invoices { number kind total { amount } issuedAt url } events { kind } } }';

async function invoicesOf({ token }: Answer): Promise<Answer[]> {
  return (await shop.guest().ask(INVOICES, { token })).orderByToken.invoices;
}

function untilInvoiced(order: Answer, count = 1): Promise<Answer[]> {
  return shop.eventually(async () => {
    const invoices = await invoicesOf(order);
    return invoices.length >= count && invoices;
  });
}

/** Money that goes back at the provider's dashboard or by staff, already arrived: the event comes as it would. */
async function giveBack(orderNumber: string, amount: number): Promise<string> {
  const id = newId();
  await shop.sql(
    `INSERT INTO refund (id, payment_id, amount, reason, status, key)
     SELECT $1::uuid, p.id, $2, 'test', 'SUCCEEDED', 're:' || $1 FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE o.number = $3`,
    [id, amount, orderNumber],
  );
  return id;
}

const byKind = (documents: Answer[], kind: string): Answer | undefined =>
  documents.find((d) => d['kind'] === kind);

describe('an invoice', () => {
  it('comes with the money, once, and can be read by whoever holds the order', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 2 }]);
    const invoices = await untilInvoiced(order);
    const [row] = await shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE number = $1', [
      order.number,
    ]);

    await Promise.all([1, 2, 3].map(() => shop.shop.invoicing.invoices.invoicePaid(row?.id ?? '')));

    expect(invoices).toMatchObject([{ kind: 'INVOICE', total: { amount: order.total.gross.amount } }]);
    expect(await invoicesOf(order)).toHaveLength(1);
    const pdf = await fetch(`${shop.url}${String(invoices[0]?.url)}`);
    expect(pdf.status).toBe(200);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('cache-control')).toContain('no-store');
    expect(pdf.headers.get('content-disposition')).toBe(`inline; filename="${invoices[0]?.number}.pdf"`);
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
  });

  it('does not come before the money', async () => {
    const browser = shop.guest();
    const done = await complete(browser, await readyCart(browser, [{ variantId, quantity: 1 }]));
    const [row] = await shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE number = $1', [
      done.order.number,
    ]);

    await shop.shop.invoicing.invoices.invoicePaid(row?.id ?? '');

    expect(await invoicesOf({ token: done.orderToken })).toEqual([]);
  });

  it('is told in the timeline', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    await untilInvoiced(order);

    const { orderByToken } = await shop.guest().ask(INVOICES, { token: order.token });

    expect(orderByToken.events.filter((event: Answer) => event['kind'] === 'INVOICED')).toHaveLength(1);
  });

  it('is not to be had with an address that was made up or is a day old', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    const url = String((await untilInvoiced(order))[0]?.url);
    const last = url.at(-2) === 'A' ? 'B' : 'A';

    const madeUp = await fetch(`${shop.url}${url.slice(0, -2)}${last}${url.at(-1)}`);
    shop.clock.advance(26 * 3_600_000);
    const old = await fetch(`${shop.url}${url}`);
    shop.clock.advance(-26 * 3_600_000);

    expect(madeUp.status).toBe(404);
    expect(old.status).toBe(404);
  });
});

describe('goods of a reduced tax class', () => {
  it('are priced and invoiced with the rate of their class, and go back to the standard one', async () => {
    const staff = await shop.staff();
    const { taxClasses } = await staff.ask('{ taxClasses { code ratePercent } }');
    expect(taxClasses).toEqual([
      { code: 'standard', ratePercent: '21' },
      { code: 'reduced', ratePercent: '11' },
      { code: 'exempt', ratePercent: '0' },
    ]);
    const made = (
      await staff.ask(
        `mutation($input: ProductCreateInput!) { productCreate(input: $input) { errors { code }
           product { id version taxClass variants { id taxRatePercent } } } }`,
        {
          input: {
            translations: [{ locale: 'RO', name: 'Carte de bucate' }],
            status: 'ACTIVE',
            taxClass: 'reduced',
            variants: [{ sku: 'CARTE-11', price: 11_100, stock: 9 }],
          },
        },
      )
    ).productCreate;
    expect(made).toMatchObject({
      errors: [],
      product: { taxClass: 'reduced', variants: [{ taxRatePercent: '11' }] },
    });

    const order = await buy(shop.guest(), [{ variantId: made.product.variants[0].id, quantity: 1 }]);
    await untilInvoiced(order);
    const [invoice] = await shop.sql<{ content: Answer }>(
      'SELECT content FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1',
      [order.number],
    );
    // The delivery for 19.90 is taxed as the goods (Directive 2006/112/EC, article 78): 17.93 and 1.97 of it.
    expect(invoice?.content.taxes).toMatchObject([
      { basisPoints: 1_100, net: 10_000 + 1_793, tax: 1_100 + 197 },
    ]);

    const UPDATE = `mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { errors { code path }
      product { version taxClass variants { taxRatePercent } } } }`;
    const seen = { productId: made.product.id, expectedVersion: made.product.version };
    const unknown = await staff.ask(UPDATE, { input: { ...seen, taxClass: 'luxury' } });
    expect(unknown.productUpdate.errors).toEqual([{ code: 'NOT_FOUND', path: ['taxClass'] }]);
    const back = await staff.ask(UPDATE, { input: { ...seen, taxClass: 'standard' } });
    expect(back.productUpdate.product).toMatchObject({
      taxClass: 'standard',
      variants: [{ taxRatePercent: '21' }],
    });
  });
});

describe('the delivery of goods at two tax rates', () => {
  const LINES = [
    { rate: 1100, net: 717, gross: 796 },
    { rate: 2100, net: 987, gross: 1194 },
  ];
  // Mugs for 60.00 at 21 %, books for 40.00 at 11 %, and 19.90 for their delivery.
  const TAXES = [
    { ratePercent: '11', base: 3604 + 717, tax: 396 + 79 },
    { ratePercent: '21', base: 4959 + 987, tax: 1041 + 207 },
  ].map(({ base, tax, ...of }) => ({ ...of, base: { amount: base }, tax: { amount: tax } }));
  const PRICE =
    'shipping { net { amount } gross { amount } } taxLines { ratePercent base { amount } tax { amount } }';
  const SHIPPING = { net: { amount: 1704 }, gross: { amount: 1990 } };
  let wanted: { variantId: string; quantity: number }[];
  beforeAll(async () => {
    const mug = await shop.stock({ name: 'Cup', sku: 'CUP-21', price: 3000, stock: 99 });
    const book = await shop.stock({ name: 'Book', sku: 'BOOK-11', price: 2000, stock: 99 });
    await shop.sql(`UPDATE product SET tax_class = 'reduced' WHERE slug = 'book-11'`);
    wanted = [mug, book].map((id) => ({ variantId: id, quantity: 2 }));
  });

  const deliveryOn = async (number: string): Promise<{ kind: string; lines: object[] }[]> => {
    const documents = await shop.sql<{ kind: string; lines: Answer[] }>(
      `SELECT i.kind, i.content -> 'lines' AS lines FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1 ORDER BY i.number`,
      [number],
    );
    return documents.map(({ kind, lines }) => ({
      kind,
      lines: lines.flatMap(({ kind: of, basisPoints: rate, net, gross }) =>
        of === 'SHIPPING' ? [{ rate, net, gross }] : [],
      ),
    }));
  };

  it('has their rates by what they cost: in the cart, a draft, the order and the invoice', async () => {
    const browser = shop.guest();
    const staff = await shop.staff();
    const cart = await readyCart(browser, wanted);
    const shippingMethodId = cart.shippingMethods[0].id;
    const shown = (
      await browser.ask(`{ cart { ${PRICE} shippingMethods { price { net { amount } gross { amount } } } } }`)
    ).cart;
    const input = { lines: wanted, countryCode: 'RO', shippingMethodId };
    const { draftOrderPreview } = await staff.ask(
      `query($input: DraftOrderPreviewInput!) { draftOrderPreview(input: $input) { ${PRICE} } }`,
      { input },
    );

    const order = await buy(shop.guest(), wanted);
    await untilInvoiced(order);

    expect(shown).toMatchObject({ shipping: SHIPPING, taxLines: TAXES });
    expect(shown.shippingMethods[0].price).toEqual(SHIPPING);
    expect(draftOrderPreview).toEqual({ shipping: SHIPPING, taxLines: TAXES });
    const { order: placed } = await staff.ask(`query($id: ID!) { order(id: $id) { ${PRICE} } }`, {
      id: order.id,
    });
    expect(placed).toEqual({ shipping: SHIPPING, taxLines: TAXES });
    expect(await deliveryOn(order.number)).toEqual([{ kind: 'INVOICE', lines: LINES }]);
  });

  it('keeps them when goods leave the order, and goes back at each of them in parts', async () => {
    const staff = await shop.staff();
    const order = await buy(shop.guest(), wanted);
    await untilInvoiced(order);
    const { version, ...read } = (
      await staff.ask('query($id: ID!) { order(id: $id) { version total { gross { amount } } } }', {
        id: order.id,
      })
    ).order;
    await staff.do('orderEdit', 'OrderEditInput', {
      ...{ orderId: order.id, expectedVersion: version, idempotencyKey: randomUUID() },
      ...{ lines: wanted.slice(0, 1), expectedTotal: read.total.gross.amount - 4000 },
    });
    await untilInvoiced(order, 2);

    for (const [i, shipping] of [995, 994, 1].entries()) {
      const { order: now } = await staff.ask(`query($id: ID!) { order(id: $id) { version ${PRICE} } }`, {
        id: order.id,
      });
      expect(now.shipping).toEqual(SHIPPING);
      const part = {
        orderId: order.id,
        expectedVersion: now.version,
        idempotencyKey: randomUUID(),
        shipping,
      };
      await staff.do('orderRefund', 'OrderRefundInput', part);
      await untilInvoiced(order, 3 + i);
    }

    expect(await deliveryOn(order.number)).toEqual([
      { kind: 'INVOICE', lines: LINES },
      { kind: 'CREDIT_NOTE', lines: [] },
      {
        kind: 'CREDIT_NOTE',
        lines: [
          { rate: 1100, net: 358, gross: 398 },
          { rate: 2100, net: 493, gross: 597 },
        ],
      },
      {
        kind: 'CREDIT_NOTE',
        lines: [
          { rate: 1100, net: 359, gross: 398 },
          { rate: 2100, net: 493, gross: 596 },
        ],
      },
      { kind: 'CREDIT_NOTE', lines: [{ rate: 2100, net: 1, gross: 1 }] },
    ]);
  });
});

describe('a credit note', () => {
  it('follows money that went back, once for each refund, and says what it corrects', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 2 }]);
    const [invoice] = await untilInvoiced(order);
    const refund = await giveBack(order.number, 5_000);

    await Promise.all([1, 2].map(() => shop.shop.invoicing.invoices.creditRefund(refund)));

    const documents = await invoicesOf(order);
    expect(documents).toHaveLength(2);
    expect(byKind(documents, 'CREDIT_NOTE')).toMatchObject({ total: { amount: 5_000 } });
    const [row] = await shop.sql<{ content: Answer }>(
      `SELECT content FROM invoice WHERE source_key = 'refund:' || $1`,
      [refund],
    );
    expect(row?.content).toMatchObject({ corrects: invoice?.number, total: { gross: 5_000 } });
    const tax = row?.content.taxes.reduce((sum: number, t: Answer) => sum + t.net + t.tax, 0);
    expect(tax).toBe(5_000);
  });

  it('is taken back when the bank sends the money back to the shop', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    const refund = await giveBack(order.number, order.total.gross.amount);
    await shop.shop.invoicing.invoices.creditRefund(refund);
    await shop.sql(`UPDATE refund SET status = 'FAILED' WHERE id = $1`, [refund]);

    await Promise.all([1, 2].map(() => shop.shop.invoicing.invoices.reverseCredit(refund)));

    const documents = await untilInvoiced(order, 3);
    expect(documents.map((d) => d['kind'])).toEqual(['INVOICE', 'CREDIT_NOTE', 'INVOICE']);
  });

  it('stands when the money arrives after all just before it would be taken back', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    const refund = await giveBack(order.number, order.total.gross.amount);
    const { invoices } = shop.shop.invoicing;
    await invoices.creditRefund(refund);
    await shop.sql(`UPDATE refund SET status = 'FAILED' WHERE id = $1`, [refund]);
    let takingBack: Promise<void> | undefined;

    await shop.shop.database.transaction(async (tx) => {
      // Somebody works on the order, and the event of the failure waits for them.
      await tx.client.query('SELECT 1 FROM shop_order WHERE number = $1 FOR UPDATE', [order.number]);
      takingBack = invoices.reverseCredit(refund);
      await shop.eventually(async () =>
        (
          await shop.sql(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          )
        ).at(0),
      );
      await shop.sql(`UPDATE refund SET status = 'SUCCEEDED' WHERE id = $1`, [refund]);
    });
    await takingBack;
    await invoices.creditRefund(refund);

    const documents = await untilInvoiced(order, 2);
    expect(documents.map((d) => d['kind'])).toEqual(['INVOICE', 'CREDIT_NOTE']);
  });
});

describe('an order that is changed after the sale', () => {
  const EDIT = `mutation($input: OrderEditInput!) { orderEdit(input: $input) { order { id } errors { code message } } }`;
  const PREVIEW = `query($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) { totalAfter { amount } difference { amount } } }`;

  /** Staff sets how many are in the order; answers by how much it got dearer (or, below zero, cheaper). */
  async function edit({ id }: Answer, quantity: number): Promise<number> {
    const staff = await shop.staff();
    const lines = [{ variantId, quantity }];
    const { order } = await staff.ask('query($id: ID!) { order(id: $id) { version } }', { id });
    const preview = (await staff.ask(PREVIEW, { input: { orderId: id, lines } })).orderEditPreview;
    const { orderEdit } = await staff.ask(EDIT, {
      input: {
        orderId: id,
        lines,
        expectedVersion: order.version,
        expectedTotal: preview.totalAfter.amount,
        idempotencyKey: randomUUID(),
      },
    });
    expect(orderEdit.errors).toEqual([]);
    return preview.difference.amount;
  }

  const linesOf = async (number: string): Promise<Answer[]> =>
    (
      await shop.sql<{ lines: Answer[] }>(
        `SELECT content -> 'lines' AS lines FROM invoice WHERE series || '-' || lpad(number::text, 6, '0') = $1`,
        [number],
      )
    )[0]?.lines ?? [];

  it('gets a credit note over what was taken out, line by line', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 3 }]);
    await untilInvoiced(order);

    const difference = await edit(order, 1);

    const credit = byKind(await untilInvoiced(order, 2), 'CREDIT_NOTE');
    expect(credit?.total.amount).toBe(-difference);
    expect(await linesOf(credit?.number)).toContainEqual(
      expect.objectContaining({ sku: 'CANA', quantity: 2, gross: 24_200 }),
    );
  });

  it('gets a second invoice over what was added, once that is paid', async () => {
    const browser = shop.guest();
    const order = await buy(browser, [{ variantId, quantity: 1 }]);
    await untilInvoiced(order);

    const difference = await edit(order, 3);
    expect(await invoicesOf(order)).toHaveLength(1);
    const {
      paymentSessionCreate: { paymentSession },
    } = await browser.ask(
      'mutation($token: String!) { paymentSessionCreate(input: { orderToken: $token }) { paymentSession { clientSecret amount { amount } } } }',
      { token: order.token },
    );
    await payWith(browser, paymentSession.clientSecret, GOOD_CARD);

    const added = (await untilInvoiced(order, 2))[1];
    expect(paymentSession.amount.amount).toBe(difference);
    expect(added).toMatchObject({ kind: 'INVOICE', total: { amount: difference } });
    expect(await linesOf(added?.number)).toContainEqual(
      expect.objectContaining({ sku: 'CANA', quantity: 2, gross: 24_200 }),
    );
  });
});

describe('an order paid at the door', () => {
  it('has its invoice when the courier has brought the money, not before', async () => {
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 1 }]);
    const done = await complete(browser, cart, randomUUID(), 'CASH_ON_DELIVERY');
    const order = { ...done.order, token: done.orderToken };
    const staff = await shop.staff();
    const { version } = (await staff.ask('query($id: ID!) { order(id: $id) { version } }', { id: order.id }))
      .order;
    const [row] = await shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE number = $1', [
      order.number,
    ]);
    await shop.shop.invoicing.invoices.invoicePaid(row?.id ?? '');
    expect(await invoicesOf(order)).toEqual([]);

    const { paymentMarkReceived } = await staff.ask(
      'mutation($input: PaymentMarkReceivedInput!) { paymentMarkReceived(input: $input) { errors { code } } }',
      { input: { orderId: order.id, expectedVersion: version, idempotencyKey: randomUUID() } },
    );

    expect(paymentMarkReceived.errors).toEqual([]);
    expect(await untilInvoiced(order)).toMatchObject([{ kind: 'INVOICE' }]);
  });
});

describe('invoice numbers', () => {
  const numbers = async (): Promise<number[]> =>
    (await shop.sql<{ number: number }>('SELECT number FROM invoice ORDER BY number')).map(
      ({ number }) => number,
    );

  it('have no gap and no double when fifty orders are paid at once over two processes', async () => {
    const other = await shop.beside();
    await workIsDone(shop);
    const before = (await numbers()).length;
    const orders = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        buy((i % 2 === 0 ? shop : other).guest(), [{ variantId, quantity: 1 }], `race-${i}@example.test`),
      ),
    );

    await shop.eventually(async () => (await numbers()).length >= before + 50);

    expect(await numbers()).toEqual(Array.from({ length: before + 50 }, (_, i) => i + 1));
    const [row] = await shop.sql<{ orders: number }>(
      `SELECT count(DISTINCT i.order_id)::int AS orders FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = ANY($1) AND kind = 'INVOICE'`,
      [orders.map((order) => order.number)],
    );
    expect(row?.orders).toBe(50);
    await other.close();
  });

  it('have no gap after a crash between giving the number and writing it down', async () => {
    await workIsDone(shop);
    const before = (await numbers()).length;
    // The first try dies at its very last statement, as if the process had been killed there.
    await shop.sql(
      `CREATE SEQUENCE crash_once; CREATE FUNCTION crash_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.kind = 'invoice.issued' AND nextval('crash_once') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$`,
    );
    await shop.sql(
      'CREATE TRIGGER crash_once BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION crash_once()',
    );

    const first = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    await shop.eventually(
      async () =>
        (await shop.sql<{ last_value: string; is_called: boolean }>('SELECT * FROM crash_once'))[0]
          ?.is_called,
    );
    const second = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    await Promise.all([untilInvoiced(first), untilInvoiced(second)]);

    await shop.sql('DROP TRIGGER crash_once ON outbox');
    expect(await numbers()).toEqual(Array.from({ length: before + 2 }, (_, i) => i + 1));
  });

  it('cannot be skipped, changed or spent by hand', async () => {
    const insert = `INSERT INTO invoice (id, series, number, kind, order_id, source_key, content, total_gross, currency)
      SELECT new_id(), series, number + 2, kind, order_id, 'by-hand', content, total_gross, currency FROM invoice ORDER BY number DESC LIMIT 1`;

    await expect(shop.sql(insert)).rejects.toThrow('would leave a gap');
    await expect(shop.sql('DELETE FROM invoice')).rejects.toThrow('append-only');
    await expect(shop.sql('UPDATE invoice_series SET last_number = last_number + 1')).rejects.toThrow(
      'no invoice has',
    );
  });

  it('stay as they were printed, whatever numbers look like by then, and are found so', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    await untilInvoiced(order);
    await shop.sql(
      `WITH series AS (INSERT INTO invoice_series (code, last_number) VALUES ('OLD', 1))
       INSERT INTO invoice (id, series, number, printed_number, kind, order_id, source_key, content, total_gross, currency)
       SELECT new_id(), 'OLD', 1, '2025/000371', i.kind, i.order_id, 'earlier', i.content, i.total_gross, i.currency
       FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1`,
      [order.number],
    );

    const printed = (await invoicesOf(order)).map(({ number }) => String(number));
    const staff = await shop.staff();
    const { orders } = await staff.ask('{ orders(first: 5, search: "2025/000371") { nodes { number } } }');

    expect(printed.toSorted()).toEqual(['2025/000371', expect.stringMatching(/^LL-\d{6}$/)]);
    expect(orders.nodes).toEqual([{ number: order.number }]);
    await expect(shop.sql(`UPDATE invoice SET printed_number = 'LL-1'`)).rejects.toThrow('append-only');
  });
});
