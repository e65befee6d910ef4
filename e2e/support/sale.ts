import { inject } from 'vitest';
import { nextPhone } from './api.ts';

/** Somebody with a browser of their own, who talks to the API without drawing pages. */
function customer(): <Data>(query: string, variables?: object) => Promise<Data> {
  const cookies = new Map<string, string>();
  return async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const answer = await fetch(`${inject('apiUrl')}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-vitrine-client': 'storefront',
        'accept-language': 'en',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const { data, errors } = (await answer.json()) as { data: Data; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  };
}

const key = (): string => `e2e-${crypto.randomUUID()}`;

const ADDRESS = {
  firstName: 'Ilinca',
  lastName: 'Dobre',
  line1: 'Strada Lungă 12',
  city: 'Brașov',
  region: 'Brașov',
  postalCode: '500035',
  countryCode: 'RO',
};

export interface Sale {
  readonly number: string;
  readonly email: string;
  /** Asks to send one piece of the first line back. Answers the number of the return. */
  askReturn(): Promise<string>;
}

interface Placed {
  orderToken: string;
  order: { id: string; number: string; lines: { id: string }[] };
  paymentSession: { clientSecret: string } | null;
}

/** A guest orders two pieces of one product and means to pay by bank. Answers the order's number. */
export async function orderUnpaid(productSlug: string, email: string): Promise<string> {
  return (await place(customer(), { productSlug, email, paymentMethod: 'BANK_TRANSFER' })).order.number;
}

async function place(
  ask: ReturnType<typeof customer>,
  { productSlug, email, paymentMethod }: { productSlug: string; email: string; paymentMethod: string },
): Promise<Placed> {
  const { product } = await ask<{ product: { variants: { id: string }[] } }>(
    'query ($slug: String!) { product(slug: $slug) { variants { id } } }',
    { slug: productSlug },
  );
  const variantId = product.variants[0]?.id;
  await ask(
    'mutation ($id: ID!) { cartLineAdd(input: { variantId: $id, quantity: 2 }) { errors { code } } }',
    {
      id: variantId,
    },
  );
  await ask(
    'mutation ($email: EmailAddress!, $phone: String) { cartContactUpdate(input: { email: $email, phone: $phone }) { errors { code } } }',
    { email, phone: nextPhone() },
  );
  const { cartAddressesUpdate } = await ask<{
    cartAddressesUpdate: { cart: { shippingMethods: { id: string }[] } };
  }>(
    'mutation ($a: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $a }) { cart { shippingMethods { id: shippingMethodId } } } }',
    { a: ADDRESS },
  );
  const { cartShippingMethodSelect } = await ask<{
    cartShippingMethodSelect: { cart: { version: number; total: { gross: { amount: number } } } };
  }>(
    'mutation ($id: ID!) { cartShippingMethodSelect(input: { shippingMethodId: $id }) { cart { version total { gross { amount } } } } }',
    { id: cartAddressesUpdate.cart.shippingMethods[0]?.id },
  );
  const { cart } = cartShippingMethodSelect;
  const { checkoutComplete } = await ask<{ checkoutComplete: Placed }>(
    'mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { orderToken order { id number lines { id } } paymentSession { clientSecret } } }',
    {
      input: {
        idempotencyKey: key(),
        cartVersion: cart.version,
        expectedTotal: cart.total.gross.amount,
        paymentMethod,
      },
    },
  );
  return checkoutComplete;
}

/** A guest buys two pieces of one product and pays by card. */
export async function sell(productSlug: string, email: string): Promise<Sale> {
  const ask = customer();
  const { orderToken, order, paymentSession } = await place(ask, {
    productSlug,
    email,
    paymentMethod: 'CARD',
  });
  await ask(
    'mutation ($input: PaymentTestConfirmInput!) { paymentTestConfirm(input: $input) { errors { code } } }',
    { input: { clientSecret: paymentSession?.clientSecret, cardNumber: '4242 4242 4242 4242' } },
  );

  return {
    number: order.number,
    email,
    async askReturn() {
      const { returnRequest } = await ask<{
        returnRequest: { return: { number: string } | null; errors: { message: string }[] };
      }>(
        'mutation ($input: ReturnRequestInput!) { returnRequest(input: $input) { return { number } errors { message } } }',
        {
          input: {
            orderToken,
            lines: [{ orderLineId: order.lines[0]?.id, quantity: 1 }],
            reason: 'CHANGED_MIND',
            resolution: 'REFUND',
            comment: 'It is lovely, but too small for us.',
            idempotencyKey: key(),
          },
        },
      );
      if (!returnRequest.return) throw new Error(returnRequest.errors[0]?.message);
      return returnRequest.return.number;
    },
  };
}
