import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId, localId } from '../../src/kernel/ids.js';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open();
});
afterAll(() => shop.close());

const ORDER = 'query($token: String!) { orderByToken(token: $token) { number email } }';
const STATUS = 'query($token: String!) { paymentStatus(orderToken: $token) { order { email } } }';
const CANCEL = `mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { order { id } errors { code path } } }`;

async function bought(sku: string): Promise<Answer> {
  const variantId = await shop.stock({ name: sku, sku, price: 1000, stock: 5 });
  return buy(shop.guest(), [{ variantId, quantity: 1 }], `${sku.toLowerCase()}@example.test`);
}
/** As if nothing had happened to the order for so many days. */
const age = (number: string, days: number, status: string): Promise<unknown> =>
  shop.sql(
    `UPDATE shop_order SET status = $2, updated_at = now() - $3::int * interval '1 day' WHERE number = $1`,
    [number, status, days],
  );

describe('the link of an order', () => {
  it.each(['FULFILLED', 'COMPLETED', 'CANCELLED', 'REFUNDED'])(
    'shows nobody a name or an e-mail when the order was over half a year ago (%s)',
    async (status) => {
      const { number, token } = await bought(`AGED-${status}`);
      const holder = shop.guest();
      if (status === 'COMPLETED') await age(number, 179, 'FULFILLED');
      await age(number, 179, status);
      expect((await holder.ask(ORDER, { token })).orderByToken).toMatchObject({ number });

      await age(number, 181, status);

      expect((await holder.ask(ORDER, { token })).orderByToken).toBeNull();
      expect((await holder.ask(STATUS, { token })).paymentStatus).toBeNull();
      const input = { orderToken: token, idempotencyKey: randomUUID() };
      expect((await holder.ask(CANCEL, { input })).orderCancelByCustomer).toEqual({
        order: null,
        errors: [{ code: 'NOT_FOUND', path: ['orderToken'] }],
      });
    },
  );

  it('opens an order that still waits to be shipped, however old it is', async () => {
    const { number, token } = await bought('AGED-WAITING');

    await age(number, 400, 'PAID');

    expect((await shop.guest().ask(ORDER, { token })).orderByToken).toMatchObject({ number });
  });
});

describe('a member of staff who may read customers, and no more', () => {
  const READ = `query($id: ID!) { customer(id: $id) { email } node(id: $id) { ... on User { email role } } }`;
  const id = async (who: GraphqlClient): Promise<string> => (await who.ask('{ me { id } }')).me.id;

  it('reads customers and the own account, never that of a colleague', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const admin = await shop.staff();
    const bob = await id(await shop.customer('bob@example.com', 'Bob@123'));
    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);
    const support = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const read = (whom: string): Promise<Answer> => support.ask(READ, { id: whom });

    const adminId = await id(admin);
    expect(await read(adminId)).toEqual({ customer: null, node: null });
    expect(await read(globalId('cust', localId('user', adminId) ?? ''))).toEqual({
      customer: null,
      node: null,
    });
    expect(await read(await id(alice))).toMatchObject({ customer: { email: 'alice@example.com' } });
    expect(await read(bob)).toMatchObject({ customer: { email: 'bob@example.com' } });
    expect(await admin.ask(READ, { id: bob })).toMatchObject({ node: { role: 'SUPPORT' } });
  });
});

describe('a buyer who asks for more than there is', () => {
  it.each([
    { left: 11, told: null, message: 'Fewer are left than were asked for.' },
    { left: 10, told: 10, message: 'Only 10 left.' },
  ])('is not told the number above ten ($left left)', async ({ left, told, message }) => {
    const sku = `IN_TIMELINE-${left}`;
    const variantId = await shop.stock({ name: sku, sku, price: 1000, stock: left });

    const { cartLineAdd } = await shop
      .guest()
      .ask(
        `mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { errors { code message ... on InsufficientStockError { availableQuantity } } } }`,
        { input: { variantId, quantity: 99 } },
      );

    expect(cartLineAdd.errors).toEqual([{ code: 'INSUFFICIENT_STOCK', message, availableQuantity: told }]);
  });
});
