import { z } from 'zod';
import { localized } from '../../../kernel/languages.js';
import type { Tx } from '../../../platform/database/database.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import {
  defineLongJob,
  handleLongJob,
  type HandledLongJob,
  type LongJobRowError,
} from '../../../platform/jobs/define-long-job.js';
import type { Database } from '../../../platform/database/database.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import type { ProductStatus } from '../products/product.entity.js';
import type { StaffListArguments, StaffProductList } from '../products/staff-product-list.js';
import * as sql from './product-status.statements.js';

/** Products of a step: well under a second of work, during which buyers of one of them wait. */
const STEP = 50;

export interface StatusChange extends Pick<StaffListArguments, 'search' | 'filter'> {
  readonly status: ProductStatus;
}

// The request is stored as JSON: its dates are read as text.
const change = z.object({
  search: z.string().nullish(),
  filter: z
    .looseObject({ updatedFrom: z.coerce.date().nullish(), updatedTo: z.coerce.date().nullish() })
    .nullish(),
  status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']),
}) as unknown as z.ZodType<StatusChange>;

export const productStatusJob = defineLongJob({
  kind: 'PRODUCT_STATUS',
  description: 'Puts products on sale, takes them from sale, or makes drafts of them.',
  permission: 'CATALOG_WRITE',
  input: change,
});

export const productStatusUndoJob = defineLongJob({
  kind: 'PRODUCT_STATUS_UNDO',
  description: 'Gives products the status again that they had before a long job of the kind PRODUCT_STATUS.',
  permission: 'CATALOG_WRITE',
  input: z.object({ jobId: z.uuid() }),
});

/** Where a job stands: products are done by rising id, up to the last one that there was when it began. */
interface Position {
  readonly after: string | null;
  readonly last: string;
}

/*
 * Locks and order
 *
 * A step locks the row of its job, then up to 50 products in the order of their ids (FOR NO KEY UPDATE), as every other
 * change of products does, writes their status with a new version and what they had before, refreshes their projection,
 * and announces the change of the catalogue last. Whoever edits one of them saves before the step or gets STALE_VERSION
 * after it. No price, stock or order is touched.
 *
 * Products are selected anew at each step: one that a colleague changed meanwhile so that it no longer matches is left
 * alone, and one that was made after the beginning does not belong to the selection.
 */

/** Changes the status of all products that match. */
export function changeStatuses(list: StaffProductList): HandledLongJob {
  return handleLongJob<StatusChange, Position>(productStatusJob, {
    total: async (input) => {
      const count = await list.matching(input);
      // Counting stops at the cap: beyond it nobody knows.
      return count < COUNT_CAP ? count : null;
    },
    step: async (tx, { jobId, input, cursor }) => {
      const last = cursor?.last ?? (await tx.row(sql.lastProduct))?.id;
      if (!last) return { cursor: null, done: 0 };
      const range = { after: cursor?.after ?? null, last, limit: STEP };
      const found = await list.idsBetween(tx, input, range);
      await tx.rows(sql.lockProducts, { ids: found });
      // Whoever was waited for may have changed one of them so that it matches no longer.
      const matching = new Set(await list.idsBetween(tx, input, range));
      const ids = found.filter((id) => matching.has(id));
      const changed = await tx.rows(sql.setStatuses, { jobId, ids, status: input.status });
      await show(tx, changed);
      const after = found.length === STEP ? found.at(-1) : undefined;
      return { cursor: after ? { after, last } : null, done: found.length };
    },
  });
}

/** Undoes what a job has changed. A product that somebody has changed since stays as it is, which its row error says. */
export function undoStatuses(database: Database): HandledLongJob {
  return handleLongJob<{ jobId: string }, string>(productStatusUndoJob, {
    total: async ({ jobId }) => (await database.row(sql.countChanges, { jobId }))?.count ?? 0,
    step: async (tx, { input: { jobId }, cursor, done }) => {
      const changes = await tx.rows(sql.nextChanges, { jobId, after: cursor, limit: STEP });
      const ids = changes.map(({ id }) => id);
      const products = await tx.rows(sql.lockProducts, { ids });
      const undone = await tx.rows(sql.undoChanges, { jobId, ids });
      await show(tx, undone);
      const isUndone = new Set(undone.map(({ id }) => id));
      const errors = products.flatMap(({ id, name }, at) =>
        isUndone.has(id) ? [] : [changedSince(done + at + 1, localized(name, 'en', 'ro') ?? '')],
      );
      return { cursor: ids.length === STEP ? (ids.at(-1) ?? null) : null, done: ids.length, errors };
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

const changedSince = (row: number, name: string): LongJobRowError => ({
  ...{ row, field: null, code: 'STALE_VERSION' },
  message: 'Somebody has changed the product since. It stays as it is.',
  value: name.slice(0, 100),
});
