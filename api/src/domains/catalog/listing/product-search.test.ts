import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogShop, type Answer, type CatalogShop } from '@vitrine/testing/shop/catalog-shop.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { newId } from '../../../kernel/ids.js';
import { insertInto, insertRows, PRODUCT_COLUMNS, VARIANT_COLUMNS } from '../demo/insert-rows.js';
import { refreshProductProjection } from './product-projection.js';

const addProducts = insertInto('product', PRODUCT_COLUMNS);
const addVariants = insertInto('variant', VARIANT_COLUMNS);

interface TestProduct {
  readonly slug: string;
  readonly name?: object;
  readonly description?: object;
  readonly category?: string;
  readonly colours?: readonly number[];
  readonly materials?: readonly number[];
  readonly tags?: readonly number[];
  readonly price?: number;
  readonly createdAt?: Date;
  readonly sku?: string;
}

/** A small catalog: two categories, one in the other; two attributes of three values; three tags. */
const world = {
  stockLevel: newId(),
  corner: newId(),
  colours: [newId(), newId(), newId()].sort(),
  materials: [newId(), newId(), newId()].sort(),
  tags: [newId(), newId(), newId()].sort(),
};

async function build({ database }: CatalogShop): Promise<void> {
  await database.pool.query(
    `INSERT INTO category (id, parent_id, slug, name) VALUES ($1, NULL, 'shelf', '{"ro":"Raft"}'), ($2, $1, 'corner', '{"ro":"Colț"}')`,
    [world.stockLevel, world.corner],
  );
  const attributes = { color: newId(), material: newId() };
  await database.pool.query(
    `INSERT INTO attribute (id, code, name, kind) VALUES ($1, 'colour', '{"ro":"Culoare"}', 'COLOR'), ($2, 'material', '{"ro":"Material"}', 'ENUM')`,
    [attributes.color, attributes.material],
  );
  const values = `INSERT INTO attribute_value (id, attribute_id, code, name, position) SELECT id, $2, 'v' || (n - 1), '{"ro":"x"}', n FROM unnest($1::uuid[]) WITH ORDINALITY AS v(id, n)`;
  await database.pool.query(values, [world.colours, attributes.color]);
  await database.pool.query(values, [world.materials, attributes.material]);
  await database.pool.query(
    `INSERT INTO tag (id, slug, name) SELECT id, 't' || (n - 1), '{"ro":"x"}' FROM unnest($1::uuid[]) WITH ORDINALITY AS v(id, n)`,
    [world.tags],
  );
}

async function stock({ database, catalog }: CatalogShop, products: readonly TestProduct[]): Promise<void> {
  const rows = products.map((product) => ({ id: newId(), product }));
  await database.transaction(async (tx) => {
    await insertRows(
      tx,
      addProducts,
      rows.map(({ id, product }) => {
        const created = (product.createdAt ?? new Date()).toISOString();
        const stockLevels =
          product.category === 'corner'
            ? [world.stockLevel, world.corner]
            : product.category === 'shelf'
              ? [world.stockLevel]
              : [];
        const pick = (ids: readonly string[], chosen: readonly number[] = []): string[] =>
          chosen.map((index) => ids[index]!);
        return {
          id,
          slug: product.slug,
          status: 'ACTIVE',
          name: product.name ?? { ro: product.slug },
          summary: {},
          description: product.description ?? {},
          seo: {},
          tax_class: 'standard',
          labels: [],
          featured: false,
          main_category_id: stockLevels.at(-1) ?? null,
          own_category_ids: stockLevels.slice(-1),
          category_ids: stockLevels,
          tag_ids: pick(world.tags, product.tags),
          attribute_value_ids: [
            ...pick(world.colours, product.colours),
            ...pick(world.materials, product.materials),
          ],
          currency: 'RON',
          created_at: created,
          updated_at: created,
        };
      }),
    );
    await insertRows(
      tx,
      addVariants,
      rows.map(({ id, product }) => ({
        id: newId(),
        product_id: id,
        sku: product.sku ?? id,
        name: {},
        option_value_ids: [],
        price: product.price ?? 100,
        currency: 'RON',
        position: 0,
      })),
    );
    await refreshProductProjection(
      tx,
      rows.map(({ id }) => id),
    );
  });
  catalog.reference.drop();
}

const empty = (shop: CatalogShop) => shop.database.pool.query('TRUNCATE product CASCADE');

describe('searching', () => {
  let shop: CatalogShop;
  beforeAll(async () => {
    shop = await catalogShop();
    await build(shop);
    await stock(shop, [
      {
        slug: 'cana',
        name: { ro: 'Cană Dimineața', en: 'Morning mug', fr: 'Mug du matin' },
        sku: 'LL-CANA-01-VERDE',
      },
      {
        slug: 'farfurie',
        name: { ro: 'Farfurie întinsă' },
        description: { ro: '<p>Stă bine lângă o cană.</p>' },
      },
      { slug: 'vaza', name: { ro: 'Vază l’automne' } },
      { slug: 'ceainic', name: { ro: 'Ceainic' } },
    ]);
  });
  afterAll(() => shop.close());
  const search = async (text: string): Promise<string[]> => {
    const { products } = await shop.ask(
      'query ($text: String) { products(search: $text, sort: RELEVANCE) { nodes { slug } totalCount facets { code } } }',
      { text },
    );
    expect(products.totalCount).toBe(products.nodes.length);
    return products.nodes.map(({ slug }: { slug: string }) => slug);
  };

  it.each([
    ['without accents', 'cana', 'cana'],
    ['with accents', 'CANĂ', 'cana'],
    ['in another language', 'morning mug', 'cana'],
    ['unfinished words', 'morning mu', 'cana'],
    ['a word in the description', 'lângă', 'farfurie'],
    ['a whole SKU', 'll-cana-01-verde', 'cana'],
    ['the beginning of a SKU', 'LL-CANA-0', 'cana'],
    ['a part of an elided word', "l'automne", 'vaza'],
    ['a phrase', '"cana dimineata"', 'cana'],
    ['a typing error', 'cana dimineta', 'cana'],
    ['a letter too few', 'farfrie', 'farfurie'],
    ['letters exchanged', 'ceanic', 'ceainic'],
  ])('finds %s', async (_what, text, slug) => {
    expect((await search(text))[0]).toBe(slug);
  });

  it('puts a name before a mere mention, and leaves out what is not wanted', async () => {
    expect(await search('cana')).toEqual(['cana', 'farfurie']);
    expect(await search('cana -farfurie')).toEqual(['cana']);
    expect(new Set(await search('ceainic or vaza'))).toEqual(new Set(['ceainic', 'vaza']));
  });

  it('survives whatever is typed', async () => {
    const hostile = [
      "'",
      '"',
      '\\',
      '%',
      '_',
      '*',
      ':*',
      '!',
      '&|!()',
      "a':*",
      '<->',
      'a & !b',
      "'); DROP TABLE product;--",
      '½ ⑴',
      '\u0000',
      '\ud800',
      '👩‍🚀',
      'or',
      '-',
      '- or "',
      'x'.repeat(5000),
      'ﷺ',
      'a\u0301',
    ];
    for (const text of hostile) expect(await search(text)).toEqual(expect.any(Array));
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 30 }),
        async (text) => void (await search(text)),
      ),
      { numRuns: 100 },
    );
  });

  it('suggests products and categories while somebody types', async () => {
    const { result, count } = await countStatements(() =>
      shop.ask('{ searchSuggestions(term: "col") { products { slug } categories { slug } } }'),
    );

    expect(result.searchSuggestions.categories).toEqual([{ slug: 'corner' }]);
    expect(count).toBeLessThanOrEqual(1);
  });
});

describe('lists', () => {
  let shop: CatalogShop;
  beforeAll(async () => {
    shop = await catalogShop();
    await build(shop);
  });
  afterAll(() => shop.close());

  it.each(['NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME_ASC', 'RELEVANCE'])(
    'neither skip nor repeat anybody by %s while products come in',
    async (sort) => {
      await empty(shop);
      // Many ties in price, time and name, so that the id has to decide.
      const product = (i: number, prefix: string): TestProduct => ({
        slug: `${prefix}-${i}`,
        name: { ro: `vas ${i % 4}` },
        price: 100 * (i % 3),
        createdAt: new Date(Date.UTC(2026, 0, 1 + (i % 5))),
      });
      await stock(
        shop,
        Array.from({ length: 37 }, (_, i) => product(i, 'old')),
      );

      const seen: string[] = [];
      for (let after: string | null = null, round = 0; ; round++) {
        const { products }: Answer = await shop.ask(
          'query ($after: String, $sort: ProductSort!) { products(first: 5, after: $after, sort: $sort, search: "vas") { nodes { slug } pageInfo { hasNextPage endCursor } } }',
          { after, sort },
        );
        seen.push(...products.nodes.map(({ slug }: Answer) => slug));
        if (!products.pageInfo.hasNextPage) break;
        after = products.pageInfo.endCursor;
        await stock(shop, [product(round, `new-${sort.toLowerCase().replace('_', '-')}`)]);
      }

      const old = seen.filter((slug) => slug.startsWith('old-'));
      expect(new Set(seen).size).toBe(seen.length);
      expect(old).toHaveLength(37);
    },
  );

  it('refuses a cursor of another order and pages of impossible size', async () => {
    await stock(shop, [{ slug: 'cursor-a' }, { slug: 'cursor-b' }]);
    const { products } = await shop.ask('{ products(first: 1, sort: NEWEST) { pageInfo { endCursor } } }');

    const other = shop.ask(
      'query ($after: String) { products(after: $after, sort: NAME_ASC) { totalCount } }',
      { after: products.pageInfo.endCursor },
    );
    await expect(other).rejects.toThrow(/cursor/);
    for (const first of [0, -1, 101])
      await expect(
        shop.ask('query ($first: Int) { products(first: $first) { totalCount } }', { first }),
      ).rejects.toThrow(/page/);
  });

  it('have nothing in a category that does not exist', async () => {
    const { products } = await shop.ask(
      '{ products(filter: { category: "nowhere" }) { totalCount nodes { id } facets { code } priceBounds { min { amount } } } }',
    );

    expect(products).toEqual({ totalCount: 0, nodes: [], facets: [], priceBounds: null });
  });

  it('count facets under all other filters exactly as counting by hand does', async () => {
    const subset = fc.uniqueArray(fc.nat(2), { maxLength: 3 });
    const product = fc.record({
      colours: subset,
      materials: subset,
      tags: subset,
      price: fc.nat(4),
      category: fc.constantFrom('shelf', 'corner', 'none'),
    });
    const filter = fc.record({
      colours: subset,
      materials: subset,
      tags: subset,
      priceMin: fc.option(fc.nat(4)),
      priceMax: fc.option(fc.nat(4)),
      category: fc.option(fc.constantFrom('shelf', 'corner')),
    });

    await fc.assert(
      fc.asyncProperty(
        fc.array(product, { maxLength: 12 }),
        fc.array(filter, { minLength: 1, maxLength: 6 }),
        async (products, filters) => {
          await empty(shop);
          if (products.length > 0)
            await stock(
              shop,
              products.map((each, i) => ({ ...each, slug: `p${i}` })),
            );
          for (const each of filters) {
            const { products: answer } = await shop.ask(
              `query ($filter: ProductFilter) { products(first: 100, filter: $filter) { nodes { slug } totalCount priceBounds { min { amount } max { amount } } facets { code values { code count selected } } } }`,
              { filter: toFilter(each) },
            );
            expect(answer).toEqual(
              byHand(
                products,
                each,
                answer.nodes.map(({ slug }: Answer) => slug),
              ),
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

interface Chosen {
  colours: number[];
  materials: number[];
  tags: number[];
  priceMin: number | null;
  priceMax: number | null;
  category: string | null;
}
type Stocked = Pick<Chosen, 'colours' | 'materials' | 'tags'> & { price: number; category: string };

function toFilter({ colours, materials, tags, priceMin, priceMax, category }: Chosen): object {
  const codes = (values: number[]): string[] => values.map((value) => `v${value}`);
  return {
    category,
    priceMin,
    priceMax,
    tags: tags.map((tag) => `t${tag}`),
    attributes: [
      { code: 'colour', values: codes(colours) },
      { code: 'material', values: codes(materials) },
    ],
  };
}

/** The same result computed naively; `order` only gives the order of the rows. */
function byHand(products: Stocked[], chosen: Chosen, order: string[]): object {
  const meets = {
    category: ({ category }: Stocked) =>
      !chosen.category || category === 'corner' || category === chosen.category
        ? category !== 'none' || !chosen.category
        : false,
    colours: (p: Stocked) =>
      chosen.colours.length === 0 || chosen.colours.some((value) => p.colours.includes(value)),
    materials: (p: Stocked) =>
      chosen.materials.length === 0 || chosen.materials.some((value) => p.materials.includes(value)),
    tags: (p: Stocked) => chosen.tags.length === 0 || chosen.tags.some((value) => p.tags.includes(value)),
    price: (p: Stocked) => p.price >= (chosen.priceMin ?? 0) && p.price <= (chosen.priceMax ?? Infinity),
  };
  const without = (left: keyof typeof meets | null): Stocked[] =>
    products.filter((p) => Object.entries(meets).every(([group, holds]) => group === left || holds(p)));
  const facet = (code: string, group: 'colours' | 'materials' | 'tags', prefix: string) => ({
    code,
    values: [0, 1, 2]
      .map((value) => ({
        code: `${prefix}${value}`,
        count: without(group).filter((p) => p[group].includes(value)).length,
        selected: chosen[group].includes(value),
      }))
      .filter(({ count, selected }) => count > 0 || selected),
  });
  const prices = without('price').map(({ price }) => price);
  const matching = products.flatMap((p, i) => (without(null).includes(p) ? [`p${i}`] : []));
  return {
    nodes: (order.length === matching.length && matching.every((slug) => order.includes(slug))
      ? order
      : matching
    ).map((slug) => ({ slug })),
    totalCount: matching.length,
    priceBounds:
      prices.length > 0
        ? { min: { amount: Math.min(...prices) }, max: { amount: Math.max(...prices) } }
        : null,
    facets: [
      facet('colour', 'colours', 'v'),
      facet('material', 'materials', 'v'),
      facet('tag', 'tags', 't'),
    ].filter(({ values }) => values.length > 0),
  };
}
