import type { FileStorage } from '../../integrations/storage/port.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import type { CatalogLookup } from './catalog-lookup.js';

/** What the plain field functions of the type files need and no row carries. */
export interface CatalogRuntime {
  readonly reference: CatalogLookup;
  readonly storage: FileStorage;
}

export const catalogRuntime = new PerShop<CatalogRuntime>();
