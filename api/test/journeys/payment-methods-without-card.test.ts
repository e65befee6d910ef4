import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver } from '@vitrine/testing/drivers/buyers.js';
import { BRASOV, complete, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  intentOf,
  openStripePayments,
  openTestPayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';

const BANK = { BANK_TRANSFER_HOLDER: 'Lut & Lână SRL', BANK_TRANSFER_IBAN: 'RO49 AAAA 1B31 0075 9384 0000' };

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;

describe('without a card', () => {
  beforeAll(async () => {
    simulator = await openTestPayments({ env: BANK });
    at = new BuyerDriver(simulator);
    staff = await simulator.shop.staff();
  });
  afterAll(() => simulator.close());

  it('tells a buyer the ways to pay, cards first', async () => {
    const { shop } = await simulator.shop.guest().ask('{ shop { paymentMethods } }');

    expect(shop.paymentMethods).toEqual(['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER']);
  });

  it('lets nobody abroad pay a courier who brings no money over the border', async () => {
    const { shop } = simulator;
    const buyer = shop.guest();
    const variantId = await shop.stock({ name: 'ABROAD', sku: 'ABROAD', price: 10_000, stock: 1 });
    const { paymentMethods } = (await buyer.ask('{ shop { paymentMethods } }')).shop;
    await readyCart(buyer, [{ variantId, quantity: 1 }]);
    const address = { ...BRASOV, countryCode: 'DE', region: null, city: 'Berlin', postalCode: '10115' };
    await buyer.ask(
      'mutation($address: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $address }) { errors { code } } }',
      { address },
    );
    const { cart } = await buyer.ask('{ cart { paymentMethods shippingMethods { shippingMethodId } } }');
    const abroad = await buyer.ask(
      `mutation($id: ID!) { cartShippingMethodSelect(input: { shippingMethodId: $id }) { cart { version missingSteps total { gross { amount } } } } }`,
      { id: cart.shippingMethods[0].shippingMethodId },
    );

    const refused = await complete(
      buyer,
      abroad.cartShippingMethodSelect.cart,
      randomUUID(),
      'CASH_ON_DELIVERY',
    );

    expect(paymentMethods).toContain('CASH_ON_DELIVERY');
    expect(cart.paymentMethods).toEqual(['CARD', 'BANK_TRANSFER']);
    expect(abroad.cartShippingMethodSelect.cart.missingSteps).toEqual([]);
    expect(refused).toMatchObject({
      order: null,
      errors: [{ code: 'PAYMENT_METHOD_NOT_OFFERED', path: ['paymentMethod'] }],
    });
  });

  it('places an order at once that is paid to the courier, and takes its goods from stock', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });

    expect(buyer.answer).toMatchObject({ errors: [], order: { status: 'PLACED' }, paymentSession: null });
    expect(await at.order(buyer)).toMatchObject({
      status: 'PLACED',
      paymentStatus: 'PENDING',
      paymentMethod: 'CASH_ON_DELIVERY',
      bankTransfer: null,
    });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
    expect(await at.ask(buyer)).toMatchObject({ isFinal: true, canPay: false });
  });

  it('answers a buyer who presses twice with the same order paid on delivery', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });

    const again = await complete(buyer.browser, buyer.cart, buyer.key, 'CASH_ON_DELIVERY');
    const otherWay = await complete(buyer.browser, buyer.cart, buyer.key, 'CARD');

    expect(again.order.id).toBe(buyer.orderId);
    expect(otherWay.errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('ships first and counts the money once when the courier brings it', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    await at.staffDoes(staff, 'shipmentCreate', buyer);
    const shipped = await at.order(buyer);
    const [key, version] = [randomUUID(), await at.version(buyer)];

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => at.staffDoes(staff, 'paymentMarkReceived', buyer, key, version)),
    );

    expect(shipped).toMatchObject({ status: 'FULFILLED', paymentStatus: 'PENDING' });
    expect(answers).toEqual(
      Array(5).fill({ order: { status: 'FULFILLED', paymentStatus: 'PAID' }, errors: [] }),
    );
    expect(await at.updates(buyer, 'order.paid')).toHaveLength(1);
    expect(await at.updates(buyer, 'order.placed')).toHaveLength(1);
  });

  it('counts the cash once when the order was changed before the courier brought it', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    const driver = await OrderEditingDriver.open(simulator.shop);
    const order = await driver.look({ id: buyer.orderId });
    const changed = accepted(await driver.edit(order, [{ variantId: buyer.variantId, quantity: 2 }])).order;
    accepted(await driver.ship(changed));
    await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    const again = await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    expect(again.errors).toMatchObject([{ code: 'NOTHING_TO_RECEIVE' }]);
    expect((await at.staffOrder(buyer, staff)).payments).toMatchObject([
      { status: 'CANCELLED' },
      { status: 'CAPTURED' },
    ]);
  });

  it('puts the goods back when an order on delivery is cancelled, with no money to return', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });

    const answer = await at.staffDoes(staff, 'orderCancel', buyer);

    expect(answer).toEqual({ order: { status: 'CANCELLED', paymentStatus: 'CANCELLED' }, errors: [] });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await at.staffDoes(staff, 'paymentMarkReceived', buyer)).toMatchObject({
      errors: [{ code: 'NOTHING_TO_RECEIVE' }],
    });
  });

  it('gives cash back by hand: the refund counts as soon as staff cancels', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    await at.staffDoes(staff, 'orderCancel', buyer);

    const order = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(order.refundedTotal.amount).toBe(order.total.gross.amount);
    expect((await at.staffOrder(buyer, staff)).payments).toMatchObject([
      { method: 'CASH_ON_DELIVERY', status: 'CAPTURED', refunds: [{ status: 'SUCCEEDED', origin: 'SHOP' }] },
    ]);
  });

  it('tells a buyer where to send the money, holds the goods for a week, and places the order when it is here', async () => {
    const buyer = await at.startCheckout({ method: 'BANK_TRANSFER' });
    const waiting = await at.order(buyer);
    const stockLevel = await at.stockLevel(buyer);

    const answer = await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    expect(buyer.answer.paymentSession).toBeNull();
    expect(waiting).toMatchObject({
      status: 'PENDING_PAYMENT',
      bankTransfer: {
        holder: 'Lut & Lână SRL',
        iban: 'RO49AAAA1B31007593840000',
        reference: waiting.number,
        amount: waiting.total.gross,
      },
    });
    const days = (new Date(waiting.bankTransfer.dueAt).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(stockLevel).toEqual({ on_hand: 3, reserved: 1 });
    expect(answer).toEqual({ order: { status: 'PAID', paymentStatus: 'PAID' }, errors: [] });
    expect(await at.order(buyer)).toMatchObject({ bankTransfer: null });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('gives the goods to others when the transfer never comes, and still takes it late while they are there', async () => {
    const buyer = await at.startCheckout({ method: 'BANK_TRANSFER' });
    await at.runOut(buyer);
    const expired = await at.order(buyer);
    const freed = await at.stockLevel(buyer);

    const answer = await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    expect(expired).toMatchObject({ status: 'EXPIRED', paymentStatus: 'CANCELLED', bankTransfer: null });
    expect(freed).toEqual({ on_hand: 3, reserved: 0 });
    expect(answer).toEqual({ order: { status: 'PAID', paymentStatus: 'PAID' }, errors: [] });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('ends an order twice that expired, was paid late and is then cancelled', async () => {
    const buyer = await at.startCheckout({ method: 'BANK_TRANSFER' });
    await at.runOut(buyer);
    await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    await at.staffDoes(staff, 'orderCancel', buyer);

    const updates = await at.updates(buyer, 'order.closed');
    expect(updates.map(({ payload }) => payload['status'])).toEqual(['EXPIRED', 'CANCELLED']);
    const [mail] = await simulator.shop.eventually(async () => {
      const mails = await simulator.shop.sql<{ subject: string }>(
        `SELECT subject FROM dev_inbox WHERE recipient = $1 AND subject LIKE '%cancelled%'`,
        [buyer.email],
      );
      return mails.length > 0 && mails;
    });
    expect(mail?.subject).toContain((await at.order(buyer)).number);
  });

  it('refuses a late transfer whose goods were sold in the meantime, and records nothing', async () => {
    const buyer = await at.startCheckout({ method: 'BANK_TRANSFER', stock: 1 });
    await at.runOut(buyer);
    const quicker = simulator.shop.guest();
    const lines = [{ variantId: buyer.variantId, quantity: 1 }];
    await complete(
      quicker,
      await readyCart(quicker, lines, 'quick@example.test'),
      randomUUID(),
      'CASH_ON_DELIVERY',
    );

    const answer = await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    expect(answer.errors).toMatchObject([{ code: 'STOCK_UNAVAILABLE' }]);
    expect(await at.order(buyer)).toMatchObject({ status: 'EXPIRED', paymentStatus: 'CANCELLED' });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 0, reserved: 0 });
  });

  it('decides once when the transfer is noted and the order expires at the same moment', async () => {
    const race = await Promise.all(
      Array.from({ length: 6 }, () => at.startCheckout({ method: 'BANK_TRANSFER' })),
    );

    await Promise.all(
      race.flatMap((buyer) => [
        at.runOut(buyer),
        at
          .version(buyer)
          .then((version) => at.staffDoes(staff, 'paymentMarkReceived', buyer, randomUUID(), version)),
      ]),
    );

    for (const buyer of race) {
      const { status } = await at.order(buyer);
      expect(['PAID', 'EXPIRED']).toContain(status);
      expect(await at.stockLevel(buyer)).toEqual({ on_hand: status === 'PAID' ? 2 : 3, reserved: 0 });
    }
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(simulator.shop);
  });
});

it('refuses a way to pay that the shop does not offer, before anything is held', async () => {
  simulator = await openTestPayments({ env: { PAYMENT_METHODS: 'card' } });
  at = new BuyerDriver(simulator);

  const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });

  expect(buyer.answer).toMatchObject({
    order: null,
    errors: [{ code: 'PAYMENT_METHOD_NOT_OFFERED', path: ['paymentMethod'] }],
  });
  expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  await simulator.close();
});

const cases = [
  ['the test provider', openTestPayments],
  ['Stripe', openStripePayments],
] as const;

describe.each(cases)('a card that is charged later, at %s', (_name, open) => {
  beforeAll(async () => {
    simulator = await open({ env: { PAYMENT_CAPTURE: 'manual' } });
    at = new BuyerDriver(simulator);
    staff = await simulator.shop.staff();
  });
  afterAll(() => simulator.close());

  it('places the order when the money is reserved, and ships nothing before it is taken', async () => {
    const buyer = await at.paid(GOOD_CARD);

    const early = await at.staffDoes(staff, 'shipmentCreate', buyer);

    expect(await at.order(buyer)).toMatchObject({ status: 'PLACED', paymentStatus: 'AUTHORIZED' });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
    expect(early.errors).toMatchObject([{ code: 'CAPTURE_REQUIRED' }]);
    expect((await at.staffOrder(buyer, staff)).payments).toMatchObject([
      { status: 'AUTHORIZED', captureMethod: 'MANUAL' },
    ]);
  });

  it('takes the money once, however often staff presses', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const [key, version] = [randomUUID(), await at.version(buyer)];

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => at.staffDoes(staff, 'paymentCapture', buyer, key, version)),
    );
    const later = await at.staffDoes(staff, 'paymentCapture', buyer, key, version);

    expect(later).toEqual({ order: { status: 'PAID', paymentStatus: 'PAID' }, errors: [] });
    expect(answers.map(({ errors }) => errors)).toEqual(Array(8).fill([]));
    const { events } = await at.order(buyer);
    expect(events.filter(({ kind }: { kind: string }) => kind === 'CAPTURED')).toHaveLength(1);
    expect(await at.updates(buyer, 'order.paid')).toHaveLength(1);
    expect(await at.staffDoes(staff, 'shipmentCreate', buyer)).toMatchObject({ errors: [] });
  });

  it.runIf(open === openStripePayments)(
    'asks Stripe once when three people press at the same moment, and tells all of them that it is paid',
    async () => {
      const buyer = await at.paid(GOOD_CARD);
      const version = await at.version(buyer);
      const captures = (): number =>
        simulator.stripe?.requests.filter(({ operation }) => operation === 'capture').length ?? 0;
      const before = captures();
      let goOn: () => void = () => undefined;
      simulator.stripe?.failNext('capture', { until: new Promise<void>((resolve) => (goOn = resolve)) });
      const keys = [randomUUID(), randomUUID(), randomUUID()];

      const pressing = keys.map((key) => at.staffDoes(staff, 'paymentCapture', buyer, key, version));
      // Stripe answers when all of them have come in: who comes later presses on an order that has changed.
      await simulator.shop.eventually(async () => {
        const pressed = await simulator.shop.sql(
          `SELECT 1 FROM request_key WHERE operation = 'paymentCapture' AND key = ANY($1)`,
          [keys],
        );
        return pressed.length === keys.length;
      });
      goOn();
      const answers = await Promise.all(pressing);

      expect(answers).toEqual(
        Array(3).fill({ order: { status: 'PAID', paymentStatus: 'PAID' }, errors: [] }),
      );
      expect(captures() - before).toBe(1);
    },
  );

  it.runIf(open === openStripePayments)(
    'lets the next press go ahead when Stripe refused the first, and after a shop that died while it was taking',
    async () => {
      const buyer = await at.paid(GOOD_CARD);
      simulator.stripe?.failNext('capture', 'refused');
      const refused = await at.staffDoes(staff, 'paymentCapture', buyer);
      await simulator.shop.sql(
        `UPDATE payment SET capturing_until = now() + interval '1 second' WHERE provider_reference = $1`,
        [intentOf(buyer.secret)],
      );

      const next = await at.staffDoes(staff, 'paymentCapture', buyer);

      expect(refused.errors).toHaveLength(1);
      expect(next).toEqual({ order: { status: 'PAID', paymentStatus: 'PAID' }, errors: [] });
    },
  );

  it('finds the order paid when the shop died between taking the money and writing it down', async () => {
    const buyer = await at.paid(GOOD_CARD);
    // The provider did what it was asked; nobody was left to hear the answer.
    await simulator.capture(buyer.secret);
    const between = await at.order(buyer);

    await simulator.shop.shop.payments.reconciler.run('0 seconds');

    expect(between).toMatchObject({ status: 'PLACED', paymentStatus: 'AUTHORIZED' });
    expect(await at.order(buyer)).toMatchObject({ status: 'PAID', paymentStatus: 'PAID' });
  });

  it('drops the reservation and restocks when the order is cancelled before', async () => {
    const buyer = await at.paid(GOOD_CARD);

    const answer = await at.staffDoes(staff, 'orderCancel', buyer);

    expect(answer).toEqual({ order: { status: 'CANCELLED', paymentStatus: 'CANCELLED' }, errors: [] });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await at.staffDoes(staff, 'paymentCapture', buyer)).toMatchObject({
      errors: [{ code: 'NOTHING_TO_CAPTURE' }],
    });
  });

  it.runIf(open === openStripePayments)(
    'cancels with the same press again when the answer was lost and the provider called meanwhile',
    async () => {
      const buyer = await at.paid(GOOD_CARD);
      const [key, version] = [randomUUID(), await at.version(buyer)];
      simulator.stripe?.failNext('cancel', 'answer-lost', 9);
      const undecided = await at.staffDoes(staff, 'orderCancel', buyer, key, version);
      simulator.stripe?.recover();
      await simulator.call(buyer.secret);
      await at.until(buyer, ({ status }) => status === 'REVIEW');

      const again = await at.staffDoes(staff, 'orderCancel', buyer, key, version);

      expect(undecided.errors).toMatchObject([{ code: 'PAYMENT_UNDECIDED' }]);
      expect(again).toEqual({ order: { status: 'CANCELLED', paymentStatus: 'CANCELLED' }, errors: [] });
      expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
    },
  );

  it('decides once when taking the money and cancelling race', async () => {
    const race = await Promise.all(Array.from({ length: 4 }, () => at.paid(GOOD_CARD)));

    await Promise.all(
      race.flatMap((buyer) => [
        at.staffDoes(staff, 'paymentCapture', buyer),
        at.staffDoes(staff, 'orderCancel', buyer),
      ]),
    );

    for (const buyer of race) {
      const order = await at.until(
        buyer,
        ({ status, paymentStatus }) =>
          status === 'PAID' || (status === 'CANCELLED' && paymentStatus !== 'PAID'),
      );
      expect(await at.stockLevel(buyer)).toEqual({ on_hand: order.status === 'PAID' ? 2 : 3, reserved: 0 });
    }
  });

  it('stops and tells the owner when reserved money lapses', async () => {
    const buyer = await at.paid(GOOD_CARD);
    await simulator.lapse(buyer.secret);

    await simulator.call(buyer.secret);

    const order = await at.until(buyer, ({ status }) => status === 'REVIEW');
    expect(order).toMatchObject({ paymentStatus: 'CANCELLED' });
    expect(await at.updates(buyer, 'payment.mismatch')).toMatchObject([{ payload: { reason: 'lapsed' } }]);
    expect(await at.staffDoes(staff, 'orderCancel', buyer)).toMatchObject({ errors: [] });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('drops money that was reserved too late, when the goods are gone', async () => {
    const buyer = await at.startCheckout({ stock: 1 });
    const { closing } = simulator.shop.shop.orders;
    await simulator.pay(buyer.secret, GOOD_CARD);
    await simulator.shop.sql(
      `UPDATE shop_order SET expires_at = now() - interval '1 second' WHERE email = $1`,
      [buyer.email],
    );
    // The order expires although the card has paid: as if the provider had answered a moment earlier.
    await closing.closeWithoutIntent(
      (
        await simulator.shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE email = $1', [buyer.email])
      )[0]?.id ?? '',
      null,
      { reason: 'EXPIRED', actor: { kind: 'SYSTEM', userId: null } },
    );
    const quicker = simulator.shop.guest();
    await complete(
      quicker,
      await readyCart(quicker, [{ variantId: buyer.variantId, quantity: 1 }], `q-${buyer.email}`),
      randomUUID(),
      'CASH_ON_DELIVERY',
    );

    await simulator.call(buyer.secret);

    await simulator.shop.eventually(async () => {
      const [payment] = await simulator.shop.sql<{ status: string }>(
        'SELECT status FROM payment WHERE provider_reference = $1',
        [intentOf(buyer.secret)],
      );
      return payment?.status === 'CANCELLED';
    });
    expect(await at.order(buyer)).toMatchObject({ status: 'EXPIRED' });
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(simulator.shop, simulator.stripe);
  });
});
