import { join } from 'node:path';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { PROJECT_ROOT } from '../../../kernel/project-root.js';
import { statement, type Database, type Tx, t } from '../../../platform/database/database.js';
import { MediaUses, seedMedia } from '../../media/index.js';
import { noteSeededImages } from '../categories/category-media.js';
import { readDemoCatalogue, type DemoCatalogue, type DemoProduct } from './demo-catalogue.js';
import { storeDemoImages, type OnProgress } from './demo-images.js';
import {
  attributeRows,
  attributeValueRows,
  backorderRows,
  categoryRows,
  DEMO_NAMESPACE,
  demoId,
  imageRows,
  levelRows,
  locationRows,
  movementRows,
  mediaRows,
  optionRows,
  optionValueRows,
  productRows,
  stockLevelsOf,
  tagRows,
  variantRows,
  type DemoImages,
} from './demo-rows.js';
import {
  IMAGE_COLUMNS,
  insertInto,
  insertRows,
  OPTION_COLUMNS,
  OPTION_VALUE_COLUMNS,
  PRODUCT_COLUMNS,
  VARIANT_COLUMNS,
} from './insert-rows.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';

interface SeedContext {
  readonly demo: DemoCatalogue;
  readonly images: DemoImages;
  readonly currency: string;
}

const adding = { skipExisting: true };
const insertCategories = insertInto(
  'category',
  {
    id: 'uuid',
    parent_id: 'uuid',
    slug: 'text',
    name: 'jsonb',
    description: 'jsonb',
    image_key: 'text',
    image_width: 'int',
    image_height: 'int',
    image: 'jsonb',
    position: 'int',
  },
  adding,
);
const insertAttributes = insertInto(
  'attribute',
  { id: 'uuid', code: 'text', name: 'jsonb', kind: 'text', position: 'int' },
  adding,
);
const insertAttributeValues = insertInto(
  'attribute_value',
  {
    id: 'uuid',
    attribute_id: 'uuid',
    code: 'text',
    name: 'jsonb',
    swatch: 'text',
    care: 'jsonb',
    position: 'int',
  },
  adding,
);
const insertTags = insertInto('tag', { id: 'uuid', slug: 'text', name: 'jsonb' }, adding);
const insertProducts = insertInto('product', PRODUCT_COLUMNS, adding);
const insertOptions = insertInto('product_option', OPTION_COLUMNS, adding);
const insertOptionValues = insertInto('product_option_value', OPTION_VALUE_COLUMNS, adding);
const insertImages = insertInto('product_image', IMAGE_COLUMNS, adding);
const insertVariants = insertInto('variant', VARIANT_COLUMNS, adding);
const insertLocations = insertInto(
  'stock_location',
  { id: 'uuid', code: 'text', name: 'text', kind: 'text', priority: 'int', address: 'jsonb' },
  adding,
);
const insertStock = insertInto('stock_level', { variant_id: 'uuid', location_id: 'uuid' }, adding);
const insertMovements = insertInto(
  'stock_movement',
  {
    id: 'uuid',
    variant_id: 'uuid',
    location_id: 'uuid',
    delta_on_hand: 'int',
    delta_reserved: 'int',
    kind: 'text',
    reason: 'text',
  },
  adding,
);

const allowBackorders = statement('catalog.seed-backorders', {
  params: { backorders: t.json<object[]>() },
  sql: `UPDATE variant v SET stock_policy = 'CONTINUE', backorder_limit = r."limit", available_from = current_date + r."inDays"
   FROM jsonb_to_recordset(:backorders::jsonb) AS r(id uuid, "limit" int, "inDays" int) WHERE v.id = r.id`,
});
const storedPlaces = statement('catalog.seed-places', {
  row: { id: t.uuid },
  sql: 'SELECT id FROM stock_location',
});
const knownProducts = statement('catalog.seed-known', {
  params: { ids: t.uuids, slugs: t.texts },
  row: { id: t.uuid, slug: t.text },
  sql: 'SELECT id, slug FROM product WHERE id = ANY(:ids) OR slug = ANY(:slugs)',
});
const storedNames = statement('catalog.seed-names', {
  row: { name: t.text, id: t.uuid },
  sql: `SELECT 'category/' || slug AS name, id FROM category UNION ALL SELECT 'tag/' || slug, id FROM tag
   UNION ALL SELECT 'value/' || a.code || '/' || v.code, v.id FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id`,
});

const DEMO_FOLDER = join(PROJECT_ROOT, 'demo');

/** `seedDemoCatalogue` for the command line, which prints how far it is. */
export async function seedDemoGoods({ database, storage, currency, print }: DemoGoodsDeps): Promise<void> {
  const count = await seedDemoCatalogue(database, storage, DEMO_FOLDER, {
    currency,
    onProgress: (done, total) => {
      if (done === total || done % 20 === 0) print(`  pictures ${done} of ${total}`);
    },
  });
  if (count > 0) print(`Added ${count} demo products.`);
}

interface DemoGoodsDeps {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly currency: string;
  readonly print: (line: string) => void;
}

/**
 * Fills the shop from the demo folder, in one transaction; images are stored before it. Seeding again adds what is
 * missing and changes nothing that exists: a product that staff changed or an image that they deleted stays so.
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
  const files = [
    ...demo.categories.flatMap(({ image }) => image ?? []),
    ...missing.flatMap(({ images }) => images.map(({ file }) => file)),
  ];
  const images = await storeDemoImages(storage, join(folder, 'pictures'), files, {
    namespace: DEMO_NAMESPACE,
    onProgress,
  });
  const context: SeedContext = { demo, images, currency };
  return database.transaction(async (tx) => {
    const media = await seedMedia(tx, mediaRows(missing, demo, images));
    await seedTaxonomy(tx, context, media);
    await insertRows(tx, insertLocations, locationRows(demo));
    const added = await seedProducts(tx, missing, context);
    await seedParts(tx, added, context);
    await refreshProductProjection(
      tx,
      added.map(({ slug }) => demoId('product', slug)),
    );
    await announceCatalogChange(tx);
    return added.length;
  });
}

async function missingProducts(database: Database, products: readonly DemoProduct[]): Promise<DemoProduct[]> {
  const ids = products.map(({ slug }) => demoId('product', slug));
  const known = await database.rows(knownProducts, { ids, slugs: products.map(({ slug }) => slug) });
  const taken = new Set(known.flatMap(({ id, slug }) => [id, slug]));
  return products.filter(({ slug }) => !taken.has(slug) && !taken.has(demoId('product', slug)));
}

async function seedTaxonomy(
  tx: Tx,
  { demo, images }: SeedContext,
  media: ReadonlyMap<string, string>,
): Promise<void> {
  const added = await insertRows(tx, insertCategories, categoryRows(demo, images, media));
  const ids = added.map(({ id }) => id);
  await noteSeededImages(tx, new MediaUses(), ids);
  await insertRows(tx, insertAttributes, attributeRows(demo));
  await insertRows(tx, insertAttributeValues, attributeValueRows(demo));
  await insertRows(tx, insertTags, tagRows(demo));
}

async function seedProducts(
  tx: Tx,
  products: readonly DemoProduct[],
  { demo, currency }: SeedContext,
): Promise<DemoProduct[]> {
  // A category or tag with the same name that staff created has another id: refer to it by name.
  const names = await tx.rows(storedNames);
  const stored = new Map(names.map(({ name, id }) => [name, id]));
  const added = await insertRows(tx, insertProducts, productRows(products, demo, stored, currency));
  const ids = new Set(added.map(({ id }) => id));
  return products.filter(({ slug }) => ids.has(demoId('product', slug)));
}

async function seedParts(
  tx: Tx,
  products: readonly DemoProduct[],
  { images, currency }: SeedContext,
): Promise<void> {
  await insertRows(tx, insertOptions, products.flatMap(optionRows));
  await insertRows(tx, insertOptionValues, products.flatMap(optionValueRows));
  await insertRows(
    tx,
    insertImages,
    products.flatMap((product) => imageRows(product, images)),
  );
  const variants = products.flatMap((product) => variantRows(product, images, currency));
  const added = await insertRows(tx, insertVariants, variants);
  const ids = added.map(({ id }) => id);
  await tx.count(allowBackorders, { backorders: backorderRows(products, ids) });
  // A location with the same code that staff created has another id, and gets no demo stock.
  const places = new Set((await tx.rows(storedPlaces)).map(({ id }) => id));
  const stockLevels = stockLevelsOf(products, ids).filter(({ locationId }) => places.has(locationId));
  await insertRows(tx, insertStock, levelRows(stockLevels));
  await insertRows(tx, insertMovements, movementRows(stockLevels));
}
