import { getDirective } from '@graphql-tools/utils';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  complete as completeCart,
  GOOD_CARD,
  payWith,
  readyCart,
} from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { Provider } from '@vitrine/testing/drivers/provider.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { localId } from '../../src/kernel/ids.js';
import { permissionsOf, Role } from '../../src/platform/graphql/roles.js';
import { voucherModule } from '../support/vouchers.js';

/*
 * Two clerks work on orders; one of them may give money back, and the other may not. Cards are reserved first and
 * charged by hand, and vouchers, accounts of the shop, pay for orders too.
 */

const BOB = { email: 'bob@example.com', password: 'Bob@123' };
const MANAGER = { email: 'alice@example.com', password: 'Alice@123' };

let shop: TestShop;
let driver: OrderEditingDriver;
let owner: GraphqlClient;
let clerk: GraphqlClient;
let manager: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({
    modules: [voucherModule],
    env: { PAYMENT_CAPTURE: 'manual', SHOP_LANGUAGE: 'en' },
  });
  driver = await OrderEditingDriver.open(shop);
  owner = driver.browser;
  const { role } = await owner.do(
    'roleCreate',
    'RoleCreateInput',
    { name: 'Orders without money', permissions: ['ORDER_READ', 'ORDER_WRITE', 'JOB_READ'] },
    'role { id }',
  );
  await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = $1`, [BOB.email]);
  await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = $1`, [MANAGER.email]);
  const { staffMembers } = await owner.ask('{ staffMembers { id email version } }');
  const { id, version } = staffMembers.find(({ email }: Answer) => email === BOB.email);
  const input = { staffMemberId: id, expectedVersion: version, roleId: role.id };
  await owner.do('staffRoleUpdate', 'StaffRoleUpdateInput', input);
  clerk = await shop.staff(BOB);
  manager = await shop.staff(MANAGER);
});
afterAll(() => shop.close());

let made = 0;
const goods = (price: number, stock = 10): Promise<string> => {
  const sku = `BACK-${++made}`;
  return shop.stock({ name: sku, sku, price, stock });
};
const seen = ({ id, version }: Answer): Answer => ({ orderId: id, expectedVersion: version });
const look = async (id: string): Promise<Answer> => {
  await workIsDone(shop);
  return driver.look({ id });
};

/** An order that is paid, without a provider. */
async function paid(lines: readonly { variantId: string; quantity: number }[]): Promise<Answer> {
  return look(accepted(await driver.markPaid(await driver.drafted(lines))).order.id);
}

/** An order of two things for 50.00 each from the shop; `vouchers` pay a part of it. */
async function bought(
  paymentMethod: 'CARD' | 'CASH_ON_DELIVERY',
  vouchers: readonly number[] = [],
): Promise<{ order: Answer; variantId: string; clientSecret: string; browser: GraphqlClient }> {
  const variantId = await goods(5_000);
  const browser = shop.guest();
  let cart = await readyCart(browser, [{ variantId, quantity: 2 }], `back${made}@example.test`);
  for (const balance of vouchers) {
    const id = randomUUID();
    await shop.sql('INSERT INTO voucher (id, balance) VALUES ($1, $2)', [id, balance]);
    const USE = `mutation($id: String!) { cartVoucherUse(accountId: $id) { cart { id version total { gross { amount } }
      due(paymentMethod: ${paymentMethod}) { amount } } errors { code } } }`;
    cart = accepted((await browser.ask(USE, { id })).cartVoucherUse).cart;
  }
  const done =
    vouchers.length === 0
      ? await completeCart(browser, cart, randomUUID(), paymentMethod)
      : await browser.do(
          'checkoutComplete',
          'CheckoutCompleteInput',
          {
            idempotencyKey: randomUUID(),
            cartVersion: cart.version,
            expectedTotal: cart.total.gross.amount,
            expectedDue: cart.due.amount,
            paymentMethod,
          },
          'order { id } paymentSession { clientSecret }',
        );
  const clientSecret = done.paymentSession?.clientSecret ?? '';
  return { order: await look(done.order.id), variantId, clientSecret, browser };
}
async function reserved(): Promise<Answer> {
  const { browser, clientSecret, order } = await bought('CARD');
  accepted(await payWith(browser, clientSecret, GOOD_CARD));
  return look(order.id);
}

/** Units for 150.00 each that were paid, sent, and came back for others at this price. */
async function cameBack(wanted: number, quantity = 1): Promise<Answer> {
  const order = await paid([{ variantId: await goods(15_000), quantity }]);
  const sent = await owner.do(
    'shipmentCreate',
    'ShipmentCreateInput',
    seen(order),
    'shipment { id } order { lines { id } }',
  );
  const delivered = { shipmentId: sent.shipment.id, status: 'DELIVERED' };
  await owner.do('shipmentUpdate', 'ShipmentUpdateInput', delivered);
  const line = { orderLineId: sent.order.lines[0].id, quantity, exchangeVariantId: await goods(wanted) };
  const asked = await shop.guest().do(
    'returnRequest',
    'ReturnRequestInput',
    {
      orderToken: shop.shop.orders.tokens.sign(localId('ord', order.id) ?? ''),
      ...{ lines: [line], reason: 'DOES_NOT_FIT', resolution: 'EXCHANGE', idempotencyKey: randomUUID() },
    },
    'return { id lines { id } }',
  );
  const once = (expectedVersion: number): object => ({
    ...{ returnId: asked.return.id, expectedVersion, idempotencyKey: randomUUID() },
  });
  const approved = await owner.do('returnApprove', 'ReturnDecisionInput', once(1), 'return { version }');
  const lines = [{ returnLineId: asked.return.lines[0].id, received: quantity, restocked: quantity }];
  const input = { ...once(approved.return.version), lines };
  const { return: back } = await owner.do(
    'returnReceive',
    'ReturnReceiveInput',
    input,
    'return { id version }',
  );
  await workIsDone(shop);
  return { returnId: back.id, expectedVersion: back.version };
}
async function exchanged(wanted: number, quantity = 1): Promise<Answer> {
  const input = { ...(await cameBack(wanted, quantity)), idempotencyKey: randomUUID() };
  const done = await owner.do(
    'returnExchange',
    'ReturnExchangeInput',
    input,
    'return { exchangeOrder { id lines { variant { id } } } }',
  );
  const { id, lines } = done.return.exchangeOrder;
  return { ...(await look(id)), variantId: lines[0].variant.id };
}

/** An order in review: the provider took so much more, or less, than agreed. */
async function tookAnother(difference: number): Promise<Answer> {
  const draft = await driver.drafted([{ variantId: await goods(10_000), quantity: 1 }]);
  const { order } = accepted(await driver.send(draft));
  const { clientSecret, amount } = await driver.session(order);
  const expectedAmount = amount.amount + difference;
  const [intent] = await shop.sql<{ id: string }>(
    `UPDATE test_provider_intent SET status = 'succeeded', received = $2, amount = greatest(amount, $2) WHERE client_secret = $1 RETURNING id`,
    [clientSecret, expectedAmount],
  );
  await new Provider(shop.url).call({ intent: intent?.id ?? '' });
  return { ...seen(await look(order.id)), expectedAmount };
}

/** Cash on delivery with a voucher over all but so much: one of two units was kept, the other refused at the door. */
async function halfRefused(butSoMuch: number): Promise<Answer> {
  const { order: plain } = await bought('CASH_ON_DELIVERY');
  const vouchers = butSoMuch > 0 ? [plain.total.gross.amount - butSoMuch] : [];
  const { order } = await bought('CASH_ON_DELIVERY', vouchers);
  for (const status of ['DELIVERED', 'RETURNED']) {
    const { id, version, lines } = await look(order.id);
    const input = { ...seen({ id, version }), lines: [{ orderLineId: lines[0].id, quantity: 1 }] };
    const { shipment } = await owner.do('shipmentCreate', 'ShipmentCreateInput', input, 'shipment { id }');
    await owner.do('shipmentUpdate', 'ShipmentUpdateInput', { shipmentId: shipment.id, status });
  }
  return seen(await look(order.id));
}

async function edited(order: Answer, variantId: string, quantity: number): Promise<Answer> {
  const lines = [{ variantId, quantity }];
  const { totalAfter } = await driver.editPreview(order, lines);
  return { ...seen(order), lines, expectedTotal: totalAfter.amount };
}
async function paidOfTwo(): Promise<{ order: Answer; variantId: string }> {
  const variantId = await goods(5_000);
  return { order: await paid([{ variantId, quantity: 2 }]), variantId };
}
const block = ({ order }: { order: Answer }): Answer => ({
  ...{ orderId: order.id, kinds: ['EMAIL'], days: 3, includeRelated: false, reason: 'test' },
});

interface Step {
  readonly mutation: string;
  readonly of: string;
  readonly prepare: () => Promise<Answer>;
}
const CANCEL = 'orderCancel';

/** What gives money back, each by a refund or because reserved money is let go. */
const GIVES_BACK: readonly Step[] = [
  { mutation: CANCEL, of: 'an order that is paid', prepare: async () => seen((await paidOfTwo()).order) },
  { mutation: CANCEL, of: 'an order reserved on a card', prepare: async () => seen(await reserved()) },
  {
    ...{ mutation: CANCEL, of: 'an order on delivery, partly held in a voucher' },
    prepare: async () => seen((await bought('CASH_ON_DELIVERY', [3_000])).order),
  },
  { mutation: CANCEL, of: 'an exchange', prepare: async () => seen(await exchanged(15_000)) },
  {
    mutation: CANCEL,
    of: 'an exchange that waits for money',
    prepare: async () => seen(await exchanged(20_000)),
  },
  {
    ...{ mutation: CANCEL, of: 'an order of which too much was taken' },
    prepare: async () => {
      const { expectedAmount: _amount, ...order } = await tookAnother(500);
      return order;
    },
  },
  {
    ...{ mutation: 'orderBulkCancel', of: 'several, of which one is paid' },
    prepare: async () => ({ filter: { ids: [(await paidOfTwo()).order.id] } }),
  },
  {
    ...{ mutation: 'orderEdit', of: 'a paid order that becomes cheaper' },
    prepare: async () => {
      const { order, variantId } = await paidOfTwo();
      return edited(order, variantId, 1);
    },
  },
  {
    ...{ mutation: 'orderEdit', of: 'an order on delivery that costs less than its voucher holds' },
    prepare: async () => {
      const { order, variantId } = await bought('CASH_ON_DELIVERY', [10_000]);
      return edited(order, variantId, 1);
    },
  },
  {
    ...{ mutation: 'orderEdit', of: 'an exchange that uses less of its credit' },
    prepare: async () => {
      const order = await exchanged(15_000, 2);
      return edited(order, order['variantId'], 1);
    },
  },
  { mutation: 'returnExchange', of: 'what came back for cheaper goods', prepare: () => cameBack(9_000) },
  { mutation: 'paymentAccept', of: 'more than was agreed', prepare: () => tookAnother(2_500) },
  {
    ...{ mutation: 'paymentMarkReceived', of: 'nothing, where the voucher paid more than what was kept' },
    prepare: async () => ({ ...(await halfRefused(1_000)), amount: 0, restock: true }),
  },
  {
    ...{ mutation: 'orderReleaseAndBlock', of: 'an order on delivery, partly held in a voucher' },
    prepare: async () => block(await bought('CASH_ON_DELIVERY', [3_000])),
  },
];

/** What looks alike and gives no money back. */
const GIVES_NOTHING: readonly Step[] = [
  {
    mutation: CANCEL,
    of: 'an order that nobody has paid',
    prepare: async () => seen((await bought('CARD')).order),
  },
  {
    ...{ mutation: CANCEL, of: 'an order on delivery' },
    prepare: async () => seen((await bought('CASH_ON_DELIVERY')).order),
  },
  {
    ...{ mutation: 'orderBulkCancel', of: 'several orders on delivery' },
    prepare: async () => ({ filter: { ids: [(await bought('CASH_ON_DELIVERY')).order.id] } }),
  },
  {
    ...{ mutation: 'orderEdit', of: 'a paid order that becomes dearer' },
    prepare: async () => {
      const { order, variantId } = await paidOfTwo();
      return edited(order, variantId, 3);
    },
  },
  {
    ...{ mutation: 'orderEdit', of: 'an order on delivery that becomes cheaper' },
    prepare: async () => {
      const { order, variantId } = await bought('CASH_ON_DELIVERY');
      return edited(order, variantId, 1);
    },
  },
  {
    mutation: 'returnExchange',
    of: 'what came back for goods of the same price',
    prepare: () => cameBack(15_000),
  },
  { mutation: 'paymentAccept', of: 'less than was agreed', prepare: () => tookAnother(-500) },
  {
    ...{ mutation: 'paymentMarkReceived', of: 'less, for a shipment was refused' },
    prepare: async () => ({ ...(await halfRefused(0)), amount: 5_000, restock: true }),
  },
  {
    ...{ mutation: 'orderReleaseAndBlock', of: 'an order that nobody has paid' },
    prepare: async () => block(await bought('CASH_ON_DELIVERY')),
  },
];

/** The codes of the errors; of a job those of its rows. */
async function does(by: GraphqlClient, { mutation }: Step, input: Answer): Promise<string[]> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const isJob = mutation === 'orderBulkCancel';
  const text = `mutation($input: ${type}!) { done: ${mutation}(input: $input) { ${isJob ? 'job { id }' : ''} errors { code } } }`;
  const { done } = await by.ask(text, { input: { ...input, idempotencyKey: randomUUID() } });
  if (!isJob) return done.errors.map(({ code }: Answer) => String(code));
  await workIsDone(shop);
  const LOOK = 'query($id: ID!) { job(id: $id) { status rowErrors { nodes { code } } } }';
  const { job } = await by.ask(LOOK, { id: done.job.id });
  expect(job.status).toBe('SUCCEEDED');
  return job.rowErrors.nodes.map(({ code }: Answer) => String(code));
}

/** Orders, money, stock and blocks, as the database has them. */
async function ledger(): Promise<Answer> {
  const [row] = await shop.sql(`SELECT
     (SELECT json_agg((id, status, payment_status, version) ORDER BY id) FROM shop_order) AS orders,
     (SELECT json_agg((id, status) ORDER BY id) FROM order_return) AS returns,
     (SELECT json_agg((id, status) ORDER BY id) FROM payment) AS payments,
     (SELECT json_agg((variant_id, on_hand, reserved) ORDER BY variant_id) FROM stock_level) AS stock,
     (SELECT count(*) FROM checkout_block) AS blocks, (SELECT sum(balance) FROM voucher) AS vouchers,
     (SELECT coalesce(sum(amount), 0) FROM refund) AS refunds`);
  return row as Answer;
}
/** Money that the shop has or has reserved, minor units, in all. */
async function held(): Promise<number> {
  const [row] = await shop.sql<{ held: string }>(
    `SELECT (SELECT coalesce(sum(CASE status WHEN 'CAPTURED' THEN captured_amount ELSE amount END), 0) FROM payment WHERE status IN ('CAPTURED', 'AUTHORIZED'))
       - (SELECT coalesce(sum(amount), 0) FROM refund WHERE status NOT IN ('FAILED', 'CANCELLED')) AS held`,
  );
  return Number(row?.held);
}
const table = (steps: readonly Step[]): [string, Step][] =>
  steps.map((step) => [`${step.mutation}: ${step.of}`, step]);
/** Whether the preview says that money goes back; undefined for what has none. */
async function foreseen({ mutation }: Step, { orderId, filter }: Answer): Promise<boolean | undefined> {
  if (mutation === CANCEL) {
    const ONE = 'query($orderId: ID!) { preview: orderCancelPreview(orderId: $orderId) { givesMoneyBack } }';
    return (await clerk.ask(ONE, { orderId })).preview.givesMoneyBack;
  }
  if (mutation !== 'orderBulkCancel') return undefined;
  const MANY =
    'query($ids: [ID!]!) { preview: orderBulkCancelPreview(orderIds: $ids) { orders withheld givesMoneyBack } }';
  const { preview: theirs } = await clerk.ask(MANY, filter);
  const { preview: ours } = await manager.ask(MANY, filter);
  expect(ours).toMatchObject({ orders: 1, withheld: 0 });
  expect(theirs.orders + theirs.withheld).toBe(1);
  expect(theirs.givesMoneyBack).toBe(false);
  expect(ours.givesMoneyBack).toBe(theirs.withheld === 1);
  return ours.givesMoneyBack;
}

describe('somebody who works on orders and may not give money back', () => {
  it.each(table(GIVES_BACK))(
    'is refused, and nothing has changed; a manager does it: %s',
    async (_name, step) => {
      const input = await step.prepare();
      await workIsDone(shop);
      const before = await ledger();

      expect(await does(clerk, step, input)).toEqual(['REFUND_NOT_ALLOWED']);

      await workIsDone(shop);
      expect(await ledger()).toEqual(before);
      const money = await held();

      expect(await does(manager, step, input)).toEqual([]);

      await workIsDone(shop);
      expect(await held()).toBeLessThan(money);
    },
  );

  it.each(table(GIVES_NOTHING))('does what gives none back: %s', async (_name, step) => {
    const input = await step.prepare();
    await workIsDone(shop);
    const money = await held();
    expect([false, undefined]).toContain(await foreseen(step, input));

    expect(await does(clerk, step, input)).toEqual([]);

    expect(await held()).toBeGreaterThanOrEqual(money);
  });

  it('leaves money and stock in balance', () => assertLedgerBalances(shop));
});

/** The mutations of staff who work on orders that move no money, or ask somebody for some. */
const MOVES_NO_MONEY = [
  ...['checkoutBlockBulkRemove', 'checkoutBlockRemove', 'draftOrderCreate', 'draftOrderMarkPaid'],
  ...['draftOrderSend', 'draftOrderUpdate', 'orderBulkComplete', 'orderBulkShip', 'orderEditCancel'],
  ...['orderStatusUpdate', 'paymentCapture', 'returnApprove', 'returnBulkApprove', 'returnPhotoRetry'],
  ...['returnReceive', 'returnReject', 'shipmentCreate', 'shipmentUpdate'],
];

describe('the permissions about orders', () => {
  it('know of every mutation of those who work on orders whether it can give money back', () => {
    const mutations = Object.values(shopSchema.getMutationType()?.getFields() ?? {});
    const ofOrders = mutations.filter(
      (field) => getDirective(shopSchema, field, 'auth')?.[0]?.['permission'] === 'ORDER_WRITE',
    );
    const tried = new Set(GIVES_BACK.map(({ mutation }) => mutation));

    expect(ofOrders.map(({ name }) => name).toSorted()).toEqual([...tried, ...MOVES_NO_MONEY].toSorted());
  });

  it('go together in the roles that a shop begins with', () => {
    for (const role of Object.values(Role)) {
      const permissions = permissionsOf(role);
      expect([role, permissions.has('ORDER_REFUND')]).toEqual([role, permissions.has('ORDER_WRITE')]);
    }
    expect(permissionsOf(Role.MANAGER).has('ORDER_REFUND')).toBe(true);
  });
});
