import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../kernel/project-root.js';
import { statement, t, type Database } from '../../platform/database/database.js';
import { announceCatalogChange } from '../catalog/index.js';
import type { MetadataValues } from './metadata.entity.js';

const FILE = join(PROJECT_ROOT, 'demo', 'catalogue', 'metadata.json');

const values = z.record(z.string(), z.string());
const format = z.array(z.object({ slug: z.string(), metadata: values, publicMetadata: values }));

// Whoever removed the values of a product keeps its row, and does not get them back.
const insertOfProducts = statement('metadata.seed', {
  params: { slugs: t.texts, staff: t.jsonTexts, all: t.jsonTexts },
  sql: `INSERT INTO metadata (entity_id, entity_type, staff_values, public_values, version)
   SELECT p.id, 'Product', f.staff, f.all_readers, 1 FROM unnest(:slugs::text[], :staff::jsonb[], :all::jsonb[]) AS f (slug, staff, all_readers)
   JOIN product p ON p.slug = f.slug ON CONFLICT (entity_id) DO NOTHING`,
});

/** Gives some goods of the demo shop metadata, as another program of the shop would have written it. */
export async function seedDemoMetadata(database: Database, file = FILE): Promise<void> {
  const entries = format.parse(JSON.parse(await readFile(file, 'utf8')));
  const texts = (of: (entry: (typeof entries)[number]) => MetadataValues): string[] =>
    entries.map((entry) => JSON.stringify(of(entry)));
  await database.transaction(async (tx) => {
    const added = await tx.count(insertOfProducts, {
      slugs: entries.map(({ slug }) => slug),
      staff: texts(({ metadata }) => metadata),
      all: texts(({ publicMetadata }) => publicMetadata),
    });
    if (added > 0) await announceCatalogChange(tx);
  });
}
