import { newId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t, type Database, type Tx } from '../../../platform/database/database.js';
import { announceCatalogChange } from '../listing/product-projection.js';
import { lockCategoryTree } from './category-lock.js';
import { CategoryEntity } from './taxonomy.entity.js';

interface StarterCategory {
  readonly slug: string;
  readonly name: LocalizedText;
  readonly below?: readonly StarterCategory[];
}

/** Names that fit many shops: their owner renames them, or drops them at set-up. */
const TREE: readonly StarterCategory[] = [
  {
    slug: 'home',
    name: { ro: 'Pentru casă', en: 'For the home', fr: 'Pour la maison' },
    below: [
      { slug: 'kitchen', name: { ro: 'Bucătărie și masă', en: 'Kitchen and table', fr: 'Cuisine et table' } },
      { slug: 'decoration', name: { ro: 'Decorațiuni', en: 'Decoration', fr: 'Décoration' } },
    ],
  },
  { slug: 'accessories', name: { ro: 'Accesorii', en: 'Accessories', fr: 'Accessoires' } },
  { slug: 'gifts', name: { ro: 'Cadouri', en: 'Gifts', fr: 'Cadeaux' } },
];

const hasCatalogue = statement('catalog.has-catalogue', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM category) OR EXISTS (SELECT FROM product) AS has',
});

const hasProducts = statement('catalog.starter-products', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM product) AS has',
});
const dropLeaves = statement('catalog.starter-drop', {
  sql: 'DELETE FROM category c WHERE NOT EXISTS (SELECT FROM category b WHERE b.parent_id = c.id)',
});

/** A small tree of categories to begin with; nothing where there is a category or a product. */
export async function seedStarterTree(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await lockCategoryTree(tx);
    if ((await tx.row(hasCatalogue))?.has) return;
    await insertBelow(tx, null, TREE);
    await announceCatalogChange(tx);
  });
}

/**
 * Takes the tree out again, as part of the transaction that sets the shop up; nothing where there is a product. Nobody has
 * seen the shop yet: no address of it leads anywhere.
 */
export async function dropStarterTree(tx: Tx): Promise<void> {
  await lockCategoryTree(tx);
  if ((await tx.row(hasProducts))?.has) return;
  while ((await tx.count(dropLeaves)) > 0);
  await announceCatalogChange(tx);
}

async function insertBelow(
  tx: Tx,
  parentId: string | null,
  categories: readonly StarterCategory[],
): Promise<void> {
  const rows = categories.map((category, position) => ({ ...category, id: newId(), position }));
  const texts = {
    description: {},
    seo: {},
    image: null,
    imageKey: null,
    imageWidth: null,
    imageHeight: null,
  };
  await tx.repository(CategoryEntity).insert(
    rows.map(({ id, slug, name, position }) => ({
      ...{ id, parentId, slug, name, position },
      ...{ ...texts, hidden: false },
    })),
  );
  for (const { id, below = [] } of rows) if (below.length > 0) await insertBelow(tx, id, below);
}
