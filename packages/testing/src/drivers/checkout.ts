import { randomUUID } from 'node:crypto';
import type { Answer, GraphqlClient } from './graphql-client.js';

export const BRASOV = {
  firstName: 'Ana',
  lastName: 'Pop',
  line1: 'Strada Lungă 1',
  city: 'Brașov',
  region: 'Brașov',
  postalCode: '500026',
  countryCode: 'RO',
};

const CART =
  'cart { id version lines { id quantity } total { gross { amount } } shippingMethods { id: shippingMethodId } missingSteps } errors { __typename code path } warnings { code }';

// Processes that share a shop begin somewhere else each.
let called = Math.floor(Math.random() * 1e6);
/** A phone number per cart, because unpaid orders are limited by phone number too. */
export const nextPhone = (): string => `0722${String(++called % 1e6).padStart(6, '0')}`;

/** Completes a cart up to the last step before payment; returns it. */
export async function readyCart(
  browser: GraphqlClient,
  lines: { variantId: string; quantity: number }[],
  email = 'guest@example.test',
  phone = nextPhone(),
): Promise<Answer> {
  const add =
    'mutation($variantId: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $variantId, quantity: $quantity }) { ' +
    CART +
    ' } }';
  for (const line of lines) expectOk((await browser.ask(add, line)).cartLineAdd);
  const contact = `mutation($email: EmailAddress!, $phone: String) { cartContactUpdate(input: { email: $email, phone: $phone }) { ${CART} } }`;
  expectOk((await browser.ask(contact, { email, phone })).cartContactUpdate);
  const address = `mutation($address: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $address }) { ${CART} } }`;
  const { cart } = expectOk((await browser.ask(address, { address: BRASOV })).cartAddressesUpdate);
  const shipping = `mutation($id: ID!) { cartShippingMethodSelect(input: { shippingMethodId: $id }) { ${CART} } }`;
  return expectOk((await browser.ask(shipping, { id: cart.shippingMethods[0].id })).cartShippingMethodSelect)
    .cart;
}

const COMPLETE = `mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { cart { version total { gross { amount } } }
  orderToken order { id number status total { gross { amount } } } paymentSession { status clientSecret amount { amount } }
  warnings { code }
  errors { __typename code message path ... on PriceChangedError { currentTotal { amount } } ... on InsufficientStockError { availableQuantity } } } }`;

/** Places the order of a ready cart. */
export async function complete(
  browser: GraphqlClient,
  cart: Answer,
  key: string = randomUUID(),
  paymentMethod: 'CARD' | 'CASH_ON_DELIVERY' | 'BANK_TRANSFER' = 'CARD',
): Promise<Answer> {
  const expectedTotal = cart.total.gross.amount;
  const input = { idempotencyKey: key, cartVersion: cart.version, expectedTotal, paymentMethod };
  return (await browser.ask(COMPLETE, { input })).checkoutComplete;
}

export const GOOD_CARD = '4242 4242 4242 4242';
export const DECLINED_CARD = '4000 0000 0000 0002';

export async function payWith(
  browser: GraphqlClient,
  clientSecret: string,
  cardNumber: string,
): Promise<Answer> {
  const pay = `mutation($input: PaymentTestConfirmInput!) { paymentTestConfirm(input: $input) {
    paymentStatus { status isFinal canPay order { status paymentStatus } } errors { code } } }`;
  return (await browser.ask(pay, { input: { clientSecret, cardNumber } })).paymentTestConfirm;
}

/** Completes a guest's purchase; returns the placed order with its token. */
export async function buy(
  browser: GraphqlClient,
  lines: { variantId: string; quantity: number }[],
  email?: string,
): Promise<Answer> {
  const done = await complete(browser, await readyCart(browser, lines, email));
  expectOk(done);
  expectOk(await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD));
  return { ...done.order, token: done.orderToken };
}

function expectOk(payload: Answer): Answer {
  if (payload.errors.length > 0) throw new Error(JSON.stringify(payload.errors));
  return payload;
}
