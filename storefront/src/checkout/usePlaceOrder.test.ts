import { beforeEach, describe, expect, it } from 'vitest';
import { withShop, type Answer, type Asked } from '../app/testing';
import { usePlaceOrder } from './usePlaceOrder';

const cart = {
  id: 'cart-1',
  version: 7,
  total: { gross: { amount: 28699 } },
  due: { amount: 24699 },
  lines: [{ variant: { id: 'v1' }, product: { name: 'Cana Dimineața' } }],
};
const placed: Answer = {
  data: {
    checkoutComplete: {
      __typename: 'CheckoutCompletePayload',
      order: { id: 'o1', number: '1001', paymentMethod: 'CARD' },
      orderToken: 'tok',
      errors: [],
      warnings: [],
    },
  },
};

function refused(error: object): Answer {
  return {
    data: {
      checkoutComplete: {
        __typename: 'CheckoutCompletePayload',
        order: null,
        orderToken: null,
        errors: [error],
        warnings: [],
      },
    },
  };
}

/** A checkout; each press of the button gets the next response. */
function checkout(...answers: Answer[]) {
  const requests = [...answers];
  const { result, asked } = withShop(({ operationName }) => {
    if (operationName !== 'CheckoutComplete') return { data: { shop: null, cart: null, me: null } };
    return requests.shift() ?? new Error('no answer left');
  }, usePlaceOrder);
  const sent = (): Asked['variables'][] =>
    asked
      .filter(({ operationName }) => operationName === 'CheckoutComplete')
      .map(({ variables }) => variables.input as Asked['variables']);
  return { ...result, sent };
}

beforeEach(() => sessionStorage.clear());

describe('placing an order', () => {
  it('sends the version and the total the customer saw', async () => {
    const { placeOrder, sent } = checkout(placed);
    expect(await placeOrder(cart)).toEqual({ token: 'tok', method: 'CARD' });
    expect(sent()[0]).toMatchObject({ cartVersion: 7, expectedTotal: 28699, expectedDue: 24699 });
  });

  it('uses the same key again when nobody knows whether the first press worked', async () => {
    const { placeOrder, problems, sent } = checkout(new Error('connection lost'), placed);
    expect(await placeOrder(cart)).toBeNull();
    expect(problems.value).toEqual([expect.stringContaining('nu vei comanda de două ori')]);
    expect(await placeOrder(cart)).toEqual({ token: 'tok', method: 'CARD' });
    expect(sent()[1]?.idempotencyKey).toBe(sent()[0]?.idempotencyKey);
  });

  it('keeps the key through a reload of the page', async () => {
    const before = checkout(new Error('connection lost'));
    await before.placeOrder(cart);
    const after = checkout(placed);
    await after.placeOrder(cart);
    expect(after.sent()[0]?.idempotencyKey).toBe(before.sent()[0]?.idempotencyKey);
  });

  it('is found again after a reload, when its response was lost and its cart is gone', async () => {
    const before = checkout(new Error('connection lost'));
    await before.placeOrder(cart);
    const after = checkout(placed);
    expect(await after.resume()).toEqual({ token: 'tok', method: 'CARD' });
    expect(after.sent()).toEqual(before.sent());
  });

  it('is not looked for when every response arrived', async () => {
    await checkout(placed).placeOrder(cart);
    const after = checkout(placed);
    expect(await after.resume()).toBeNull();
    expect(after.sent()).toEqual([]);
  });

  it('leads to the order that exists, although another payment was chosen after a lost response', async () => {
    const { placeOrder } = checkout(new Error('connection lost'), placed);
    await placeOrder(cart, 'CARD');
    expect(await placeOrder(cart, 'CASH_ON_DELIVERY')).toEqual({ token: 'tok', method: 'CARD' });
  });

  it('starts a new attempt after a clear no, and says the new total', async () => {
    const currentTotal = { __typename: 'Money', amount: 30000, currency: 'RON', decimal: '300.00' };
    const { placeOrder, problems, sent } = checkout(
      refused({ __typename: 'PriceChangedError', code: 'PRICE_CHANGED', message: '', currentTotal }),
      placed,
    );
    await placeOrder(cart);
    expect(problems.value).toEqual([expect.stringContaining('300,00')]);
    await placeOrder(cart);
    expect(sent()[1]?.idempotencyKey).not.toBe(sent()[0]?.idempotencyKey);
  });

  it('says that the rest is another when the total is the one the customer saw', async () => {
    const currentTotal = { ...cart.total.gross, currency: 'RON', decimal: '286.99' };
    const { placeOrder, problems } = checkout(
      refused({ __typename: 'PriceChangedError', code: 'PRICE_CHANGED', message: '', currentTotal }),
    );
    await placeOrder(cart);
    expect(problems.value).toEqual([expect.stringContaining('Restul de plată')]);
  });

  it('names the piece that ran out', async () => {
    const { placeOrder, problems } = checkout(
      refused({
        __typename: 'InsufficientStockError',
        code: 'INSUFFICIENT_STOCK',
        message: '',
        variantId: 'v1',
        availableQuantity: 0,
      }),
    );
    await placeOrder(cart);
    expect(problems.value).toEqual([
      'Cana Dimineața s-a vândut între timp. Modifică coșul ca să mergi mai departe.',
    ]);
  });

  it('makes one order of two quick presses', async () => {
    const { placeOrder, sent } = checkout(placed, placed);
    const both = await Promise.all([placeOrder(cart), placeOrder(cart)]);
    expect(both).toEqual([{ token: 'tok', method: 'CARD' }, null]);
    expect(sent()).toHaveLength(1);
  });
});
