import { describe, expect, it, vi } from 'vitest';
import { withShop, type Answer } from '../app/testing';
import { useCart, type CartState } from './useCart';

function money(amount: number): object {
  return { __typename: 'Money', amount, currency: 'RON', decimal: (amount / 100).toFixed(2) };
}

function cartWith(quantity: number): object {
  const variant = {
    id: 'v1',
    name: 'Verde',
    availability: 'IN_STOCK',
    availableFrom: null,
    availableQuantity: 5,
    optionValues: [],
  };
  const product = { id: 'p1', slug: 'cana', name: 'Cana', image: null };
  const total = { gross: money(8900 * quantity) };
  const line = { id: 'l1', quantity, unitPrice: money(8900), total, product, variant };
  return {
    __typename: 'Cart',
    id: 'c1',
    version: quantity,
    totalQuantity: quantity,
    subtotal: total,
    total,
    lines: quantity ? [line] : [],
    warnings: [],
  };
}

/** A cart with one mug; `change` returns the responses of mutations. */
async function openCart(
  change: (operationName: string) => Answer | Promise<Answer>,
): Promise<{ cart: CartState; sent: () => unknown[] }> {
  const { result, asked } = withShop(
    ({ operationName }) =>
      operationName === 'Basket'
        ? { data: { shop: { freeShippingFrom: null }, cart: cartWith(1) } }
        : change(operationName),
    useCart,
  );
  await vi.waitFor(() => expect(result.cart.value?.lines).toHaveLength(1), { timeout: 30_000 });
  return { cart: result, sent: () => asked.filter(({ operationName }) => operationName !== 'Basket') };
}

function lineOf(cart: CartState): Parameters<CartState['setQuantity']>[0] {
  const line = cart.cart.value?.lines[0];
  if (!line) throw new Error('the cart is empty');
  return line;
}

describe('the cart', () => {
  it('shows the wanted quantity at once and sends quick presses as one change', async () => {
    const { cart, sent } = await openCart(() => ({
      data: { cartLineUpdate: { cart: cartWith(3), errors: [], warnings: [] } },
    }));
    cart.setQuantity(lineOf(cart), 2);
    cart.setQuantity(lineOf(cart), 3);
    expect(cart.quantityOf(lineOf(cart))).toBe(3);
    await vi.waitFor(() => expect(cart.isSaving.value).toBe(false), { timeout: 30_000 });
    expect(sent()).toMatchObject([
      { operationName: 'CartLineUpdate', variables: { input: { lineId: 'l1', quantity: 3 } } },
    ]);
  });

  it('sends a quantity only when the one before it has arrived: on a slow line the last press is the last word', async () => {
    const answer = { data: { cartLineUpdate: { cart: cartWith(2), errors: [], warnings: [] } } };
    let arrive = (): void => undefined;
    const { cart, sent } = await openCart(
      () => new Promise((resolve) => (arrive = (): void => resolve(answer))),
    );
    cart.setQuantity(lineOf(cart), 2);
    await vi.waitFor(() => expect(sent()).toHaveLength(1), { timeout: 30_000 });
    for (const quantity of [4, 3]) {
      cart.setQuantity(lineOf(cart), quantity);
      // Longer than presses are collected.
      await new Promise((resolve) => setTimeout(resolve, 600));
    }
    expect(sent()).toHaveLength(1);
    expect(cart.quantityOf(lineOf(cart))).toBe(3);

    arrive();
    await vi.waitFor(() => expect(sent()).toHaveLength(2), { timeout: 30_000 });
    expect(sent()[1]).toMatchObject({ variables: { input: { lineId: 'l1', quantity: 3 } } });
    arrive();
    await vi.waitFor(() => expect(cart.isSaving.value).toBe(false), { timeout: 30_000 });
  });

  it('goes back to what the shop can give, and says so', async () => {
    const error = {
      __typename: 'InsufficientStockError',
      code: 'INSUFFICIENT_STOCK',
      message: '',
      availableQuantity: 1,
    };
    const { cart } = await openCart(() => ({
      data: { cartLineUpdate: { cart: cartWith(1), errors: [error], warnings: [] } },
    }));
    cart.setQuantity(lineOf(cart), 9);
    await vi.waitFor(() => expect(cart.problems.value).toEqual(['A mai rămas doar 1 bucată.']), {
      timeout: 30_000,
    });
    expect(cart.quantityOf(lineOf(cart))).toBe(1);
  });

  it('offers to put a removed piece back, as many as there were', async () => {
    const { cart, sent } = await openCart((operationName) => {
      const payload = { cart: cartWith(0), errors: [], warnings: [] };
      return {
        data: operationName === 'CartLineRemove' ? { cartLineRemove: payload } : { cartLineAdd: payload },
      };
    });
    await cart.remove(lineOf(cart));
    expect(cart.removed.value).toMatchObject({ name: 'Cana', quantity: 1 });
    await cart.undoRemove();
    expect(sent()[1]).toMatchObject({
      operationName: 'CartLineAdd',
      variables: { input: { variantId: 'v1', quantity: 1 } },
    });
    expect(cart.removed.value).toBeNull();
  });
});
