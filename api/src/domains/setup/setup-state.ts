import { CatalogCache } from '../../platform/database/catalog-cache.js';
import type { Listener } from '../../platform/database/listener.js';
import type { Beginnings } from './beginning.js';

/** Whether the shop waits for its set-up: held in memory until the shop gets an owner, which every process is told of. */
export class SetupState {
  private readonly cache: CatalogCache<boolean>;

  constructor(listener: Listener, beginnings: Pick<Beginnings, 'isOpen'>) {
    this.cache = new CatalogCache(listener, () => beginnings.isOpen());
  }

  isRequired(): Promise<boolean> {
    return this.cache.get();
  }

  drop(): void {
    this.cache.drop();
  }
}
