import type { Page } from 'playwright-core';

const STEPS = {
  add: 'mutation ($i: CartLineAddInput!) { payload: cartLineAdd(input: $i) { errors { message } } }',
  contact:
    'mutation ($i: CartContactUpdateInput!) { payload: cartContactUpdate(input: $i) { errors { message } } }',
  address:
    'mutation ($i: CartAddressesUpdateInput!) { payload: cartAddressesUpdate(input: $i) { cart { shippingMethods { id: shippingMethodId } } errors { message } } }',
  method:
    'mutation ($i: CartShippingMethodSelectInput!) { payload: cartShippingMethodSelect(input: $i) { errors { message } } }',
};

const ADDRESS = {
  firstName: 'Ilinca',
  lastName: 'Dobre',
  line1: 'Strada Lungă 12',
  city: 'Brașov',
  region: 'Brașov',
  postalCode: '500035',
  countryCode: 'RO',
  phone: '0722123456',
};

interface Payload {
  cart?: { shippingMethods: { id: string }[] };
  errors: { message: string }[];
}

/** Fills the cart of this browser up to the last step of the checkout. The page must stand somewhere in the shop. */
export async function fillCart(page: Page, slug: string, quantity = 1): Promise<void> {
  const { product } = await ask<{ product: { variants: { id: string }[] } }>(
    page,
    'query ($slug: String!) { product(slug: $slug) { variants { id } } }',
    { slug },
  );
  await step(page, STEPS.add, { variantId: product.variants[0]?.id, quantity });
  await step(page, STEPS.contact, { email: 'ilinca@example.test', phone: '0722123456' });
  const { cart } = await step(page, STEPS.address, { shippingAddress: ADDRESS });
  await step(page, STEPS.method, { shippingMethodId: cart?.shippingMethods[0]?.id });
}

async function step(page: Page, text: string, input: object): Promise<Payload> {
  const { payload } = await ask<{ payload: Payload }>(page, text, { i: input });
  if (payload.errors[0]) throw new Error(payload.errors[0].message);
  return payload;
}

/** Asks the API as this browser, with its cookies. */
export async function ask<Data>(page: Page, query: string, variables: object): Promise<Data> {
  const answer = await page.evaluate(async (body) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vitrine-client': 'storefront' },
      body,
    });
    return (await response.json()) as { data: unknown; errors?: { message: string }[] };
  }, JSON.stringify({ query, variables }));
  if (answer.errors?.[0]) throw new Error(answer.errors[0].message);
  return answer.data as Data;
}
