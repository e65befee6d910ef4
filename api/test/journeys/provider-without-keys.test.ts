import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { intentOf, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';
import { startStripeServer, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import { assertNamedServices } from '../../src/app/named-services.js';

const KEYS = {
  secretKey: 'sk_test_vitrine',
  publishableKey: 'pk_test_vitrine',
  webhookSecret: 'whsec_0f6b1c2d9e8a7745',
};

let stripe: StripeServer;
let shop: TestShop;
let at: BuyerDriver;
let staff: GraphqlClient;
let environment: Record<string, string>;

beforeAll(async () => {
  stripe = await startStripeServer();
  environment = { PAYMENT_PROVIDER: 'admin', STRIPE_API_BASE: stripe.url };
  shop = await TestShop.open({ env: environment });
  staff = await shop.staff();
  at = new BuyerDriver({
    shop,
    stripe,
    pay: async (clientSecret: string, card: string) => void stripe.confirm(intentOf(clientSecret), card),
  } as unknown as PaymentSimulator);
});
afterAll(async () => {
  await shop.close();
  await stripe.close();
});

async function write(values: Record<string, string | null>): Promise<void> {
  const input = {
    code: 'stripe',
    values: Object.entries(values).map(([name, value]) => ({ name, value })),
  };
  await staff.do('integrationUpdate', 'IntegrationUpdateInput', input);
}
const offered = async (): Promise<Answer> =>
  (await shop.guest().ask('{ shop { paymentMethods payment { provider publishableKey methods } } }')).shop;
const codesOf = ({ errors }: Answer): string[] => errors.map(({ code }: { code: string }) => code);

/** What a process says that starts with these settings beside the shop. */
async function startsWith(env: Record<string, string>): Promise<string> {
  const beside = await shop.beside({ env: { ...environment, ...env }, worker: false });
  try {
    return await assertNamedServices(beside.shop).then(
      () => 'It starts.',
      (error: unknown) => (error as Error).message,
    );
  } finally {
    await beside.close();
  }
}

async function aDraft(): Promise<Answer> {
  const editing = await OrderEditingDriver.open(shop);
  const variantId = await shop.stock({ name: 'DRAFT', sku: `DRAFT-${Date.now()}`, price: 5_000, stock: 2 });
  return editing.send(await editing.drafted([{ variantId, quantity: 1 }]));
}

describe('a shop whose provider staff choose, before they have written a key', () => {
  it('says that it takes no cards, lets nobody pay by one, and never takes test cards', async () => {
    const buyer = await at.startCheckout();

    expect(await offered()).toMatchObject({
      payment: { provider: 'STRIPE', publishableKey: null, methods: [] },
      paymentMethods: ['CASH_ON_DELIVERY', 'BANK_TRANSFER'],
    });
    expect(buyer.answer).toMatchObject({ order: null, errors: [{ code: 'PAYMENT_METHOD_NOT_OFFERED' }] });
    expect((await at.startCheckout({ method: 'CASH_ON_DELIVERY' })).answer.errors).toEqual([]);
    expect(codesOf(await aDraft())).toEqual(['PAYMENT_METHOD_NOT_OFFERED']);
  });

  it('does not start when the environment says that Stripe takes payments, or Postmark sends mails', async () => {
    expect(await startsWith({})).toBe('It starts.');
    expect(await startsWith({ PAYMENT_PROVIDER: 'stripe' })).toMatch(
      /^PAYMENT_PROVIDER names stripe, .*STRIPE_SECRET_KEY.* neither in the environment nor in the database\. .*PAYMENT_PROVIDER=admin/,
    );
    expect(await startsWith({ MAIL_PROVIDER: 'postmark' })).toMatch(
      /^MAIL_PROVIDER names postmark, .*POSTMARK_SERVER_TOKEN/,
    );
  });
});

describe('a provider whose key staff took away', () => {
  let paying: Buyer;
  let paid: Buyer;
  let choosing: Buyer;

  beforeAll(async () => {
    await write(KEYS);
    paying = await at.startCheckout();
    paid = await at.paid(GOOD_CARD);
    choosing = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    await write({ secretKey: null });
  });

  it('is offered to nobody, and each way to pay by it says so', async () => {
    const buyer = await at.startCheckout();

    expect(await offered()).toMatchObject({ payment: { provider: 'STRIPE', methods: [] } });
    expect(codesOf(buyer.answer)).toEqual(['PAYMENT_METHOD_NOT_OFFERED']);
    expect(codesOf(await aDraft())).toEqual(['PAYMENT_METHOD_NOT_OFFERED']);
    expect(
      codesOf(await complete(choosing.browser, choosing.cart, choosing.key, 'CASH_ON_DELIVERY')),
    ).toEqual([]);
  });

  it('keeps who was about to pay waiting: the page says so, and nothing is lost', async () => {
    const session =
      'mutation($token: String!) { paymentSessionCreate(input: { orderToken: $token }) { paymentSession { clientSecret } errors { code } warnings { code } } }';

    const { paymentSessionCreate } = await shop.guest().ask(session, { token: paying.token });
    const again = await complete(paying.browser, paying.cart, paying.key);

    expect(await at.ask(paying)).toMatchObject({ isFinal: false });
    expect(paymentSessionCreate).toMatchObject({ errors: [] });
    expect(again).toMatchObject({ errors: [] });
  });

  it('refunds when the key is back, and not before', async () => {
    const cancelled = await at.staffDoes(staff, 'orderCancel', paid);

    expect((await at.order(paid)).paymentStatus).not.toBe('REFUNDED');
    expect(codesOf(cancelled)).toEqual([]);
    await write({ secretKey: KEYS.secretKey });
    await shop.shop.payments.reconciler.run('0 seconds');
    await at.until(paid, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
  });

  it('takes the payment that waited, and new ones', async () => {
    await at.simulator.pay(paying.secret, GOOD_CARD);

    expect((await at.ask(paying)).order.status).toBe('PAID');
    expect((await at.order(await at.paid(GOOD_CARD))).status).toBe('PAID');
    await assertLedgerBalances(shop, stripe);
  });

  it('lets the shop start although a part of its keys is away, and staff complete them', async () => {
    await write({ webhookSecret: null });

    expect(await startsWith({ PAYMENT_PROVIDER: 'stripe' })).toBe('It starts.');
    expect(await startsWith({ PAYMENT_PROVIDER: 'stripe', SECRETS_KEY: 'of another shop '.repeat(3) })).toBe(
      'It starts.',
    );
  });
});
