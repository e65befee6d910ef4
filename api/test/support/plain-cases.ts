import { BRASOV, complete, GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { JOBS } from './plain-jobs.js';
import { DOMAIN_CASES } from './domain-cases.js';
import { sentImage } from './sent-image.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';

/** A prepared mutation without an idempotency key. */
export interface PlainMutation {
  readonly input: Answer;
  /** Changed input that the API refuses. */
  readonly wrong: Answer;
  /** Staff by default. */
  readonly by?: GraphqlClient;
}

export interface PlainCase {
  readonly mutation: string;
  readonly prepare: (fixtures: Fixtures) => Promise<PlainMutation>;
}

const LONG = 'x'.repeat(3000);
const NOWHERE = { ...BRASOV, postalCode: 'nowhere' };

let named = 0;

const bobs = new WeakMap<Fixtures, Promise<GraphqlClient>>();

/** A customer who signs in once for all cases. */
function bob(fixtures: Fixtures): Promise<GraphqlClient> {
  const known = bobs.get(fixtures) ?? fixtures.shop.customer('bob@example.com', 'Bob@123');
  bobs.set(fixtures, known);
  return known;
}

async function saved(fixtures: Fixtures): Promise<{ addressId: string; by: GraphqlClient }> {
  const by = await bob(fixtures);
  const { addressCreate } = await by.ask(
    'mutation($address: AddressInput!) { addressCreate(input: { address: $address }) { address { id } } }',
    { address: BRASOV },
  );
  return { addressId: addressCreate.address.id, by };
}

const ACCOUNT: readonly PlainCase[] = [
  {
    mutation: 'addressCreate',
    prepare: async (fixtures) => ({
      input: { address: BRASOV },
      wrong: { address: NOWHERE },
      by: await bob(fixtures),
    }),
  },
  {
    mutation: 'addressUpdate',
    prepare: async (fixtures) => {
      const { addressId, by } = await saved(fixtures);
      return { input: { addressId, address: BRASOV }, wrong: { address: NOWHERE }, by };
    },
  },
  {
    mutation: 'addressDelete',
    prepare: async (fixtures) => {
      const { addressId, by } = await saved(fixtures);
      return { input: { addressId }, wrong: { addressId: 'addr_gone' }, by };
    },
  },
  {
    mutation: 'profileUpdate',
    prepare: async (fixtures) => ({
      input: { firstName: 'Bob' },
      wrong: { phone: 'call me' },
      by: await bob(fixtures),
    }),
  },
  {
    mutation: 'emailChangeConfirm',
    prepare: async (fixtures) => ({
      input: { token: 'forged' },
      wrong: { token: 'forged' },
      by: await bob(fixtures),
    }),
  },
  {
    mutation: 'emailVerify',
    prepare: async (fixtures) => ({
      input: { token: 'forged' },
      wrong: { token: 'forged' },
      by: await bob(fixtures),
    }),
  },
];

const CART: readonly PlainCase[] = [
  ofCart('cartAddressesUpdate', () => ({
    input: { shippingAddress: BRASOV },
    wrong: { shippingAddress: NOWHERE },
  })),
  ofCart('cartContactUpdate', () => ({
    input: { email: 'plain@example.test' },
    wrong: { email: 'nobody' },
  })),
  ofCart('cartCreate', () => ({ input: {}, wrong: { lines: [{ variantId: 'vari_gone' }] } })),
  ofCart('cartLineAdd', ({ lines }) => ({
    input: { variantId: lines[0].variant.id },
    wrong: { variantId: 'vari_gone' },
  })),
  ofCart('cartLinesAdd', ({ lines }) => ({
    input: { lines: [{ variantId: lines[0].variant.id }] },
    wrong: { lines: [{ variantId: 'vari_gone' }] },
  })),
  ofCart('cartLineRemove', ({ lines }) => ({
    input: { lineId: lines[0].id },
    wrong: { lineId: 'cline_gone' },
  })),
  ofCart('cartLinesRemove', ({ lines }) => ({
    input: { lineIds: [lines[0].id] },
    wrong: { lineIds: ['cline_gone'] },
  })),
  ofCart('cartLineUpdate', ({ lines }) => ({
    input: { lineId: lines[0].id, quantity: 1 },
    wrong: { quantity: -1 },
  })),
  ofCart('cartLinesUpdate', ({ lines }) => ({
    input: { lines: [{ lineId: lines[0].id, quantity: 1 }] },
    wrong: { lines: [{ lineId: lines[0].id, quantity: 999 }] },
  })),
  ofCart('cartShippingMethodSelect', ({ shippingMethods }) => ({
    input: { shippingMethodId: shippingMethods[0].id },
    wrong: { shippingMethodId: 'smth_gone' },
  })),
];

function ofCart(mutation: string, press: (cart: Answer) => PlainMutation): PlainCase {
  return {
    mutation,
    prepare: async (fixtures) => {
      const { browser } = await fixtures.cart();
      const { cart } = await browser.ask(
        '{ cart { lines { id variant { id } } shippingMethods { id: shippingMethodId } } }',
      );
      return { ...press(cart), by: browser };
    },
  };
}

const PAYMENT: readonly PlainCase[] = [
  ofPayment('paymentTestConfirm', (clientSecret) => ({
    input: { clientSecret, cardNumber: GOOD_CARD },
    wrong: { cardNumber: '4111 1111 1111 1111' },
  })),
  ...['paymentSessionCreate', 'paymentStatusRefresh'].map((mutation) =>
    ofPayment(mutation, (_secret, orderToken) => ({
      input: { orderToken },
      wrong: { orderToken: 'guessed' },
    })),
  ),
];

function ofPayment(mutation: string, press: (secret: string, token: string) => PlainMutation): PlainCase {
  return {
    mutation,
    prepare: async (fixtures) => {
      const { browser, cart } = await fixtures.cart();
      const { paymentSession, orderToken } = await complete(browser, cart);
      return { ...press(paymentSession.clientSecret, orderToken), by: browser };
    },
  };
}

const CATALOGUE: readonly PlainCase[] = [
  ofProduct('metadataUpdate', ({ id }) => ({
    input: { nodeId: id, set: [{ key: `plain.${++named}`, value: '1' }] },
    wrong: { set: [{ key: 'no key', value: '1' }] },
  })),
  ofProduct('customFieldsUpdate', ({ id }) => ({
    input: { nodeId: id, values: [] },
    wrong: { values: [{ name: 'noSuchField', value: '1' }] },
  })),
  ofProduct('productArchive', ({ id, version }) => ({
    input: { productId: id, expectedVersion: version },
    wrong: { expectedVersion: 77 },
  })),
  ofProduct('productUpdate', ({ id, version }) => ({
    input: { productId: id, expectedVersion: version },
    wrong: { expectedVersion: 77 },
  })),
  ofProduct('productImagesReorder', ({ id }) => ({
    input: { productId: id, imageIds: [] },
    wrong: { imageIds: ['img_gone'] },
  })),
  ofProduct('productVariantUpdate', ({ variants }) => ({
    input: { variantId: variants[0].id },
    wrong: { price: -1 },
  })),
  ofProduct('productVariantDelete', ({ variants }) => ({ input: { variantId: variants[0].id }, wrong: {} })),
  {
    mutation: 'productImageAdd',
    prepare: async (fixtures) => {
      const { productId } = await fixtures.product();
      return { input: { productId, uploadId: await sentImage(fixtures) }, wrong: { uploadId: 'upl_gone' } };
    },
  },
  {
    mutation: 'productImageUpdate',
    prepare: async (fixtures) => ({
      input: { imageId: await image(fixtures), alt: 'From the side' },
      wrong: { alt: LONG },
    }),
  },
  {
    mutation: 'productImageDelete',
    prepare: async (fixtures) => ({
      input: { imageId: await image(fixtures) },
      wrong: { imageId: 'img_gone' },
    }),
  },
];

function ofProduct(mutation: string, press: (product: Answer) => PlainMutation): PlainCase {
  return {
    mutation,
    prepare: async (fixtures) => {
      const { productId } = await fixtures.product();
      const query = 'query($id: ID!) { staffProduct(id: $id) { id version variants { id } } }';
      return press((await fixtures.staff.ask(query, { id: productId }))['staffProduct']);
    },
  };
}

/** An image of a product; returns its id. */
async function image(fixtures: Fixtures): Promise<string> {
  const { productId } = await fixtures.product();
  const add =
    'mutation($input: ProductImageAddInput!) { productImageAdd(input: $input) { image { id } errors { code } } }';
  const input = { productId, uploadId: await sentImage(fixtures) };
  return (await fixtures.staff.ask(add, { input }))['productImageAdd'].image.id;
}

const PLACE: readonly PlainCase[] = [
  {
    mutation: 'stockLocationCreate',
    prepare: async () => ({
      input: { code: `plain-${++named}`, name: 'Shed', kind: 'STORE', priority: 1 },
      wrong: { code: 'main' },
    }),
  },
  {
    mutation: 'stockLocationUpdate',
    prepare: async (fixtures) => ({
      input: { locationId: fixtures.places[1], name: 'Cellar' },
      wrong: { name: LONG },
    }),
  },
];

const SETTINGS: readonly PlainCase[] = [
  { mutation: 'shopSettingsUpdate', input: { name: 'Lut' }, wrong: { name: LONG } },
  { mutation: 'brandSettingsUpdate', input: { accent: '#9c4524' }, wrong: { accent: 'clay' } },
  { mutation: 'regionalSettingsUpdate', input: { timeZone: 'Europe/Paris' }, wrong: { timeZone: 'Paris' } },
  { mutation: 'languagesSettingsUpdate', input: { defaultLanguage: 'RO' }, wrong: { offered: [] } },
  { mutation: 'contactSettingsUpdate', input: { phone: '0268 123 456' }, wrong: { phone: LONG } },
  { mutation: 'sellerSettingsUpdate', input: { taxId: 'RO1' }, wrong: { address: [] } },
  {
    mutation: 'holidaySettingsUpdate',
    input: { until: null },
    wrong: { from: '2026-12-27T10:00:00Z', until: '2026-12-24T10:00:00Z' },
  },
  { mutation: 'holdsSettingsUpdate', input: { cartMinutes: 20 }, wrong: { cartMinutes: 0 } },
  {
    mutation: 'paymentsSettingsUpdate',
    // All of them: the cases that follow pay by each.
    input: { methods: ['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER'] },
    wrong: { methods: [] },
  },
  { mutation: 'stockSettingsUpdate', input: { lowStockThreshold: 3 }, wrong: { lowStockThreshold: -1 } },
  { mutation: 'returnsSettingsUpdate', input: { days: 30 }, wrong: { days: 5 } },
  { mutation: 'invoicingSettingsUpdate', input: { series: 'LL' }, wrong: { series: 'no series' } },
  {
    mutation: 'integrationUpdate',
    input: { code: 'smtp', values: [{ name: 'url', value: 'smtp://mail.example' }] },
    wrong: { code: 'smtp', values: [{ name: 'url', value: 'no address' }] },
  },
  { mutation: 'integrationTest', input: { code: 'postmark' }, wrong: { code: 'stripe' } }, // Nothing is stored of either.
].map(({ mutation, ...given }) => ({ mutation, prepare: async () => given }));

/** Mutations without an idempotency key, except those about sessions or without an existing object. */
export const PLAIN_CASES: readonly PlainCase[] = [
  ...ACCOUNT,
  ...CART,
  ...PAYMENT,
  ...CATALOGUE,
  ...PLACE,
  ...SETTINGS,
  ...JOBS,
  ...DOMAIN_CASES.flatMap(({ plain = [] }) => plain),
];
