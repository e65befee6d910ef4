import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const PUBLIC = 'https://api.shop.example';
const PRODUCT = 'query { product(slug: "plate-1") { image { small: url(width: 320) url } } }';

let shop: TestShop;
let variantId: string;
let bearer: string;
beforeAll(async () => {
  shop = await TestShop.open({ env: { API_PUBLIC_URL: `${PUBLIC}/` } });
  variantId = await shop.stock({ name: 'Plate', sku: 'PLATE-1', price: 5000, stock: 5 });
  const { login } = await shop
    .guest()
    .ask(
      'mutation { login(input: { email: "admin@example.com", password: "Admin@123", tokenDelivery: BODY }) { tokens { accessToken } } }',
    );
  bearer = `Bearer ${login.tokens.accessToken}`;
  await giveImage();
});
afterAll(() => shop.close());

/** A client of somebody else: nothing but what the documentation tells. */
async function ask(
  query: string,
  { variables = {}, headers = {} }: { variables?: object; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const answer = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return ((await answer.json()) as { data: Answer }).data;
}

/** The test's server under the name by which the world knows it. */
const fetchPublic = (url: string, init?: RequestInit): Promise<Response> => {
  expect(url.startsWith(`${PUBLIC}/`)).toBe(true);
  return fetch(url.replace(PUBLIC, shop.url), init);
};

async function giveImage(): Promise<void> {
  const image = await sharp({ create: { width: 900, height: 900, channels: 3, background: '#76876A' } })
    .jpeg()
    .toBuffer();
  const { product } = await ask('{ product(slug: "plate-1") { id } }');
  const { uploadCreate } = await ask(
    'mutation($size: Int!) { uploadCreate(input: { filename: "p.jpg", contentType: "image/jpeg", size: $size }) { upload { id url } } }',
    { variables: { size: image.length }, headers: { authorization: bearer } },
  );
  const sent = await fetchPublic(uploadCreate.upload.url, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(image),
  });
  expect(sent.status).toBe(204);
  await ask(
    'mutation($input: ProductImageAddInput!) { productImageAdd(input: $input) { errors { code } } }',
    {
      variables: { input: { productId: product.id, uploadId: uploadCreate.upload.id } },
      headers: { authorization: bearer },
    },
  );
  await shop.eventually(async () => (await ask(PRODUCT)).product.image);
}

describe('a client of another origin', () => {
  it('gets the address of an image in full, and finds the image there', async () => {
    const { product } = await ask(PRODUCT);

    for (const url of [product.image.small, product.image.url]) {
      const image = await fetchPublic(url);
      expect([image.status, image.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/^image/),
      ]);
    }
  });

  it('gets the address of an invoice in full', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }], 'far-away@example.test');
    const invoices = async (): Promise<Answer[]> =>
      (
        await ask('query($token: String!) { orderByToken(token: $token) { invoices { url } } }', {
          variables: { token: order.token },
        })
      ).orderByToken.invoices;
    await shop.eventually(async () => (await invoices()).length > 0);

    const pdf = await fetchPublic((await invoices())[0]?.url);

    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });
});

describe('a client whose own origin passes files on', () => {
  it('gets paths when it asks for them, and no cache mixes the two up', async () => {
    const asks = async (urls: string): Promise<{ url: string; vary: string | null; etag: string | null }> => {
      const answer = await fetch(`${shop.url}/graphql?query=${encodeURIComponent(PRODUCT)}`, {
        headers: { 'x-vitrine-client': 'storefront', 'x-vitrine-urls': urls },
      });
      const { data } = (await answer.json()) as { data: Answer };
      return {
        url: data.product.image.url,
        vary: answer.headers.get('vary'),
        etag: answer.headers.get('etag'),
      };
    };
    const [full, path] = [await asks(''), await asks('relative')];
    const [fullAgain, pathAgain] = [await asks(''), await asks('relative')];

    expect(path.url).toMatch(/^\/media\//);
    expect(full.url).toBe(`${PUBLIC}${path.url}`);
    expect([fullAgain.url, pathAgain.url]).toEqual([full.url, path.url]);
    expect(full.etag).not.toBe(path.etag);
    expect(full.vary).toContain('x-vitrine-urls');
  });
});
