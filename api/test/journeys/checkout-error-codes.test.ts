import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, payWith } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

let shop: TestShop;
let requests: MutationDriver;
let fixtures: Fixtures;
beforeAll(async () => {
  shop = await TestShop.open({
    worker: false,
    env: { PAYMENT_CAPTURE: 'manual', ACCESS_TOKEN_MINUTES: '100000' },
  });
  requests = new MutationDriver(shopSchema);
  fixtures = await Fixtures.open(shop, requests);
});
afterAll(() => shop.close());

async function refusedWith(mutation: string, input: Answer, by?: GraphqlClient): Promise<string[]> {
  const requested = { idempotencyKey: randomUUID(), ...input };
  const { errors } = await requests.press(mutation, requested, by ?? fixtures.staff);
  return errors.map(({ code }: Answer) => code);
}

describe('a checkout', () => {
  it('of nothing is refused as not ready', async () => {
    const input = { cartVersion: 1, expectedTotal: 0 };

    expect(await refusedWith('checkoutComplete', input, shop.guest())).toEqual(['CART_NOT_READY']);
  });

  it('of a cart that lacks an address says that it is not ready', async () => {
    const browser = shop.guest();
    const { variantId } = await fixtures.variant();
    const { cartLineAdd } = await browser.ask(
      'mutation($id: ID!) { cartLineAdd(input: { variantId: $id }) { cart { version total { gross { amount } } missingSteps } } }',
      { id: variantId },
    );
    const { version, total, missingSteps } = cartLineAdd.cart;
    const input = { cartVersion: version, expectedTotal: total.gross.amount };

    expect(missingSteps).not.toEqual([]);
    expect(await refusedWith('checkoutComplete', input, browser)).toEqual(['CART_NOT_READY']);
  });

  it('of a cart as it was before names the field with the version, and blames nobody for the change', async () => {
    const { browser, cart } = await fixtures.cart();
    const idempotencyKey = randomUUID();
    const text = `mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
      errors { code path message ... on StaleVersionError { currentVersion } } } }`;
    const total = cart.total.gross.amount;
    const input = {
      cartVersion: cart.version - 1,
      expectedTotal: total,
      paymentMethod: 'CARD',
      idempotencyKey,
    };

    const [error] = (await browser.ask(text, { input })).checkoutComplete.errors;

    expect(error).toMatchObject({
      code: 'STALE_VERSION',
      path: ['cartVersion'],
      currentVersion: cart.version,
    });
    expect(error.message).not.toMatch(/somebody/i);
  });

  it.each([
    ['4000 0000 0000 9995', 'INSUFFICIENT_FUNDS'],
    ['4000 0000 0000 0002', 'CARD_DECLINED'],
    ['4111 1111 1111 1111', 'UNKNOWN_TEST_CARD'],
  ])('paid with %s is refused as %s, and can be paid with another card', async (card, code) => {
    const { browser, cart } = await fixtures.cart();
    const { paymentSession } = await complete(browser, cart);

    const refused = await payWith(browser, paymentSession.clientSecret, card);

    expect(refused['errors']).toEqual([{ code }]);
    expect(refused['paymentStatus']).toMatchObject({ canPay: true, isFinal: false });
  });

  it('with a secret that no payment has finds none', async () => {
    const { errors } = await payWith(shop.guest(), 'pi_test_guessed_secret_guessed', '4242 4242 4242 4242');

    expect(errors).toEqual([{ code: 'NOT_FOUND' }]);
  });
});

describe('where there is no cart', () => {
  it.each([['cartContactUpdate(input: { email: "nobody@example.test" })'], ['cartClear']])(
    '%s says so',
    async (mutation) => {
      const answer = await shop.guest().ask(`mutation { ${mutation} { cart { id } errors { code } } }`);

      const [payload] = Object.values(answer) as [Answer];
      expect(payload['cart']).toBeNull();
      expect(payload['errors']).toEqual([{ code: 'CART_EMPTY' }]);
    },
  );
});

describe('staff', () => {
  it('cannot change the lines of an order whose money is only reserved', async () => {
    const sold = await fixtures.reserved();
    const { order } = await fixtures.staff.ask(
      'query($id: ID!) { order(id: $id) { total { gross { amount } } lines { variant { id } unitPrice { amount } } } }',
      { id: sold.id },
    );
    const [line] = order.lines;
    const lines = [{ variantId: line.variant.id, quantity: 2 }];
    const expectedTotal = order.total.gross.amount - line.unitPrice.amount;
    const input = { ...fixtures.order(sold), lines, expectedTotal };

    expect(await refusedWith('orderEdit', input)).toEqual(['PAYMENT_NOT_CAPTURED']);
  });

  it('cannot write a draft anew that was sent', async () => {
    const draft = await fixtures.draft();
    const { order } = await fixtures.done('draftOrderSend', fixtures.order(draft));
    const input = { ...fixtures.order(order), draft: draft['draft'] };

    expect(await refusedWith('draftOrderUpdate', input)).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('cannot agree to a return twice', async () => {
    const back = await fixtures.approved();
    const input = { returnId: back['id'], expectedVersion: back['version'] };

    expect(await refusedWith('returnApprove', input)).toEqual(['ILLEGAL_TRANSITION']);
    expect(await refusedWith('returnApprove', { ...input, expectedVersion: 1 })).toEqual(['STALE_VERSION']);
  });

  it('cannot work again on a call of a kind that is only kept', async () => {
    const id = await fixtures.called();
    await shop.sql('UPDATE webhook_inbox SET object_id = NULL');

    expect(await refusedWith('webhookReplay', { webhookEventId: id })).toEqual(['NOTHING_TO_REPLAY']);
  });

  it('cannot take reserved money twice', async () => {
    const sold = await fixtures.paid();

    expect(await refusedWith('paymentCapture', fixtures.order(sold))).toEqual(['NOTHING_TO_CAPTURE']);
  });
});

it('a buyer writes to the shop instead of asking for a return without end', async () => {
  const { input, sold } = await fixtures.requested();
  const made: string[][] = [];
  for (let n = 0; n < 30 && !made.at(-1)?.length; n++) {
    const requested = { ...input, idempotencyKey: randomUUID() };
    const { errors, return: back } = await requests.press('returnRequest', requested, shop.guest());
    made.push(errors.map(({ code }: Answer) => code));
    if (back) {
      const cancel = { returnId: back.id, orderToken: sold.token, idempotencyKey: randomUUID() };
      await requests.press('returnCancel', cancel, shop.guest());
    }
  }

  expect(made.at(-1)).toEqual(['TOO_MANY_RETURNS']);
});
