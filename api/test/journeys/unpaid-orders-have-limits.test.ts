import { randomUUID } from 'node:crypto';
import { globalId } from '../../src/kernel/ids.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy, complete, nextPhone, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Method } from '@vitrine/testing/drivers/buyers.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { unitsInStock } from '@vitrine/testing/shop/stock-levels.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

// The limits as they are set when nobody changes them.
const AS_SHIPPED = [
  'UNPAID_ORDERS_PER_BUYER',
  'UNPAID_ORDERS_PER_NETWORK',
  'ORDERS_PER_HOUR_PER_BUYER',
  'ORDERS_PER_HOUR_PER_NETWORK',
  'LAPSED_ORDERS_PER_DAY_PER_BUYER',
  'LAPSED_ORDERS_PER_DAY_PER_NETWORK',
  'UNPAID_UNITS_PER_BUYER',
  'UNPAID_UNITS_PER_NETWORK',
  'UNPAID_FREE_UNITS',
  'UNSECURED_UNITS_PER_BUYER',
  'UNSECURED_PERCENT_OF_VARIANT',
  'UNSECURED_VALUE_PER_BUYER',
  'UNPAID_ALERT_PERCENT',
  'CARTS_PER_MINUTE_PER_NETWORK',
  'MAILS_PER_DAY_PER_ADDRESS',
];

let shop: TestShop;
let staff: GraphqlClient;
let mug: string;
beforeAll(async () => {
  const env = {
    ...Object.fromEntries(AS_SHIPPED.map((name) => [name, ''])),
    ADMIN_ALERT_EMAIL: 'owner@example.test',
  };
  shop = await TestShop.open({ env });
  staff = await shop.staff();
  mug = await shop.stock({ name: 'Mug', sku: 'LIMIT-MUG', price: 5000, stock: 400 });
});
afterAll(() => shop.close());

let buyers = 0;
/** Somebody at this address of the world. */
const from = (ip: string): GraphqlClient => shop.guest({ 'x-forwarded-for': ip });

async function press(
  browser: GraphqlClient,
  lines: { variantId: string; quantity: number }[],
  { email = `limits${++buyers}@example.test`, phone = nextPhone(), method = 'CARD' as Method } = {},
): Promise<Answer> {
  return complete(browser, await readyCart(browser, lines, email, phone), randomUUID(), method);
}
const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);

describe('buyers are not in the way of each other', () => {
  it('thirty people behind one operator’s address order within minutes, three pieces each', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => press(from('198.51.100.1'), [{ variantId: mug, quantity: 3 }])),
    );

    expect(answers.flatMap(codes)).toEqual([]);
  });

  it('thirty people with telephones of one operator, each with a network of its own, do as well', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        press(from(`2001:db8:20:${i}::1`), [{ variantId: mug, quantity: 3 }]),
      ),
    );

    expect(answers.flatMap(codes)).toEqual([]);
  });

  it('the last piece of a one-off can be bought, whatever the way to pay', async () => {
    for (const [i, method] of (['CARD', 'BANK_TRANSFER', 'CASH_ON_DELIVERY'] as const).entries()) {
      const vase = await shop.stock({ name: `One ${i}`, sku: `LIMIT-ONE-${i}`, price: 90_000, stock: 1 });

      expect(
        codes(await press(from('198.51.100.2'), [{ variantId: vase, quantity: 1 }], { method })),
      ).toEqual([]);
    }
  });
});

describe('nobody takes all stock without paying', () => {
  it('one guest cannot hold more than a part of the stock, by bank, at the door or by card', async () => {
    const before = await unitsInStock(shop, 'LIMIT-MUG');

    for (const [i, method] of (['BANK_TRANSFER', 'CASH_ON_DELIVERY', 'CARD'] as const).entries()) {
      const answer = await press(from(`198.51.100.1${i}`), [{ variantId: mug, quantity: 200 }], { method });

      expect(codes(answer)).toEqual(['UNPAID_QUANTITY_TOO_LARGE']);
    }
    expect(await unitsInStock(shop, 'LIMIT-MUG')).toEqual(before);
  });

  it('nor by many small orders: the sixth that waits for its money is refused, however the mailbox is spelled', async () => {
    const spellings = [
      'greedy@gmail.com',
      'Greedy+1@gmail.com',
      'gree.dy@gmail.com',
      'greedy+2@GMAIL.com',
      'g.reedy@googlemail.com',
    ];
    const answers: Answer[] = [];
    for (const email of [...spellings, 'greedy+6@gmail.com'])
      answers.push(
        await press(from('203.0.113.1'), [{ variantId: mug, quantity: 1 }], {
          email,
          method: 'BANK_TRANSFER',
        }),
      );

    expect(answers.map(codes)).toEqual([[], [], [], [], [], ['TOO_MANY_UNPAID_ORDERS']]);
  });

  it('who pays is not counted: the sixth order of a buyer who paid five is welcome', async () => {
    const email = 'regular@example.test';
    for (let i = 0; i < 5; i++) await buy(from('203.0.113.50'), [{ variantId: mug, quantity: 1 }], email);

    expect(codes(await press(from('203.0.113.50'), [{ variantId: mug, quantity: 1 }], { email }))).toEqual(
      [],
    );
  });

  it('nobody is kept from ordering by what others did under their name: not by bank, not by card, nor once they are signed in', async () => {
    const lines = [{ variantId: mug, quantity: 1 }];
    const email = 'alice@example.com';
    const method = 'BANK_TRANSFER' as const;
    for (let i = 0; i < 5; i++) await press(from(`198.51.100.${50 + i}`), lines, { email, method });
    const alice = await shop.customer(email, 'Alice@123');

    const byBank = await press(from('198.51.100.60'), lines, { email, method });
    const byCard = await press(from('198.51.100.60'), lines, { email });
    const signedIn = await press(alice, lines, { email, method });

    expect([byBank, byCard, signedIn].map(codes)).toEqual([[], [], []]);
  });

  it('strangers who order to somebody’s number, five and more, do not keep that number from paying at the door', async () => {
    const lines = [{ variantId: mug, quantity: 1 }];
    const order = { phone: '0733 111 222', method: 'CASH_ON_DELIVERY' as const };
    for (let i = 0; i < 6; i++)
      expect(codes(await press(from(`198.51.100.${70 + i}`), lines, order))).toEqual([]);
    const elsewhere = from('198.51.100.80');

    const own: string[][] = [];
    for (let i = 0; i < 6; i++) own.push(codes(await press(elsewhere, lines, order)));

    expect(own).toEqual([[], [], [], [], [], ['TOO_MANY_UNPAID_ORDERS']]);
  });

  it('a rush of buyers who pay leaves room for the next behind the same address', async () => {
    for (let i = 0; i < 12; i++)
      await buy(from('203.0.113.55'), [{ variantId: mug, quantity: 1 }], 'rush-of-one@example.test');

    const next = await press(from('203.0.113.55'), [{ variantId: mug, quantity: 1 }], {
      email: 'rush-of-one@example.test',
    });

    expect(codes(next)).toEqual([]);
  });

  it('nor by inventing people: one network has its limit, also when all press at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => press(from('203.0.113.77'), [{ variantId: mug, quantity: 30 }])),
    );

    const held = answers.filter(({ order }) => order).length * 30;
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['UNPAID_QUANTITY_TOO_LARGE']));
    expect(held).toBeLessThanOrEqual(0.3 * 400 + 12 * 3);
  });

  it('nor by going through the networks of one block of addresses, of which one customer of a hosting company has many', async () => {
    const strict = await shop.beside({
      worker: false,
      env: { ...Object.fromEntries(AS_SHIPPED.map((name) => [name, ''])), UNPAID_ORDERS_PER_NETWORK: '2' },
    });
    try {
      const answers: string[][] = [];
      for (let i = 0; i < 10; i++) {
        const browser = strict.guest({ 'x-forwarded-for': `2001:db8:21:${i}::1` });
        answers.push(codes(await press(browser, [{ variantId: mug, quantity: 1 }])));
      }
      const neighbour = strict.guest({ 'x-forwarded-for': '2001:db8:22::1' });

      expect(answers.slice(0, 8).flat()).toEqual([]);
      expect(answers.slice(8)).toEqual([['TOO_MANY_UNPAID_ORDERS'], ['TOO_MANY_UNPAID_ORDERS']]);
      expect(codes(await press(neighbour, [{ variantId: mug, quantity: 1 }]))).toEqual([]);
    } finally {
      await strict.close();
    }
  });

  it('nor by naming the version that the cart is about to have, nor by two ways to pay pressed at once', async () => {
    const browser = from('203.0.113.120');
    const cart = await readyCart(browser, [{ variantId: mug, quantity: 1 }], 'ahead@example.test');
    const update =
      'mutation($id: ID!, $n: Int!) { cartLineUpdate(input: { lineId: $id, quantity: $n }) { cart { version total { gross { amount } } } errors { code } } }';
    const { cartLineUpdate: probe } = await browser.ask(update, { id: cart['lines'][0].id, n: 200 });
    const { cartLineUpdate: back } = await browser.ask(update, { id: cart['lines'][0].id, n: 1 });
    const ahead = { ...back.cart, version: back.cart.version + 1, total: probe.cart.total };

    const [, ...early] = await Promise.all([
      browser.ask(update, { id: cart['lines'][0].id, n: 200 }),
      ...Array.from({ length: 12 }, () => complete(browser, ahead, randomUUID(), 'BANK_TRANSFER')),
    ]);
    const late = await Promise.all(
      (['CARD', 'CASH_ON_DELIVERY', 'CARD', 'BANK_TRANSFER'] as const).map((method) =>
        complete(browser, ahead, randomUUID(), method),
      ),
    );

    expect([...early, ...late].filter(({ order }) => order)).toEqual([]);
    const orders = await shop.sql(
      `SELECT 1 FROM shop_order o WHERE o.cart_id IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM checkout_attempt a WHERE a.cart_id = o.cart_id AND a.placed)`,
    );
    expect(orders).toEqual([]);
  });

  it('and the owner is told, once', async () => {
    const mails = await shop.eventually(async () => {
      const rows = await shop.sql<{ model: Answer }>(
        `SELECT model FROM email WHERE template = 'owner-alert' AND model ->> 'alert' = 'stock-held-unpaid'`,
      );
      return rows.length > 0 && rows;
    });

    expect(Number(mails[0]?.model['count'])).toBeGreaterThan(10);
    const alerts = await shop.sql(`SELECT dedupe_key FROM outbox WHERE kind = 'stock.held-unpaid'`);
    expect(mails.length).toBeLessThanOrEqual(alerts.length);
  });

  it('ten orders cancelled one after the other are enough for a day', async () => {
    const email = 'changes-mind@example.test';
    const cancel = `mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { errors { code } } }`;
    for (let i = 0; i < 10; i++) {
      const browser = from('203.0.113.90');
      const { orderToken, errors } = await press(browser, [{ variantId: mug, quantity: 1 }], { email });
      expect(errors).toEqual([]);
      await browser.ask(cancel, { input: { orderToken, idempotencyKey: randomUUID() } });
    }

    expect(codes(await press(from('203.0.113.90'), [{ variantId: mug, quantity: 1 }], { email }))).toEqual([
      'TOO_MANY_UNPAID_ORDERS',
    ]);
  });
});

describe('where carts hold stock', () => {
  it('neither one cart nor many of one network take all stock; thirty people with three pieces each may', async () => {
    const carts = await shop.beside({
      worker: false,
      env: { ...Object.fromEntries(AS_SHIPPED.map((name) => [name, ''])), STOCK_HOLD: 'cart' },
    });
    try {
      const cup = await shop.stock({ name: 'Cup', sku: 'LIMIT-CUP', price: 5000, stock: 400 });
      const add =
        'mutation($id: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $id, quantity: $quantity }) { errors { code path } } }';
      const take = async (ip: string, quantity: number): Promise<string[]> =>
        codes((await carts.guest({ 'x-forwarded-for': ip }).ask(add, { id: cup, quantity })).cartLineAdd);

      expect(await take('198.51.100.200', 300)).toEqual(['UNPAID_QUANTITY_TOO_LARGE']);
      const crowd = await Promise.all(Array.from({ length: 30 }, () => take('198.51.100.201', 3)));
      const greedy = await Promise.all(Array.from({ length: 12 }, () => take('198.51.100.202', 30)));

      expect(crowd.flat()).toEqual([]);
      expect(greedy.filter((refused) => refused.length === 0).length).toBeLessThan(12);
      const [row] = await shop.sql<{ held: number }>(
        `SELECT sum(s.reserved)::int AS held FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = 'LIMIT-CUP'`,
      );
      expect(row?.held).toBeLessThan(90 + 0.3 * 1000 + 12 * 3);
    } finally {
      await carts.close();
    }
  });
});

describe('a script that makes carts', () => {
  it('is told to wait after sixty of one minute, with or without a made-up token', async () => {
    const add =
      'mutation($variantId: ID!) { cartLineAdd(input: { variantId: $variantId, quantity: 1 }) { errors { code } } }';
    const made = async (headers: Record<string, string>): Promise<Answer> =>
      shop.guest({ 'x-forwarded-for': '203.0.113.200', ...headers }).send(add, { variantId: mug });

    const answers: Answer[] = [];
    await shop.clock.whileStopped(async () => {
      for (let i = 0; i < 62; i++) answers.push(await made({}));
    });

    expect(answers.slice(0, 60).flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(answers[61]?.errors[0].extensions.code).toBe('RATE_LIMITED');
  });
});

describe('staff releases and blocks', () => {
  const RELEASE = `mutation($input: OrderReleaseAndBlockInput!) { orderReleaseAndBlock(input: $input) {
    released undecided order { status } blocks { id kind contact orderNumber reason expiresAt } errors { code path } } }`;
  const RELATIONS =
    'query($id: ID!) { unpaidOrderRelations(orderId: $id) { units sameEmail samePhone sameNetwork } }';

  it('every unpaid order of a network and mailbox at once; neither may order again until the block is lifted', async () => {
    const before = await unitsInStock(shop, 'LIMIT-MUG');
    const lines = [{ variantId: mug, quantity: 2 }];
    const method = 'BANK_TRANSFER' as const;
    const orders: Answer[] = [];
    for (const email of ['bot-a@example.test', 'bot-b@example.test', 'bot-b@example.test'])
      orders.push((await press(from('192.0.2.66'), lines, { email, method })).order);
    const { unpaidOrderRelations } = await staff.ask(RELATIONS, { id: orders[0]?.['id'] });
    expect(unpaidOrderRelations).toEqual({ units: 2, sameEmail: 0, samePhone: 0, sameNetwork: 2 });

    const input = {
      orderId: orders[0]?.['id'],
      kinds: ['NETWORK', 'EMAIL'],
      days: 3,
      includeRelated: true,
      reason: 'bot',
      idempotencyKey: randomUUID(),
    };
    const { orderReleaseAndBlock: done } = await staff.ask(RELEASE, { input });
    const { orderReleaseAndBlock: again } = await staff.ask(RELEASE, { input });

    expect(done).toMatchObject({ released: 3, undecided: 0, order: { status: 'CANCELLED' }, errors: [] });
    expect(done.blocks.map(({ kind, contact }: Answer) => [kind, contact])).toEqual([
      ['EMAIL', 'bot-a@example.test'],
      ['NETWORK', null],
    ]);
    expect(again).toMatchObject({ errors: [], order: { status: 'CANCELLED' } });
    const reused = await staff.ask(RELEASE, { input: { ...input, days: 5 } });
    expect(reused.orderReleaseAndBlock).toMatchObject({
      errors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
      order: { status: 'CANCELLED' },
    });
    expect(await unitsInStock(shop, 'LIMIT-MUG')).toEqual(before);
    expect(codes(await press(from('192.0.2.66'), lines))).toEqual(['CHECKOUT_BLOCKED']);
    expect(codes(await press(from('192.0.2.99'), lines, { email: 'Bot-A+x@example.test' }))).toEqual([
      'CHECKOUT_BLOCKED',
    ]);
    expect(codes(await press(from('192.0.2.99'), lines))).toEqual([]);

    const {
      checkoutBlocks: { nodes: checkoutBlocks },
    } = await staff.ask(
      '{ checkoutBlocks(filter: { inForce: true }) { nodes { id kind reason createdBy } } }',
    );
    expect(checkoutBlocks).toHaveLength(2);
    const lift = 'mutation($id: ID!) { checkoutBlockRemove(input: { blockId: $id }) { ok errors { code } } }';
    for (const { id } of checkoutBlocks)
      expect((await staff.ask(lift, { id })).checkoutBlockRemove.ok).toBe(true);
    expect(codes(await press(from('192.0.2.66'), lines))).toEqual([]);
    expect((await staff.ask(lift, { id: checkoutBlocks[0].id })).checkoutBlockRemove.errors[0].code).toBe(
      'NOT_FOUND',
    );
  });

  it('but not an order that is paid', async () => {
    const { id } = await buy(from('192.0.2.70'), [{ variantId: mug, quantity: 1 }]);
    const input = {
      orderId: id,
      kinds: ['EMAIL'],
      days: 3,
      includeRelated: false,
      idempotencyKey: randomUUID(),
    };

    const { orderReleaseAndBlock } = await staff.ask(RELEASE, { input });

    expect(orderReleaseAndBlock).toMatchObject({
      released: 0,
      order: { status: expect.not.stringContaining('CANCELLED') },
      errors: [{ code: 'ILLEGAL_TRANSITION', path: ['orderId'] }],
    });
  });

  it('and the ledger balances after all of it', () => assertLedgerBalances(shop));
});

describe('a mailbox', () => {
  const texts = async (): Promise<{ recipient: string; template: string; model: object }[]> =>
    shop.sql(
      `SELECT recipient, template, model FROM email WHERE dedupe_key LIKE 'flood:%' AND status = 'FAILED' AND error LIKE 'Too many%'
       ORDER BY recipient`,
    );
  const send = (n: number, to: string, template: 'invoice-issued' | 'password-reset'): Promise<void> =>
    shop.shop.notifications.mailQueue.queue({
      dedupeKey: `flood:${template}:${to}:${n}`,
      to,
      template,
      language: 'en',
      model: { link: { secretLink: 'password-reset', id: 'a request' } },
    });
  afterEach(() => shop.sql(`DELETE FROM email WHERE dedupe_key LIKE 'flood:%'`));

  it('gets so many mails a day and no more, however its address is written, and the owner hears that one was held back', async () => {
    for (let n = 0; n < 50; n++) await send(n, `victim+${n}@example.test`, 'invoice-issued');
    await send(50, 'Victim@example.test', 'invoice-issued');
    await send(51, 'somebody-else@example.test', 'invoice-issued');

    expect(await texts()).toMatchObject([{ recipient: 'Victim@example.test' }]);
    const events = await shop.sql(
      `SELECT 1 FROM outbox o JOIN email e ON e.id = o.aggregate_id WHERE o.kind = 'mail.failed' AND e.recipient = 'Victim@example.test'`,
    );
    expect(events).toHaveLength(1);
  });

  it('is not shut by asking for its password again and again, and a link that was not sent is kept nowhere and goes to nobody', async () => {
    for (let n = 0; n < 110; n++) await send(n, 'ana@example.test', 'password-reset');
    await send(1, 'ana@example.test', 'invoice-issued');

    const held = await texts();
    const [row] = await shop.sql<{ id: string }>(
      `SELECT id FROM email WHERE dedupe_key LIKE 'flood:password-reset:%' AND status = 'QUEUED' LIMIT 1`,
    );
    await shop.sql(`UPDATE email SET status = 'FAILED', error = 'x' WHERE id = $1`, [row?.id]);
    const resend =
      'mutation($input: EmailResendInput!) { emailResend(input: $input) { email { id } errors { code } } }';
    const input = {
      emailId: globalId('mail', row?.id ?? ''),
      recipient: 'thief@example.test',
      idempotencyKey: randomUUID(),
    };
    const { emailResend } = await staff.ask(resend, { input });

    expect(held).toHaveLength(50);
    expect(new Set(held.map(({ template }) => template))).toEqual(new Set(['password-reset']));
    expect(JSON.stringify(await shop.sql('SELECT * FROM email'))).not.toContain('reset-password?token=');
    // The mail itself comes back beside the user error, and nothing was written to the thief.
    expect(emailResend).toMatchObject({
      email: { id: input.emailId },
      errors: [{ code: 'NOTHING_TO_RESEND' }],
    });
    expect(await shop.sql('SELECT 1 FROM email WHERE recipient = $1', [input.recipient])).toEqual([]);
  });
});
