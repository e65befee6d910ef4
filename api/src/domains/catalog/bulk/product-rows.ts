import { localized, type LocalizedText } from '../../../kernel/languages.js';
import { statement, t, type Tx } from '../../../platform/database/database.js';
import type { BulkLocking, BulkRows } from '../../long-jobs/index.js';
import { StaffProductFilter } from '../listing/product-filter.input.js';
import { assertNames } from '../products/product-names.js';
import type { StaffListArguments, StaffProductList } from '../products/staff-product-list.js';

export type ProductQuery = Pick<StaffListArguments, 'search' | 'filter'>;

/** The list of products of staff, for actions on many of them: `defineBulk({ ...onProducts, … })`. */
export const onProducts = {
  rows: 'products',
  table: 'product',
  search: 200,
  filter: StaffProductFilter,
  query: (search: string | null | undefined, filter: StaffProductFilter | null | undefined): ProductQuery => {
    assertNames(filter ?? {});
    return { search: search ?? null, filter: filter ?? null };
  },
  moments: ['updatedFrom', 'updatedTo'],
} as const satisfies BulkRows<ProductQuery>;

const lockAll = statement('catalog.bulk-lock', {
  params: { ids: t.uuids },
  row: { id: t.uuid, name: t.json<LocalizedText>() },
  sql: 'SELECT id, name FROM product WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE',
});

/** Locks products in the order of their ids, as every change of them does. Returns their names by id. */
export async function lockProducts(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await tx.rows(lockAll, { ids });
  return new Map(found.map(({ id, name }) => [id, localized(name, 'en', 'ro') ?? '']));
}

/** How the products are found and locked that an action is done to. */
export const productRows = (list: StaffProductList): BulkLocking<ProductQuery> => ({
  count: (query) => list.matching(query),
  select: (querying, query, range) => list.idsBetween(querying, query, range),
  lock: async (tx, id) => (await lockProducts(tx, [id])).get(id) ?? null,
});
