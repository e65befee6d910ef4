import { anyOf, anyOfIds } from '../../../kernel/any-of.js';
import { localId } from '../../../kernel/ids.js';
import { searchTerm } from '../../../platform/database/found-by.js';
import type { MovementQuery } from './ledger-list.js';
import type { StockFilter, StockMovementFilter } from './stock-filter.input.js';
import type { StockQuery } from './stock-list.js';

// An unknown id must match nothing instead of everything.
const NO_ID = '00000000-0000-0000-0000-000000000000';

export function uuidOf(prefix: 'loc' | 'vari' | 'imp', id: string | null | undefined): string | null {
  return id ? (localId(prefix, id) ?? NO_ID) : null;
}

/** What search and filter of the list of stock mean. */
export const stockQuery = (
  search: string | null | undefined,
  filter: StockFilter | null | undefined,
): StockQuery => ({
  search: searchTerm(search),
  low: filter?.low ?? false,
  soldOut: filter?.soldOut ?? false,
  locationId: uuidOf('loc', filter?.locationId),
  ids: anyOfIds('vari', filter?.ids),
  updatedFrom: filter?.updatedFrom ?? null,
  updatedTo: filter?.updatedTo ?? null,
});

/** What the filter of the ledger means. */
export const movementQuery = (filter: StockMovementFilter | null | undefined): MovementQuery => ({
  variantId: uuidOf('vari', filter?.variantId),
  locationId: uuidOf('loc', filter?.locationId),
  importId: uuidOf('imp', filter?.importId),
  kinds: anyOf(filter?.kinds),
  from: filter?.from ?? null,
  to: filter?.to ?? null,
});
