import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { otherOrder, type KeyedCase, type Press } from './keyed-case.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';

/** Mutations that cancel or undo. */
export const SECOND_THOUGHTS: readonly KeyedCase[] = [
  {
    mutation: 'orderCancel',
    of: 'an unpaid order',
    makes: { 'versions of orders': 1, 'units held': -2 },
    prepare: async (fixtures) => ({
      input: fixtures.order(await fixtures.unpaid()),
      other: { reason: 'other' },
    }),
  },
  {
    mutation: 'orderCancel',
    of: 'reserved money',
    makes: { 'versions of orders': 1, 'units on hand': 3 },
    prepare: async (fixtures) => ({
      input: fixtures.order(await fixtures.reserved()),
      other: { reason: 'other' },
    }),
  },
  {
    mutation: 'orderCancel',
    of: 'a paid order',
    makes: { refund: 1, order_refund: 1, 'units on hand': 3 },
    prepare: async (fixtures) => ({
      input: fixtures.order(await fixtures.paid()),
      other: { restock: false },
    }),
  },
  {
    mutation: 'orderReleaseAndBlock',
    of: 'an order that nobody means to pay',
    makes: { checkout_block: 1, 'units held': -2 },
    prepare: async (fixtures) => {
      const { id } = await fixtures.unpaid('BANK_TRANSFER');
      return { input: { orderId: id, kinds: ['EMAIL'], days: 3 }, other: { days: 4 } };
    },
  },
  {
    mutation: 'orderCancelByCustomer',
    of: 'an unpaid order',
    makes: { 'versions of orders': 1, 'units held': -2 },
    prepare: async (fixtures) => byOwner(fixtures, (await fixtures.unpaid()).token),
  },
  {
    mutation: 'orderCancelByCustomer',
    of: 'a paid order',
    makes: { refund: 1, 'units on hand': 3 },
    prepare: async (fixtures) => byOwner(fixtures, (await fixtures.paid()).token),
  },
  {
    mutation: 'orderRefund',
    of: 'a unit',
    makes: {
      refund: 1,
      order_refund: 1,
      'versions of orders': 1,
      'units on hand': 1,
      'money going back': 10_000,
    },
    prepare: async (fixtures) => {
      const sold = await fixtures.paid();
      const lines = [{ orderLineId: sold.lineId, quantity: 1 }];
      return { input: { ...fixtures.order(sold), lines }, other: { lines: null, amount: 5 } };
    },
  },
  {
    mutation: 'orderEdit',
    of: 'fewer units',
    makes: { order_edit: 1, 'units on hand': 2, 'versions of orders': 1 },
    prepare: (fixtures) => edited(fixtures, 1),
  },
  {
    mutation: 'orderEdit',
    of: 'more units',
    makes: { order_edit: 1, payment: 1, test_provider_intent: 1, 'units held': 2, 'versions of orders': 1 },
    prepare: (fixtures) => edited(fixtures, 5),
  },
  {
    mutation: 'orderEditCancel',
    of: 'a change that waits',
    makes: { 'versions of orders': 1, 'units held': -2 },
    prepare: async (fixtures) => otherOrder(fixtures, await fixtures.proposed(), await fixtures.proposed()),
  },
];

export const RETURNS: readonly KeyedCase[] = [
  {
    mutation: 'returnRequest',
    of: 'a unit',
    makes: { order_return: 1, order_return_line: 1, 'versions of orders': 1 },
    prepare: async (fixtures) => {
      const { input } = await fixtures.requested();
      return { input, other: { comment: 'and another thing' }, by: fixtures.shop.guest() };
    },
  },
  {
    mutation: 'returnCancel',
    of: 'a wish',
    makes: { 'versions of returns': 1, 'versions of orders': 1 },
    prepare: async (fixtures) => {
      const { back, sold } = await fixtures.asked();
      const { return: second } = await fixtures.done(
        'returnRequest',
        {
          orderToken: sold.token,
          lines: [{ orderLineId: sold.lineId, quantity: 1 }],
          reason: 'OTHER',
          resolution: 'REFUND',
        },
        fixtures.shop.guest(),
      );
      const input = { returnId: back['id'], orderToken: sold.token };
      return { input, other: { returnId: second.id }, by: fixtures.shop.guest() };
    },
  },
  ...['returnApprove', 'returnReject'].map((mutation) => ({
    mutation,
    of: 'a wish',
    makes: { 'versions of returns': 1, order_event: 1 },
    prepare: async (fixtures: Fixtures) => ({
      input: decision((await fixtures.asked()).back),
      other: { note: 'because' },
    }),
  })),
  {
    mutation: 'returnReceive',
    of: 'a unit',
    makes: { stock_movement: 1, 'units on hand': 1, 'versions of returns': 1 },
    prepare: async (fixtures) => {
      const back = await fixtures.approved();
      const line = { returnLineId: back['lines'][0].id, received: 1, restocked: 1 };
      return { input: { ...decision(back), lines: [line] }, other: { lines: [{ ...line, restocked: 0 }] } };
    },
  },
  {
    mutation: 'returnRefund',
    of: 'a unit',
    makes: { refund: 1, order_refund: 1, 'versions of returns': 1, 'money going back': 10_000 },
    prepare: async (fixtures) => ({ input: decision(await fixtures.arrived()), other: { amount: 5 } }),
  },
  {
    mutation: 'returnExchange',
    of: 'a unit for a dearer one',
    makes: { shop_order: 1, test_provider_intent: 1, 'units held': 1, 'versions of returns': 1 },
    prepare: async (fixtures) => {
      const input = decision(await fixtures.arrived(await fixtures.variant(20, 15_000)));
      return { input, other: decision(await fixtures.arrived()) };
    },
  },
];

function decision({ id, version }: Answer): Answer {
  return { returnId: id, expectedVersion: version };
}

function byOwner(fixtures: Fixtures, orderToken: string): Press {
  return { input: { orderToken }, other: { reason: 'other' }, by: fixtures.shop.guest() };
}

async function edited(fixtures: Fixtures, quantity: number): Promise<Press> {
  const sold = await fixtures.paid();
  const query = 'query($id: ID!) { order(id: $id) { lines { variant { id } } } }';
  const variantId = (await fixtures.staff.ask(query, { id: sold.id }))['order'].lines[0].variant.id;
  const lines = [{ variantId, quantity }];
  const expectedTotal = (await fixtures.driver.editPreview(sold, lines))['totalAfter'].amount;
  return { input: { ...fixtures.order(sold), lines, expectedTotal }, other: { restock: false } };
}
