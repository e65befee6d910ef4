import type { Database } from '../../../platform/database/database.js';
import type { AddressKinds } from '../../routing/index.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { catalogNodes } from '../catalog.nodes.js';
import { CATEGORY_PAGES, PRODUCT_PAGES } from './pages.js';
import { addressedProducts } from '../products/product.statements.js';
import type { ProductStatus } from '../rows.js';

const STATUS = { ACTIVE: 'SHOWN', ARCHIVED: 'GONE', DRAFT: 'HIDDEN' } as const satisfies Record<
  ProductStatus,
  string
>;

/** Makes products and categories known to the addresses of the shop. What is archived was there and is gone. */
export function registerAddresses(kinds: AddressKinds, database: Database, reference: CatalogLookup): void {
  kinds.register({
    ...{ kind: 'PRODUCT', type: 'Product', start: PRODUCT_PAGES },
    entities: async (ids) =>
      (await database.rows(addressedProducts, { ids })).map((row) => ({
        ...row,
        status: STATUS[row.status],
      })),
    find: async (id, context) => (await catalogNodes?.prod?.find(id, context)) ?? null,
  });
  kinds.register({
    ...{ kind: 'CATEGORY', type: 'Category', start: CATEGORY_PAGES },
    entities: async (ids) => {
      const { categoryById } = await reference.get();
      return ids.flatMap((id) => {
        const category = categoryById.get(id);
        return category ? [{ id, slug: category.slug, name: category.name, status: 'SHOWN' as const }] : [];
      });
    },
    find: async (id, context) => (await catalogNodes?.cat?.find(id, context)) ?? null,
  });
}
