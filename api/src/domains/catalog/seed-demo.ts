import { join } from 'node:path';
import { v5 } from 'uuid';
import type { FileStorage } from '../../integrations/storage/port.js';
import { statement, type Database, type Tx } from '../../platform/database/database.js';
import { readDemoCatalogue, type DemoCatalogue, type DemoProduct } from './demo-catalogue.js';
import { storeDemoPictures, type OnProgress, type StoredPicture } from './demo-pictures.js';
import {
  IMAGE_COLUMNS, insertInto, insertRows, OPTION_COLUMNS, OPTION_VALUE_COLUMNS, PRODUCT_COLUMNS, VARIANT_COLUMNS,
} from './insert-rows.js';
import { announceCatalogChange, refreshListCards } from './list-card.js';
import { MAIN_LOCATION } from './initial-stock.js';
import { variantName } from './variant-name.js';

/** Ids come from names, so that seeding again adds only what is missing. */
const NAMESPACE = '5b0c6f0e-6f6a-5f0e-9a55-0d1a7e1c0a01';
const idOf = (...names: string[]): string => v5(names.join('/'), NAMESPACE);

interface SeedContext {
  readonly pictures: ReadonlyMap<string, StoredPicture>;
  readonly currency: string;
}

const DAY_MS = 86_400_000;

const adding = { skipExisting: true };
const insertCategories = insertInto('category', {
  id: 'uuid', parent_id: 'uuid', slug: 'text', name: 'jsonb', description: 'jsonb', image_key: 'text', image_width: 'int', image_height: 'int', position: 'int',
}, adding);
const insertAttributes = insertInto('attribute', { id: 'uuid', code: 'text', name: 'jsonb', kind: 'text', position: 'int' }, adding);
const insertAttributeValues = insertInto('attribute_value', { id: 'uuid', attribute_id: 'uuid', code: 'text', name: 'jsonb', swatch: 'text', position: 'int' }, adding);
const insertTags = insertInto('tag', { id: 'uuid', slug: 'text', title: 'jsonb' }, adding);
const insertProducts = insertInto('product', PRODUCT_COLUMNS, adding);
const insertOptions = insertInto('product_option', OPTION_COLUMNS, adding);
const insertOptionValues = insertInto('product_option_value', OPTION_VALUE_COLUMNS, adding);
const insertImages = insertInto('product_image', IMAGE_COLUMNS, adding);
const insertVariants = insertInto('variant', VARIANT_COLUMNS, adding);
const insertStock = insertInto('stock_level', { variant_id: 'uuid', location_id: 'uuid', on_hand: 'int' }, adding);
const insertMovements = insertInto('stock_movement', {
  id: 'uuid', variant_id: 'uuid', location_id: 'uuid', delta_on_hand: 'int', delta_reserved: 'int', kind: 'text', reason: 'text',
}, adding);

const knownProducts = statement('catalog.seed-known', 'SELECT id, slug FROM product WHERE id = ANY($1) OR slug = ANY($2)');
const storedNames = statement(
  'catalog.seed-names',
  `SELECT 'category/' || slug AS name, id FROM category UNION ALL SELECT 'tag/' || slug, id FROM tag
   UNION ALL SELECT 'value/' || a.code || '/' || v.code, v.id FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id`,
);

/**
 * Fills the shop from the demo folder, in one transaction; pictures are stored before it. Seeding again adds what is
 * missing and touches nothing that exists: a product that staff changed or a picture they removed stays as it is.
 *
 * @returns how many products were added
 */
export async function seedDemoCatalogue(
  database: Database,
  storage: FileStorage,
  folder: string,
  { currency = 'RON', onProgress }: { currency?: string; onProgress?: OnProgress } = {},
): Promise<number> {
  const demo = await readDemoCatalogue(folder);
  const missing = await missingProducts(database, demo.products);
  if (missing.length === 0) return 0;
  const files = [...demo.categories.flatMap(({ image }) => image ?? []), ...missing.flatMap(({ images }) => images.map(({ file }) => file))];
  const pictures = await storeDemoPictures(storage, join(folder, 'pictures'), files, { namespace: NAMESPACE, onProgress });
  return database.transaction(async (tx) => {
    await seedTaxonomy(tx, demo, pictures);
    const added = await seedProducts(tx, missing, { demo, currency });
    await seedParts(tx, added, { pictures, currency });
    await refreshListCards(tx, added.map(({ slug }) => idOf('product', slug)));
    await announceCatalogChange(tx);
    return added.length;
  });
}

async function missingProducts(database: Database, products: readonly DemoProduct[]): Promise<DemoProduct[]> {
  const ids = products.map(({ slug }) => idOf('product', slug));
  const known = await database.rows<{ id: string; slug: string }>(knownProducts, [ids, products.map(({ slug }) => slug)]);
  const taken = new Set(known.flatMap(({ id, slug }) => [id, slug]));
  return products.filter(({ slug }) => !taken.has(slug) && !taken.has(idOf('product', slug)));
}

async function seedTaxonomy(tx: Tx, { categories, attributes, tags }: DemoCatalogue, pictures: ReadonlyMap<string, StoredPicture>): Promise<void> {
  await insertRows(tx, insertCategories, categories.map(({ slug, parent, position, name, description, image }) => {
    const picture = image ? pictures.get(image) : undefined;
    return {
      id: idOf('category', slug), parent_id: parent && idOf('category', parent), slug, name, description, position,
      image_key: picture?.storageKey, image_width: picture?.width, image_height: picture?.height,
    };
  }));
  await insertRows(tx, insertAttributes, attributes.map(({ code, name, kind }, position) => ({ id: idOf('attribute', code), code, name, kind, position })));
  await insertRows(tx, insertAttributeValues, attributes.flatMap((attribute) =>
    attribute.values.map((value, position) => ({
      ...value, id: idOf('value', attribute.code, value.code), attribute_id: idOf('attribute', attribute.code), position,
    })),
  ));
  await insertRows(tx, insertTags, tags.map(({ slug, title }) => ({ id: idOf('tag', slug), slug, title })));
}

async function seedProducts(tx: Tx, products: readonly DemoProduct[], { demo, currency }: { demo: DemoCatalogue; currency: string }): Promise<DemoProduct[]> {
  // A category or tag of the same name that staff made has another id: go by name.
  const names = await tx.rows<{ name: string; id: string }>(storedNames);
  const stored = new Map(names.map(({ name, id }) => [name, id]));
  const parents = new Map(demo.categories.map(({ slug, parent }) => [slug, parent]));
  const withAncestors = (slug: string): string[] => [slug, ...(parents.get(slug) ? withAncestors(parents.get(slug)!) : [])];
  const ids = (kind: string, list: readonly string[]): string[] => [...new Set(list.flatMap((name) => stored.get(`${kind}/${name}`) ?? []))];
  const now = Date.now();
  const rows = products.map((product, index) => {
    // A minute apart, so that a fixed order survives among those of one day.
    const created = new Date(now - product.createdDaysAgo * DAY_MS - index * 60_000).toISOString();
    return {
      ...product, id: idOf('product', product.slug), status: 'ACTIVE', seo: product.seo ?? {}, currency, created_at: created, updated_at: created,
      main_category_id: ids('category', product.categories)[0], own_category_ids: ids('category', product.categories),
      category_ids: ids('category', product.categories.flatMap(withAncestors)), tag_ids: ids('tag', product.tags),
      attribute_value_ids: ids('value', Object.entries(product.attributes).flatMap(([code, values]) => values.map((value) => `${code}/${value}`))),
    };
  });
  const added = new Set((await insertRows(tx, insertProducts, rows)).map(({ slug }) => slug));
  return products.filter(({ slug }) => added.has(slug));
}

async function seedParts(tx: Tx, products: readonly DemoProduct[], { pictures, currency }: SeedContext): Promise<void> {
  const each = <T>(part: (product: DemoProduct, productId: string) => T[]): T[] =>
    products.flatMap((product) => part(product, idOf('product', product.slug)));
  await insertRows(tx, insertOptions, each(({ slug, options }, product_id) =>
    options.map(({ code, name }, position) => ({ id: idOf('option', slug, code), product_id, code, name, position })),
  ));
  await insertRows(tx, insertOptionValues, each(({ slug, options }) =>
    options.flatMap((option) =>
      option.values.map((value, position) => ({ ...value, id: idOf('choice', slug, option.code, value.code), option_id: idOf('option', slug, option.code), position })),
    ),
  ));
  await insertRows(tx, insertImages, each(({ slug, images }, product_id) =>
    images.flatMap(({ file, alt }, position) => {
      const picture = pictures.get(file);
      if (!picture) return [];
      const { storageKey, width, height } = picture;
      return { id: idOf('image', slug, file), product_id, storage_key: storageKey, alt, width, height, position };
    }),
  ));
  const variants = await insertRows(tx, insertVariants, each((product, productId) => variantsOf(product, productId, { pictures, currency })));
  const stock = new Map(products.flatMap((product) => product.variants.map((variant) => [variant.sku, variant.stock] as const)));
  const levels = variants.map(({ id, sku }) => ({ variant_id: id as string, location_id: MAIN_LOCATION, on_hand: stock.get(sku as string) ?? 0 }));
  await insertRows(tx, insertStock, levels);
  await insertRows(tx, insertMovements, levels.filter(({ on_hand }) => on_hand > 0).map(({ variant_id, location_id, on_hand }) => ({
    id: idOf('received', variant_id), variant_id, location_id, delta_on_hand: on_hand, delta_reserved: 0, kind: 'RECEIVE', reason: 'Demo stock',
  })));
}

function variantsOf(product: DemoProduct, product_id: string, { pictures, currency }: SeedContext): object[] {
  const { slug, options, images, name } = product;
  return product.variants.map((variant, position) => {
    const chosen = options.map((option) => option.values.find(({ code }) => code === variant.options[option.code])!);
    const image = variant.image === undefined ? undefined : images[variant.image];
    return {
      id: idOf('variant', variant.sku), product_id, sku: variant.sku, barcode: variant.barcode, currency, position, price: variant.price,
      name: variantName(name, chosen.map((value) => value.name)),
      option_value_ids: options.map((option, i) => idOf('choice', slug, option.code, chosen[i]!.code)).sort(),
      image_id: image && pictures.has(image.file) ? idOf('image', slug, image.file) : null, compare_at_price: variant.compareAt, weight_grams: variant.weightGrams,
    };
  });
}
