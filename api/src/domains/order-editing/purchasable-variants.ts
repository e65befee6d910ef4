import { statement, type Querying, t } from '../../platform/database/database.js';
import { productColumns, variantColumns, type VariantRow, type ProductRow } from '../catalog/index.js';
import type { PurchasableVariant } from './drafts/price-draft.js';

const purchasableVariants = statement('orderEditing.purchasable-variants', {
  params: { variantIds: t.uuids },
  row: { variant: t.json<VariantRow>(), product: t.json<ProductRow>() },
  sql: `SELECT (SELECT to_json(r) FROM (SELECT ${variantColumns('v')}) r) AS variant,
     (SELECT to_json(r) FROM (SELECT ${productColumns('p')}) r) AS product
   FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = ANY(:variantIds::uuid[])`,
});

/** Variants with their products by id, for sale or not; an id that does not exist is missing. */
export async function readPurchasableVariants(
  querying: Querying,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, PurchasableVariant>> {
  const rows = await querying.rows(purchasableVariants, { variantIds });
  return new Map(rows.map((row) => [row.variant.id, row]));
}
