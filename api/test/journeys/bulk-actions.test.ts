import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/kernel/ids.js';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let clerk: GraphqlClient;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open();
  clerk = await shop.staff();
  mug = await shop.stock({ name: 'Mug', sku: 'MUG', price: 5000, stock: 500 });
});
afterAll(() => shop.close());

const inputOf = (action: string): string => `${action.charAt(0).toUpperCase()}${action.slice(1)}Input`;
const mutationOf = (action: string): string =>
  `mutation($input: ${inputOf(action)}!) { started: ${action}(input: $input) { job { id } errors { code path } } }`;
const LOOK = `query($id: ID!) { job(id: $id) {
  kind status done total errorCount rowErrors { nodes { row code value } } } }`;

async function start(action: string, input: object, by = clerk): Promise<Answer> {
  const { started } = await by.ask(mutationOf(action), { input: { idempotencyKey: randomUUID(), ...input } });
  expect(started.errors).toEqual([]);
  return started.job;
}
const untilDone = ({ id }: Answer): Promise<Answer> =>
  shop.eventually(async () => {
    const { job } = await clerk.ask(LOOK, { id });
    return job.status === 'SUCCEEDED' && (job as Answer);
  });
const done = async (action: string, input: object): Promise<Answer> => untilDone(await start(action, input));

async function ordersOf(
  email: string,
  count: number,
): Promise<{ id: string; number: string; version: number }[]> {
  for (let i = 0; i < count; i++) await buy(shop.guest(), [{ variantId: mug, quantity: 1 }], email);
  const { orders } = await clerk.ask(
    'query($search: String) { orders(search: $search, sort: OLDEST) { nodes { id number version } } }',
    { search: email },
  );
  return orders.nodes;
}
const shipments = async (email: string): Promise<number[]> => {
  const rows = await shop.sql<{ count: number }>(
    `SELECT count(s.id)::int AS count FROM shop_order o LEFT JOIN shipment s ON s.order_id = o.id
     WHERE o.email = $1 GROUP BY o.id ORDER BY o.id`,
    [email],
  );
  return rows.map(({ count }) => count);
};

describe('what a clerk does to many orders at once', () => {
  it('ships each of them whole, once, and tells the buyers; one that cannot be shipped is named with why', async () => {
    const [, second] = await ordersOf('ana@example.test', 3);
    const { orderCancel } = await clerk.ask(
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code } } }',
      { input: { orderId: second?.id, expectedVersion: second?.version, idempotencyKey: randomUUID() } },
    );
    expect(orderCancel.errors).toEqual([]);

    const job = await done('orderBulkShip', { search: 'ana@example.test' });

    expect(job).toMatchObject({ kind: 'ORDER_SHIP', done: 3, total: 3, errorCount: 1 });
    expect(job.rowErrors.nodes).toEqual([{ row: 2, code: 'ILLEGAL_TRANSITION', value: second?.number }]);
    expect(await shipments('ana@example.test')).toEqual([1, 0, 1]);
    const mails = await shop.eventually(async () => {
      const sent = await shop.sql(
        `SELECT 1 FROM email WHERE recipient = 'ana@example.test' AND template = 'order-shipped'`,
      );
      return sent.length === 2 && sent;
    });
    expect(mails).toHaveLength(2);
  });

  it('leaves those alone that the list does not show, and completes what was shipped', async () => {
    const [chosen, other] = await ordersOf('dan@example.test', 2);

    await done('orderBulkShip', { filter: { ids: [chosen?.id] } });
    expect(await shipments('dan@example.test')).toEqual([1, 0]);
    const job = await done('orderBulkComplete', {
      search: 'dan@example.test',
      filter: { statuses: ['FULFILLED'] },
    });

    expect(job).toMatchObject({ done: 1, errorCount: 0 });
    const { orders } = await clerk.ask(
      'query($ids: [ID!]) { orders(filter: { ids: $ids }, sort: OLDEST) { nodes { status } } }',
      { ids: [chosen?.id, other?.id] },
    );
    expect((orders.nodes as Answer[]).map(({ status }) => status)).toEqual(['COMPLETED', 'PAID']);
  });

  it('ships no order twice that a colleague ships by hand at the same moment', async () => {
    const orders = await ordersOf('eva@example.test', 8);
    const ship =
      'mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { errors { code } } }';

    const job = await start('orderBulkShip', { search: 'eva@example.test' });
    await Promise.all(
      orders
        .toReversed()
        .map(({ id, version }) =>
          clerk.ask(ship, { input: { orderId: id, expectedVersion: version, idempotencyKey: randomUUID() } }),
        ),
    );
    await untilDone(job);

    expect(await shipments('eva@example.test')).toEqual(orders.map(() => 1));
    await assertLedgerBalances(shop);
  });

  it('is asked for once by whoever sends the same request twice, and by those only who may do it to one', async () => {
    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);
    const support = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const input = { search: 'nobody', idempotencyKey: randomUUID() };

    for (const action of ACTIONS) {
      const said = action === 'customerBulkTag' ? { ...input, tags: ['blue'] } : input;
      await expect(support.ask(mutationOf(action), { input: said })).rejects.toThrow('FORBIDDEN');
    }
    const twice = [await start('orderBulkShip', input), await start('orderBulkShip', input)];
    expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
  });
});

const ACTIONS = [
  ...[
    'orderBulkShip',
    'orderBulkComplete',
    'orderBulkCancel',
    'returnBulkApprove',
    'checkoutBlockBulkRemove',
  ],
  ...['emailBulkCancel', 'emailBulkResend', 'webhookEventBulkReplay', 'customerBulkTag', 'customerBulkLock'],
];

describe('what is done to many other things at once', () => {
  it('gives customers tags beside those they have, locks who was chosen, and leaves colleagues alone', async () => {
    await ordersOf('oana.bulk@example.test', 1);
    await ordersOf('radu.bulk@example.test', 1);
    await shop.sql(`UPDATE customer SET tags = '{blue}' WHERE email LIKE 'oana.bulk@%'`);
    const read = `{ customers(search: "bulk@example.test", sort: EMAIL_ASC) { nodes { id tags status } } }`;

    expect(
      await done('customerBulkTag', { search: 'bulk@example.test', tags: ['Spring', 'blue'] }),
    ).toMatchObject({
      ...{ done: 2, errorCount: 0 },
    });
    const [oana, radu] = (await clerk.ask(read)).customers.nodes as Answer[];
    expect([oana!.tags, radu!.tags]).toEqual([
      ['blue', 'spring'],
      ['blue', 'spring'],
    ]);

    const [colleague] = await shop.sql<{ id: string }>(
      `SELECT id FROM app_user WHERE email = 'admin@example.com'`,
    );
    const ids = [radu!.id, globalId('cust', colleague!.id)];
    const job = await done('customerBulkLock', { filter: { ids } });
    // The list has no colleagues, so the job finds one row.
    expect(job).toMatchObject({ done: 1, errorCount: 0 });
    const statuses = ((await clerk.ask(read)).customers.nodes as Answer[]).map(({ status }) => status);
    expect(statuses).toEqual(['ACTIVE', 'LOCKED']);
  });

  it('agrees to returns, and leaves what was decided already', async () => {
    await ordersOf('ina@example.test', 2);
    await shop.sql(
      `INSERT INTO order_return (id, number, order_id, status, resolution, reason)
       SELECT new_id(), 'R' || o.number, o.id, CASE WHEN row_number() OVER (ORDER BY o.id) = 1 THEN 'REQUESTED' ELSE 'REJECTED' END, 'REFUND', 'DAMAGED'
       FROM shop_order o WHERE o.email = 'ina@example.test'`,
    );

    const job = await done('returnBulkApprove', { search: 'ina@example.test' });

    expect(job).toMatchObject({ done: 2, errorCount: 1 });
    expect(job.rowErrors.nodes[0].code).toBe('ILLEGAL_TRANSITION');
    const { returns } = await clerk.ask(
      '{ returns(search: "ina@example.test", sort: OLDEST) { nodes { status } } }',
    );
    expect((returns.nodes as Answer[]).map(({ status }) => status).toSorted()).toEqual([
      'APPROVED',
      'REJECTED',
    ]);
  });

  it('lets blocked buyers order again, and the list says by whom', async () => {
    await shop.sql(
      `INSERT INTO checkout_block (id, kind, contact, expires_at) SELECT new_id(), 'EMAIL', 'bot' || n || '@example.test', now() + interval '7 days'
       FROM generate_series(1, 5) n`,
    );

    await done('checkoutBlockBulkRemove', { search: 'bot', filter: { inForce: true } });

    const { checkoutBlocks } = await clerk.ask(
      '{ checkoutBlocks(search: "bot") { nodes { endedHow endedBy } } }',
    );
    expect(checkoutBlocks.nodes).toHaveLength(5);
    for (const { endedHow, endedBy } of checkoutBlocks.nodes as Answer[]) {
      expect(endedHow).toBe('LIFTED');
      expect(endedBy).toBeTruthy();
    }
  });

  it('sends mails again that did not arrive, each once, to the address that they had', async () => {
    await shop.sql(
      `INSERT INTO email (id, dedupe_key, recipient, template, language, model, status, next_attempt_at)
       SELECT new_id(), 'again:' || n, 'late' || n || '@example.test', 'owner-alert', 'en',
         '{"alert":"digest","subject":"1","count":1,"lines":[],"link":"http://localhost/"}', 'FAILED', now() FROM generate_series(1, 3) n`,
    );

    const job = await done('emailBulkResend', { search: 'late', filter: { statuses: ['FAILED'] } });

    expect(job).toMatchObject({ done: 3, errorCount: 0 });
    const mails = await shop.sql<{ recipient: string; count: number }>(
      `SELECT recipient, count(*)::int AS count FROM email WHERE recipient LIKE 'late%' GROUP BY recipient`,
    );
    expect(mails.map(({ count }) => count)).toEqual([2, 2, 2]);
  });
});

describe('the ids of chosen rows', () => {
  it('narrow a list to them; an unknown one finds nothing, and more than a page has are refused', async () => {
    const [one] = await ordersOf('uma@example.test', 2);
    const query = 'query($ids: [ID!]) { orders(filter: { ids: $ids }) { nodes { id } } }';

    expect((await clerk.ask(query, { ids: [one?.id] })).orders.nodes).toEqual([{ id: one?.id }]);
    expect((await clerk.ask(query, { ids: ['ord_unknown'] })).orders.nodes).toEqual([]);
    const many = Array.from({ length: 101 }, () => one?.id);
    expect((await clerk.send(query, { ids: many })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const { started } = await clerk.ask(mutationOf('orderBulkShip'), {
      input: { filter: { ids: many }, idempotencyKey: randomUUID() },
    });
    expect(started.errors).toEqual([{ code: 'INVALID_INPUT', path: ['filter', 'ids'] }]);
    // Whoever chose none does not mean all.
    const { started: ofNone } = await clerk.ask(mutationOf('orderBulkShip'), {
      input: { filter: { ids: [] }, idempotencyKey: randomUUID() },
    });
    expect(ofNone.errors).toEqual([{ code: 'INVALID_INPUT', path: ['filter', 'ids'] }]);
  });
});
