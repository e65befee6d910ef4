import { statement, t, type Querying, type Statement } from '../../../platform/database/database.js';

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
