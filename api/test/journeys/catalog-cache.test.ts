import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
});
afterAll(() => shop.close());

const PAGE = `query($slug: String!) { product(slug: $slug) { name status availability priceRange { min { amount } } } }`;
const REPRICE = `mutation($id: ID!, $price: MinorUnits!) { productVariantUpdate(input: { variantId: $id, price: $price }) { errors { code } } }`;

/** A GET as our storefront sends it; `max-age=0` is what a browser says when it asks whether its copy still stands. */
const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${shop.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { 'x-vitrine-client': 'storefront', 'cache-control': 'max-age=0', ...headers },
  });

/** Addresses that hide the variables from one reader of the address and show them to another. */
const HIDINGS: ((query: string, variables: string) => string)[] = [
  (query, variables) => `/graphql?query=${query}&x=1#&variables=${variables}`,
  (query, variables) => `/graphql?query=${query}#&variables=${variables}`,
  (query, variables) => `/graphql?query=${query}&variables=%7B%7D&x=1#&variables=${variables}`,
];

/** The status of a GET of exactly this address, by the headers of the shop's own clients; fetch would change it. */
const statusOf = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(shop.url);
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `GET ${address} HTTP/1.1\r\nHost: ${hostname}\r\nAccept: */*\r\nAccept-Language: *\r\nx-vitrine-client: storefront\r\nConnection: close\r\n\r\n`,
      ),
    );
    let answer = '';
    socket.on('data', (part) => (answer += part.toString()));
    socket.on('end', () => resolve(answer.split(' ')[1] ?? ''));
    socket.on('error', reject);
  });

/** The answer to a POST with the headers of `statusOf`, which a cache must not have from its GET. */
const asBuyer = async (
  query: string,
  variables: object,
): Promise<{ data: { products: { nodes: unknown[] } } }> => {
  const answer = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: '*/*', 'accept-language': '*' },
    body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()) as { data: { products: { nodes: unknown[] } } };
};

describe('what buyers are shown of the catalog', () => {
  it('is read from the database once, however many ask', async () => {
    await shop.stock({ name: 'Kept', sku: 'KEPT-1', price: 5000, stock: 50 });
    const first = await shop.guest().ask(PAGE, { slug: 'kept-1' });

    const again = await countStatements(() => shop.guest().ask(PAGE, { slug: 'kept-1' }));

    expect(again.count).toBe(0);
    expect(again.result).toEqual(first);
  });

  it('shows a new price in the request after the edit', async () => {
    const id = await shop.stock({ name: 'Repriced', sku: 'REPRICED-1', price: 5000, stock: 50 });
    const staff = await shop.staff();
    const [guest, prices] = [shop.guest(), [] as number[]];

    for (const price of [5100, 5200, 5300, 5400, 5500]) {
      await guest.ask(PAGE, { slug: 'repriced-1' });
      await staff.ask(REPRICE, { id, price });
      prices.push((await guest.ask(PAGE, { slug: 'repriced-1' })).product.priceRange.min.amount);
    }

    expect(prices).toEqual([5100, 5200, 5300, 5400, 5500]);
  });

  it('says sold out when the last piece is gone', async () => {
    const variantId = await shop.stock({ name: 'Last', sku: 'LAST-1', price: 5000, stock: 1 });
    await shop.guest().ask(PAGE, { slug: 'last-1' });

    await buy(shop.guest(), [{ variantId, quantity: 1 }]);

    await shop.eventually(
      async () => (await shop.guest().ask(PAGE, { slug: 'last-1' })).product.availability === 'SOLD_OUT',
    );
  });

  it('is not what staff are shown, and the other way round', async () => {
    await shop.stock({ name: 'Seen', sku: 'SEEN-1', price: 5000, stock: 50 });
    const staff = await shop.staff();

    const asked = [];
    for (const browser of [shop.guest(), staff, shop.guest()])
      asked.push((await browser.ask(PAGE, { slug: 'seen-1' })).product.status);

    expect(asked).toEqual([null, 'ACTIVE', null]);
  });

  it('is never what another request, written so that its readers disagree, would have been shown', async () => {
    await shop.stock({ name: 'Shown', sku: 'SHOWN-1', price: 5000, stock: 50 });
    const search = 'query($search: String) { products(first: 3, search: $search) { nodes { slug } } }';
    const asked = encodeURIComponent(search);
    const [found, sent] = [[] as unknown[], [] as string[]];

    for (const [number, hidden] of HIDINGS.entries()) {
      const variables = { search: `nothing-has-this-name-${number}` };
      const address = hidden(asked, encodeURIComponent(JSON.stringify(variables)));
      sent.push(await statusOf(address));
      found.push((await asBuyer(search, variables)).data.products.nodes);
    }

    expect(found).toEqual(HIDINGS.map(() => []));
    expect(sent).toEqual(HIDINGS.map(() => '400'));
  });

  it('comes in the language of each', async () => {
    const question = '{ categoryTree { name } shop { countries { code name } } }';
    const names = [];

    for (const language of ['ro', 'en', 'ro']) {
      const { shop: answer } = await shop.guest({ 'accept-language': language }).ask(question);
      names.push(answer.countries.find(({ code }: { code: string }) => code === 'RO').name);
    }

    expect(names).toEqual(['România', 'Romania', 'România']);
  });

  it('is never kept together with something personal', async () => {
    const variantId = await shop.stock({ name: 'Mine', sku: 'MINE-1', price: 5000, stock: 50 });
    const mixed = `query Mixed { ...Own tags { slug } } fragment Own on Query { cart { totalQuantity } me { email } }`;
    const [one, other] = [shop.guest(), shop.guest()];
    await one.ask(
      'mutation($id: ID!) { cartLineAdd(input: { variantId: $id, quantity: 3 }) { cart { id } } }',
      { id: variantId },
    );

    const answers = [
      await one.ask(mixed),
      await other.ask(mixed),
      await (await shop.staff()).ask(mixed),
      await other.ask(mixed),
    ];

    expect(answers.map(({ cart, me }) => [cart?.totalQuantity, me?.email])).toEqual([
      [3, undefined],
      [undefined, undefined],
      [undefined, 'admin@example.com'],
      [undefined, undefined],
    ]);
  });

  it('is sent again only when it changed, to those who ask with its tag', async () => {
    const id = await shop.stock({ name: 'Tagged', sku: 'TAGGED-1', price: 5000, stock: 50 });
    const question = '{ product(slug: "tagged-1") { priceRange { min { amount } } } }';
    const first = await get(question);
    const etag = first.headers.get('etag') ?? '';

    const same = await get(question, { 'if-none-match': etag });
    await (await shop.staff()).ask(REPRICE, { id, price: 7000 });
    const changed = await get(question, { 'if-none-match': etag });

    expect(first.headers.get('cache-control')).toContain('public');
    expect(first.headers.get('vary')).toContain('accept-language');
    expect([same.status, await same.text()]).toEqual([304, '']);
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({
      data: { product: { priceRange: { min: { amount: 7000 } } } },
    });
  });

  it('carries no tag and may be kept by nobody when it is personal', async () => {
    const answer = await get('{ cart { id } }');

    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBeNull();
    expect(answer.headers.get('cache-control') ?? '').not.toContain('public');
  });
});
