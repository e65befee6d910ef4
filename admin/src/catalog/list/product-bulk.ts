import type { Client } from '@urql/core';
import { ProductStatusBulkUpdateDocument } from '../../generated/catalog/graphql';
import type { ProductStatus, StaffProductFilter } from '../../generated/catalog/graphql';
import type { BulkAction, BulkAnswer, BulkSelection } from '../../ui/lists/selection/bulk-action';

async function setStatus(
  client: Client,
  { ids, search, filter }: BulkSelection,
  { status, idempotencyKey }: { status: ProductStatus; idempotencyKey: string },
): Promise<BulkAnswer> {
  const chosen: StaffProductFilter = ids ? { ids: [...ids] } : filter;
  const result = await client.mutation(ProductStatusBulkUpdateDocument, {
    input: { search: ids ? null : search, filter: chosen, status, idempotencyKey },
  });
  const answer = result.data?.productStatusBulkUpdate;
  return { result, userErrors: answer?.errors, job: answer?.job };
}

const toStatus = (status: ProductStatus, icon: string): BulkAction => ({
  key: status,
  label: `products.bulk.${status}`,
  hint: `products.bulkHint.${status}`,
  icon,
  isFor: ({ can }) => can('CATALOG_WRITE'),
  start: (client, selection, idempotencyKey) => setStatus(client, selection, { status, idempotencyKey }),
});

/** What can be done to many products at once. */
export const productBulk: readonly BulkAction[] = [
  toStatus('ACTIVE', 'i-lucide-store'),
  toStatus('ARCHIVED', 'i-lucide-archive'),
  toStatus('DRAFT', 'i-lucide-pencil-line'),
];
