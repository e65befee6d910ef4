import { statement, type Querying, type PositionalStatement } from '../../../platform/database/database.js';

/**
 * An insert of any number of rows from one JSON list of objects keyed by column: one statement text for any number of
 * rows.
 */
export function insertInto(
  table: string,
  columns: Readonly<Record<string, string>>,
  { skipExisting = false } = {},
): PositionalStatement {
  const names = Object.keys(columns).join(', ');
  const types = Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
  return statement(
    `catalog.${skipExisting ? 'add-missing' : 'insert'}-${table}`,
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_to_recordset($1::jsonb) AS r(${types})
     ${skipExisting ? 'ON CONFLICT DO NOTHING' : ''} RETURNING *`,
  );
}

export function insertRows(
  database: Querying,
  into: PositionalStatement,
  rows: readonly object[],
): Promise<Record<string, unknown>[]> {
  return database.rows(into, [JSON.stringify(rows)]);
}

/** The columns that are given for a new row; all others have defaults or are derived. */
export const PRODUCT_COLUMNS = {
  id: 'uuid',
  slug: 'text',
  status: 'text',
  name: 'jsonb',
  summary: 'jsonb',
  description: 'jsonb',
  seo: 'jsonb',
  tax_class: 'text',
  labels: 'text[]',
  featured: 'boolean',
  main_category_id: 'uuid',
  own_category_ids: 'uuid[]',
  category_ids: 'uuid[]',
  tag_ids: 'uuid[]',
  attribute_value_ids: 'uuid[]',
  currency: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
};
export const OPTION_COLUMNS = {
  id: 'uuid',
  product_id: 'uuid',
  code: 'text',
  name: 'jsonb',
  position: 'int',
};
export const OPTION_VALUE_COLUMNS = {
  id: 'uuid',
  option_id: 'uuid',
  code: 'text',
  name: 'jsonb',
  swatch: 'text',
  position: 'int',
};
export const VARIANT_COLUMNS = {
  id: 'uuid',
  product_id: 'uuid',
  sku: 'text',
  barcode: 'text',
  name: 'jsonb',
  option_value_ids: 'uuid[]',
  image_id: 'uuid',
  price: 'bigint',
  compare_at_price: 'bigint',
  currency: 'text',
  weight_grams: 'int',
  position: 'int',
};
export const IMAGE_COLUMNS = {
  id: 'uuid',
  product_id: 'uuid',
  storage_key: 'text',
  original_key: 'text',
  status: 'text',
  alt: 'jsonb',
  width: 'int',
  height: 'int',
  widths: 'int[]',
  position: 'int',
};
