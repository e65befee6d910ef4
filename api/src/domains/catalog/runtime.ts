import type { FileStorage } from '../../integrations/storage/port.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import type { Database } from '../../platform/database/database.js';
import type { CatalogReference } from './catalog-reference.js';

/** What the plain field functions of the type files need and no row carries. */
export interface CatalogRuntime {
  readonly reference: CatalogReference;
  readonly storage: FileStorage;
}

const runtimes = new WeakMap<Database, CatalogRuntime>();

/** Called once for each shop that is wired; a process of tests has several. */
export function registerRuntime(database: Database, runtime: CatalogRuntime): void {
  runtimes.set(database, runtime);
}

export function catalogOf({ database }: Pick<RequestContext, 'database'>): CatalogRuntime {
  const runtime = runtimes.get(database);
  if (!runtime) throw new Error('createCatalog has not been called for this database');
  return runtime;
}
