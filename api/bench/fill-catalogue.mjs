// Fills the database of DATABASE_URL with the bench catalogue: node api/bench/fill-catalogue.mjs [--catalogue FILE]
import 'reflect-metadata';
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import {
  IMAGE_COLUMNS,
  insertInto,
  insertRows,
  OPTION_COLUMNS,
  OPTION_VALUE_COLUMNS,
  PRODUCT_COLUMNS,
  VARIANT_COLUMNS,
} from '../dist/domains/catalog/demo/insert-rows.js';
import { MAIN_LOCATION } from '../dist/domains/catalog/index.js';
import {
  announceCatalogChange,
  refreshProductProjection,
} from '../dist/domains/catalog/listing/product-projection.js';
import { hashPassword } from '../dist/domains/identity/sign-in/password.js';
import { seedReference } from '../dist/domains/pricing/index.js';
import { newId } from '../dist/kernel/ids.js';
import { createDataSource } from '../dist/platform/database/data-source.js';
import { Database } from '../dist/platform/database/database.js';
import { migrateUp } from '../dist/platform/database/migrate.js';

/** Signs in for the last-item race. Loopback only: the password is public. */
export const BENCH_STAFF = { email: 'bench-admin@example.test', password: 'bench-admin-loopback' };

/** Products per helper tag `bench-page-1`, `bench-page-2`, ...: lets a client page by number, which cursors do not. */
const TAG_PAGE = 80;
const CURRENCY = 'RON';
const MINUTE_MS = 60_000;
const FIRST_CREATED = Date.UTC(2026, 0, 1);

const text = (words) => ({ ro: words, en: words });

/** Creates, migrates and fills the database; answers the number of products, 0 when they were there already. */
export async function fillCatalogue(url, catalogueFile = new URL('./catalogue.mjs', import.meta.url).href) {
  const catalogue = await import(catalogueFile);
  await ensureDatabase(url);
  const source = await createDataSource({ url, poolSize: 2, entities: [] }).initialize();
  try {
    await migrateUp(source);
    const database = new Database(source);
    await seedReference(database, { currency: CURRENCY, homeCountry: 'RO' });
    const [known] = await source.query('SELECT count(*) AS count FROM product');
    if (Number(known.count) > 0) return 0;
    const rows = rowsOf(catalogue);
    const passwordHash = await hashPassword(BENCH_STAFF.password);
    await database.transaction(async (tx) => {
      for (const [into, list] of rows) await insertRows(tx, into, list);
      await tx.client.query(
        `INSERT INTO app_user (id, email, password_hash, first_name, last_name, role, email_verified_at)
         VALUES ($1, $2, $3, 'Bench', 'Admin', 'ADMIN', now())`,
        [newId(), BENCH_STAFF.email, passwordHash],
      );
      const products = rows.get(insertProducts);
      await refreshProductProjection(
        tx,
        products.map(({ id }) => id),
      );
      await announceCatalogChange(tx);
    });
    await source.query('VACUUM ANALYZE');
    return rows.get(insertProducts).length;
  } finally {
    await source.destroy();
  }
}

const insertCategories = insertInto('category', {
  id: 'uuid',
  parent_id: 'uuid',
  slug: 'text',
  name: 'jsonb',
  position: 'int',
});
const insertAttributes = insertInto('attribute', {
  id: 'uuid',
  code: 'text',
  name: 'jsonb',
  kind: 'text',
  position: 'int',
});
const insertAttributeValues = insertInto('attribute_value', {
  id: 'uuid',
  attribute_id: 'uuid',
  code: 'text',
  name: 'jsonb',
  position: 'int',
});
const insertTags = insertInto('tag', { id: 'uuid', slug: 'text', name: 'jsonb' });
const insertProducts = insertInto('product', PRODUCT_COLUMNS);
const insertOptions = insertInto('product_option', OPTION_COLUMNS);
const insertOptionValues = insertInto('product_option_value', OPTION_VALUE_COLUMNS);
const insertImages = insertInto('product_image', IMAGE_COLUMNS);
const insertVariants = insertInto('variant', VARIANT_COLUMNS);
const insertStock = insertInto('stock_level', { variant_id: 'uuid', location_id: 'uuid' });
const insertMovements = insertInto('stock_movement', {
  id: 'uuid',
  variant_id: 'uuid',
  location_id: 'uuid',
  delta_on_hand: 'int',
  delta_reserved: 'int',
  kind: 'text',
  reason: 'text',
});

/** The rows of every table, in an order that satisfies the foreign keys. */
function rowsOf({ catalogue, SIZES }) {
  const { products, collections, facets } = catalogue();
  const taxonomy = taxonomyOf(collections, facets);
  const pages = Math.ceil(products.length / TAG_PAGE);
  const tags = Array.from({ length: pages }, (_, i) => ({
    id: newId(),
    slug: `bench-page-${i + 1}`,
    name: text(`bench-page-${i + 1}`),
  }));
  const sold = products.map((product) => ({
    product,
    id: newId(),
    sizes: SIZES.map((code) => ({ id: newId(), code })),
    variants: product.variants.map((variant) => ({ ...variant, id: newId() })),
  }));
  return new Map([
    [insertCategories, taxonomy.categories],
    [insertAttributes, taxonomy.attributes],
    [insertAttributeValues, taxonomy.values],
    [insertTags, tags],
    [insertProducts, sold.map((each) => productRow(each, taxonomy, tags))],
    ...partsOf(sold),
  ]);
}

function taxonomyOf(collections, facets) {
  const ids = new Map(collections.map(({ slug }) => [slug, newId()]));
  const attributes = facets.map(({ code, name }, position) => ({
    id: newId(),
    code,
    name: text(name),
    kind: 'ENUM',
    position,
  }));
  const values = facets.flatMap((facet, i) =>
    facet.values.map(({ code, name }, position) => ({
      id: newId(),
      attribute_id: attributes[i].id,
      code,
      name: text(name),
      position,
      key: `${facet.code}/${code}`,
    })),
  );
  const categories = collections.map(({ slug, name, parent }, position) => ({
    id: ids.get(slug),
    parent_id: parent && ids.get(parent),
    slug,
    name: text(name),
    position,
  }));
  const categoryIds = (product) =>
    collections.filter(({ members }) => members.includes(product)).map(({ slug }) => ids.get(slug));
  return { categories, attributes, values, categoryIds, valueIds: new Map(values.map((v) => [v.key, v.id])) };
}

function productRow({ product, id }, { categoryIds, valueIds }, tags) {
  // A collection's members are members of those above it, so that this list holds every ancestor.
  const categories = categoryIds(product);
  const created = new Date(FIRST_CREATED + product.index * MINUTE_MS).toISOString();
  return {
    id,
    slug: product.slug,
    status: 'ACTIVE',
    name: text(product.name),
    summary: {},
    description: text(product.description),
    seo: {},
    tax_class: 'standard',
    labels: [],
    featured: false,
    main_category_id: categories.at(-1) ?? null,
    own_category_ids: categories,
    category_ids: categories,
    tag_ids: [tags[Math.floor(product.index / TAG_PAGE)].id],
    attribute_value_ids: product.facetValues.map(({ facet, value }) => valueIds.get(`${facet}/${value}`)),
    currency: CURRENCY,
    created_at: created,
    updated_at: created,
  };
}

function partsOf(sold) {
  const options = sold.map(({ id }) => ({
    id: newId(),
    product_id: id,
    code: 'size',
    name: text('Size'),
    position: 0,
  }));
  const variants = sold.flatMap(({ id, sizes, variants: list }) =>
    list.map((variant, position) => ({
      id: variant.id,
      product_id: id,
      sku: variant.sku,
      name: text(variant.size),
      option_value_ids: [sizes[position].id],
      price: variant.price,
      currency: CURRENCY,
      position,
      stock: variant.stock,
    })),
  );
  const images = sold.flatMap(({ product, id }) =>
    product.images.map((storage_key, position) => ({
      id: newId(),
      product_id: id,
      storage_key,
      status: 'READY',
      alt: text(product.name),
      width: 1200,
      height: 1500,
      position,
    })),
  );
  const stockLevels = variants.map(({ id }) => ({ variant_id: id, location_id: MAIN_LOCATION }));
  return [
    [insertOptions, options],
    [
      insertOptionValues,
      sold.flatMap(({ sizes }, i) =>
        sizes.map(({ id, code }, position) => ({
          id,
          option_id: options[i].id,
          code: code.toLowerCase(),
          name: text(code),
          position,
        })),
      ),
    ],
    [insertImages, images],
    [insertVariants, variants],
    [insertStock, stockLevels],
    [
      insertMovements,
      variants.map(({ stock }, i) => ({
        ...stockLevels[i],
        id: newId(),
        delta_on_hand: stock,
        delta_reserved: 0,
        kind: 'RECEIVE',
        reason: 'bench',
      })),
    ],
  ];
}

async function ensureDatabase(url) {
  const address = new URL(url);
  const name = decodeURIComponent(address.pathname.slice(1));
  address.pathname = '/postgres';
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

if (import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const { values } = parseArgs({ options: { catalogue: { type: 'string' } } });
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is missing: the database to fill.');
  const began = performance.now();
  const count = await fillCatalogue(url, values.catalogue && pathToFileURL(resolve(values.catalogue)).href);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(count > 0 ? `${count} products in ${seconds} s` : 'The database is already filled.');
}
