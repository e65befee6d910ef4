import { randomUUID } from 'node:crypto';

export const CART =
  'cart { id version total { gross { amount } } shippingMethods { id: shippingMethodId } } errors { code }';
const ADDRESS = `{ firstName: "Ada", lastName: "Bench", line1: "Strada Lunga 1", city: "Brasov", region: "Brasov",
  postalCode: "500026", countryCode: "RO" }`;

/**
 * A guest's whole purchase, by `ask(query, variables)`; `add` is the mutation that puts something into the cart.
 * `timed` wraps the two steps that write the order: completing and paying.
 */
export async function checkout(ask, add, timed = (work) => work()) {
  await ask(add);
  await ask(
    `mutation { cartContactUpdate(input: { email: "bench@example.test", phone: "0722 123 456" }) { ${CART} } }`,
  );
  const { cartAddressesUpdate: addressed } = await ask(
    `mutation { cartAddressesUpdate(input: { shippingAddress: ${ADDRESS} }) { ${CART} } }`,
  );
  const [{ id }] = addressed.cart.shippingMethods;
  const { cartShippingMethodSelect: ready } = await ask(
    `mutation { cartShippingMethodSelect(input: { shippingMethodId: "${id}" }) { ${CART} } }`,
  );
  await timed(() => complete(ask, ready.cart));
}

async function complete(ask, { version, total }) {
  const { checkoutComplete: done } = await ask(
    `mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { paymentSession { clientSecret } errors { code } } }`,
    {
      input: {
        idempotencyKey: `bench-${randomUUID()}`,
        cartVersion: version,
        expectedTotal: total.gross.amount,
      },
    },
  );
  const { paymentTestConfirm: paid } = await ask(
    `mutation($input: PaymentTestConfirmInput!) { paymentTestConfirm(input: $input) { paymentStatus { status } errors { code } } }`,
    { input: { clientSecret: done.paymentSession.clientSecret, cardNumber: '4242 4242 4242 4242' } },
  );
  if (paid.paymentStatus?.status !== 'CAPTURED') throw new Error(`checkout: ${JSON.stringify(paid)}`);
}
