import { beforeEach, expect, it, vi } from 'vitest';
import messages from '../../../../locales/ro/storefront-orders.json';
import { showInShop } from '../../app/testing';
import ReviewStep from './ReviewStep.vue';

beforeEach(() => sessionStorage.clear());

const line = (id: string, name: string) => ({
  id,
  quantity: 2,
  variant: { id: `v-${id}` },
  product: { name },
});
const warning = (code: string, lineId: string, availableQuantity: number) => ({
  ...{ code, lineId, availableQuantity, message: '', oldPrice: null, newPrice: null },
});
const money = (amount: number) => ({ amount, currency: 'RON', decimal: (amount / 100).toFixed(2) });

it('says once of each piece that it is sold out: in the answer to the order, or in the warnings of the cart', async () => {
  const cart = {
    ...{
      id: 'c1',
      version: 3,
      paymentMethods: ['CARD'],
      total: { gross: money(9000) },
      due: money(9000),
      dueOffline: money(9000),
    },
    lines: [line('a', 'Cana'), line('b', 'Bolul')],
    missingSteps: [],
    warnings: [warning('OUT_OF_STOCK', 'a', 0), warning('OUT_OF_STOCK', 'b', 0)],
  };
  const userError = {
    __typename: 'InsufficientStockError',
    ...{ code: 'INSUFFICIENT_STOCK', message: '', path: null, variantId: 'v-a', availableQuantity: 0 },
  };
  const { element, app } = showInShop(ReviewStep, { cart }, ({ operationName }) =>
    operationName === 'CheckoutComplete'
      ? { data: { checkoutComplete: { order: null, orderToken: null, errors: [userError], warnings: [] } } }
      : { data: { shop: null, cart: null, me: null } },
  );
  const told = (name: string) =>
    [...element.querySelectorAll('p, li')].filter((one) => one.textContent.includes(name));
  expect(told('Cana')).toHaveLength(1);

  [...element.querySelectorAll('button')].at(-1)?.click();
  await vi.waitFor(() => expect(element.querySelector('[role="alert"]')?.textContent).toContain('Cana'), {
    timeout: 30_000,
  });

  expect(told('Cana')).toHaveLength(1);
  expect(told('Bolul')).toHaveLength(1);
  app.unmount();
});

it('says that the shop takes no orders before the buyer presses', () => {
  const cart = {
    ...{
      id: 'c1',
      version: 3,
      paymentMethods: ['CARD'],
      total: { gross: money(9000) },
      due: money(9000),
      dueOffline: money(9000),
    },
    ...{ lines: [line('a', 'Cana')], warnings: [], missingSteps: ['SHOP_OPEN'] },
  };

  const { element, app } = showInShop(ReviewStep, { cart });

  expect(element.querySelector('[role="alert"]')?.textContent).toContain(messages.errors.SHOP_CLOSED);
  app.unmount();
});

it('says why an account pays less when a card pays the rest', () => {
  const cart = {
    ...{ id: 'c1', version: 3, paymentMethods: ['CARD', 'CASH_ON_DELIVERY'], total: { gross: money(9000) } },
    ...{ due: money(200), dueOffline: money(30), lines: [], warnings: [], missingSteps: [] },
  };

  const byCard = showInShop(ReviewStep, { cart, method: 'CARD' });
  const toCourier = showInShop(ReviewStep, {
    ...{ cart: { ...cart, due: cart.dueOffline }, method: 'CASH_ON_DELIVERY' },
  });

  const words = messages.checkout.leastByCard.split('{amount}')[0] ?? '';
  expect(byCard.element.textContent).toContain(words);
  expect(toCourier.element.textContent).not.toContain(words);
  byCard.app.unmount();
  toCourier.app.unmount();
});
