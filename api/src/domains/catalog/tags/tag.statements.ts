import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';

/** Every tag as it is stored: there are few, and whoever writes tags of products compares their names. */
export const everyTag = statement('catalog.tags', {
  row: { id: t.uuid, slug: t.text, name: t.json<LocalizedText>(), formerSlugs: t.texts },
  sql: `SELECT id, slug, name, former_slugs AS "formerSlugs" FROM tag ORDER BY created_at, id`,
});
export const tagSlugs = statement('catalog.tag-slugs', {
  params: { slug: t.text },
  row: { slug: t.text },
  sql: `SELECT slug FROM tag WHERE slug = :slug OR slug LIKE :slug || '-%'`,
});
/** A slug that a tag takes is no longer a former one of another. */
export const giveUpFormerSlug = statement('catalog.tag-former-slug', {
  params: { slug: t.text, except: t.uuid },
  sql: `UPDATE tag SET former_slugs = array_remove(former_slugs, :slug::text) WHERE former_slugs @> ARRAY[:slug::text] AND id <> :except`,
});
export const lockProductsOfTag = statement('catalog.tag-products-lock', {
  params: { id: t.uuid },
  row: { id: t.uuid },
  sql: 'SELECT id FROM product WHERE tag_ids @> ARRAY[:id::uuid] ORDER BY id FOR NO KEY UPDATE',
});
/** Whoever edits one of the products gets STALE_VERSION: their form names a tag that is gone. */
export const replaceTag = statement('catalog.tag-products-replace', {
  params: { id: t.uuid, into: t.uuid.orNull },
  sql: `UPDATE product p SET version = p.version + 1, updated_at = now(), tag_ids = coalesce((
     SELECT array_agg(kept.id ORDER BY kept.at) FROM (
       SELECT coalesce(nullif(o.id, :id), :into::uuid) AS id, min(o.at) AS at FROM unnest(p.tag_ids) WITH ORDINALITY AS o (id, at)
       GROUP BY 1) kept WHERE kept.id IS NOT NULL), '{}')
   WHERE p.tag_ids @> ARRAY[:id::uuid]`,
});
/** How many products have each tag, of any status. */
export const productsByTag = statement('catalog.products-by-tag', {
  params: { ids: t.uuids },
  row: { id: t.uuid, count: t.int },
  sql: `SELECT tag_id AS id, count(*)::int AS count FROM product, unnest(tag_ids) AS tag_id
   WHERE tag_ids && :ids::uuid[] AND tag_id = ANY(:ids) GROUP BY tag_id`,
});
