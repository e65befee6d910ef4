import type { Answer } from './graphql-client.js';
import { otherOrder, type KeyedCase, type Press } from './keyed-case.js';
import type { Scenes } from './scenes.js';

/** What buyers and staff think better of. */
export const SECOND_THOUGHTS: readonly KeyedCase[] = [
  {
    mutation: 'orderCancel',
    of: 'an unpaid order',
    makes: { 'versions of orders': 1, 'units held': -2 },
    scene: async (scenes) => ({ input: scenes.order(await scenes.unpaid()), other: { reason: 'other' } }),
  },
  {
    mutation: 'orderCancel',
    of: 'reserved money',
    makes: { 'versions of orders': 1, 'units on hand': 3 },
    scene: async (scenes) => ({ input: scenes.order(await scenes.reserved()), other: { reason: 'other' } }),
  },
  {
    mutation: 'orderCancel',
    of: 'a paid order',
    makes: { refund: 1, order_refund: 1, 'units on hand': 3 },
    scene: async (scenes) => ({ input: scenes.order(await scenes.paid()), other: { restock: false } }),
  },
  {
    mutation: 'orderReleaseAndBlock',
    of: 'an order that nobody means to pay',
    makes: { checkout_block: 1, 'units held': -2 },
    scene: async (scenes) => {
      const { id } = await scenes.unpaid('BANK_TRANSFER');
      return { input: { orderId: id, kinds: ['EMAIL'], days: 3 }, other: { days: 4 } };
    },
  },
  {
    mutation: 'orderCancelByCustomer',
    of: 'an unpaid order',
    makes: { 'versions of orders': 1, 'units held': -2 },
    scene: async (scenes) => byBuyer(scenes, (await scenes.unpaid()).token),
  },
  {
    mutation: 'orderCancelByCustomer',
    of: 'a paid order',
    makes: { refund: 1, 'units on hand': 3 },
    scene: async (scenes) => byBuyer(scenes, (await scenes.paid()).token),
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
    scene: async (scenes) => {
      const sold = await scenes.paid();
      const lines = [{ orderLineId: sold.lineId, quantity: 1 }];
      return { input: { ...scenes.order(sold), lines }, other: { lines: null, amount: 5 } };
    },
  },
  {
    mutation: 'orderEdit',
    of: 'fewer units',
    makes: { order_edit: 1, 'units on hand': 2, 'versions of orders': 1 },
    scene: (scenes) => edited(scenes, 1),
  },
  {
    mutation: 'orderEdit',
    of: 'more units',
    makes: { order_edit: 1, payment: 1, test_provider_intent: 1, 'units held': 2, 'versions of orders': 1 },
    scene: (scenes) => edited(scenes, 5),
  },
  {
    mutation: 'orderEditCancel',
    of: 'a change that waits',
    makes: { 'versions of orders': 1, 'units held': -2 },
    scene: async (scenes) => otherOrder(scenes, await scenes.proposed(), await scenes.proposed()),
  },
];

export const RETURNS: readonly KeyedCase[] = [
  {
    mutation: 'returnRequest',
    of: 'a unit',
    makes: { order_return: 1, order_return_line: 1, 'versions of orders': 1 },
    scene: async (scenes) => {
      const { input } = await scenes.wish();
      return { input, other: { comment: 'and another thing' }, by: scenes.shop.guest() };
    },
  },
  {
    mutation: 'returnCancel',
    of: 'a wish',
    makes: { 'versions of returns': 1, 'versions of orders': 1 },
    scene: async (scenes) => {
      const { back, sold } = await scenes.asked();
      const { return: second } = await scenes.done(
        'returnRequest',
        {
          orderToken: sold.token,
          lines: [{ orderLineId: sold.lineId, quantity: 1 }],
          reason: 'OTHER',
          resolution: 'REFUND',
        },
        scenes.shop.guest(),
      );
      const input = { returnId: back['id'], orderToken: sold.token };
      return { input, other: { returnId: second.id }, by: scenes.shop.guest() };
    },
  },
  ...['returnApprove', 'returnReject'].map((mutation) => ({
    mutation,
    of: 'a wish',
    makes: { 'versions of returns': 1, order_event: 1 },
    scene: async (scenes: Scenes) => ({
      input: decision((await scenes.asked()).back),
      other: { note: 'because' },
    }),
  })),
  {
    mutation: 'returnReceive',
    of: 'a unit',
    makes: { stock_movement: 1, 'units on hand': 1, 'versions of returns': 1 },
    scene: async (scenes) => {
      const back = await scenes.approved();
      const line = { returnLineId: back['lines'][0].id, received: 1, restocked: 1 };
      return { input: { ...decision(back), lines: [line] }, other: { lines: [{ ...line, restocked: 0 }] } };
    },
  },
  {
    mutation: 'returnRefund',
    of: 'a unit',
    makes: { refund: 1, order_refund: 1, 'versions of returns': 1, 'money going back': 10_000 },
    scene: async (scenes) => ({ input: decision(await scenes.arrived()), other: { amount: 5 } }),
  },
  {
    mutation: 'returnExchange',
    of: 'a unit for a dearer one',
    makes: { shop_order: 1, test_provider_intent: 1, 'units held': 1, 'versions of returns': 1 },
    scene: async (scenes) => {
      const input = decision(await scenes.arrived(await scenes.article(20, 15_000)));
      return { input, other: decision(await scenes.arrived()) };
    },
  },
];

function decision({ id, version }: Answer): Answer {
  return { returnId: id, expectedVersion: version };
}

function byBuyer(scenes: Scenes, orderToken: string): Press {
  return { input: { orderToken }, other: { reason: 'other' }, by: scenes.shop.guest() };
}

async function edited(scenes: Scenes, quantity: number): Promise<Press> {
  const sold = await scenes.paid();
  const query = 'query($id: ID!) { order(id: $id) { lines { variant { id } } } }';
  const variantId = (await scenes.staff.ask(query, { id: sold.id }))['order'].lines[0].variant.id;
  const lines = [{ variantId, quantity }];
  const expectedTotal = (await scenes.desk.editPreview(sold, lines))['totalAfter'].amount;
  return { input: { ...scenes.order(sold), lines, expectedTotal }, other: { restock: false } };
}
