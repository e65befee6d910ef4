import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';

// A long slug is shortened to make room for its number.
export const slugsLike = statement('catalog.slugs-like', {
  params: { slug: t.text },
  row: { slug: t.text },
  sql: `SELECT slug FROM product WHERE starts_with(slug, left(:slug, 70))
   UNION SELECT old_slug FROM slug_redirect WHERE starts_with(old_slug, left(:slug, 70))`,
});
// A variant without options has the product's name.
export const renameVariants = statement('catalog.variants-rename', {
  params: { productId: t.uuid, name: t.json<LocalizedText>() },
  sql: `UPDATE variant SET name = :name WHERE product_id = :productId AND option_value_ids = '{}'`,
});
// A redirect names the product, not a slug, so several changes in a row need no chain. The new slug may be one of its
// former ones.
export const redirectSlug = statement('catalog.slug-redirect', {
  params: { storedId: t.uuid, slug: t.text, oldSlug: t.text },
  sql: `WITH freed AS (DELETE FROM slug_redirect WHERE old_slug = :oldSlug)
   INSERT INTO slug_redirect (old_slug, product_id) VALUES (:slug, :storedId)
   ON CONFLICT (old_slug) DO UPDATE SET product_id = EXCLUDED.product_id, created_at = now()`,
});
export const forgetRedirect = statement('catalog.slug-redirect-forget', {
  params: { requested: t.text },
  sql: 'DELETE FROM slug_redirect WHERE old_slug = :requested',
});
