import type { RouteLocationRaw } from 'vue-router';
import type { ImportKind } from '../generated/imports/graphql';

/** Where an import stands in the admin. */
interface ImportPlace {
  /** The page from which it is opened. */
  readonly back: RouteLocationRaw;
  /** What it did, as a list of the admin; left out where there is none. */
  readonly results?: (importId: string) => { readonly label: string; readonly to: RouteLocationRaw };
}

const PLACES: Partial<Record<ImportKind, ImportPlace>> = {
  CUSTOMERS: { back: { name: 'customers' } },
  STOCK_RECEIVE: {
    back: { name: 'stock' },
    results: (importId) => ({
      label: 'imports.movements',
      to: { name: 'stock-movements', query: { import: importId } },
    }),
  },
};

/** Of an import without a place, such as a plugin's, the list of imports is where it is opened from. */
export const placeOf = (kind: ImportKind): ImportPlace => PLACES[kind] ?? { back: { name: 'imports' } };
