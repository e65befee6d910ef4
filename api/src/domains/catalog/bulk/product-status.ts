import { Field, InputType } from 'type-graphql';
import type { Tx } from '../../../platform/database/database.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { HandledLongJob } from '../../../platform/jobs/define-long-job.js';
import { defineBulk, handleBulkBatch } from '../../long-jobs/index.js';
import { ProductStatusEnum } from '../catalog.enums.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import type { StaffProductList } from '../products/staff-product-list.js';
import { lockProducts, onProducts, productRows, type ProductQuery } from './product-rows.js';
import { setStatuses, undoStatuses, type StatusBefore } from './product-status.statements.js';

/** Products of a step: well under a second of work, during which buyers of one of them wait. */
const STEP = 50;

@InputType({ description: 'A status.' })
class StatusInput {
  @Field(() => ProductStatusEnum, { description: 'What they become.' })
  status!: ProductStatusEnum;
}

interface Values {
  readonly status: string;
}

export const productStatus = defineBulk<ProductQuery, Values>({
  ...onProducts,
  name: 'productStatusBulkUpdate',
  kind: 'PRODUCT_STATUS',
  description:
    'Changes the status of all products that match: puts them on sale, takes them from sale, or makes drafts of them. Those that have the status already stay as they are.',
  role: Role.MANAGER,
  permission: 'CATALOG_WRITE',
  values: { input: StatusInput, read: ({ status }: StatusInput) => ({ status }) },
  canUndo: true,
});

/*
 * Locks and order
 *
 * A step locks the row of its job, then up to 50 products in the order of their ids (FOR NO KEY UPDATE), as every other
 * change of products does, writes their status with a new version, refreshes their projection, and announces the change
 * of the catalogue last. Whoever edits one of them saves before the step or gets STALE_VERSION after it. No price, stock
 * or order is touched.
 */

/** Changes the status of many products, and gives them the one again that they had. */
export function handleProductStatus(list: StaffProductList): readonly HandledLongJob[] {
  const { count, select } = productRows(list);
  return handleBulkBatch<ProductQuery, Values, StatusBefore>(productStatus, {
    ...{ count, select, size: STEP, lock: lockProducts },
    apply: async (tx, ids, { values: { status } }) => {
      const changed = await tx.rows(setStatuses, { ids, status });
      await show(tx, changed);
      return new Map(changed.map(({ id, ...before }) => [id, before]));
    },
    undo: async (tx, before) => {
      const rows = [...before.values()];
      const undone = await tx.rows(undoStatuses, {
        ids: [...before.keys()],
        statuses: rows.map(({ status }) => status),
        versions: rows.map(({ version }) => version),
      });
      await show(tx, undone);
      return new Set(undone.map(({ id }) => id));
    },
  });
}

async function show(tx: Tx, changed: readonly { id: string }[]): Promise<void> {
  if (changed.length === 0) return;
  await refreshProductProjection(
    tx,
    changed.map(({ id }) => id),
  );
  await announceCatalogChange(tx);
}
