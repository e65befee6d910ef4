import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';
import { productColumns, PRODUCT_ROW, type SeoColumn } from '../rows.js';

export const lockProduct = statement('catalog.product-lock', {
  params: { id: t.uuid },
  row: { ...PRODUCT_ROW, description: t.json<LocalizedText>(), categoryIds: t.uuids },
  sql: `SELECT ${productColumns('p')}, p.description, p.category_ids AS "categoryIds" FROM product p WHERE p.id = :id FOR NO KEY UPDATE`,
});
// A long slug is shortened to make room for its number.
export const slugsLike = statement('catalog.slugs-like', {
  params: { slug: t.text },
  row: { slug: t.text },
  sql: `SELECT slug FROM product WHERE starts_with(slug, left(:slug, 70))
   UNION SELECT old_slug FROM slug_redirect WHERE starts_with(old_slug, left(:slug, 70))`,
});
// No row if nothing changes, so that the version is kept.
export const updateProduct = statement('catalog.product-update', {
  params: {
    id: t.uuid,
    slug: t.text,
    status: t.text,
    name: t.json<LocalizedText>(),
    summary: t.json<LocalizedText>(),
    description: t.json<LocalizedText>(),
    seo: t.json<SeoColumn>(),
    labels: t.texts,
    featured: t.boolean,
    mainCategoryId: t.uuid.orNull,
    ownCategoryIds: t.uuids,
    categoryIds: t.uuids,
    tags: t.uuids,
    values: t.uuids,
    taxClass: t.text,
  },
  sql: `UPDATE product SET slug = :slug, status = :status, name = :name, summary = :summary, description = :description, seo = :seo, labels = :labels, featured = :featured,
     main_category_id = :mainCategoryId, own_category_ids = :ownCategoryIds, category_ids = :categoryIds, tag_ids = :tags, attribute_value_ids = :values, tax_class = :taxClass,
     version = version + 1, updated_at = now()
   WHERE id = :id AND (slug, status, name, summary, description, seo, labels, featured, main_category_id, own_category_ids,
     category_ids, tag_ids, attribute_value_ids, tax_class)
     IS DISTINCT FROM (:slug, :status, :name, :summary, :description, :seo, :labels, :featured, :mainCategoryId, :ownCategoryIds, :categoryIds, :tags, :values, :taxClass)`,
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
