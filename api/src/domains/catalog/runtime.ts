import type { FileStorage } from '../../integrations/storage/port.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import type { CatalogReference } from './catalog-reference.js';

/** What the plain field functions of the type files need and no row carries. */
export interface CatalogRuntime {
  readonly reference: CatalogReference;
  readonly storage: FileStorage;
}

export const catalogRuntime = new PerShop<CatalogRuntime>();
