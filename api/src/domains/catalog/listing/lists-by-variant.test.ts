import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogShop, type Answer, type CatalogShop } from '@vitrine/testing/shop/catalog-shop.js';
import { globalId, newId } from '../../../kernel/ids.js';
import { statement, t } from '../../../platform/database/database.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { Viewer } from '../../../platform/graphql/context.js';

const CREATE = `mutation ($input: ProductCreateInput!) { productCreate(input: $input) { errors { code path message }
  product { id slug variants { id sku name } } } }`;
const DELETE_VARIANT =
  'mutation ($input: ProductVariantDeleteInput!) { productVariantDelete(input: $input) { errors { code } } }';
const LIST = `query ($search: String, $filter: ProductFilter) { products(search: $search, filter: $filter) {
  nodes { slug } totalCount priceBounds { min { amount } max { amount } }
  facets { code values { code count } } matchingVariants { sku price { amount } availability } } }`;

const COLOR = newId();
const VALUES = { crem: newId(), verde: newId(), negru: newId() };

describe('lists that are narrowed by what only some variants are', () => {
  let shop: CatalogShop;
  let manager: Viewer;
  beforeAll(async () => {
    shop = await catalogShop();
    manager = await shop.signIn(Role.MANAGER);
    await addColors(shop);
    await create('Bol Amurg', [
      ['crem', 9000, 0],
      ['verde', 2_500_000, 5],
    ]);
    await create('Vază Zori', [['negru', 12_000, 4]]);
  });
  afterAll(() => shop.close());

  async function create(name: string, variants: [color: string, price: number, stock: number][]) {
    const colors = variants.map(([color]) => color) as (keyof typeof VALUES)[];
    const words = { crem: 'Crem', verde: 'Verde de mușchi', negru: 'Negru' };
    const input = {
      translations: [{ locale: 'RO', name }],
      status: 'ACTIVE',
      attributeValueIds: colors.map((color) => globalId('attr', VALUES[color])),
      options: [
        {
          code: 'colour',
          name: 'Culoare',
          values: colors.map((code) => ({ code, name: words[code], swatch: '#445566' })),
        },
      ],
      variants: variants.map(([color, price, stock]) => ({
        sku: `${name}-${color}`,
        price,
        stock,
        options: [{ option: 'colour', value: color }],
      })),
    };
    const { productCreate } = await shop.ask(CREATE, { input }, { as: manager });
    expect(productCreate.errors).toEqual([]);
    return productCreate.product;
  }
  const list = async (filter: object, search?: string): Promise<Answer> =>
    (await shop.ask(LIST, { filter, search })).products;
  const slugs = ({ nodes }: Answer): string[] => nodes.map(({ slug }: Answer) => slug);
  const inColor = (...values: string[]): object => ({ attributes: [{ code: 'colour', values }] });

  it('find a product by the price of any of its variants, and show that variant', async () => {
    const found = await list({ priceMin: 2_000_000, priceMax: 3_000_000 });

    expect(slugs(found)).toEqual(['bol-amurg']);
    expect(found.totalCount).toBe(1);
    expect(found.matchingVariants).toEqual([
      { sku: 'Bol Amurg-verde', price: { amount: 2_500_000 }, availability: 'IN_STOCK' },
    ]);
  });

  it('leave out a product whose variants cost less and more, but nothing in between', async () => {
    expect(slugs(await list({ priceMin: 20_000, priceMax: 30_000 }))).toEqual([]);
  });

  it('offer the range from the cheapest variant to the dearest', async () => {
    expect((await list({})).priceBounds).toEqual({ min: { amount: 9000 }, max: { amount: 2_500_000 } });
  });

  it('leave out what is sold out in the color that was asked for', async () => {
    expect(slugs(await list(inColor('crem')))).toEqual(['bol-amurg']);
    expect(slugs(await list({ ...inColor('crem'), inStock: true }))).toEqual([]);
    expect(slugs(await list({ ...inColor('verde'), inStock: true }))).toEqual(['bol-amurg']);
  });

  it('count the colors that can be bought, not those that are sold out', async () => {
    const { facets } = await list({ inStock: true });
    const colors = facets.find(({ code }: Answer) => code === 'colour').values;

    expect(colors.map(({ code, count }: Answer) => [code, count])).toEqual(
      expect.arrayContaining([
        ['verde', 1],
        ['negru', 1],
      ]),
    );
    expect(colors).toHaveLength(2);
  });

  it('ask price and color of the same variant', async () => {
    expect(slugs(await list({ ...inColor('crem'), priceMin: 2_000_000 }))).toEqual([]);
    expect(slugs(await list({ ...inColor('verde'), priceMin: 2_000_000 }))).toEqual(['bol-amurg']);
  });

  it('show the variant in the color asked for, sold out or not', async () => {
    expect((await list(inColor('crem'))).matchingVariants).toEqual([
      { sku: 'Bol Amurg-crem', price: { amount: 9000 }, availability: 'SOLD_OUT' },
    ]);
  });

  it('show the variant that the search names, and the product as a whole when it names none', async () => {
    const [named] = (await list({}, 'bol verde')).matchingVariants;
    expect(named.sku).toBe('Bol Amurg-verde');
    expect((await list({}, 'bol')).matchingVariants).toEqual([null]);
    expect((await list({})).matchingVariants).toEqual([null, null]);
  });

  it('follow when a variant is taken from sale', async () => {
    const product = await create('Cană Seara', [
      ['crem', 5000, 3],
      ['negru', 6000, 3],
    ]);
    const dear = { priceMin: 6000, priceMax: 6000 };
    expect(slugs(await list(dear))).toEqual(['cana-seara']);

    const black = product.variants.find(({ sku }: Answer) => sku.endsWith('negru'));
    await shop.ask(DELETE_VARIANT, { input: { variantId: black.id } }, { as: manager });

    expect(slugs(await list(dear))).toEqual([]);
  });
});

async function addColors({ database, catalog }: CatalogShop): Promise<void> {
  await database.count(
    statement('test.color', {
      params: { id: t.uuid },
      sql: `INSERT INTO attribute (id, code, name, kind) VALUES (:id, 'colour', '{"ro":"Culoare"}', 'COLOR')`,
    }),
    { id: COLOR },
  );
  for (const [code, id] of Object.entries(VALUES)) {
    await database.count(
      statement('test.color-value', {
        params: { id: t.uuid, attributeId: t.uuid, code: t.text },
        sql: `INSERT INTO attribute_value (id, attribute_id, code, name) VALUES (:id, :attributeId, :code, '{"ro":"x"}')`,
      }),
      { id, attributeId: COLOR, code },
    );
  }
  catalog.reference.drop();
}
