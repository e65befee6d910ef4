import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogShop, type CatalogShop } from '@vitrine/testing/shop/catalog-shop.js';
import { Role } from '../../../platform/graphql/roles.js';
import { applySortLanguage } from './sort-language.js';

let shop: CatalogShop;
beforeAll(async () => {
  shop = await catalogShop();
  const as = await shop.signIn(Role.MANAGER);
  const create = `mutation ($input: ProductCreateInput!) { productCreate(input: $input) { errors { message } } }`;
  const add = (slug: string, ro: string, en: string, fr: string) =>
    shop.ask(
      create,
      {
        input: {
          slug,
          status: 'ACTIVE',
          translations: [
            { locale: 'RO', name: ro },
            { locale: 'EN', name: en },
            { locale: 'FR', name: fr },
          ],
          variants: [{ sku: slug, price: 1000 }],
        },
      },
      { as },
    );
  await add('vase', 'Vază', 'Amphora', 'Urne');
  await add('cup', 'Cană', 'Mug', 'Tasse');
  await add('bowl', 'Bol', 'Zebra bowl', 'Bol');
});
afterAll(() => shop.close());

async function byName(): Promise<string[]> {
  const { products } = await shop.ask('{ products(sort: NAME_ASC) { nodes { slug } } }');
  return products.nodes.map(({ slug }: { slug: string }) => slug);
}

it('sorts products by their names in the default language, and again when the shop chooses another', async () => {
  expect(await byName()).toEqual(['bowl', 'cup', 'vase']);

  await applySortLanguage(shop.database, 'en');
  expect(await byName()).toEqual(['vase', 'cup', 'bowl']);

  await applySortLanguage(shop.database, 'ro');
  expect(await byName()).toEqual(['bowl', 'cup', 'vase']);
});

it('finds a product by its name in each language', async () => {
  for (const word of ['vaza', 'amphora', 'urne']) {
    const { products } = await shop.ask(
      'query ($text: String) { products(search: $text) { nodes { slug } } }',
      {
        text: word,
      },
    );
    expect([word, products.nodes]).toEqual([word, [{ slug: 'vase' }]]);
  }
});
