import type { CustomFields } from '../../platform/fields/field-declaration.js';
import type { AnyModule } from '../../platform/module.js';

/** What `vitrine.config.ts` says of a shop. */
export interface ShopConfig {
  /**
   * Modules beside the core's, each made by `defineModule`. They may depend on each other whatever their order; where
   * several wait for the same hook, the first in this list is called first.
   */
  readonly plugins: readonly AnyModule[];
  /** Fields that this shop adds to its products, orders and so on; plugins add theirs by themselves. */
  readonly customFields?: CustomFields;
}

/** Marks what the file exports, so that anything else is recognized as a mistake. */
const configs = new WeakSet<object>();

/** The configuration of a shop: `export default defineConfig({ plugins: [giftWrap()] })`. */
export function defineConfig(config: ShopConfig): ShopConfig {
  const made = Object.freeze({ ...config });
  configs.add(made);
  return made;
}

/** Whether this was made by `defineConfig` of this very copy of the shop. */
export function isConfig(value: unknown): value is ShopConfig {
  return typeof value === 'object' && value !== null && configs.has(value);
}
