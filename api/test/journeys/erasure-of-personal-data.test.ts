import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVARIANTS } from '../../src/domains/integrity/index.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { accepted, codes, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

const SETTINGS = {
  KEEP_MAIL_TEXTS_DAYS: '30',
  KEEP_UNPAID_BUYERS_DAYS: '60',
  KEEP_EVENTS_DAYS: '30',
  KEEP_GUEST_CARTS_DAYS: '45',
};
const PERSON = `number email phone note status total { gross { amount } } lines { quantity productName }
  shippingAddress { firstName lastName line1 city postalCode countryCode } billingAddress { lastName countryCode }`;
const FORGOTTEN = {
  email: 'removed@removed.invalid',
  phone: null,
  note: null,
  shippingAddress: {
    ...{ firstName: '–', lastName: '–', line1: '–', city: '–', postalCode: '', countryCode: 'RO' },
  },
  billingAddress: { lastName: '–', countryCode: 'RO' },
};

let simulator: PaymentSimulator;
let at: BuyerDriver;
let admin: GraphqlClient;
beforeAll(async () => {
  simulator = await openTestPayments({ env: SETTINGS });
  at = new BuyerDriver(simulator);
  admin = await simulator.shop.staff();
});
afterAll(() => simulator.close());

const sql = (text: string, values: unknown[] = []) =>
  simulator.shop.sql<Record<string, unknown>>(text, values);
const nights = async (count = 2): Promise<void> => {
  const { jobs } = simulator.shop.shop;
  for (let night = 0; night < count; night++)
    await jobs.find(({ job }) => job.queue === 'shop.clean-up-old-rows')!.run({});
};
const shown = async ({ orderId }: Buyer): Promise<Answer> =>
  (await admin.ask(`query($id: ID!) { order(id: $id) { ${PERSON} } }`, { id: orderId })).order;
/** So many days go by for everything that was written down. */
const daysLater = async (days: number): Promise<void> => {
  const back = (column: string) => `${column} = ${column} - make_interval(days => ${days})`;
  await sql(`UPDATE shop_order SET ${back('updated_at')}`);
  await sql(`UPDATE email SET ${back('created_at')}, ${back('updated_at')}`);
  await sql(`UPDATE outbox SET ${back('created_at')}, ${back('published_at')}`);
  await sql(`UPDATE cart SET ${back('updated_at')}`);
};
/** No event, job or mail is on its way: a job that still ran would write a mail of somebody already forgotten. */
const mailsDone = () =>
  simulator.shop.eventually(async () => {
    const [left] = await sql(
      `SELECT (SELECT count(*)::int FROM outbox WHERE published_at IS NULL)
         + (SELECT count(*)::int FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND data <> '{}' AND start_after <= now())
         + (SELECT count(*)::int FROM email WHERE status IN ('QUEUED', 'SENDING')) AS left`,
    );
    return left?.['left'] === 0;
  });

describe('the buyer of an order', () => {
  it('that was never placed is forgotten after the time that was set; number, lines and sums stay', async () => {
    const [paid, lapsed, waiting] = [
      await at.startCheckout(),
      await at.startCheckout({ method: 'BANK_TRANSFER' }),
      await at.startCheckout({ method: 'BANK_TRANSFER' }),
    ];
    await simulator.pay(paid.secret, '4242424242424242');
    await simulator.call(paid.secret);
    await simulator.shop.eventually(async () => (await shown(paid)).status === 'PAID');
    await at.runOut(lapsed);
    await mailsDone();
    for (const { orderId, email } of [paid, lapsed])
      await admin.ask(
        `mutation($id: ID!, $value: String!) { metadataUpdate(input: { nodeId: $id, set: [{ key: "who", value: $value }],
           setPublic: [{ key: "gift", value: $value }] }) { errors { code } } }`,
        { id: orderId, value: `A gift for ${email}` },
      );
    // As plugins' fields of orders and carts hold it.
    await sql(
      `INSERT INTO custom_field_values (entity_id, entity_type, field_values)
       SELECT id, 'Order', jsonb_build_object('card', 'For ' || email) FROM shop_order WHERE email = ANY ($1)
       UNION ALL SELECT cart_id, 'Cart', jsonb_build_object('card', 'For ' || email) FROM shop_order WHERE email = ANY ($1)`,
      [[paid.email, lapsed.email]],
    );
    const before = await Promise.all([paid, lapsed, waiting].map(shown));
    expect(before[1]?.['status']).toBe('EXPIRED');

    await daysLater(59);
    await nights();
    expect(await Promise.all([paid, lapsed, waiting].map(shown))).toEqual(before);
    await daysLater(2);
    await nights();

    expect(await shown(lapsed)).toEqual({ ...before[1], ...FORGOTTEN });
    expect(await shown(paid)).toEqual(before[0]);
    expect(await shown(waiting)).toEqual(before[2]);
    const traces = `SELECT 'order' AS place FROM shop_order o WHERE o::text ILIKE $1 UNION ALL SELECT 'mail' FROM email m WHERE m::text ILIKE $1
      UNION ALL SELECT 'cart' FROM cart c WHERE c::text ILIKE $1 UNION ALL SELECT 'event' FROM outbox e WHERE e::text ILIKE $1
      UNION ALL SELECT 'metadata' FROM metadata m WHERE m::text ILIKE $1
      UNION ALL SELECT 'fields' FROM custom_field_values f WHERE f::text ILIKE $1`;
    expect(await sql(traces, [`%${lapsed.email}%`])).toEqual([]);
    const kept = (await sql(traces, [`%${paid.email}%`])).map(({ place }) => place);
    expect(kept).toEqual(expect.arrayContaining(['metadata', 'fields']));
  });

  it('whose money came too late is known until it went back', async () => {
    const late = await at.startCheckout({ stock: 1 });
    await at.runOut(late);
    await mailsDone();
    // Money that nobody has decided about yet.
    await sql(
      `UPDATE payment SET status = 'PROCESSING' WHERE order_id = (SELECT id FROM shop_order WHERE email = $1)`,
      [late.email],
    );
    const before = await shown(late);

    await daysLater(400);
    await nights();

    expect(await shown(late)).toEqual(before);
    await sql(
      `UPDATE payment SET status = 'CANCELLED' WHERE order_id = (SELECT id FROM shop_order WHERE email = $1)`,
      [late.email],
    );
    await nights();
    expect(await shown(late)).toMatchObject(FORGOTTEN);
  });

  it('who was forgotten gets money back that comes in afterwards: nobody knows where the goods would go', async () => {
    const late = await at.startCheckout({ stock: 3 });
    await at.runOut(late);
    await mailsDone();
    await daysLater(61);
    await nights();
    const stockLevel = await at.stockLevel(late);

    await simulator.succeedAgainstAllOdds(late.secret);
    await simulator.call(late.secret);

    const order = await simulator.shop.eventually(async () => {
      const found = await at.staffOrder(late, admin);
      return found['payments'][0].refunds[0]?.status === 'SUCCEEDED' && found;
    });
    expect(order).toMatchObject({ status: 'EXPIRED', payments: [{ status: 'CAPTURED' }] });
    expect(await at.stockLevel(late)).toEqual(stockLevel);
    await mailsDone();
    expect(
      await sql(`SELECT template FROM email WHERE recipient = $1 AND created_at > now() - interval '1 day'`, [
        FORGOTTEN.email,
      ]),
    ).toEqual([]);
  });

  it('who was forgotten gets no order by a transfer that staff finds at the bank afterwards', async () => {
    const late = await at.startCheckout({ stock: 3, method: 'BANK_TRANSFER' });
    await at.runOut(late);
    await mailsDone();
    await daysLater(61);
    await nights();
    const [row] = await sql(`SELECT version FROM shop_order WHERE number = $1`, [
      (await shown(late))['number'],
    ]);

    const answer = await at.staffDoes(
      admin,
      'paymentMarkReceived',
      late,
      'received-late',
      Number(row?.['version']),
    );

    expect(answer.errors).toEqual([{ code: 'STOCK_UNAVAILABLE' }]);
    expect(await shown(late)).toMatchObject({ ...FORGOTTEN, status: 'EXPIRED' });
  });
});

describe('a draft', () => {
  const TRACES = `SELECT 1 FROM shop_order o WHERE o::text ILIKE $1 UNION ALL SELECT 1 FROM email m WHERE m::text ILIKE $1
    UNION ALL SELECT 1 FROM outbox e WHERE e::text ILIKE $1 UNION ALL SELECT 1 FROM order_event e WHERE e::text ILIKE $1`;
  const mailed = (email: string): Record<string, unknown> => ({ email, note: `Call ${email} first` });
  let driver: OrderEditingDriver;
  let variantId: string;
  beforeAll(async () => {
    driver = await OrderEditingDriver.open(simulator.shop);
    variantId = await simulator.shop.stock({ name: 'Drafted', sku: 'DRAFTED', price: 5_000, stock: 5 });
  });

  it('that nobody has touched for so long is ended, and its buyer is forgotten; a younger one stays', async () => {
    const old = await driver.drafted([{ variantId, quantity: 1 }], mailed('quoted@example.test'));
    const before = (await admin.ask(`query($id: ID!) { order(id: $id) { ${PERSON} } }`, { id: old.id }))
      .order;
    await daysLater(61);
    const young = await driver.drafted([{ variantId, quantity: 1 }], mailed('asked@example.test'));

    await nights();

    const after = (
      await admin.ask(
        `query($id: ID!) { order(id: $id) { ${PERSON} paymentStatus staffActions events { kind actorKind } } }`,
        { id: old.id },
      )
    ).order;
    expect(after).toMatchObject({ ...before, ...FORGOTTEN, status: 'CANCELLED', paymentStatus: 'CANCELLED' });
    expect(after.staffActions).toEqual([]);
    expect(after.events.at(-1)).toEqual({ kind: 'CANCELLED', actorKind: 'SYSTEM' });
    expect(await sql(TRACES, ['%quoted@example.test%'])).toEqual([]);
    expect(await driver.look(young)).toMatchObject({ status: 'DRAFT' });
    expect(codes(await driver.send(old))).toEqual(['STALE_VERSION']);
  });

  it('that staff sends in that very night is sent, or ended, and never both', async () => {
    const drafts = await Promise.all(
      Array.from({ length: 4 }, () => driver.drafted([{ variantId, quantity: 1 }])),
    );
    await daysLater(61);

    const [answers] = await Promise.all([Promise.all(drafts.map((draft) => driver.send(draft))), nights(1)]);

    for (const [i, answer] of answers.entries()) {
      const { status } = await driver.look(drafts[i] as Answer);
      if (codes(answer).length === 0)
        expect([accepted(answer).order.status, status]).toEqual(['PENDING_PAYMENT', 'PENDING_PAYMENT']);
      else expect([codes(answer), status]).toEqual([['STALE_VERSION'], 'CANCELLED']);
    }
  });
});

describe('a mail', () => {
  it('keeps that it was sent and loses what it said; one of no order goes, and none that is still to be sent', async () => {
    const buyer = await at.startCheckout({ method: 'BANK_TRANSFER' });
    await mailsDone();
    await simulator.shop
      .guest()
      .ask('mutation { passwordResetRequest(input: { email: "alice@example.com" }) { ok } }');
    await simulator.shop.eventually(async () =>
      (await sql(`SELECT 1 FROM email WHERE template = 'password-reset' AND status = 'SENT'`)).at(0),
    );
    await sql(
      `INSERT INTO email (id, dedupe_key, recipient, template, language, model, status, next_attempt_at, created_at, updated_at)
       VALUES (new_id(), 'owner:new-order:x', 'owner@example.test', 'owner-alert', 'ro', '{"alert": "new-order"}', 'UNKNOWN', now() + interval '1 year', now(), now())`,
    );
    const [mail] = (
      await admin.ask(
        `query($search: String) { emails(search: $search) { nodes { id template recipient status } } }`,
        {
          search: buyer.email,
        },
      )
    ).emails.nodes;

    await daysLater(31);
    await nights();

    expect(
      await sql(`SELECT model FROM email WHERE recipient = $1 AND status <> 'SCHEDULED'`, [buyer.email]),
    ).toEqual([{ model: {} }]);
    expect(await sql(`SELECT 1 FROM email WHERE template = 'password-reset'`)).toEqual([]);
    expect(await sql(`SELECT model FROM email WHERE template = 'owner-alert'`)).toEqual([
      { model: { alert: 'new-order' } },
    ]);
    const again = await admin.ask(
      `mutation($id: ID!) { emailResend(input: { emailId: $id, idempotencyKey: "again-and-again" }) { errors { code } } }`,
      { id: mail.id },
    );
    expect(again.emailResend.errors).toEqual([{ code: 'NOTHING_TO_RESEND' }]);
    await sql(`DELETE FROM email WHERE template = 'owner-alert'`);
  });
});

describe('events', () => {
  it('that the audit asks for is kept, whatever its age; the rest goes', async () => {
    // Of every invariant, and of whatever else asks the outbox.
    const asked = INVARIANTS.flatMap(({ offenders }) =>
      [...offenders.matchAll(/FROM outbox e WHERE [^)]*?e\.kind (?:= '([^']+)'|IN \(([^)]+)\))/g)].flatMap(
        ([, one, many]) => one ?? [...(many ?? '').matchAll(/'([^']+)'/g)].map(([, kind]) => kind ?? ''),
      ),
    );
    expect(asked).toEqual(
      expect.arrayContaining(['order.placed', 'mail.failed', 'payment.mismatch', 'refund.failed']),
    );
    const insert = (kind: string, age: string) =>
      sql(
        `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, is_kept, published_at)
         VALUES (new_id(), $1, new_id(), $1 || ':old', $3, now() - $2::interval)`,
        [kind, age, simulator.shop.shop.events.all.find((event) => event.kind === kind)?.isKept],
      );
    for (const kind of new Set(asked)) await insert(kind, '400 days');
    for (const kind of ['stock.low', 'identity.signed-up', 'order.updated']) await insert(kind, '31 days');
    await insert('job.requested', '29 days');

    await nights();

    const kept = (await sql(`SELECT kind FROM outbox WHERE dedupe_key LIKE '%:old' ORDER BY kind`)).map(
      ({ kind }) => kind,
    );
    expect(kept).toEqual([...new Set([...asked, 'job.requested'])].toSorted());
    await sql(`DELETE FROM outbox WHERE dedupe_key LIKE '%:old'`);
  });
});

it('and after all of it the ledger balances', () => assertLedgerBalances(simulator.shop));
