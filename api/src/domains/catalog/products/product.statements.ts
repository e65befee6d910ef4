import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';
import type { ProductStatus } from '../rows.js';

// A variant without options has the product's name.
export const renameVariants = statement('catalog.variants-rename', {
  params: { productId: t.uuid, name: t.json<LocalizedText>() },
  sql: `UPDATE variant SET name = :name WHERE product_id = :productId AND option_value_ids = '{}'`,
});
/** Products as what is at their addresses. */
export const addressedProducts = statement('catalog.addressed-products', {
  params: { ids: t.uuids },
  row: { id: t.uuid, slug: t.text, name: t.json<LocalizedText>(), status: t.textOf<ProductStatus>() },
  sql: 'SELECT id, slug, name, status FROM product WHERE id = ANY(:ids)',
});
