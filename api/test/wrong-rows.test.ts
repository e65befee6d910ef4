import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isTransitionAllowed, OrderStatus } from '../src/domains/orders/order-states.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

const PLACED = ['PLACED', 'PAID', 'FULFILLED', 'COMPLETED'];

let db: TestDatabase;
let variant: string;
let product: string;
beforeAll(async () => {
  db = await testDatabase({ poolSize: 4 });
  [product, variant] = [randomUUID(), randomUUID()];
  const text = JSON.stringify({ ro: 'Cană' });
  await run([
    `INSERT INTO product (id, slug, status, name, currency) VALUES ('${product}', 'cana', 'ACTIVE', '${text}', 'RON')`,
  ]);
  await run([
    `INSERT INTO variant (id, product_id, sku, name, price, currency) VALUES ('${variant}', '${product}', 'CANA', '${text}', 1000, 'RON')`,
  ]);
});
afterAll(() => db.close());

/** Runs raw SQL in one transaction; returns the error, or null when it was committed. */
async function run(statements: readonly string[]): Promise<string | null> {
  const client: PoolClient = await db.database.pool.connect();
  try {
    await client.query('BEGIN');
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
    return null;
  } catch (error) {
    await client.query('ROLLBACK');
    return (error as Error).message;
  } finally {
    client.release();
  }
}

/** A stock level at a new location, filled by a receipt. */
async function stockLevel(units: number): Promise<string> {
  const place = randomUUID();
  await run([
    `INSERT INTO stock_location (id, code, name) VALUES ('${place}', '${place}', 'Somewhere')`,
    `INSERT INTO stock_level (variant_id, location_id) VALUES ('${variant}', '${place}')`,
    ...(units > 0 ? [movement(place, 'RECEIVE', units, 0)] : []),
  ]);
  return place;
}

function movement(
  place: string,
  kind: string,
  hand: number,
  held: number,
  reservation: string | null = null,
): string {
  const id = reservation ? `'${reservation}'` : 'NULL';
  return `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, reservation_id)
    VALUES ('${randomUUID()}', '${variant}', '${place}', ${hand}, ${held}, '${kind}', ${id})`;
}

async function level(place: string): Promise<{ on_hand: number; reserved: number }> {
  const { rows } = await db.database.pool.query<{ on_hand: number; reserved: number }>(
    'SELECT on_hand, reserved FROM stock_level WHERE location_id = $1',
    [place],
  );
  return rows[0]!;
}

interface OrderParts {
  readonly status?: string;
  readonly lines?: number;
  readonly subtotal?: number;
  readonly tax?: number;
  readonly payment?: { status: string; method?: string } | null;
}

/** The statements that write an order of `lines` mugs at 10.00, 21 % VAT, as one transaction's list. */
function order(
  id: string,
  { status = 'PENDING_PAYMENT', lines = 2, subtotal = lines * 1000, tax, payment = null }: OrderParts = {},
): string[] {
  const net = Math.round(subtotal / 1.21);
  const taxLines = JSON.stringify([{ net, tax: tax ?? subtotal - net }]);
  const placed = PLACED.includes(status) ? 'now()' : 'NULL';
  return [
    `INSERT INTO shop_order (id, number, status, currency, language, email, shipping_address, billing_address, shipping_method_name,
       subtotal_net, subtotal_gross, shipping_net, shipping_gross, total_net, total_gross, tax_lines, placed_at)
     VALUES ('${id}', '${id.slice(0, 13)}', '${status}', 'RON', 'ro', 'a@b.test', '{}', '{}', 'Curier', ${net}, ${subtotal}, 0, 0, ${net}, ${subtotal}, '${taxLines}', ${placed})`,
    ...(lines > 0 ? [line(id, lines)] : []),
    ...(payment ? [pay(id, payment)] : []),
  ];
}

function line(orderId: string, quantity: number, total = quantity * 1000): string {
  return `INSERT INTO order_line (id, order_id, position, variant_id, product_id, product_name, product_slug, variant_name, sku, quantity, unit_price, total_net, total_gross, tax_basis_points)
    VALUES ('${randomUUID()}', '${orderId}', 0, '${variant}', '${product}', 'Cană', 'cana', '', 'CANA', ${quantity}, 1000, ${Math.round(total / 1.21)}, ${total}, 2100)`;
}

function pay(
  orderId: string,
  { status, method = 'CARD' }: { status: string; method?: string },
  amount = 2000,
): string {
  const id = randomUUID();
  return `INSERT INTO payment (id, order_id, attempt, provider, method, status, amount, captured_amount, currency, create_key)
    VALUES ('${id}', '${orderId}', 1, '${method === 'CARD' ? 'TEST' : 'OFFLINE'}', '${method}', '${status}', ${amount}, ${status === 'CAPTURED' ? amount : 'NULL'}, 'RON', 'pi:${id}')`;
}

function refund(orderId: string, amount: number, status = 'SUCCEEDED'): string {
  const id = randomUUID();
  return `INSERT INTO refund (id, payment_id, amount, reason, status, key)
    SELECT '${id}', id, ${amount}, 'by hand', '${status}', 're:${id}' FROM payment WHERE order_id = '${orderId}'`;
}

const hold = (place: string, id: string, orderId: string, units: number): string =>
  `INSERT INTO reservation (id, order_id, variant_id, location_id, quantity, expires_at)
   VALUES ('${id}', '${orderId}', '${variant}', '${place}', ${units}, now() + interval '1 hour')`;

describe('a stock level', () => {
  it('changes by movements only', async () => {
    const place = await stockLevel(5);

    const userErrors = [
      await run([`UPDATE stock_level SET on_hand = 50 WHERE location_id = '${place}'`]),
      await run([`UPDATE stock_level SET reserved = 1 WHERE location_id = '${place}'`]),
      await run([`DELETE FROM stock_level WHERE location_id = '${place}'`]),
      await run([`UPDATE stock_movement SET delta_on_hand = 50 WHERE location_id = '${place}'`]),
      await run([`DELETE FROM stock_movement WHERE location_id = '${place}'`]),
      await run([
        `INSERT INTO stock_location (id, code, name) VALUES ('${randomUUID()}', 'born-full', 'Somewhere')`,
        `INSERT INTO stock_level (variant_id, location_id, on_hand) SELECT '${variant}', id, 7 FROM stock_location WHERE code = 'born-full'`,
      ]),
    ];

    expect(userErrors).toEqual([
      expect.stringContaining('stock_level changes only by inserting into stock_movement'),
      expect.stringContaining('stock_level changes only by inserting into stock_movement'),
      expect.stringContaining('violates foreign key constraint'),
      'stock_movement is append-only',
      'stock_movement is append-only',
      expect.stringContaining('stock_level changes only by inserting into stock_movement'),
    ]);
    expect(await level(place)).toEqual({ on_hand: 5, reserved: 0 });
  });

  it('cannot be sold below nothing, nor below what is held, nor where there is none', async () => {
    const place = await stockLevel(3);
    const [orderId, held] = [randomUUID(), randomUUID()];
    await run([...order(orderId), hold(place, held, orderId, 2), movement(place, 'RESERVE', 0, 2, held)]);

    const userErrors = [
      await run([movement(place, 'ADJUST', -4, 0)]),
      await run([movement(place, 'ADJUST', -2, 0)]),
      await run([movement(randomUUID(), 'RECEIVE', 1, 0)]),
    ];

    expect(userErrors).toEqual([
      expect.stringContaining('stock_level_check'),
      expect.stringContaining('stock_level_check'),
      expect.stringMatching(/foreign key|no shelf/),
    ]);
    expect(await run([movement(place, 'ADJUST', -1, 0)])).toBeNull();
    expect(await level(place)).toEqual({ on_hand: 2, reserved: 2 });
  });

  it('adds up many movements of one statement', async () => {
    const [here, there] = [await stockLevel(10), await stockLevel(0)];
    const pair = randomUUID();

    await run([
      `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, transfer_id) VALUES
       ('${randomUUID()}', '${variant}', '${here}', -2, 0, 'TRANSFER', '${pair}'), ('${randomUUID()}', '${variant}', '${there}', 2, 0, 'TRANSFER', '${pair}'),
       ('${randomUUID()}', '${variant}', '${here}', -3, 0, 'TRANSFER', '${pair}'), ('${randomUUID()}', '${variant}', '${there}', 3, 0, 'TRANSFER', '${pair}')`,
    ]);

    expect([await level(here), await level(there)]).toEqual([
      { on_hand: 5, reserved: 0 },
      { on_hand: 5, reserved: 0 },
    ]);
  });

  it('is held by a reservation and its movement together, in whichever order, or not at all', async () => {
    const [place, other] = [await stockLevel(9), await stockLevel(9)];
    const orderId = randomUUID();
    await run(order(orderId));
    const id = randomUUID();

    const userErrors = [
      await run([hold(place, id, orderId, 2)]),
      await run([movement(place, 'RESERVE', 0, 2)]),
      await run([hold(place, id, orderId, 2), movement(place, 'RESERVE', 0, 3, id)]),
      await run([hold(place, id, orderId, 2), movement(other, 'RESERVE', 0, 2, id)]),
      await run([movement(place, 'SALE', 1, 0)]),
      await run([movement(place, 'RECEIVE', -1, 0)]),
      await run([movement(place, 'ADJUST', 0, 1, id)]),
    ];
    expect(await run([hold(place, id, orderId, 2), movement(place, 'RESERVE', 0, 2, id)])).toBeNull();
    const later = [
      await run([`UPDATE reservation SET status = 'RELEASED' WHERE id = '${id}'`]),
      await run([`UPDATE reservation SET quantity = 1 WHERE id = '${id}'`]),
      await run([movement(place, 'RELEASE', 0, -2, id)]),
      await run([movement(other, 'SALE', -2, 0, id)]),
      await run([`DELETE FROM reservation WHERE id = '${id}'`]),
    ];

    for (const userError of userErrors)
      expect(userError).toMatch(
        /its movements hold|stock_movement_shape|stock_movement_held|stock_level_check/,
      );
    for (const userError of later)
      expect(userError).toMatch(/its movements hold|foreign key|stock_movement_shape/);
    expect(await level(place)).toEqual({ on_hand: 9, reserved: 2 });
    expect(
      await run([
        movement(place, 'SALE', -2, -2, id),
        `UPDATE reservation SET status = 'SOLD' WHERE id = '${id}'`,
      ]),
    ).toBeNull();
    expect(await level(place)).toEqual({ on_hand: 7, reserved: 0 });
  });

  it('never parts from its ledger and its reservations, whatever somebody types', async () => {
    const place = await stockLevel(6);
    const orderId = randomUUID();
    await run(order(orderId));
    const ids = Array.from({ length: 3 }, () => randomUUID());
    const anyId = fc.constantFrom(...ids);
    const anyUnits = fc.integer({ min: -3, max: 3 });
    const statement = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('RECEIVE', 'ADJUST', 'SALE', 'RETURN', 'RESERVE', 'RELEASE'),
          anyUnits,
          anyUnits,
          fc.option(anyId),
        )
        .map(([kind, hand, held, id]) => movement(place, kind, hand, held, id)),
      fc.tuple(anyId, fc.integer({ min: 1, max: 3 })).map(([id, units]) => hold(place, id, orderId, units)),
      fc
        .tuple(anyId, fc.constantFrom('ACTIVE', 'SOLD', 'RELEASED'))
        .map(([id, status]) => `UPDATE reservation SET status = '${status}' WHERE id = '${id}'`),
      fc
        .tuple(anyId, fc.integer({ min: 1, max: 3 }))
        .map(([id, units]) => `UPDATE reservation SET quantity = ${units} WHERE id = '${id}'`),
      fc
        .tuple(anyId, fc.integer({ min: 1, max: 3 }))
        .chain(([id, units]) =>
          fc.constantFrom(
            `${hold(place, id, orderId, units)}; ${movement(place, 'RESERVE', 0, units, id)}`,
            `UPDATE reservation SET status = 'RELEASED' WHERE id = '${id}'; ${movement(place, 'RELEASE', 0, -units, id)}`,
            `UPDATE reservation SET status = 'SOLD' WHERE id = '${id}'; ${movement(place, 'SALE', -units, -units, id)}`,
          ),
        ),
      anyUnits.map(
        (units) => `UPDATE stock_level SET on_hand = on_hand + ${units} WHERE location_id = '${place}'`,
      ),
    );
    let committed = 0;

    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 4 }), async (statements) => {
        if ((await run(statements)) === null) committed++;
        const { rows } = await db.database.pool.query<{ fits: boolean }>(
          `SELECT on_hand = (SELECT sum(delta_on_hand) FROM stock_movement m WHERE m.location_id = $1)
             AND reserved = (SELECT sum(delta_reserved) FROM stock_movement m WHERE m.location_id = $1)
             AND reserved = (SELECT coalesce(sum(quantity), 0) FROM reservation r WHERE r.location_id = $1 AND status = 'ACTIVE')
             AND on_hand >= reserved AND reserved >= 0 AS fits
           FROM stock_level WHERE location_id = $1`,
          [place],
        );
        expect(rows[0]?.fits).toBe(true);
      }),
      { numRuns: 400 },
    );

    expect(committed).toBeGreaterThan(10);
  });
});

describe('an order', () => {
  it('costs what its lines cost, also after the fact', async () => {
    const good = randomUUID();

    const userErrors = [
      await run(order(randomUUID(), { subtotal: 1999 })),
      await run(order(randomUUID(), { lines: 0, subtotal: 2000 })),
      await run(order(randomUUID(), { tax: 1 })),
    ];
    expect(await run(order(good))).toBeNull();
    userErrors.push(
      await run([`DELETE FROM order_line WHERE order_id = '${good}'`]),
      await run([`UPDATE order_line SET quantity = 1, total_gross = 1000 WHERE order_id = '${good}'`]),
      await run([`UPDATE shop_order SET subtotal_gross = 1000, total_gross = 1000 WHERE id = '${good}'`]),
      await run([`UPDATE shop_order SET tax_lines = '[]' WHERE id = '${good}'`]),
      await run([`UPDATE shop_order SET discount = 100 WHERE id = '${good}'`]),
      await run([`DELETE FROM shop_order WHERE id = '${good}'`]),
    );

    for (const userError of userErrors)
      expect(userError).toMatch(/its lines add up to|tax lines do not add up|is written once/);
    const smaller = Math.round(1000 / 1.21);
    expect(
      await run([
        `UPDATE order_line SET quantity = 1, total_gross = 1000, total_net = ${smaller} WHERE order_id = '${good}'`,
        `UPDATE shop_order SET subtotal_gross = 1000, total_gross = 1000, subtotal_net = ${smaller}, total_net = ${smaller},
           tax_lines = '[{"net": ${smaller}, "tax": ${1000 - smaller}}]' WHERE id = '${good}'`,
      ]),
    ).toBeNull();
  });

  it.each<[string, { status: string; method?: string } | null, boolean]>([
    ['PAID', { status: 'CAPTURED' }, true],
    ['PAID', { status: 'CAPTURED', method: 'BANK_TRANSFER' }, true],
    ['PAID', { status: 'CAPTURED', method: 'MANUAL' }, true],
    ['PAID', { status: 'AUTHORIZED' }, false],
    ['PAID', { status: 'PENDING', method: 'CASH_ON_DELIVERY' }, false],
    ['PAID', { status: 'PENDING' }, false],
    ['PAID', null, false],
    ['PLACED', { status: 'AUTHORIZED' }, true],
    ['PLACED', { status: 'PENDING', method: 'CASH_ON_DELIVERY' }, true],
    ['PLACED', { status: 'PENDING', method: 'BANK_TRANSFER' }, false],
    ['PLACED', { status: 'PENDING' }, false],
    ['FULFILLED', { status: 'PENDING', method: 'CASH_ON_DELIVERY' }, true],
    ['FULFILLED', { status: 'CANCELLED', method: 'CASH_ON_DELIVERY' }, false],
    ['COMPLETED', null, false],
    ['PENDING_PAYMENT', { status: 'PENDING' }, true],
  ])('may be %s with %o: %s', async (status, payment, legal) => {
    const userError = await run(order(randomUUID(), { status, payment }));

    if (legal) expect(userError).toBeNull();
    else expect(userError).toMatch(new RegExp(`is ${status} without its money`));
  });

  it('that costs nothing needs no money', async () => {
    expect(await run(order(randomUUID(), { status: 'PAID', lines: 0, subtotal: 0 }))).toBeNull();
  });

  it('keeps its money while it is placed', async () => {
    const [cod, card] = [randomUUID(), randomUUID()];
    await run(order(cod, { status: 'PLACED', payment: { status: 'PENDING', method: 'CASH_ON_DELIVERY' } }));
    await run(order(card, { status: 'PLACED', payment: { status: 'AUTHORIZED' } }));
    const giveUp = (id: string): string => `UPDATE payment SET status = 'CANCELLED' WHERE order_id = '${id}'`;

    expect(await run([giveUp(cod)])).toMatch(/without its money/);
    expect(await run([giveUp(card)])).toMatch(/without its money/);
    expect(
      await run([giveUp(card), `UPDATE shop_order SET status = 'CANCELLED' WHERE id = '${card}'`]),
    ).toBeNull();
  });

  it('makes the moves of the table, and no other', async () => {
    const all = Object.values(OrderStatus);
    const wrong: string[] = [];
    for (const from of all) {
      for (const to of all) {
        if (from === to) continue;
        const id = randomUUID();
        await run(order(id, { status: from, payment: { status: 'CAPTURED' } }));
        const userError = await run([
          `UPDATE shop_order SET status = '${to}', placed_at = coalesce(placed_at, now()) WHERE id = '${id}'`,
        ]);
        const isMoved = userError === null;
        if (!isMoved && !userError.includes(`${from} cannot become ${to}`))
          wrong.push(`${from} -> ${to}: ${userError}`);
        if (isMoved !== isTransitionAllowed(from, to))
          wrong.push(`${from} -> ${to} is ${isMoved ? 'possible' : 'refused'} in the database`);
      }
    }

    expect(wrong).toEqual([]);
  });

  it('is placed once, and its timeline is only added to', async () => {
    const id = randomUUID();
    await run([
      ...order(id, { status: 'PAID', payment: { status: 'CAPTURED' } }),
      `INSERT INTO order_event (id, order_id, kind, actor_kind) VALUES (new_id(), '${id}', 'PAID', 'SYSTEM')`,
    ]);

    const userErrors = [
      await run([`UPDATE shop_order SET placed_at = now() + interval '1 day' WHERE id = '${id}'`]),
      await run([`UPDATE shop_order SET placed_at = NULL, status = 'REFUNDED' WHERE id = '${id}'`]),
      await run([`UPDATE order_event SET kind = 'REFUNDED' WHERE order_id = '${id}'`]),
      await run([`DELETE FROM order_event WHERE order_id = '${id}'`]),
    ];

    for (const userError of userErrors) expect(userError).toMatch(/is written once/);
  });

  it('lets an account be deleted: its timeline forgets who, not what', async () => {
    const [id, user] = [randomUUID(), randomUUID()];
    await run([
      ...order(id),
      `INSERT INTO app_user (id, email, password_hash, first_name, last_name) VALUES ('${user}', '${user}@b.test', 'x', 'A', 'B')`,
      `INSERT INTO order_event (id, order_id, kind, actor_kind, actor_id) VALUES (new_id(), '${id}', 'CREATED', 'CUSTOMER', '${user}')`,
    ]);

    expect(await run([`DELETE FROM app_user WHERE id = '${user}'`])).toBeNull();
  });
});

describe('money', () => {
  it('goes back only as far as it came in', async () => {
    const id = randomUUID();
    await run(order(id, { status: 'PAID', payment: { status: 'CAPTURED' } }));
    const unpaid = randomUUID();
    await run(order(unpaid, { payment: { status: 'PENDING' } }));

    expect(await run([refund(id, 2001)])).toMatch(/2001 would go back of 2000/);
    expect(await run([refund(id, 1500), refund(id, 501, 'REQUESTED')])).toMatch(/2001 would go back of 2000/);
    expect(await run([refund(unpaid, 1)])).toMatch(/1 would go back of 0/);
    expect(await run([refund(id, 1500), refund(id, 2000, 'FAILED'), refund(id, 500, 'PENDING')])).toBeNull();
    expect(await run([refund(id, 1, 'REQUESTED')])).toMatch(/would go back/);
    expect(await run([`UPDATE refund SET status = 'PENDING' WHERE status = 'FAILED'`])).toMatch(
      /would go back/,
    );
    expect(await run([`UPDATE refund SET amount = amount + 1 WHERE status = 'PENDING'`])).toMatch(
      /would go back/,
    );
    expect(
      await run([`UPDATE refund SET status = 'FAILED' WHERE status = 'PENDING'`, refund(id, 500)]),
    ).toBeNull();
  });

  it('goes back once when two people refund it in the same moment', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const id = randomUUID();
        await run(order(id, { status: 'PAID', payment: { status: 'CAPTURED' } }));
        return id;
      }),
    );

    const answers = await Promise.all(
      ids.flatMap((id) => [run([refund(id, 1200)]), run([refund(id, 1200)])]),
    );

    expect(answers.filter((answer) => answer === null)).toHaveLength(8);
  });

  it('that was agreed or came in is never rewritten', async () => {
    const id = randomUUID();
    await run(order(id, { status: 'PAID', payment: { status: 'CAPTURED' } }));
    await run([refund(id, 100)]);

    const userErrors = [
      await run([`UPDATE payment SET amount = 1 WHERE order_id = '${id}'`]),
      await run([`UPDATE payment SET currency = 'EUR' WHERE order_id = '${id}'`]),
      await run([`UPDATE payment SET status = 'CANCELLED', captured_amount = NULL WHERE order_id = '${id}'`]),
      await run([`UPDATE payment SET captured_amount = 1 WHERE order_id = '${id}'`]),
      await run([`DELETE FROM payment WHERE order_id = '${id}'`]),
      await run([`DELETE FROM refund WHERE payment_id = (SELECT id FROM payment WHERE order_id = '${id}')`]),
    ];

    for (const userError of userErrors) expect(userError).toMatch(/is written once/);
  });
});

describe('invoices', () => {
  const invoice = (orderId: string, number: number): string =>
    `INSERT INTO invoice (id, series, number, kind, order_id, source_key, content, total_gross, currency)
     VALUES ('${randomUUID()}', 'T', ${number}, 'INVOICE', '${orderId}', '${randomUUID()}', '{}', 2000, 'RON')`;
  const count = (to: number): string => `UPDATE invoice_series SET last_number = ${to} WHERE code = 'T'`;

  it('are numbered without a gap and without a double, and are never changed', async () => {
    const id = randomUUID();
    await run(order(id));
    await run([`INSERT INTO invoice_series (code) VALUES ('T')`]);

    const userErrors = [
      await run([count(2), invoice(id, 2)]),
      await run([count(1)]),
      await run([invoice(id, 1)]),
      await run([count(2), invoice(id, 1)]),
    ];
    expect(await run([count(1), invoice(id, 1)])).toBeNull();
    expect(await run([count(3), invoice(id, 2), invoice(id, 3)])).toBeNull();
    userErrors.push(
      await run([invoice(id, 3)]),
      await run([count(2)]),
      await run([`DELETE FROM invoice WHERE number = 3`]),
      await run([`UPDATE invoice SET total_gross = 1 WHERE number = 3`]),
    );

    expect(userErrors).not.toContain(null);
    for (const userError of userErrors) expect(userError).toMatch(/gap|counted|append-only|duplicate key/);
  });
});

describe('the records of the audit', () => {
  it('are append-only', async () => {
    await run([`INSERT INTO integrity_check (id, violations, report) VALUES (new_id(), 0, '{}')`]);

    expect(await run([`DELETE FROM integrity_check`])).toBe('integrity_check is append-only');
  });
});
