import type { FileStorage } from '../../integrations/storage/port.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import type { CatalogLookup } from './catalog-lookup.js';

/** Services for the plain field functions of the type files. */
export interface CatalogRuntime {
  readonly reference: CatalogLookup;
  readonly storage: FileStorage;
}

export const catalogRuntime = new PerShop<CatalogRuntime>();
