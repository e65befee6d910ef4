import {
  columnTypes,
  statement,
  t,
  type Querying,
  type Statement,
} from '../../../platform/database/database.js';
import { ProductImageEntity } from '../images/image.entity.js';
import { ProductEntity } from '../products/product.entity.js';
import { ProductOptionEntity, ProductOptionValueEntity, VariantEntity } from '../variants/variant.entity.js';

/** Inserts rows and returns the first column of each that is new: its id, or the variant of a stock level. */
type InsertRows = Statement<{ readonly rows: readonly object[] }, { readonly id: string }>;

/**
 * An insert of any number of rows from one JSON list of objects keyed by column: one statement text for any number of
 * rows.
 */
export function insertInto(
  table: string,
  columns: Readonly<Record<string, string>>,
  { skipExisting = false } = {},
): InsertRows {
  const names = Object.keys(columns).join(', ');
  const types = Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
  return statement(`catalog.${skipExisting ? 'add-missing' : 'insert'}-${table}`, {
    params: { rows: t.json<readonly object[]>() },
    row: { id: t.uuid },
    sql: `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_to_recordset(:rows::jsonb) AS r(${types})
     ${skipExisting ? 'ON CONFLICT DO NOTHING' : ''} RETURNING ${Object.keys(columns)[0]} AS id`,
  });
}

export function insertRows(
  database: Querying,
  into: InsertRows,
  rows: readonly object[],
): Promise<{ readonly id: string }[]> {
  return database.rows(into, { rows });
}

/** The columns that are given for a new row; all others have defaults or are derived. */
export const PRODUCT_COLUMNS = columnTypes(ProductEntity, [
  'id',
  'slug',
  'status',
  'name',
  'summary',
  'description',
  'seo',
  'taxClass',
  'labels',
  'featured',
  'mainCategoryId',
  'ownCategoryIds',
  'categoryIds',
  'tagIds',
  'attributeValueIds',
  'currency',
  'createdAt',
  'updatedAt',
]);
export const OPTION_COLUMNS = columnTypes(ProductOptionEntity, [
  'id',
  'productId',
  'code',
  'name',
  'position',
]);
export const OPTION_VALUE_COLUMNS = columnTypes(ProductOptionValueEntity, [
  'id',
  'optionId',
  'code',
  'name',
  'swatch',
  'position',
]);
export const VARIANT_COLUMNS = columnTypes(VariantEntity, [
  'id',
  'productId',
  'sku',
  'barcode',
  'name',
  'optionValueIds',
  'imageId',
  'price',
  'compareAtPrice',
  'currency',
  'weightGrams',
  'position',
]);
export const IMAGE_COLUMNS = columnTypes(ProductImageEntity, [
  'id',
  'productId',
  'storageKey',
  'originalKey',
  'status',
  'alt',
  'width',
  'height',
  'widths',
  'position',
]);
