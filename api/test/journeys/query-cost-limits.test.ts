import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
});
afterAll(() => shop.close());

interface Costed {
  readonly data: Record<string, unknown> | null;
  readonly errors?: { message: string; extensions: { code: string; cost?: object; written?: string[] } }[];
  readonly extensions?: { cost?: { requested: number; limit: number } };
}

const ask = (query: string, browser: GraphqlClient = shop.guest()): Promise<Costed> =>
  browser.send(query) as unknown as Promise<Costed>;

/** A product that the shop allows and the weighing does not expect: 250 variants in a list that is taken to hold ten. */
async function crowdedProduct(slug: string): Promise<void> {
  await shop.stock({ name: 'Crowded', sku: slug, price: 5000, stock: 1 });
  await shop.sql(
    `INSERT INTO variant (id, product_id, sku, name, price, currency, option_value_ids)
     SELECT gen_random_uuid(), p.id, $1 || '-' || n, '{"ro":"Mic"}', 5000, 'RON', ARRAY[gen_random_uuid()]
     FROM product p, generate_series(1, 249) n WHERE p.slug = $1`,
    [slug],
  );
}

const ROUND = 'variants { id name product { variants { id name product { slug } } } }';

describe('a request', () => {
  it('is told what it cost and what its caller may spend', async () => {
    const question = '{ products(first: 10) { nodes { id } } }';
    const alice = await shop.customer('alice@example.com', 'Alice@123');

    const limits = [];
    for (const browser of [shop.guest(), alice, shop.guest(), await shop.staff()])
      limits.push((await ask(question, browser)).extensions?.cost);

    expect(limits.map((cost) => cost?.limit)).toEqual([1_000, 2_000, 1_000, 20_000]);
    expect(new Set(limits.map((cost) => cost?.requested)).size).toBe(1);
  });

  it('that costs too much is told how much, and what to do', async () => {
    const answer = await ask('{ products(first: 100) { nodes { variants { id images: product { id } } } } }');

    expect(answer.errors).toEqual([
      {
        message: expect.stringContaining('ask for smaller pages'),
        extensions: {
          code: 'QUERY_TOO_EXPENSIVE',
          cost: { requested: expect.any(Number), limit: 1_000 },
        },
      },
    ]);
  });

  it.each([
    ['unknown fields', Object.fromEntries(Array.from({ length: 12_000 }, (_, i) => [`unknown${i}`, i]))],
    ['one unknown field among long texts', { email: 'x', a: 'y'.repeat(120_000), b: 'z'.repeat(110_000) }],
    ['a name as long as a book', { ['n'.repeat(230_000)]: 1 }],
    ['texts in place of lists of objects', { lines: Array.from({ length: 20_000 }, () => 'aaaaaaa') }],
  ])('with large variables is refused at their first fault, for nearly nothing: %s', async (_, input) => {
    const browser = shop.guest();
    const question = 'mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }';
    await browser.send(question, { input: { unknown: 1 } });

    const before = process.cpuUsage();
    const answer = await browser.send(question, { input });
    const { user, system } = process.cpuUsage(before);

    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(JSON.stringify(answer).length).toBeLessThan(1_000);
    expect((user + system) / 1000).toBeLessThan(300);
  });

  it('for the description of the schema is answered to anybody once, and not two hundred times', async () => {
    const many = Array.from({ length: 200 }, (_, i) => `a${i}: types { ...F }`).join(' ');
    const wide = `{ __schema { ${many} } } fragment F on __Type { fields { name type { fields { name ofType { fields { name args { name } } } } } } }`;

    const [standard, breadth] = [
      await ask(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })),
      await ask(wide),
    ];

    expect(standard.errors).toBeUndefined();
    expect(standard.data).toHaveProperty('__schema.types');
    expect(breadth.errors?.[0]?.extensions.code).toMatch(/QUERY_TOO_EXPENSIVE|GRAPHQL_VALIDATION_FAILED/);
  });

  it('that goes round in circles is refused before anything is read', async () => {
    const round =
      'variants { product { variants { product { variants { product { variants { id } } } } } } }';

    expect((await ask(`{ product(slug: "any") { ${round} } }`)).errors?.[0]?.extensions.code).toBe(
      'QUERY_TOO_EXPENSIVE',
    );
  });

  it('whose answer grows beyond what anybody could foresee is ended while it is made', async () => {
    await crowdedProduct('crowded-1');

    const guest = await ask(`{ product(slug: "crowded-1") { ${ROUND} } }`);
    const staff = await ask(`{ product(slug: "crowded-1") { ${ROUND} } }`, await shop.staff());

    expect(guest.data).toBeNull();
    expect(guest.errors).toHaveLength(1);
    expect(guest.errors?.[0]?.extensions.code).toBe('QUERY_TOO_EXPENSIVE');
    expect(guest.errors?.[0]?.message).toMatch(/500 ms .* 1 MB/);
    // The same answer is within what staff may have.
    expect(staff.errors?.[0]?.message ?? '').not.toMatch(/500 ms/);
  });

  it('that has changed something keeps its change, and is told that only the answer is missing', async () => {
    await crowdedProduct('crowded-2');
    const [variant] = await shop.sql<{ id: string }>('SELECT id FROM variant WHERE sku = $1', ['crowded-2']);
    const { globalId } = await import('../../src/kernel/ids.js');
    const guest = shop.guest();

    const answer = await ask(
      `mutation { cartLineAdd(input: { variantId: "${globalId('vari', variant?.id ?? '')}", quantity: 1 }) { cart { lines { variant { product { variants { id name product { variants { id } } } } } } } } }`,
      guest,
    );

    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'QUERY_TOO_EXPENSIVE', written: ['cartLineAdd'] },
    ]);
    expect((await guest.ask('{ cart { lines { quantity } } }')).cart.lines).toEqual([{ quantity: 1 }]);
  });
});
