import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogShop, type Answer, type CatalogShop } from '@vitrine/testing/shop/catalog-shop.js';
import { localId } from '../../../kernel/ids.js';
import { statement, t } from '../../../platform/database/database.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { refreshProductProjection } from '../index.js';

const CREATE = `mutation ($input: ProductCreateInput!) { productCreate(input: $input) { errors { code path message }
  product { id slug status version swatches { color } priceRange { min { amount } max { amount } } availability quickAddVariantId totalStock totalAvailable tags { name }
    description variants { id sku name stock { onHand reserved available } optionValues { code } } } } }`;
const UPDATE = `mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { errors { code path ... on StaleVersionError { currentVersion } } product { slug version name description } } }`;
const ADD_VARIANT = `mutation ($input: ProductVariantCreateInput!) { productVariantCreate(input: $input) { errors { code path } variant { id name } } }`;
const UPDATE_VARIANT = `mutation ($input: ProductVariantUpdateInput!) { productVariantUpdate(input: $input) { errors { code path } variant { id compareAtPrice { amount } } product { compareAtPrice { amount } discountPercent labels } } }`;
const DELETE_VARIANT = `mutation ($input: ProductVariantDeleteInput!) { productVariantDelete(input: $input) { errors { code } product { variants { id } } } }`;

const COLOURS = {
  code: 'colour',
  name: 'Culoare',
  values: [
    { code: 'verde', name: 'Verde', swatch: '#00FF00' },
    { code: 'crem', name: 'Crem', swatch: '#EEEECC' },
  ],
};

const version = statement('test.catalog-version', {
  row: { version: t.int },
  sql: 'SELECT version FROM catalog_version',
});
const sell = statement('test.sell', {
  params: { sku: t.text, units: t.int },
  sql: `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind)
   SELECT new_id(), s.variant_id, s.location_id, -:units::int, 0, 'ADJUST' FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = :sku`,
});
describe('staff and the catalogue', () => {
  let shop: CatalogShop;
  let manager: Viewer;
  let number = 0;
  beforeAll(async () => {
    shop = await catalogShop();
    manager = await shop.signIn(Role.MANAGER);
  });
  afterAll(() => shop.close());

  const draft = (more: object = {}): Answer => ({
    translations: [{ locale: 'RO', name: `Cană ${++number}` }],
    status: 'ACTIVE',
    variants: [{ sku: `CANA-${number}`, price: 5000, stock: 5 }],
    ...more,
  });
  const create = async (more: object = {}): Promise<Answer> => {
    const { productCreate } = await shop.ask(CREATE, { input: draft(more) }, { as: manager });
    return productCreate;
  };
  const update = async (input: object): Promise<Answer> =>
    (await shop.ask(UPDATE, { input }, { as: manager })).productUpdate;
  const catalogVersion = async (): Promise<number> => (await shop.database.row(version))!.version;

  it('makes a product with options, variants, stock and tags in one go', async () => {
    const { product, errors } = await create({
      translations: [
        {
          locale: 'RO',
          name: 'Vază Țărancă',
          description: '<p onclick="x()">Bună<script>alert(1)</script></p><a href="javascript:x()">x</a>',
        },
      ],
      tags: ['Idee de cadou'],
      options: [COLOURS],
      variants: [
        { sku: 'VAZA-V', price: 9000, stock: 2, options: [{ option: 'colour', value: 'verde' }] },
        { sku: 'VAZA-C', price: 8000, compareAtPrice: 10000, options: [{ option: 'colour', value: 'crem' }] },
      ],
    });

    expect(errors).toEqual([]);
    expect(product).toMatchObject({
      slug: 'vaza-taranca',
      status: 'ACTIVE',
      availability: 'LOW_STOCK',
      quickAddVariantId: null,
      totalStock: 2,
      totalAvailable: 2,
      priceRange: { min: { amount: 8000 }, max: { amount: 9000 } },
      swatches: [{ color: '#00FF00' }, { color: '#EEEECC' }],
      tags: [{ name: 'Idee de cadou' }],
    });
    expect(product.description).toBe('<p>Bună</p><a rel="noopener noreferrer">x</a>');
    expect(product.variants.map(({ name }: Answer) => name)).toEqual(['Verde', 'Crem']);
    expect(product.variants[0].stock).toEqual({ onHand: 2, reserved: 0, available: 2 });
    const ledger = await shop.database.rows(
      statement('test.ledger', {
        row: { kind: t.text, delta: t.int },
        sql: `SELECT m.kind, m.delta_on_hand AS delta FROM stock_movement m JOIN variant v ON v.id = m.variant_id WHERE v.sku LIKE 'VAZA-%'`,
      }),
    );
    expect(ledger).toEqual([{ kind: 'RECEIVE', delta: 2 }]);
  });

  it('numbers the address of a product whose name is taken, and refuses one that was asked for', async () => {
    const name = [{ locale: 'RO', name: 'Bol mic' }];

    const first = await create({ translations: name });
    const second = await create({ translations: name });
    const asked = await create({ translations: name, slug: 'bol-mic' });

    expect([first.product.slug, second.product.slug]).toEqual(['bol-mic', 'bol-mic-2']);
    expect(asked.errors).toMatchObject([{ code: 'SLUG_TAKEN', path: ['slug'] }]);
  });

  it('makes one product when the button is pressed twice', async () => {
    const input = draft({ idempotencyKey: 'pressed-once' });

    const pressed = await Promise.all([1, 2, 3].map(() => shop.ask(CREATE, { input }, { as: manager })));

    expect(new Set(pressed.map(({ productCreate }) => productCreate.product.id)).size).toBe(1);
  });

  it('names every field that is wrong', async () => {
    const noDefault = await create({ translations: [{ locale: 'EN', name: 'Mug' }] });
    const wrong = await create({ variants: [{ sku: '', price: -1 }] });
    const dearer = await create({ variants: [{ sku: 'CMP-1', price: 100, compareAtPrice: 100 }] });
    const blank = await create({ translations: [{ locale: 'RO', name: '   ' }] });
    const category = await create({ categoryIds: ['cat_nonsense'] });

    expect(noDefault.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['translations'] }]);
    expect(wrong.errors.map(({ path }: Answer) => path.join('.'))).toEqual(
      expect.arrayContaining(['variants.0.sku', 'variants.0.price']),
    );
    expect(dearer.errors).toMatchObject([{ path: ['variants', '0', 'compareAtPrice'] }]);
    expect(blank.errors).toMatchObject([{ path: ['translations', '0', 'name'] }]);
    expect(category.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['categoryIds', '0'] }]);
  });

  it('refuses a change that is based on an old version and tells the new one', async () => {
    const { product } = await create();
    const rename = (name: string, expectedVersion: number) =>
      update({ productId: product.id, expectedVersion, translations: [{ locale: 'RO', name }] });

    const changes = await Promise.all([rename('A', product.version), rename('B', product.version)]);

    const [refused] = changes.filter(({ errors }) => errors.length > 0);
    expect(changes.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(refused.errors).toEqual([
      { code: 'STALE_VERSION', path: ['expectedVersion'], currentVersion: product.version + 1 },
    ]);
  });

  it('leads from every former address to the present one', async () => {
    const { product } = await create({ slug: 'unu' });
    await update({ productId: product.id, expectedVersion: 1, slug: 'doi' });
    await update({ productId: product.id, expectedVersion: 2, slug: 'trei' });

    const asked = await Promise.all(
      ['unu', 'doi', 'trei'].map((slug) =>
        shop.ask('query ($slug: String!) { product(slug: $slug) { slug } }', { slug }),
      ),
    );
    await update({ productId: product.id, expectedVersion: 3, slug: 'unu' });
    const back = await shop.ask('{ product(slug: "unu") { slug } trei: product(slug: "trei") { slug } }');

    expect(asked.map(({ product: found }) => found.slug)).toEqual(['trei', 'trei', 'trei']);
    expect(back).toEqual({ product: { slug: 'unu' }, trei: { slug: 'unu' } });
  });

  it('keeps one of twenty variants that want the same SKU', async () => {
    const { product } = await create({
      options: [COLOURS],
      variants: [{ sku: 'RACE-0', price: 1, options: [{ option: 'colour', value: 'crem' }] }],
    });
    const others = await Promise.all(
      Array.from({ length: 5 }, () =>
        create({
          options: [COLOURS],
          variants: [{ sku: `RACE-P${++number}`, price: 1, options: [{ option: 'colour', value: 'crem' }] }],
        }),
      ),
    );
    const owners = [product.id, ...others.map((other) => other.product.id)];

    const added = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        shop.ask(
          ADD_VARIANT,
          {
            input: {
              productId: owners[i % owners.length],
              variant: {
                sku: i % 2 ? 'race-sku' : 'RACE-SKU',
                price: 1,
                options: [{ option: 'colour', value: 'verde' }],
              },
            },
          },
          { as: manager },
        ),
      ),
    );

    const codes = added.map(({ productVariantCreate }) => productVariantCreate.errors[0]?.code ?? 'OK');
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['OK', 'SKU_TAKEN']));
  });

  it('sells each combination once, and frees it with its SKU when the variant is deleted', async () => {
    const green = [{ option: 'colour', value: 'verde' }];
    const { product } = await create({
      options: [COLOURS],
      variants: [{ sku: 'COMBO-1', price: 1, options: green }],
    });
    const add = async (variant: object) =>
      (await shop.ask(ADD_VARIANT, { input: { productId: product.id, variant } }, { as: manager }))
        .productVariantCreate;

    const again = await add({ sku: 'COMBO-2', price: 1, options: green });
    const without = await add({ sku: 'COMBO-3', price: 1 });
    await add({ sku: 'COMBO-4', price: 1, options: [{ option: 'colour', value: 'crem' }] });
    const deleted = await shop.ask(
      DELETE_VARIANT,
      { input: { variantId: product.variants[0].id } },
      { as: manager },
    );
    const anew = await add({ sku: 'combo-1', price: 1, options: green });
    await shop.ask(DELETE_VARIANT, { input: { variantId: anew.variant.id } }, { as: manager });
    const rest = await shop.ask(
      'query ($id: ID!) { staffProduct(id: $id) { variants { id } } }',
      { id: product.id },
      { as: manager },
    );
    const last = await shop.ask(
      DELETE_VARIANT,
      { input: { variantId: rest.staffProduct.variants[0].id } },
      { as: manager },
    );

    expect(again.errors).toMatchObject([{ code: 'VARIANT_EXISTS' }]);
    expect(without.errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(deleted.productVariantDelete.product.variants).toHaveLength(1);
    expect(anew.errors).toEqual([]);
    expect(last.productVariantDelete.errors).toEqual([{ code: 'LAST_VARIANT' }]);
  });

  it('shows a reduction while there is one', async () => {
    const { product } = await create();
    const [{ id }] = product.variants;
    const change = async (input: object) =>
      (await shop.ask(UPDATE_VARIANT, { input: { variantId: id, ...input } }, { as: manager }))
        .productVariantUpdate;

    const reduced = await change({ price: 4000, compareAtPrice: 6000 });
    const wrong = await change({ price: 6000 });
    const over = await change({ compareAtPrice: null });

    expect(reduced.product).toEqual({
      compareAtPrice: { amount: 6000 },
      discountPercent: 33,
      labels: ['SALE'],
    });
    expect(wrong.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['compareAtPrice'] }]);
    expect(over.product).toEqual({ compareAtPrice: null, discountPercent: null, labels: [] });
  });

  it('never shows buyers a draft, whatever they ask for', async () => {
    const { product } = await create({
      status: 'DRAFT',
      slug: 'secret-draft',
      variants: [{ sku: 'SECRET-1', price: 7, stock: 9 }],
    });
    const everything = `query ($id: ID!, $vari: ID!) {
      product(slug: "secret-draft") { id } node(id: $id) { id } variant: node(id: $vari) { id } products(search: "secret") { totalCount nodes { id } }
      searchSuggestions(term: "secret") { products { id } } }`;
    const ids = { id: product.id, vari: product.variants[0].id };

    const customer = await shop.ask(everything, ids);
    const refused = await shop
      .ask('{ staffProducts { nodes { id } } }')
      .catch((error: Error) => error.message);
    const found = await shop.ask(
      '{ staffProducts(search: "SECRET-1") { totalCount nodes { slug status totalStock } } }',
      {},
      { as: manager },
    );
    await update({ productId: product.id, expectedVersion: 1, status: 'ACTIVE' });
    const active = await shop.ask(
      '{ product(slug: "secret-draft") { slug status version totalStock totalAvailable translations { name } variants { stock { onHand } } } }',
    );

    expect(customer).toMatchObject({
      product: null,
      node: null,
      variant: null,
      products: { totalCount: 0, nodes: [] },
      searchSuggestions: { products: [] },
    });
    expect(refused).toBe('Please sign in.');
    expect(found.staffProducts).toEqual({
      totalCount: 1,
      nodes: [{ slug: 'secret-draft', status: 'DRAFT', totalStock: 9 }],
    });
    expect(active.product).toEqual({
      slug: 'secret-draft',
      status: null,
      version: null,
      totalStock: null,
      totalAvailable: null,
      translations: null,
      variants: [{ stock: null }],
    });
  });

  it('tells the world of a sale only when a label changes', async () => {
    const { product } = await create({ variants: [{ sku: 'LABEL-1', price: 1, stock: 6 }] });
    const id = (await shop.database.row(
      statement('test.by-slug', {
        params: { slug: t.text },
        row: { id: t.uuid },
        sql: 'SELECT id FROM product WHERE slug = :slug',
      }),
      { slug: product.slug },
    ))!.id;
    const sellUnits = (units: number) =>
      shop.database.transaction(async (tx) => {
        await tx.count(sell, { sku: 'LABEL-1', units });
        return refreshProductProjection(tx, [id]);
      });
    const before = await catalogVersion();

    const changes = [await sellUnits(1), await sellUnits(2), await sellUnits(1), await sellUnits(2)];

    const card = await shop.ask(
      'query ($slug: String!) { product(slug: $slug) { availability quickAddVariantId } }',
      { slug: product.slug },
    );
    expect(changes).toEqual([0, 1, 0, 1]);
    expect(await catalogVersion()).toBe(before + 2);
    expect(card.product).toEqual({ availability: 'SOLD_OUT', quickAddVariantId: null });
  });

  it('wears the right label after the last two units of two variants are sold at once', async () => {
    const choice = (value: string) => [{ option: 'colour', value }];
    const variants = [
      { sku: 'LAST-V', price: 1, stock: 1, options: choice('verde') },
      { sku: 'LAST-C', price: 1, stock: 1, options: choice('crem') },
    ];
    for (let round = 0; round < 5; round++) {
      const skus = variants.map(({ sku }) => `${sku}-${round}`);
      const { product } = await create({
        options: [COLOURS],
        variants: variants.map((variant, i) => ({ ...variant, sku: skus[i] })),
      });
      const id = localId('prod', product.id) ?? '';

      await Promise.all(
        skus.map((sku) =>
          shop.database.transaction(async (tx) => {
            await tx.count(sell, { sku, units: 1 });
            await refreshProductProjection(tx, [id]);
          }),
        ),
      );

      const card = await shop.ask('query ($slug: String!) { product(slug: $slug) { availability } }', {
        slug: product.slug,
      });
      expect(card.product.availability).toBe('SOLD_OUT');
    }
  });

  it('pages through the staff list forward and back without losing anybody', async () => {
    const page = (args: string) =>
      shop.ask(
        `{ staffProducts(sort: NAME_ASC, ${args}) { nodes { slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`,
        {},
        { as: manager },
      );
    const slugs = (answer: Answer): string[] => answer.staffProducts.nodes.map((node: Answer) => node.slug);

    const first = await page('first: 3');
    const second = await page(`first: 3, after: "${first.staffProducts.pageInfo.endCursor}"`);
    const back = await page(`last: 3, before: "${second.staffProducts.pageInfo.startCursor}"`);

    expect(slugs(back)).toEqual(slugs(first));
    expect(new Set([...slugs(first), ...slugs(second)]).size).toBe(6);
  });
});
