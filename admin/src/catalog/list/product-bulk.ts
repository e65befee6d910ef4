import { ProductStatusBulkUpdateDocument } from '../../generated/catalog/graphql';
import type { ProductStatus } from '../../generated/catalog/graphql';
import { startBulk, type BulkAction } from '../../ui/lists/selection/bulk-action';

const toStatus = (status: ProductStatus, icon: string): BulkAction => ({
  key: status,
  label: `products.bulk.${status}`,
  hint: `products.bulkHint.${status}`,
  icon,
  isFor: ({ can }) => can('CATALOG_WRITE'),
  start: startBulk(ProductStatusBulkUpdateDocument, (data) => data.productStatusBulkUpdate, { status }),
});

/** What can be done to many products at once. */
export const productBulk: readonly BulkAction[] = [
  toStatus('ACTIVE', 'i-lucide-store'),
  toStatus('ARCHIVED', 'i-lucide-archive'),
  toStatus('DRAFT', 'i-lucide-pencil-line'),
];
